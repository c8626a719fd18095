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

root=$1
run=$root/run
mkdir -p "$run" || exit 1
umask 022

if read -r boot 2>/dev/null </proc/sys/kernel/random/boot_id; then
  # When process $1 started, in clock ticks since the boot. Fails when there is none, or a dead one.
  started() {
    IFS= read -r stat 2>/dev/null <"/proc/$1/stat" || return 1
    set -- ${stat##*) }
    case $1 in Z | X) return 1 ;; esac
    shift 19
    start=$1
  }
else
  boot=$(sysctl -n kern.boottime 2>/dev/null | tr -dc 0-9)
  started() {
    start=$(ps -o lstart= -p "$1" 2>/dev/null | tr -s ' ' _)
    [ -n "$start" ]
  }
fi

# A keeper is the leader of the attempt's own session and process group. It outlives the agent,
# and tells the agent's pipe of the end (file descriptor 3) only after that is on record.
keeper='
dir=$1 id=$2 boot=$3
trap : HUP INT QUIT TERM
'"$(if [ -r /proc/self/stat ]; then
  echo 'IFS= read -r stat <"/proc/$$/stat"; set -- ${stat##*) }; shift 19; start=$1'
else
  echo 'start=$(ps -o lstart= -p $$ | tr -s " " _)'
fi)"'
set -C
{ echo "$$ $start $boot" >"$dir/pid"; } 2>/dev/null || exit
set +C
( trap "exit 143" TERM; trap "exit 129" HUP; exec 3>&-; . "$dir/script" ) </dev/null >"$dir/log" 2>&1
code=$?
echo "$code" >"$dir/exit"
echo "EXIT $id $code" >&3
'

if command -v setsid >/dev/null 2>&1; then
  new_session() { setsid sh -c "$keeper" drover "$@"; }
else # macOS
  new_session() { perl -MPOSIX -e 'setsid(); exec @ARGV' sh -c "$keeper" drover "$@"; }
fi

# Is the keeper of folder $1 running? Sets `pid`; on failure `reason`.
alive() {
  read -r pid then at <"$1/pid" || { reason='it left no process id'; return 1; }
  [ "$at" = "$boot" ] || { reason='the machine was started again since'; return 1; }
  started "$pid" && [ "$start" = "$then" ] || { reason='its process is gone and left no exit status'; return 1; }
}

start() {
  # The subshell hands the keeper over to init, so that the agent's table of children stays short.
  (
    mkdir "$run/$1" 2>/dev/null || {
      [ -d "$run/$1" ] && echo "SEEN $1" || echo "REFUSED $1 the run folder $run/$1 cannot be made"
      exit
    }
    printf %b "$2" 2>/dev/null >"$run/$1/script" || { echo "REFUSED $1 the script cannot be written: is the disk full?"; exit; }
    new_session "$run/$1" "$1" "$boot" 3>&1 >/dev/null 2>&1 </dev/null &
    echo "STARTED $1"
  )
}

query() {
  dir=$run/$1
  [ -d "$dir" ] || { echo "STATE $1 never"; return; }
  # A keeper that has not yet written its pid may not do so after this: then it never starts.
  [ -e "$dir/pid" ] || (set -C; echo "0 never $boot" >"$dir/pid") 2>/dev/null
  if alive "$dir"; then echo "STATE $1 running"; return; fi
  if read -r code 2>/dev/null <"$dir/exit"; then echo "STATE $1 exited $code"
  elif [ -e "$dir/killed" ]; then echo "STATE $1 killed"
  else echo "STATE $1 gone $reason"; fi
}

send() { # SIGNAL ID: to the whole process group
  if alive "$run/$2"; then kill "-$1" "-$pid" 2>/dev/null; fi
}

echo "HELLO 1 $boot"
while read -r word id rest; do
  case $id in '' | *[!a-z0-9-]*) continue ;; esac
  case $word in
    START) start "$id" "$rest" ;;
    QUERY) query "$id" ;;
    STOP) send TERM "$id" ;;
    KILL) : >"$run/$id/killed"; send KILL "$id" ;;
  esac
done
