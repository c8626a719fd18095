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
# Names begin with drover_, so that no variable of the person's environment is overwritten.

drover_root=$1 drover_host=$2 drover_name=$3 drover_take=$5
if [ -z "$BASH_VERSION" ] && [ -n "$4" ] && command -v bash >/dev/null 2>&1; then
  exec bash -c "$4" drover-agent "$@"
fi
mkdir -p -m 700 "$drover_root" && mkdir -p "$drover_root/ids" "$drover_root/run" || exit 1

drover_functions='
if read -r drover_boot 2>/dev/null </proc/sys/kernel/random/boot_id; then
  drover_linux=1
  # When process $1 started, in clock ticks since the boot. Fails when there is none, or a dead one.
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
  drover_uptime() { read -r drover_now drover_rest </proc/uptime; }
  # How often the kernel has killed something for want of memory.
  drover_count_oom() {
    drover_oom=
    while read -r drover_word drover_rest; do
      case $drover_word in oom_kill) drover_oom=$drover_rest ;; esac
    done 2>/dev/null </proc/vmstat
  }
  # Adds up what process $1 and its descendants hold, in pages.
  drover_weigh() {
    read -r drover_rest drover_pages drover_rest 2>/dev/null <"/proc/$1/statm" || return 0
    drover_sum=$((drover_sum + drover_pages))
    for drover_file in /proc/"$1"/task/*/children; do
      drover_kids=
      read -r drover_kids 2>/dev/null <"$drover_file"
      for drover_kid in $drover_kids; do drover_weigh "$drover_kid"; done
    done
  }
  drover_page=$(($(getconf PAGESIZE 2>/dev/null || echo 4096) / 1024))
  # Processes that carry the mark of one of the attempts $@, also those that have left its group.
  drover_marked() {
    for drover_id; do
      set -- "$@" -e "@$drover_id@$drover_root@"
      shift
    done
    grep -lzF "$@" /proc/[0-9]*/environ 2>/dev/null
  }
  drover_kill_marked() {
    for drover_file in $(drover_marked "$@"); do
      drover_file=${drover_file#/proc/}
      kill -KILL "${drover_file%/*}" 2>/dev/null
    done
  }
else # macOS
  drover_linux=
  drover_boot=$(sysctl -n kern.boottime 2>/dev/null | tr -dc 0-9)
  drover_started() {
    drover_start=$(ps -o lstart= -p "$1" 2>/dev/null | tr -s " " _)
    [ -n "$drover_start" ]
  }
  drover_me() { drover_self=$(exec sh -c "echo \$PPID"); drover_started "$drover_self"; }
  drover_exists() { kill -0 "$1" 2>/dev/null; }
  drover_uptime() { drover_now=$(date +%s); }
  drover_count_oom() { drover_oom=; }
  drover_page=1
  drover_weigh() {
    while read -r drover_group drover_pages; do
      [ "$drover_group" = "$1" ] && drover_sum=$((drover_sum + drover_pages))
    done <<-END
	$(ps -A -o pgid= -o rss=)
	END
  }
  drover_marked() { :; }
  drover_kill_marked() { :; }
fi

# Leads the attempt'\''s own process group, and outlives the agent. It tells the agent'\''s pipe of the
# end (file descriptor 3) only after that is on record, be it that the disk has to have room again
# first. What the attempt has left running in its group ends with it.
drover_keep() { # PLACE ID [SCRIPT, for this shell]
  set +m 2>/dev/null
  drover_dir=$drover_root/run/$1
  trap : HUP INT QUIT TERM
  trap "" PIPE
  drover_me
  set -C
  { echo "$drover_self $drover_start $drover_boot" >"$drover_dir/pid"; } 2>/dev/null || exit
  set +C
  [ ! -e "$drover_dir/void" ] || exit
  drover_uptime
  drover_begun=$drover_now
  if [ -e "$drover_dir/stop" ]; then drover_code=143
  else
    (
      trap - PIPE
      exec 3>&-
      export "DROVER_MARK=@$2@$drover_root@"
      [ -n "$3" ] || exec sh "$drover_dir/script"
      printf -v drover_text %b "$3"
      eval "$drover_text"
    ) </dev/null >"$drover_dir/log" 2>&1
    drover_code=$?
  fi
  drover_uptime
  drover_peak=0 drover_why=-
  read -r drover_peak 2>/dev/null <"$drover_dir/peak"
  # While it is being written, and when the disk was full, it is there and says nothing.
  if [ -e "$drover_dir/stop" ]; then
    read -r drover_why drover_rest 2>/dev/null <"$drover_dir/stop"
    drover_why=${drover_why:-stopped}
  fi
  case $drover_code$drover_why in 137-) drover_was_short && drover_why=memory ;; esac
  until { echo "$drover_code $drover_begun $drover_now ${drover_peak:-0} $drover_why"; times; } 2>/dev/null >"$drover_dir/exit"
    drover_read_record; do
    # Somebody has removed its folder: then there is only the agent to tell.
    [ -d "$drover_dir" ] || { drover_record="$drover_code $drover_begun $drover_now 0 $drover_why 0m0s 0m0s"; break; }
    sleep 5
  done
  echo "EXIT $2 $1 $drover_record" 2>/dev/null >&3
  kill -KILL "-$drover_self"
}

# Sets drover_record from the record in drover_dir.
drover_read_record() {
  { read -r drover_record && read -r drover_rest && read -r drover_user; } 2>/dev/null <"$drover_dir/exit" || return 1
  drover_record="$drover_record $drover_user"
}

# Has the kernel just killed something for want of memory? The watch has noted what it last saw.
drover_was_short() {
  drover_count_oom
  drover_then= drover_at=
  read -r drover_then drover_at 2>/dev/null <"$drover_root/oom"
  [ -n "$drover_oom" ] && [ -n "$drover_then" ] || return 1
  [ "$drover_oom" != "$drover_then" ] || [ $((${drover_now%.*} - drover_at)) -le 2 ]
}

# Looks after all attempts once a second: how much memory they use, and whether their time is over.
# Ends when there has been none for a while. Outlives the agent, too.
drover_watch() {
  set +m 2>/dev/null
  trap "" HUP INT PIPE
  drover_me
  echo "$drover_self $drover_start $drover_boot" >"$drover_root/watch"
  drover_quiet=0 drover_tick=0 drover_seen=-1 drover_list= drover_unsaid=
  exec 3>&- 4<"$drover_root/live"
  while [ "$drover_quiet" -lt 20 ]; do
    sleep 1
    # Another one has taken over, or there is nothing left to look after.
    read -r drover_pid drover_rest 2>/dev/null <"$drover_root/watch" || exit
    [ "$drover_pid" = "$drover_self" ] || exit
    drover_quiet=$((drover_quiet + 1)) drover_tick=$((drover_tick + 1))
    drover_uptime
    drover_time=${drover_now%.*}
    drover_count_oom
    if [ "$drover_oom" != "$drover_seen" ]; then
      [ "$drover_seen" = -1 ] && drover_since=0 || drover_since=$drover_time
      drover_seen=$drover_oom
      echo "$drover_seen $drover_since" >"$drover_root/oom"
    fi
    while read -r drover_line <&4; do [ -z "$drover_line" ] || drover_list="$drover_list$drover_line
"; done
    [ -z "$drover_list" ] || drover_quiet=0
    drover_left= drover_over=
    while read -r drover_id drover_place drover_from drover_limit drover_grace drover_most; do
      case $drover_from$drover_limit$drover_grace$drover_most in "" | *[!0-9.]*) continue ;; esac
      drover_line="$drover_id $drover_place $drover_from $drover_limit $drover_grace $drover_most"
      if drover_look_at "$drover_id"; then drover_left="$drover_left$drover_line
"
      else drover_over="$drover_over $drover_id"; fi
    done <<-END
	$drover_list
	END
    drover_list=$drover_left
    [ -z "$drover_over" ] || drover_kill_marked $drover_over
    # The agent looks for this file after it has added a line, so that none is overlooked.
    [ "$drover_quiet" -lt 20 ] || rm -f "$drover_root/watch"
    if [ "$drover_quiet" = 20 ] && read -r drover_line <&4; then
      echo "$drover_self $drover_start $drover_boot" >"$drover_root/watch"
      drover_list="$drover_line
" drover_quiet=0
    fi
  done 2>/dev/null
}

# One attempt that is watched. Fails when it is over.
drover_look_at() {
  drover_dir=$drover_root/run/$drover_place
  [ ! -e "$drover_dir/exit" ] && [ -d "$drover_dir" ] || return 1
  drover_pid=
  read -r drover_pid drover_then drover_at <"$drover_dir/pid" || return 0
  [ "$drover_at" = "$drover_boot" ] && drover_started "$drover_pid" && [ "$drover_start" = "$drover_then" ] || {
    drover_exists "$drover_pid" || kill -0 "-$drover_pid" || return 1
    return 0
  }
  if read -r drover_why drover_since drover_grace <"$drover_dir/stop"; then
    [ $((drover_time - drover_since)) -lt "$drover_grace" ] || drover_kill_all "$1"
    return 0
  elif [ -e "$drover_dir/stop" ]; then
    # A full disk has kept how long it has: a second or two then.
    case $drover_unsaid in *" $1 "*) drover_kill_all "$1" ;; *) drover_unsaid="$drover_unsaid $1 " ;; esac
    return 0
  fi
  if [ "$drover_limit" -gt 0 ] && [ $((drover_time - ${drover_from%.*})) -ge "$drover_limit" ]; then
    drover_ask timeout "$drover_grace"
    return 0
  fi
  # What has run for long is looked at less often, unless it may not have more than so much.
  [ "$drover_most" -gt 0 ] || [ $((drover_time - ${drover_from%.*})) -lt 60 ] || [ $((drover_tick % 5)) = 0 ] || return 0
  drover_sum=0 drover_peak=0
  drover_weigh "$drover_pid"
  drover_sum=$((drover_sum * drover_page))
  read -r drover_peak <"$drover_dir/peak"
  [ "$drover_sum" -le "$drover_peak" ] || echo "$drover_sum" >"$drover_dir/peak"
  if [ "$drover_most" -gt 0 ] && [ "$drover_sum" -gt $((drover_most * 1024)) ]; then
    drover_ask memory 0
    drover_kill_all "$1"
  fi
  return 0
}

# Of the attempt in drover_dir, led by drover_pid: why it is to end, and how long it has for that.
drover_ask() {
  drover_uptime
  { set -C; echo "$1 ${drover_now%.*} $2" >"$drover_dir/stop"; } 2>/dev/null
  set +C
  [ -z "$drover_pid" ] || kill -TERM "-$drover_pid" 2>/dev/null
}

# All of it but its keeper, who still has to tell: its descendants, and what carries its mark.
drover_kill_all() {
  drover_tree=
  drover_list_below "$drover_pid"
  [ -z "$drover_tree" ] || kill -KILL $drover_tree 2>/dev/null
  drover_kill_marked "$1"
}
drover_list_below() {
  if [ -n "$drover_linux" ]; then
    for drover_file in /proc/"$1"/task/*/children; do
      drover_kids=
      read -r drover_kids 2>/dev/null <"$drover_file"
      for drover_kid in $drover_kids; do
        drover_tree="$drover_tree $drover_kid"
        drover_list_below "$drover_kid"
      done
    done
  else
    drover_tree=$(ps -A -o pid= -o pgid= | while read -r drover_kid drover_group; do
      [ "$drover_group" != "$1" ] || [ "$drover_kid" = "$1" ] || echo "$drover_kid"
    done)
  fi
}
'
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
