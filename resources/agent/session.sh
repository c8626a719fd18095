# Sessions: what the tasks of one step share on a node. A working directory, and environments that
# are entered once, in order, and left in reverse order. POSIX sh and coreutils will do.
#
#   sh session.sh join ROOT KEY ATTEMPT PID
#       Process PID joins the session KEY, which is made if there is none; what it is comes on
#       stdin. Waits until it is entered and prints its folder. Fails when it cannot be entered.
#   sh -c TEXT drover-session keep FOLDER ATTEMPT
#       Enters it, waits until it is to be left, leaves it. Does nothing when that is done already.
#   sh -c TEXT drover-session act FOLDER NUMBER enter|leave
#       Runs one script of one environment.
#
# The last two are run as text, session-keep.sh and session-act.sh before this one, from a copy in the
# folder: they outlive the program that brought it.
# Everything they know is in files, so that a keeper that was killed can be followed by another one,
# which goes on where it was. That one is started by the next that joins, or by the agent.
#
# What it is: lines of words, each escaped for printf %b, with a colon before it.
#   session IDLE BASE            it is left when no process was in it for IDLE seconds; BASE: a script
#                                that sets what all scripts of the session find
#   environment NAME TIMEOUT VARIABLES ENTER LEAVE    seconds, 0 for none; scripts, empty for none
#
# ROOT/sessions/KEY-N/          N counts how often it was made. The last one is joined, unless it is
#                               being left or has failed
#   members/ATTEMPT             who is in it, or waits for that: process id, start time and boot id
#   keeper-N                    who keeps it, likewise: the last one counts
#   entered, failed, leaving, ended    it is so; failed and ended say why
#   variables                   a script that sets what environments have set
#   NUMBER/                     an environment: what it is, begun and left, and for each of its scripts
#     enter.run, leave.run        who runs it, likewise, and since when by the machine's own seconds
#     enter.status                how it ended
#   work/                       the working directory
#   log                         what the scripts have printed
#
# Names begin with drover_, so that no variable of the person's environment is overwritten.

if read -r drover_boot 2>/dev/null </proc/sys/kernel/random/boot_id; then
  # When process $1 started. Fails when there is none, or a dead one.
  drover_started() {
    IFS= read -r drover_stat 2>/dev/null <"/proc/$1/stat" || return 1
    set -- ${drover_stat##*) }
    case $1 in Z | X) return 1 ;; esac
    shift 19
    drover_start=$1
  }
  drover_me() {
    drover_started self
    drover_self=${drover_stat%% *}
  }
  drover_exists() { [ -e "/proc/$1" ]; }
  drover_seconds() {
    read -r drover_now drover_rest </proc/uptime
    drover_now=${drover_now%.*}
  }
  # What carries the mark of this session, also what has left its group.
  drover_kill_marked() {
    for drover_file in $(grep -lzF -e "$drover_mark" /proc/[0-9]*/environ 2>/dev/null); do
      drover_file=${drover_file#/proc/}
      kill -KILL "${drover_file%/*}" 2>/dev/null
    done
  }
else # macOS
  drover_boot=$(sysctl -n kern.boottime 2>/dev/null | tr -dc 0-9)
  drover_started() {
    drover_start=$(ps -o lstart= -p "$1" 2>/dev/null | tr -s " " _)
    [ -n "$drover_start" ]
  }
  drover_me() { drover_self=$(exec sh -c "echo \$PPID"); drover_started "$drover_self"; }
  drover_exists() { kill -0 "$1" 2>/dev/null; }
  drover_seconds() { drover_now=$(date +%s); }
  drover_kill_marked() { :; }
fi

# Is the process that wrote file $1 running?
drover_alive() {
  drover_pid=
  read -r drover_pid drover_then drover_at drover_since 2>/dev/null <"$1" || return 1
  [ "$drover_at" = "$drover_boot" ] && drover_started "$drover_pid" && [ "$drover_start" = "$drover_then" ]
}

# Writes file $1, unless it is there, with all of its text at once.
drover_claim() { # FILE TEXT
  drover_me
  echo "$2" >"$drover_dir/claim.$drover_self" && ln "$drover_dir/claim.$drover_self" "$1"
  set -- $?
  rm -f "$drover_dir/claim.$drover_self"
  return "$1"
}

# Runs it in a process group of its own, without the mark of whoever asks for it, which would end it.
# After a plain `&` it would ignore interrupts: that is the last resort.
drover_apart() {
  (
    unset DROVER_MARK
    exec </dev/null >/dev/null 2>&1 3>&- 4>&-
    setsid --fork "$@" ||
      perl -MPOSIX -e '$SIG{INT} = $SIG{QUIT} = "DEFAULT"; fork and exit; setsid(); exec @ARGV' "$@" ||
      (setsid "$@" &)
  )
}

drover_pause() { sleep 0.1 2>/dev/null || sleep 1; }

# Sets drover_turn: how many keepers there have been.
drover_count_keepers() {
  drover_turn=0
  while [ -e "$drover_dir/keeper-$((drover_turn + 1))" ]; do drover_turn=$((drover_turn + 1)); done
}
drover_is_kept() {
  drover_count_keepers
  drover_alive "$drover_dir/keeper-$drover_turn"
}

# With all of its text at once, whoever else does the same.
drover_put() { # FILE TEXT
  printf '%s\n' "$2" >"$drover_dir/put.$$" && mv -f "$drover_dir/put.$$" "$1"
}

# Nobody may join it any more.
drover_is_over() { [ -e "$drover_dir/leaving" ] || [ -e "$drover_dir/failed" ]; }

drover_verb=$1
shift
case $drover_verb in
  join)
    drover_here=${0%/*}
    . "$drover_here/session-join.sh"
    drover_join "$@"
    ;;
  *)
    drover_dir=$1 drover_mark="@$1@"
    shift
    case $drover_verb in
      keep) drover_keep "$@" ;;
      act) drover_run "$@" ;;
    esac
    ;;
esac
