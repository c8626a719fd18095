# Joining a session: a part of session.sh, which has read it.

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
      { [ -e "$drover_dir/library" ] || drover_furnish; } &&
      drover_put "$drover_dir/members/$drover_attempt" "$drover_member" || {
      echo "Drover: the session of this task cannot be made in $1: is the disk full?" >&2
      exit 70
    }
    drover_is_over || return 0
    rm -f "$drover_dir/members/$drover_attempt"
  done
}

drover_make() { mkdir -p "$1" && mkdir -p -m 700 "$drover_dir" && mkdir -p "$drover_dir/members"; }
drover_furnish() {
  [ -n "$drover_what" ] || drover_what=$(cat)
  drover_put "$drover_dir/what" "$drover_what" && drover_put "$drover_dir/library" "$(cat "$drover_here/session-keep.sh" "$drover_here/session-act.sh" "$0")"
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
