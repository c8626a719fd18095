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
# The last two are run as text, from a copy in the folder: they outlive the program that brought it.
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

# Joining

drover_join() { # ROOT KEY ATTEMPT PID
  drover_attempt=$3
  drover_started "$4" || exit 70
  drover_member="$4 $drover_start $drover_boot"
  drover_what=
  # One that has ended before it was entered has been left because nobody seemed to be there.
  while drover_choose "$1/sessions" "$2" && ! drover_await; do :; done
  echo "$drover_dir"
}

# Becomes a member of one that is not being left: sets drover_dir.
drover_choose() { # FOLDER KEY
  while :; do
    drover_number=0
    for drover_file in "$1/$2"-*; do
      drover_found=${drover_file##*-}
      [ ! -d "$drover_file" ] || [ "$drover_found" -le "$drover_number" ] || drover_number=$drover_found
    done
    drover_dir=$1/$2-$drover_number
    if [ "$drover_number" = 0 ] || drover_is_over; then drover_dir=$1/$2-$((drover_number + 1)); fi
    { [ -d "$drover_dir/members" ] || drover_make "$1"; } &&
      { [ -e "$drover_dir/library" ] || drover_furnish "$0"; } &&
      drover_put "$drover_dir/members/$drover_attempt" "$drover_member" || {
      echo "Drover: the session of this task cannot be made in $1: is the disk full?" >&2
      exit 70
    }
    drover_is_over || return 0
    rm -f "$drover_dir/members/$drover_attempt"
  done
}
drover_is_over() { [ -e "$drover_dir/leaving" ] || [ -e "$drover_dir/failed" ]; }

# With all of its text at once, whoever else does the same.
drover_put() { # FILE TEXT
  printf '%s\n' "$2" >"$drover_dir/put.$$" && mv -f "$drover_dir/put.$$" "$1"
}
drover_make() { mkdir -p "$1" && mkdir -p -m 700 "$drover_dir" && mkdir -p "$drover_dir/members"; }
drover_furnish() {
  [ -n "$drover_what" ] || drover_what=$(cat)
  drover_put "$drover_dir/what" "$drover_what" && drover_put "$drover_dir/library" "$(cat "$1")"
}

# Waits until it is entered. Fails when it has ended before that.
drover_await() {
  drover_tick=0 drover_open=
  while :; do
    if [ $((drover_tick % 20)) = 0 ] && ! drover_is_kept; then
      if [ "$drover_tick" -ge 300 ]; then
        echo "Drover: the session of this task cannot be entered: no process can be started here, or the disk is full." >&2
        exit 70
      fi
      drover_apart sh -c "$(cat "$drover_dir/library")" drover-session keep "$drover_dir" "$drover_attempt"
    fi
    # What was entered before the machine was started again is gone.
    drover_at=
    read -r drover_at 2>/dev/null <"$drover_dir/entered"
    drover_show
    [ "$drover_at" != "$drover_boot" ] || return 0
    if [ -e "$drover_dir/failed" ]; then drover_tell_failure; fi
    [ ! -e "$drover_dir/ended" ] || return 1
    drover_tick=$((drover_tick + 1))
    drover_pause
  done
}

# Whoever has it entered shows how that goes.
drover_show() {
  read -r drover_by 2>/dev/null <"$drover_dir/by" || return 0
  [ "$drover_by" = "$drover_attempt" ] && [ -e "$drover_dir/log" ] || return 0
  [ -n "$drover_open" ] || exec 4<"$drover_dir/log"
  drover_open=1
  cat <&4 >&2
}

drover_tell_failure() {
  drover_show
  [ -n "$drover_open" ] || tail -n 20 "$drover_dir/log" >&2
  echo "Drover: $(cat "$drover_dir/failed")" >&2
  exit 70
}

# Keeping

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

# Acting

# Leads the script's process group, and stays as long as something writes to its log.
drover_run() { # NUMBER enter|leave
  drover_script=$drover_dir/$1/$2
  drover_me
  drover_seconds
  drover_claim "$drover_script.run" "$drover_self $drover_start $drover_boot $drover_now" || exit
  trap : HUP INT QUIT TERM
  drover_over="drover_over_$drover_self"
  {
    trap : HUP INT QUIT TERM
    (
      export "DROVER_MARK=$drover_mark" "DROVER_SESSION_DIR=$drover_dir/work"
      cd "$drover_dir/work" && . "$drover_dir/base" && . "$drover_dir/variables" && exec sh "$drover_script"
    )
    echo "$drover_over $?"
  } </dev/null 2>&1 | (
    trap '' HUP INT QUIT TERM
    drover_listen >>"$drover_dir/log"
  )
}

# Takes from what the script prints what it says to the session, and writes it all to the log. What
# it has left running may go on to print, but has no more say.
drover_listen() {
  drover_says=1 drover_lost=
  while IFS= read -r drover_line || [ -n "$drover_line" ]; do
    case $drover_says$drover_line in
      1*"$drover_over "*)
        drover_ended=${drover_line##* }
        drover_line=${drover_line%"$drover_over "*}
        [ -z "$drover_line" ] || drover_hear
        [ "$drover_ended$drover_lost" != 0lost ] || drover_ended=full
        echo "$drover_ended" >"$drover_script.status"
        drover_says=
        ;;
      *) drover_hear ;;
    esac
  done
}
drover_hear() {
  case $drover_says$drover_line in
    1'openjd_env: '*) drover_set "${drover_line#*: }" ;;
    1'openjd_redacted_env: '*) drover_set "${drover_line#*: }" ;;
    1'openjd_unset_env: '*)
      drover_name=${drover_line#*: }
      if drover_is_name; then drover_keep_line "unset $drover_name"; fi
      ;;
  esac
  case $drover_line in
    'openjd_redacted_env: '*=*) drover_line="${drover_line%%=*}=********" ;;
    'openjd_redacted_env: '*) drover_line='openjd_redacted_env: ********' ;;
  esac
  printf '%s\n' "$drover_line"
}

# NAME=VALUE, or that as a text of JSON, which may have several lines.
drover_set() {
  drover_text=$1
  case $1 in '"'*'"')
    drover_text=${1#?}
    drover_read_json "${drover_text%?}"
    ;;
  esac
  drover_name=${drover_text%%=*}
  case $drover_text in *=*) ;; *) drover_name= ;; esac
  drover_is_name || return 0
  drover_quote "${drover_text#*=}"
  drover_keep_line "export $drover_name='$drover_quoted'"
}
drover_keep_line() { printf '%s\n' "$1" >>"$drover_dir/variables" || drover_lost=lost; }

# Drover's own are not for environments.
drover_is_name() {
  case $drover_name in
    '' | [0-9]* | *[!A-Za-z0-9_]* | DROVER_*)
      echo "Drover: the line after this one sets nothing: write NAME=VALUE, where NAME has letters, digits and _, and does not begin with DROVER_"
      return 1
      ;;
  esac
}

# For within single quotes.
drover_quote() {
  drover_rest=$1 drover_quoted=
  while :; do
    case $drover_rest in *"'"*) ;; *) break ;; esac
    drover_quoted=$drover_quoted${drover_rest%%"'"*}"'\\''"
    drover_rest=${drover_rest#*"'"}
  done
  drover_quoted=$drover_quoted$drover_rest
}

# Sets drover_text to what stands within the quotes of JSON.
drover_read_json() {
  drover_rest=$1 drover_text=
  while :; do
    case $drover_rest in *\\*) ;; *) break ;; esac
    drover_text=$drover_text${drover_rest%%\\*}
    drover_rest=${drover_rest#*\\}
    drover_size=1
    case $drover_rest in
      n*) drover_add 10 ;;
      t*) drover_add 9 ;;
      r*) drover_add 13 ;;
      b*) drover_add 8 ;;
      f*) drover_add 12 ;;
      u[0-9a-fA-F][0-9a-fA-F][0-9a-fA-F][0-9a-fA-F]*)
        drover_hex "${drover_rest#u}"
        drover_code=$drover_found drover_size=5
        case $drover_rest in u[dD][89abAB]??\\u[dD][c-fC-F]*)
          drover_hex "${drover_rest#u????\\u}"
          drover_code=$((65536 + (drover_code - 55296) * 1024 + drover_found - 56320)) drover_size=11
          ;;
        esac
        drover_add "$drover_code"
        ;;
      *)
        drover_word=${drover_rest#?}
        drover_text=$drover_text${drover_rest%"$drover_word"}
        ;;
    esac
    while [ "$drover_size" -gt 0 ]; do drover_rest=${drover_rest#?} drover_size=$((drover_size - 1)); done
  done
  drover_text=$drover_text$drover_rest
}
drover_hex() { # its first four digits
  drover_found=$1
  while [ "${#drover_found}" -gt 4 ]; do drover_found=${drover_found%?}; done
  drover_found=$((0x$drover_found))
}
# The character with number $1, in UTF-8.
drover_add() {
  if [ "$1" -lt 128 ]; then set -- "$1"
  elif [ "$1" -lt 2048 ]; then set -- $((192 + $1 / 64)) $((128 + $1 % 64))
  elif [ "$1" -lt 65536 ]; then set -- $((224 + $1 / 4096)) $((128 + $1 / 64 % 64)) $((128 + $1 % 64))
  else set -- $((240 + $1 / 262144)) $((128 + $1 / 4096 % 64)) $((128 + $1 / 64 % 64)) $((128 + $1 % 64)); fi
  drover_found=
  for drover_word; do drover_found=$drover_found$(printf '\\0%o' "$drover_word"); done
  drover_found=$(printf '%bx' "$drover_found")
  drover_text=$drover_text${drover_found%x}
}

drover_verb=$1
shift
case $drover_verb in
  join) drover_join "$@" ;;
  *)
    drover_dir=$1 drover_mark="@$1@"
    shift
    case $drover_verb in
      keep) drover_keep "$@" ;;
      act) drover_run "$@" ;;
    esac
    ;;
esac
