#!/bin/sh
# Drover's look at a node, once after connecting: what it is and what is on it. It needs sh and coreutils only.
#
#   sh -s FOLDER <probe.sh        FOLDER is the agent's; it need not be there yet
#
# Prints lines KEY VALUE between PROBE 1 and PROBE END; what is not known has no line. No value has a line
# end, so none can pass for a line. All programs are asked at the same time, and those that have not
# answered after 2 s are ended. Programs that take a licence are never started: their version is read from
# their path. Nothing is written but the answers, in a temporary folder that is removed at the end.

drover_line_end='
'
drover_say() { # KEY VALUE
  if [ -n "$2" ]; then printf '%s %s\n' "$1" "${2%%"$drover_line_end"*}"; fi
}

# A process group of its own, so that what a program has started ends with it.
if command -v setsid >/dev/null; then drover_apart() { exec setsid "$@"; }
elif command -v perl >/dev/null; then drover_apart() { exec perl -e 'setpgrp; exec { $ARGV[0] } @ARGV' "$@"; }
else drover_apart() { exec "$@"; }; fi

drover_pids=
drover_ask() { # NAME PROGRAM ARGUMENT...: the first 64 KiB of its answer go to a file NAME
  drover_answer=$drover_answers/$1
  shift
  (drover_apart sh -c '"$@" 2>&1 | head -c 65536' drover "$@") </dev/null >"$drover_answer" &
  drover_pids="$drover_pids $!"
}

# Sleeps until it is time, ends those that are left, and wakes the probe.
drover_watch='
drover_asker=$1
shift
sleep 2
for drover_pid do kill -KILL "-$drover_pid" || kill -KILL "$drover_pid"; done
kill -USR1 "$drover_asker"
'

# Waits for all, at most 2 s. One that cannot even be killed (a driver hangs) is not waited for.
drover_gather() {
  [ -n "$drover_pids" ] || return
  trap : USR1
  (drover_apart sh -c "$drover_watch" drover "$$" $drover_pids) </dev/null >/dev/null 2>&1 &
  drover_pid=$!
  wait $drover_pids
  kill -KILL "-$drover_pid" || kill -KILL "$drover_pid"
  wait "$drover_pid"
}

drover_system() {
  drover_kind=$(uname -s)
  drover_say SYSTEM "$drover_kind"
  drover_say KERNEL "$(uname -r)"
  drover_say MACHINE "$(uname -m)"
  drover_say HOST "$(uname -n)"
  if [ "$drover_kind" = Darwin ]; then
    drover_say OSID macos
    drover_say OSVERSION "$(sw_vers -productVersion)"
    drover_say OSNAME "$(sw_vers -productName) $(sw_vers -productVersion)"
    drover_say BOOT "$(sysctl -n kern.boottime | tr -dc 0-9)"
    return
  fi
  for drover_file in /etc/os-release /usr/lib/os-release; do
    [ -r "$drover_file" ] || continue
    while IFS='=' read -r drover_key drover_value; do
      drover_value=${drover_value#[\"\']} drover_value=${drover_value%[\"\']}
      case $drover_key in
        ID) drover_say OSID "$drover_value" ;;
        VERSION_ID) drover_say OSVERSION "$drover_value" ;;
        PRETTY_NAME) drover_say OSNAME "$drover_value" ;;
      esac
    done <"$drover_file"
    break
  done
  if read -r drover_value </proc/sys/kernel/random/boot_id; then drover_say BOOT "$drover_value"; fi
}

drover_person() {
  drover_say USER "$(id -un)"
  drover_say UID "$(id -u)"
  drover_say HOME "$HOME"
}

drover_processor() {
  if [ "$drover_kind" = Darwin ]; then
    drover_say THREADS "$(sysctl -n hw.logicalcpu)"
    drover_say CORES "$(sysctl -n hw.physicalcpu)"
    drover_say MODEL "$(sysctl -n machdep.cpu.brand_string)"
    drover_say MEMORY "$(($(sysctl -n hw.memsize) / 1048576))"
    return
  fi
  # Those that it may use; these two variables would change what nproc says.
  drover_say THREADS "$(OMP_NUM_THREADS='' OMP_THREAD_LIMIT='' nproc || getconf _NPROCESSORS_ONLN)"
  # The threads of one core all have the same list.
  drover_value=$(cat /sys/devices/system/cpu/cpu[0-9]*/topology/thread_siblings_list | sort -u | wc -l)
  if [ "$drover_value" -gt 0 ]; then drover_say CORES "$drover_value"; fi
  while IFS=: read -r drover_key drover_value; do
    case $drover_key in 'model name'*) drover_say MODEL "${drover_value# }"; break ;; esac
  done </proc/cpuinfo
  while read -r drover_key drover_value drover_unit; do
    case $drover_key in MemTotal:) drover_say MEMORY "$((drover_value / 1024))"; break ;; esac
  done </proc/meminfo
}

drover_shells() {
  drover_value=
  if [ -n "$BASH_VERSION" ]; then drover_value=bash
  elif [ -n "$ZSH_VERSION" ]; then drover_value=zsh
  elif drover_value=$(readlink "/proc/$$/exe"); then drover_value=${drover_value##*/}; fi
  drover_say SH "$drover_value"
  drover_value=
  for drover_name in sh bash dash zsh ksh fish tcsh busybox; do
    if command -v "$drover_name" >/dev/null; then drover_value="$drover_value $drover_name"; fi
  done
  drover_say SHELLS "${drover_value# }"
}

drover_abilities() {
  drover_value=
  for drover_name in setsid taskset nice ionice; do
    if command -v "$drover_name" >/dev/null; then drover_value="$drover_value $drover_name"; fi
  done
  drover_say HAS "${drover_value# }"
  # A cgroup v2 of its own is of use where it may make groups in it.
  [ -e /sys/fs/cgroup/cgroup.controllers ] || return
  while IFS= read -r drover_value; do
    case $drover_value in
      0::*)
        drover_value=/sys/fs/cgroup${drover_value#0::}
        if [ -w "$drover_value" ] && [ -w "$drover_value/cgroup.procs" ]; then drover_say CGROUP "$drover_value"; fi
        ;;
    esac
  done </proc/self/cgroup
}

# Where in PATH a program is: `command -v` would also name what is only built into the shell, as busybox's nuke is.
drover_seek() { # NAME
  drover_path= drover_ifs=$IFS IFS=:
  for drover_value in $PATH; do
    if [ -f "$drover_value/$1" ] && [ -x "$drover_value/$1" ]; then drover_path=$drover_value/$1; break; fi
  done
  IFS=$drover_ifs
}

# Says where NAME is: the first CANDIDATE that is there, by name in PATH or by path. Fails if none is.
drover_find() { # NAME CANDIDATE...
  drover_name=$1
  shift
  for drover_path in "$@"; do
    case $drover_path in /*) ;; *) drover_seek "$drover_path" ;; esac
    case $drover_path in /*) ;; *) continue ;; esac
    # On a Mac without the developer tools this would only offer to install them, in a window.
    if [ "$drover_kind,$drover_path" = Darwin,/usr/bin/python3 ] && ! xcode-select -p >/dev/null; then continue; fi
    if [ -f "$drover_path" ] && [ -x "$drover_path" ]; then
      drover_say PROGRAM "$drover_name $drover_path"
      return 0
    fi
  done
  return 1
}

drover_found=
drover_version() { # ARGUMENT...: asks the program that was found last
  drover_found="$drover_found $drover_name"
  drover_ask "$drover_name" "$drover_path" "$@"
}

drover_licensed() { # the program that was found last, by its path alone
  drover_say VERSION "$drover_name $(readlink -f "$drover_path" || printf %s "$drover_path")"
}

drover_programs() {
  drover_apps=/Applications
  if drover_find blender blender "$drover_apps/Blender.app/Contents/MacOS/Blender"; then drover_version --version; fi
  if drover_find gmx gmx; then drover_version --version; fi
  if drover_find lmp lmp; then drover_version -h; fi
  if drover_find povray povray; then drover_version --version; fi
  if drover_find ffmpeg ffmpeg; then drover_version -version; fi
  if drover_find python3 python3; then drover_version --version; fi
  if drover_find node node; then drover_version --version; fi
  if drover_find perl perl; then drover_version -e 'printf "perl %vd\n", $^V'; fi
  if drover_find nvcc nvcc; then drover_version --version; fi
  if drover_find mpirun mpirun; then drover_version --version; fi
  if drover_find openfoam foamVersion; then drover_version
  elif drover_find openfoam simpleFoam foamRun; then drover_version -help; fi
  if drover_find Rscript Rscript; then drover_version --version; fi
  if drover_find julia julia "$drover_apps"/Julia-*.app/Contents/Resources/julia/bin/julia; then drover_version --version; fi
  if drover_find houdini hython \
    "$drover_apps"/Houdini/Current/Frameworks/Houdini.framework/Versions/Current/Resources/bin/hython; then drover_licensed; fi
  if drover_find nuke nuke Nuke "$drover_apps"/Nuke*/Nuke*.app/Contents/MacOS/Nuke*; then drover_licensed; fi
  if drover_find mayapy mayapy "$drover_apps"/Autodesk/maya*/Maya.app/Contents/bin/mayapy; then drover_licensed; fi
  if drover_find matlab matlab "$drover_apps"/MATLAB_R*.app/bin/matlab; then drover_licensed; fi
}

# Is this the line of a program's answer that has its version?
drover_tells() { # NAME LINE
  case $1:$2 in
    blender:Blender\ [0-9]* | gmx:*GROMACS*[0-9]* | lmp:Large-scale*Simulator\ -* | povray:POV-Ray\ [0-9]*) ;;
    ffmpeg:ffmpeg\ version\ [0-9]* | ffmpeg:ffmpeg\ version\ n[0-9]* | python3:Python\ [0-9]* | node:v[0-9]*) ;;
    perl:perl\ [0-9]* | nvcc:*release\ [0-9]* | openfoam:*OpenFOAM-[0-9v]* | julia:julia\ version\ [0-9]*) ;;
    mpirun:mpirun*[0-9]* | mpirun:*Version*[0-9]* | Rscript:*version\ [0-9]*) ;;
    *) return 1 ;;
  esac
}

drover_lines() { # KEY NAME: the whole of an answer, a line for each of its lines
  [ -r "$drover_answers/$2" ] || return
  while IFS= read -r drover_value; do drover_say "$1" "$drover_value"; done <"$drover_answers/$2"
}

drover_answered() {
  for drover_name in $drover_found; do
    [ -r "$drover_answers/$drover_name" ] || continue
    while IFS= read -r drover_value || [ -n "$drover_value" ]; do
      if drover_tells "$drover_name" "$drover_value"; then
        drover_say VERSION "$drover_name $drover_value"
        break
      fi
    done <"$drover_answers/$drover_name"
  done
  drover_lines DISK disk
  drover_lines NVIDIA nvidia
  drover_lines ROCM rocm
  # Known even when nvidia-smi, which is slow where no one else uses the cards, has not answered in time.
  for drover_file in /proc/driver/nvidia/gpus/*/information; do
    [ -r "$drover_file" ] || continue
    while read -r drover_key drover_value; do
      case $drover_key in Model:) drover_say CARD "$drover_value" ;; esac
    done <"$drover_file"
  done
}

drover_probe() {
  exec 2>/dev/null
  LC_ALL=C
  export LC_ALL
  echo # what the user's shell has printed may have left a line open
  echo 'PROBE 1'
  drover_kind=$(uname -s)
  if [ "$drover_kind" = Darwin ]; then PATH=$PATH:/opt/homebrew/bin:/usr/local/bin; fi
  if drover_answers=$(mktemp -d); then
    trap 'rm -rf "$drover_answers"' EXIT
    trap 'exit 1' HUP INT TERM
    drover_programs
    drover_folder=$1
    until [ -e "${drover_folder:=/}" ]; do drover_folder=${drover_folder%/*}; done
    drover_ask disk df -Pk "$drover_folder"
    if command -v nvidia-smi >/dev/null; then
      drover_ask nvidia nvidia-smi --query-gpu=memory.total,name --format=csv,noheader,nounits
    fi
    if command -v rocm-smi >/dev/null; then drover_ask rocm rocm-smi --showproductname --showmeminfo vram --csv; fi
  fi
  drover_system
  drover_person
  drover_processor
  drover_shells
  drover_abilities
  drover_gather
  if [ -n "$drover_answers" ]; then drover_answered; fi
  drover_say TIME "$(date +%s.%N)"
  echo 'PROBE END'
}

drover_probe "$1"
