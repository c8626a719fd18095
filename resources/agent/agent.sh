# Drover's agent on a node: starts, watches, finds and stops attempts. POSIX sh and coreutils will
# do; in bash it costs less. It is run as text, for a shell keeps its script's file open, and so
# would all attempts:
#
#   sh -c TEXT drover-agent ROOT HOST NAME TEXT [take]
#
# HOST is the id of the Host that it works for, NAME says to people whose that is. TEXT is given
# twice so that it can go on in bash. `take`: also if the node works for another Host until now.
#
# Commands come as lines on stdin, answers and events leave on stdout.
#
#   START ID TIMEOUT GRACE MEMORY HOW SIZE, and on a line of its own SCRIPT
#                                          STARTED ID PLACE | SEEN ID | REFUSED ID reason
#   QUERY ID                               STATE ID running PLACE | exited PLACE RECORD | gone reason | never
#   SAVING ID EVERY HOW TIMEOUT SIZE, and where SIZE is not 0 on a line of its own SCRIPT
#                    (how it is asked to save its work: see saving.sh)         (none)
#   SAVE ID          (asks it to save its work)                                (none)
#   STOP ID GRACE    (asks it to end)      (none)
#   PING N                                 PONG N
#   LOOK CARDS IDLE ROOM  (1: these, too)  TIME, VITALS, ROOM, GPUS and IDLE lines: see vitals.sh
#   PRUNE DAYS MIB                         (none)
#   RELEASE 1        (works for nobody)    (none)
#   LEAVE KEY        (ends this session when nothing is in it any more; see session.sh)
# Events
#   HELLO version boot-id
#   CLAIMED HOST NAME    it works for another Host, whose agent is there: nothing else follows
#   EXIT ID PLACE RECORD
#   SESSION KEY          it is here: told at the start
#
# Seconds and MiB, 0 for none. SCRIPT is escaped for printf %b and has no line ends; SIZE is its length
# then. HOW: `own` runs it in a shell of its own; `any` in whichever shell is there, so that none need
# be started if it only ends in another program. A RECORD is
#   CODE STARTED ENDED PEAK REASON USER SYSTEM
# its exit status; when it began and ended, by the machine's own seconds; most memory in KiB; what
# ended it (- by itself, stopped, timeout, memory); processor time as `times` tells it.
#
# ROOT/ids/ID       where the attempt is: a name in ROOT/run. Made once and never again, so that
#                   an attempt cannot be started twice.
# ROOT/run/PLACE/   script (unless no shell of its own was started for it), log, and
#   pid             process id, start time and boot id of its keeper, written before the script starts
#   stop            why and since when it is to end, and how long it has for that; a keeper that
#                   finds this at its start does not begin
#   void            somebody has asked before pid could be read: a keeper that finds this does not begin
#   peak            the most memory that was seen in use
#   exit            once it has ended: CODE STARTED ENDED PEAK REASON, and what `times` tells
# ROOT/host         for whom it works: HOST NAME
# ROOT/agent.pid    who speaks for it, as in pid; whoever comes next ends that one first
# ROOT/live         what is to be watched, a line each: ID PLACE STARTED TIMEOUT GRACE MEMORY. Each is
#                   begun anew, lest one that was cut off by a full disk spoil the next
#
# Before this one stand, in one text, vitals.sh, keeper.sh and saving.sh, which only define functions.
#
# Names begin with drover_, so that no variable of the person's environment is overwritten.

drover_root=$1 drover_host=$2 drover_name=$3 drover_take=$5
if [ -z "$BASH_VERSION" ] && [ -n "$4" ] && command -v bash >/dev/null 2>&1; then
  exec bash -c "$4" drover-agent "$@"
fi
mkdir -p -m 700 "$drover_root" && mkdir -p "$drover_root/ids" "$drover_root/run" || exit 1

eval "$drover_functions"

# Runs a function of the above in a process group of its own, with the agent's stdout as 3.
# Started with a plain `&`, it would ignore interrupts, and so would all that it starts.
drover_forks=
if [ -n "$BASH_VERSION" ] && set -m 2>/dev/null; then
  drover_forks=1
  drover_apart() { "$@" </dev/null 3>&1 >/dev/null 2>&1 & disown; }
else
  drover_start_as='drover_root=$1; shift'$drover_functions'"$@"'
  if setsid --fork true 2>/dev/null; then
    drover_apart() { setsid --fork sh -c "$drover_start_as" drover "$drover_root" "$@" </dev/null 3>&1 >/dev/null 2>&1; }
  elif command -v setsid >/dev/null 2>&1; then
    drover_apart() { (setsid sh -c "$drover_start_as" drover "$drover_root" "$@" </dev/null 3>&1 >/dev/null 2>&1 &); }
  else
    drover_apart() {
      perl -MPOSIX -e '$SIG{INT} = $SIG{QUIT} = "DEFAULT"; fork and exit; setsid(); exec @ARGV' \
        sh -c "$drover_start_as" drover "$drover_root" "$@" </dev/null 3>&1 >/dev/null 2>&1
    }
  fi
fi

# Is the process that left its id in file $1 running? Sets drover_pid (empty: not known); on failure drover_reason.
drover_alive() {
  drover_pid=
  read -r drover_pid drover_then drover_at 2>/dev/null <"$1" || { drover_reason='it left no process id'; return 1; }
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
drover_left() {
  [ -n "$drover_pid" ] && kill -0 "-$drover_pid" 2>/dev/null || [ -n "$(drover_marked "$1")" ]
}

# Folders are made many at a time: to start a program for each would take as long as a short attempt.
drover_count=0 drover_made=0
drover_me
drover_series=$drover_start-$drover_self
drover_next_place() {
  if [ "$drover_count" = "$drover_made" ]; then
    drover_places=
    while [ "$drover_made" -lt $((drover_count + 32)) ]; do
      drover_made=$((drover_made + 1))
      drover_places="$drover_places $drover_series-$drover_made"
    done
    (cd "$drover_root/run" && mkdir $drover_places) 2>/dev/null
  fi
  drover_count=$((drover_count + 1))
  drover_place=$drover_series-$drover_count
  # One that was never used may have been pruned.
  [ -d "$drover_root/run/$drover_place" ] || mkdir -p "$drover_root/run/$drover_place" 2>/dev/null
}

# Sets drover_text to the next line, which has so many characters. A shell reads lines a byte at a time.
drover_read_text() { # SIZE
  if [ "${BASH_VERSINFO:-0}" -ge 5 ]; then IFS= read -rN "$1" drover_text && IFS= read -r drover_rest && [ -z "$drover_rest" ]
  else IFS= read -r drover_text && [ "${#drover_text}" = "$1" ]; fi
}

drover_begin() { # ID TIMEOUT GRACE MEMORY HOW SIZE
  drover_read_text "$6" || { echo "REFUSED $1 its script has come in pieces"; return; }
  [ -e "$drover_root/ids/$1" ] && { echo "SEEN $1"; return; }
  drover_next_place
  { set -C; echo "$drover_place" >"$drover_root/ids/$1"; } 2>/dev/null || {
    set +C
    if [ -s "$drover_root/ids/$1" ]; then echo "SEEN $1"
    else echo "REFUSED $1 nothing can be written to $drover_root: is the disk full?"; fi
    return
  }
  set +C
  case $5$drover_forks in
    any1) set -- "$1" "$2" "$3" "$4" "$drover_text" ;;
    *)
      set -- "$1" "$2" "$3" "$4"
      printf %b "$drover_text" 2>/dev/null >"$drover_root/run/$drover_place/script" || {
        echo "REFUSED $1 its script cannot be written to $drover_root: is the disk full?"
        return
      }
      ;;
  esac
  drover_uptime && echo "
$1 $drover_place $drover_now $2 $3 $4" 2>/dev/null >>"$drover_root/live" || {
    echo "REFUSED $1 nothing can be written to $drover_root: is the disk full?"
    return
  }
  drover_mind
  if drover_apart drover_keep "$drover_place" "$1" "$5"; then echo "STARTED $1 $drover_place"
  else echo "REFUSED $1 no process can be started"; fi
}

# Somebody has to watch. What is long over need not be read again.
drover_watched=
drover_mind() {
  if [ -n "$drover_watched" ] && [ -e "$drover_root/watch" ] && kill -0 "$drover_watched" 2>/dev/null; then
    [ $((drover_count % 10000)) = 9999 ] || return 0
    kill -KILL "$drover_watched" 2>/dev/null
  elif drover_alive "$drover_root/watch"; then
    drover_watched=$drover_pid
    return
  fi
  while read -r drover_line; do
    set -- $drover_line
    [ -z "$2" ] || [ -e "$drover_root/run/$2/exit" ] || echo "$drover_line"
  done <"$drover_root/live" >"$drover_root/live.new" 2>/dev/null && mv -f "$drover_root/live.new" "$drover_root/live"
  drover_apart drover_watch
  drover_watched=
}

# Where attempt $1 is: sets drover_dir and drover_place.
drover_find() {
  drover_place= drover_dir=
  read -r drover_place 2>/dev/null <"$drover_root/ids/$1"
  case $drover_place in '' | *[!0-9A-Za-z_:-]*) return 1 ;; esac
  drover_dir=$drover_root/run/$drover_place
}

drover_note_saving() { # ID EVERY HOW TIMEOUT SIZE
  drover_text=
  [ "$5" = 0 ] || drover_read_text "$5" || return
  drover_find "$1" && [ -d "$drover_dir" ] || return
  { [ "$5" = 0 ] || printf %b "$drover_text" >"$drover_dir/save-script"; } 2>/dev/null &&
    { echo "$2 $3 $4" >"$drover_dir/save"; } 2>/dev/null
}

drover_query() {
  drover_find "$1" || {
    if [ -n "$(drover_marked "$1")" ]; then echo "STATE $1 running -"; else echo "STATE $1 never"; fi
    return
  }
  # A keeper that has not yet written its pid may not do so after this: then it never starts.
  if [ ! -e "$drover_dir/pid" ]; then (set -C; echo "0 never $drover_boot" >"$drover_dir/pid") 2>/dev/null
  elif [ ! -s "$drover_dir/pid" ]; then
    # Not yet written, or the disk was full: the keeper looks for this after it has written.
    { : >"$drover_dir/void"; } 2>/dev/null || { [ -d "$drover_dir" ] && { echo "STATE $1 running $drover_place"; return; }; }
  fi
  if drover_alive "$drover_dir/pid"; then echo "STATE $1 running $drover_place"
  elif drover_read_record; then echo "STATE $1 exited $drover_place $drover_record"
  elif drover_left "$1"; then echo "STATE $1 running $drover_place"
  elif [ -e "$drover_dir/stop" ]; then echo "STATE $1 exited $drover_place 143 0 0 0 stopped 0m0s 0m0s"
  else echo "STATE $1 gone $drover_reason"; fi
}

drover_stop() { # ID GRACE
  drover_find "$1" || return
  drover_alive "$drover_dir/pid" || {
    # Without its keeper nobody would wait for the rest.
    drover_ask stopped 0
    drover_left "$1" && drover_kill_marked "$1"
    [ -z "$drover_pid" ] || kill -KILL "-$drover_pid" 2>/dev/null
    return
  }
  drover_ask stopped "$2"
  drover_mind
}

# What has ended longer ago than so many days, or is too much, the oldest first. Never what still runs.
drover_prune() { # DAYS MIB
  cd "$drover_root/run" || return
  for drover_id in $(find . -mindepth 1 -maxdepth 1 -mtime "+$1" 2>/dev/null); do
    # Made in advance, and still to be used.
    case $drover_id in ./$drover_series-*) [ -e "$drover_id/pid" ] || continue ;; esac
    [ -e "$drover_id/pid" ] && [ ! -e "$drover_id/exit" ] && drover_alive "$drover_id/pid" || rm -rf "$drover_id"
  done
  drover_sum=$(du -sk . 2>/dev/null) drover_sum=${drover_sum%%[!0-9]*}
  if [ "${drover_sum:-0}" -gt $(($2 * 1024)) ]; then
    for drover_id in $(ls -tr); do
      [ "$drover_sum" -gt $(($2 * 1024)) ] || break
      [ -e "$drover_id/exit" ] || continue
      drover_part=$(du -sk "$drover_id") drover_part=${drover_part%%[!0-9]*}
      rm -rf "$drover_id" && drover_sum=$((drover_sum - drover_part))
    done
  fi
  for drover_id in $(find ../ids -type f -mtime "+$1" 2>/dev/null); do
    read -r drover_place <"$drover_id" && [ -d "$drover_place" ] || rm -f "$drover_id"
  done
  for drover_id in $(find ../sessions -mindepth 1 -maxdepth 1 -mtime "+$1" 2>/dev/null); do
    [ -e "$drover_id/library" ] && [ ! -e "$drover_id/ended" ] || rm -rf "$drover_id"
  done
}

# Sees to it that all sessions have keepers: one that has does not mind. Those of a KEY are to end.
drover_sessions() { # [KEY]
  for drover_dir in "$drover_root/sessions/$1"*; do
    [ -e "$drover_dir/library" ] && [ ! -e "$drover_dir/ended" ] || continue
    [ -z "$1" ] || : >"$drover_dir/leaving"
    drover_apart exec sh -c "$(cat "$drover_dir/library")" drover-session keep "$drover_dir"
    drover_id=${drover_dir##*/}
    [ -n "$1" ] || echo "SESSION ${drover_id%-*}"
  done
}

# One Host at a time, also when two come at once: a link is made whole or not at all. Where there are
# no links, the last one has it. An agent of the same Host whose connection was cut may still wait for it.
if [ ! -s "$drover_root/host" ] && echo "$drover_host $drover_name" 2>/dev/null >"$drover_root/host.$drover_self"; then
  ln "$drover_root/host.$drover_self" "$drover_root/host" 2>/dev/null || [ -s "$drover_root/host" ] ||
    mv -f "$drover_root/host.$drover_self" "$drover_root/host"
  rm -f "$drover_root/host.$drover_self"
fi
drover_owner= drover_who=
read -r drover_owner drover_who 2>/dev/null <"$drover_root/host"
if [ -n "$drover_owner" ] && [ "$drover_owner" != "$drover_host" ] && [ "$drover_take" != take ]; then
  printf '\nCLAIMED %s %s\n' "$drover_owner" "$drover_who"
  exit 0
fi
if drover_alive "$drover_root/agent.pid"; then kill "$drover_pid" 2>/dev/null; fi
drover_me
{ [ "$drover_owner" = "$drover_host" ] || echo "$drover_host $drover_name" >"$drover_root/host"; } 2>/dev/null
{ echo "$drover_self $drover_start $drover_boot" >"$drover_root/agent.pid"; } 2>/dev/null

[ ! -s "$drover_root/live" ] || drover_mind
# On a line of its own, whatever the user's shell has printed at its start.
printf '\nHELLO 2 %s\n' "$drover_boot"
drover_sessions
while read -r drover_word drover_id drover_1 drover_2 drover_3 drover_4 drover_5 drover_rest; do
  case $drover_id$drover_1$drover_2$drover_3$drover_4$drover_5 in '' | *[!a-z0-9-]*) continue ;; esac
  case $drover_word in
    START)
      case $drover_5 in '' | 0* | *[!0-9]* | ????????*) continue ;; esac
      drover_begin "$drover_id" "$drover_1" "$drover_2" "$drover_3" "$drover_4" "$drover_5"
      ;;
    QUERY) drover_query "$drover_id" ;;
    SAVING)
      case $drover_4 in '' | 0?* | *[!0-9]* | ????????*) continue ;; esac
      drover_note_saving "$drover_id" "$drover_1" "$drover_2" "$drover_3" "$drover_4"
      ;;
    SAVE) if drover_find "$drover_id"; then drover_apart drover_save "$drover_place" "$drover_id"; fi ;;
    STOP) drover_stop "$drover_id" "${drover_1:-10}" ;;
    PING) echo "PONG $drover_id" ;;
    LOOK)
      [ "$drover_id" = 0 ] || drover_gpu_vitals
      [ "$drover_1" = 0 ] || drover_idle
      [ "${drover_2:-0}" = 0 ] || drover_room
      drover_vitals "$(drover_time)"
      ;;
    LEAVE) drover_sessions "$drover_id-" ;;
    RELEASE) rm -f "$drover_root/host" ;;
    PRUNE) (drover_prune "$drover_id" "$drover_1" </dev/null >/dev/null 2>&1 &) ;;
  esac
done
