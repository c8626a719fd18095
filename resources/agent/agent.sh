#!/bin/sh
# Drover's agent on a node: starts, finds and stops attempts. It needs sh and coreutils only.
#
#   sh agent.sh ROOT        commands come as lines on stdin, answers and events leave on stdout
#
# Each attempt has a folder ROOT/run/ID, made once and never again, so that an attempt cannot be
# started twice:
#   script   what it runs
#   pid      process id, start time and boot id of its keeper, written before the script starts
#   log      what it prints
#   exit     its exit status and a newline, once it has ended
#   stop     it was asked to end; a keeper that finds this at its start does not begin
#   killed   it was told to die without a chance to end by itself
#
# Commands                          Answers
#   START ID SCRIPT                   STARTED ID | SEEN ID | REFUSED ID reason
#   QUERY ID                          STATE ID running | exited N | killed | gone reason | never
#   STOP ID    (asks it to end)       (none)
#   KILL ID                           (none)
# Events
#   HELLO version boot-id
#   EXIT ID N
# SCRIPT is escaped for printf %b and has no line ends.
#
# Names begin with drover_, so that no variable of the person's environment is overwritten.

drover_run=$1/run
mkdir -p -m 700 "$1" && mkdir -p "$drover_run" || exit 1

if read -r drover_boot 2>/dev/null </proc/sys/kernel/random/boot_id; then
  # When process $1 started, in clock ticks since the boot. Fails when there is none, or a dead one.
  drover_started() {
    IFS= read -r drover_stat 2>/dev/null <"/proc/$1/stat" || return 1
    set -- ${drover_stat##*) }
    case $1 in Z | X) return 1 ;; esac
    shift 19
    drover_start=$1
  }
  drover_exists() { [ -e "/proc/$1" ]; }
  drover_own_start='IFS= read -r drover_start <"/proc/$$/stat"; set -- ${drover_start##*) }; shift 19; drover_start=$1; set --'
else # macOS
  drover_boot=$(sysctl -n kern.boottime 2>/dev/null | tr -dc 0-9)
  drover_started() {
    drover_start=$(ps -o lstart= -p "$1" 2>/dev/null | tr -s ' ' _)
    [ -n "$drover_start" ]
  }
  drover_exists() { kill -0 "$1" 2>/dev/null; }
  drover_own_start='drover_start=$(ps -o lstart= -p $$ | tr -s " " _); set --'
fi

# A keeper leads the attempt's own session and process group, and outlives the agent. It tells the
# agent's pipe of the end (file descriptor 3) only after that is on record, be it that the disk has
# to have room again first. What the attempt has left running ends with it.
drover_keeper='
drover_dir=$1 drover_id=$2 drover_boot=$3
trap : HUP INT QUIT TERM
trap "" PIPE
'$drover_own_start'
set -C
{ echo "$$ $drover_start $drover_boot" >"$drover_dir/pid"; } 2>/dev/null || exit
set +C
if [ -e "$drover_dir/stop" ]; then drover_code=143
else
  ( trap - PIPE; trap "exit 143" TERM; trap "exit 129" HUP; exec 3>&-; . "$drover_dir/script" ) </dev/null >"$drover_dir/log" 2>&1
  drover_code=$?
fi
until echo "$drover_code" 2>/dev/null >"$drover_dir/exit"; do sleep 5; done
echo "EXIT $drover_id $drover_code" 2>/dev/null >&3
kill -KILL "-$$"
'

# Started with `&`, it would ignore interrupts, and so would all that it starts.
if setsid --fork true 2>/dev/null; then
  drover_session() { setsid --fork sh -c "$drover_keeper" drover "$@"; }
elif command -v setsid >/dev/null 2>&1; then
  drover_session() { (setsid sh -c "$drover_keeper" drover "$@" &); }
else # macOS
  drover_session() {
    perl -MPOSIX -e '$SIG{INT} = $SIG{QUIT} = "DEFAULT"; fork and exit; setsid(); exec @ARGV' sh -c "$drover_keeper" drover "$@"
  }
fi

# Is the keeper of folder $1 running? Sets drover_pid (empty: not known); on failure drover_reason.
drover_alive() {
  drover_pid=
  read -r drover_pid drover_then drover_at 2>/dev/null <"$1/pid" || { drover_reason='it left no process id'; return 1; }
  if [ "$drover_at" != "$drover_boot" ]; then
    drover_pid= drover_reason='the machine was started again since'
    return 1
  fi
  if drover_started "$drover_pid" && [ "$drover_start" = "$drover_then" ]; then return 0; fi
  drover_reason='its process is gone and left no exit status'
  # A number that is in use by something else now is not the attempt's any more.
  if [ "$drover_pid" = 0 ] || drover_exists "$drover_pid"; then drover_pid=; fi
  return 1
}

# Does something of the attempt go on although its keeper is gone? To be asked after drover_alive.
drover_left() { [ -n "$drover_pid" ] && kill -0 "-$drover_pid" 2>/dev/null; }

drover_begin() {
  mkdir "$drover_run/$1" 2>/dev/null || {
    if [ -d "$drover_run/$1" ]; then echo "SEEN $1"; else echo "REFUSED $1 the run folder $drover_run/$1 cannot be made"; fi
    return
  }
  printf %b "$2" 2>/dev/null >"$drover_run/$1/script" || { echo "REFUSED $1 the script cannot be written: is the disk full?"; return; }
  if drover_session "$drover_run/$1" "$1" "$drover_boot" 3>&1 >/dev/null 2>&1 </dev/null; then echo "STARTED $1"
  else echo "REFUSED $1 no process can be started"; fi
}

drover_query() {
  drover_dir=$drover_run/$1
  [ -d "$drover_dir" ] || { echo "STATE $1 never"; return; }
  # A keeper that has not yet written its pid may not do so after this: then it never starts.
  [ -e "$drover_dir/pid" ] || (set -C; echo "0 never $drover_boot" >"$drover_dir/pid") 2>/dev/null
  if drover_alive "$drover_dir"; then echo "STATE $1 running"
  elif read -r drover_code 2>/dev/null <"$drover_dir/exit"; then echo "STATE $1 exited $drover_code"
  elif drover_left; then echo "STATE $1 running"
  elif [ -e "$drover_dir/killed" ]; then echo "STATE $1 killed"
  else echo "STATE $1 gone $drover_reason"; fi
}

drover_signal() { # SIGNAL ID: to the whole process group
  if drover_alive "$drover_run/$2" || drover_left; then kill "-$1" "-$drover_pid" 2>/dev/null; fi
}

echo "HELLO 1 $drover_boot"
while read -r drover_word drover_id drover_rest; do
  case $drover_id in '' | *[!a-z0-9-]*) continue ;; esac
  case $drover_word in
    START) drover_begin "$drover_id" "$drover_rest" ;;
    QUERY) drover_query "$drover_id" ;;
    STOP) { : >"$drover_run/$drover_id/stop"; } 2>/dev/null; drover_signal TERM "$drover_id" ;;
    KILL) { : >"$drover_run/$drover_id/killed"; } 2>/dev/null; drover_signal KILL "$drover_id" ;;
  esac
done
