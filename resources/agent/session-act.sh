# Running a script of a session's environment: a part of session.sh, written before it.

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
