# Keeping a session: a part of session.sh, written before it.

drover_keep() { # ATTEMPT
  exec 3>&-
  trap : HUP INT QUIT TERM
  trap '' PIPE
  drover_take
  [ ! -e "$drover_dir/ended" ] || exit 0
  if [ -n "$drover_restarted" ]; then
    drover_end 'The machine was started again: what was entered is gone, and its leave scripts did not run.'
    exit
  fi
  [ -e "$drover_dir/by" ] || drover_put "$drover_dir/by" "$1"
  drover_unpack || {
    drover_put "$drover_dir/failed" "The session of this task could not be made in $drover_dir: is the disk full?"
    drover_end 'It could not be made.'
    exit
  }
  drover_is_over || [ -e "$drover_dir/entered" ] || drover_enter_all
  drover_wait_for_end
  drover_leave_all
  drover_end 'It was left.'
}

# One keeper at a time. Sets drover_restarted when one before has lived before the machine was started again.
drover_take() {
  drover_restarted= drover_at=$drover_boot
  drover_is_kept && exit
  while [ "$drover_turn" -gt 0 ]; do
    read -r drover_pid drover_then drover_at <"$drover_dir/keeper-$drover_turn"
    [ "$drover_at" = "$drover_boot" ] || drover_restarted=1
    drover_turn=$((drover_turn - 1))
  done
  drover_count_keepers
  drover_me
  drover_claim "$drover_dir/keeper-$((drover_turn + 1))" "$drover_self $drover_start $drover_boot" || exit
}

# Sets drover_idle and drover_last, the number of the last environment. Fails when not all can be
# written. What is there already is left alone: it may be running.
drover_unpack() {
  mkdir -p "$drover_dir/work" || return 1
  drover_last=-1
  while read -r drover_word drover_1 drover_2 drover_3 drover_4 drover_5; do
    case $drover_word in
      session)
        drover_idle=${drover_1#:}
        [ -e "$drover_dir/unpacked" ] || printf %b "${drover_2#:}" >"$drover_dir/base" || return 1
        ;;
      environment)
        drover_last=$((drover_last + 1))
        [ -e "$drover_dir/unpacked" ] || drover_unpack_one "$drover_dir/$drover_last" || return 1
        ;;
    esac
  done <"$drover_dir/what"
  : >"$drover_dir/unpacked"
}
drover_unpack_one() { # FOLDER
  mkdir -p "$1" &&
    printf '%b\n' "${drover_1#:}" >"$1/name" &&
    echo "${drover_2#:}" >"$1/timeout" &&
    printf %b "${drover_3#:}" >"$1/variables" &&
    printf %b "${drover_4#:}" >"$1/enter" &&
    printf %b "${drover_5#:}" >"$1/leave"
}

drover_enter_all() {
  drover_number=0
  while [ "$drover_number" -le "$drover_last" ]; do
    drover_part=$drover_dir/$drover_number
    [ -e "$drover_part/begun" ] || cat "$drover_part/variables" >>"$drover_dir/variables"
    set -- $?
    : >"$drover_part/begun"
    drover_enter_one "$1" || {
      [ -z "$drover_words" ] ||
        drover_put "$drover_dir/failed" "The environment $drover_name could not be entered: $drover_words. It is entered anew for the next attempt."
      : >"$drover_dir/leaving"
      return
    }
    drover_number=$((drover_number + 1))
  done
  : >>"$drover_dir/variables"
  echo "$drover_boot" >"$drover_dir/entered"
}

drover_enter_one() { # 0: its variables were written
  read -r drover_name <"$drover_part/name"
  drover_words='its variables could not be written: is the disk full?'
  [ "$1" = 0 ] && drover_act enter
}

# In reverse order, and each, also if one before it has failed.
drover_leave_all() {
  drover_number=$drover_last
  while [ "$drover_number" -ge 0 ]; do
    drover_part=$drover_dir/$drover_number
    if [ -e "$drover_part/begun" ] && [ ! -e "$drover_part/left" ]; then
      drover_script=$drover_part/enter
      [ ! -e "$drover_script.run" ] || [ -s "$drover_script.status" ] || drover_stop
      drover_act leave || drover_say "The environment $drover_name was left, but $drover_words."
      drover_signal KILL "$drover_part/enter.run"
      : >"$drover_part/left"
    fi
    drover_number=$((drover_number - 1))
  done
}

# Nobody joins any more after `leaving`, but those who had joined before may stay.
drover_wait_for_end() {
  drover_seconds
  drover_used=$drover_now
  [ ! -e "$drover_dir/failed" ] || : >"$drover_dir/leaving"
  until [ -e "$drover_dir/leaving" ]; do
    drover_seconds
    if drover_has_members; then drover_used=$drover_now
    elif [ $((drover_now - drover_used)) -ge "$drover_idle" ]; then : >"$drover_dir/leaving"
    fi
    [ -e "$drover_dir/leaving" ] || sleep 1
  done
  while [ -e "$drover_dir/entered" ] && drover_has_members; do sleep 1; done
}
drover_has_members() {
  for drover_file in "$drover_dir"/members/*; do
    [ -e "$drover_file" ] || continue
    if drover_alive "$drover_file"; then return 0; fi
    rm -f "$drover_file"
  done
  return 1
}

# Runs the enter or leave script of the environment in drover_part. Fails with drover_words, which
# are empty when nobody waits for it any more.
drover_act() { # enter|leave
  drover_words= drover_script=$drover_part/$1
  read -r drover_name <"$drover_part/name"
  read -r drover_limit <"$drover_part/timeout"
  # To leave may not take for ever, even if nobody has said how long.
  case $1$drover_limit in leave0) drover_limit=300 ;; esac
  [ -s "$drover_script" ] || return 0
  drover_tick=0
  until [ -s "$drover_script.status" ]; do
    if [ ! -e "$drover_script.run" ]; then
      if [ "$drover_tick" = 0 ]; then
        [ "$1" = enter ] && drover_say "Entering $drover_name." || drover_say "Leaving $drover_name."
      fi
      [ $((drover_tick % 50)) != 0 ] ||
        drover_apart sh -c "$(cat "$drover_dir/library")" drover-session act "$drover_dir" "$drover_number" "$1"
      [ "$drover_tick" -lt 600 ] || { drover_words='no process can be started'; return 1; }
    elif ! drover_alive "$drover_script.run"; then
      [ -s "$drover_script.status" ] || echo killed >"$drover_script.status"
    else
      drover_seconds
      if [ "$drover_limit" -gt 0 ] && [ $((drover_now - drover_since)) -ge "$drover_limit" ]; then
        drover_words="it took longer than the $drover_limit seconds that it may take"
        drover_stop
        return 1
      fi
      if [ "$1" = enter ] && ! drover_has_members; then
        drover_say "Nobody waits for $drover_name any more: it is stopped."
        drover_stop
        return 1
      fi
    fi
    drover_tick=$((drover_tick + 1))
    if [ "$drover_tick" -lt 100 ]; then drover_pause; else sleep 1; fi
  done
  read -r drover_status <"$drover_script.status"
  case $drover_status in
    0) [ "$1" = enter ] || drover_signal KILL "$drover_script.run"; return 0 ;;
    killed) drover_words='its script was killed' ;;
    full) drover_words='what it has set could not be written: is the disk full?' ;;
    *) drover_words="its script ended with status $drover_status" ;;
  esac
  drover_signal KILL "$drover_script.run"
  return 1
}

# Lets the script end, for ten seconds; then it is killed with all its group.
drover_stop() {
  drover_tick=0
  drover_signal TERM "$drover_script.run"
  while [ ! -s "$drover_script.status" ] && [ "$drover_tick" -lt 100 ] && drover_alive "$drover_script.run"; do
    drover_tick=$((drover_tick + 1))
    drover_pause
  done
  drover_signal KILL "$drover_script.run"
  [ -s "$drover_script.status" ] || echo killed >"$drover_script.status"
}

# To the process group that wrote file $2, unless its number is something else's now.
drover_signal() { # SIGNAL FILE
  drover_alive "$2" || {
    [ -n "$drover_pid" ] && [ "$drover_at" = "$drover_boot" ] && ! drover_exists "$drover_pid" || return 0
  }
  kill "-$1" "-$drover_pid" 2>/dev/null
}

drover_say() { printf 'Drover: %s\n' "$1" >>"$drover_dir/log"; }

# Only the log stays: what environments have set may be secret.
drover_end() { # WORDS
  : >"$drover_dir/leaving"
  drover_kill_marked
  rm -rf "$drover_dir/work" 2>/dev/null || { chmod -R u+rwx "$drover_dir/work"; rm -rf "$drover_dir/work"; } 2>/dev/null
  [ ! -e "$drover_dir/work" ] || drover_say "Not all of $drover_dir/work could be removed."
  rm -rf "$drover_dir/what" "$drover_dir/base" "$drover_dir/variables" "$drover_dir"/[0-9]*
  drover_say "$1"
  echo "$1" >"$drover_dir/ended"
  rm -f "$drover_dir/library"
}
