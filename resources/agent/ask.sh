# What Drover wants to know of a node before work is sent there: which programs and files it has.
#
#   sh ask.sh BIN          BIN: Drover's own programs for tasks, found there as by tasks
#
# Each line on stdin is a question; names in them are escaped for printf %b. Each is answered by a line
# "ANSWER N WORD" for the N-th, as soon as it is known, so that those before one that hangs are told.
#
#   program NAME   yes, no                          would a shell find it?
#   run PATH       yes, no, folder, notExecutable   can it be started?
#   file PATH      yes, no, unreadable              can it be read?
#   folder PATH    yes, no, notFolder, unreadable   can work begin in it?
#   output PATH    yes, notFolder, readOnly         can files be made there, also if it has to be made first?
#   room PATH      KIB                              so much is free on the disk where it is, or would be
#
# It needs sh and coreutils only, and changes nothing.

PATH=$1:$PATH
export PATH

# Sets drover_name. A name may end in line ends, which a command's output would lose.
drover_name() {
  drover_name=$(printf '%bx' "$1")
  drover_name=${drover_name%x}
}

# The folder that is there already, of all that it lies in.
drover_parent() {
  until [ -e "$drover_name" ] || [ -h "$drover_name" ]; do
    case $drover_name in
      /*/*) drover_name=${drover_name%/*} ;;
      /*) drover_name=/ ;;
      */*) drover_name=${drover_name%/*} ;;
      *) drover_name=. ;;
    esac
  done
}

drover_program() {
  if command -v "$drover_name" >/dev/null 2>&1; then drover_is=yes; else drover_is=no; fi
}
drover_run() {
  if [ -d "$drover_name" ]; then drover_is=folder
  elif [ ! -e "$drover_name" ]; then drover_is=no
  elif [ -x "$drover_name" ]; then drover_is=yes
  else drover_is=notExecutable; fi
}
drover_file() {
  if [ ! -e "$drover_name" ]; then drover_is=no
  elif [ -r "$drover_name" ]; then drover_is=yes
  else drover_is=unreadable; fi
}
drover_folder() {
  if [ ! -e "$drover_name" ]; then drover_is=no
  elif [ ! -d "$drover_name" ]; then drover_is=notFolder
  elif [ -x "$drover_name" ]; then drover_is=yes
  else drover_is=unreadable; fi
}
drover_output() {
  drover_parent
  if [ ! -d "$drover_name" ]; then drover_is=notFolder
  elif [ -w "$drover_name" ] && [ -x "$drover_name" ]; then drover_is=yes
  else drover_is=readOnly; fi
}
drover_room() {
  drover_parent
  drover_line=$(df -Pk "$drover_name" 2>/dev/null | tail -n 1)
  # The name of a disk may hold spaces.
  set -- ${drover_line%%%*}
  [ $# -ge 4 ] || return
  shift $(($# - 2))
  drover_is=$1
}

drover_count=0
while IFS=' ' read -r drover_kind drover_escaped; do
  drover_is=
  drover_name "$drover_escaped"
  case $drover_kind in
    program | run | file | folder | output | room) "drover_$drover_kind" ;;
  esac
  [ -z "$drover_is" ] || echo "ANSWER $drover_count $drover_is"
  drover_count=$((drover_count + 1))
done
