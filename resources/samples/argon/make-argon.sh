# sh make-argon.sh [CELLS=6] >start.gro
# Writes 4*CELLS^3 argon atoms on a face-centred cubic lattice (liquid density) as a .gro file of
# GROMACS. No force field files are needed.
LC_ALL=C awk -v n="${1:-6}" 'BEGIN {
  a = 0.5720 # lattice constant, nm
  split("0 0 0 0.5 0.5 0 0.5 0 0.5 0 0.5 0.5", f, " ")
  print "Liquid argon, " 4 * n^3 " atoms"
  printf "%5d\n", 4 * n^3
  for (i = 0; i < n; i++) for (j = 0; j < n; j++) for (k = 0; k < n; k++) for (b = 0; b < 4; b++) {
    id++
    printf "%5d%-5s%5s%5d%8.3f%8.3f%8.3f\n", id % 100000, "AR", "AR", id % 100000,
      (i + f[3 * b + 1]) * a, (j + f[3 * b + 2]) * a, (k + f[3 * b + 3]) * a
  }
  printf "%10.5f%10.5f%10.5f\n", n * a, n * a, n * a
}'
