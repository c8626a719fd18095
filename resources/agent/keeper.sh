# What runs apart from the agent, and outlives it: the keeper of each attempt, and the watch over all of
# them; and what both need of the system. A part of agent.sh, written before it. As a text, because a
# process group of its own is begun in another shell where there is no bash.

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
  [ ! -e "$drover_dir/save" ] || ! drover_save_is_due || { (drover_save "$drover_place" "$1") & }
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
