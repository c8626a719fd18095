# Asking attempts to save their work. A part of agent.sh, written before it and after keeper.sh.
#
# ROOT/run/PLACE/save         EVERY HOW TIMEOUT: so often it is asked, in seconds (0: only when somebody
#                             wishes it); a signal in small letters, or `command`; how long that may take
# ROOT/run/PLACE/save-script  the command
# ROOT/run/PLACE/asked        when it was last asked, by the machine's own seconds
# ROOT/run/PLACE/saving       process id, start time and boot id of whoever runs the command now

drover_functions=$drover_functions'
# Of the attempt in drover_dir that began at drover_from: is it time to ask it again?
drover_save_is_due() {
  drover_every=0
  read -r drover_every drover_rest 2>/dev/null <"$drover_dir/save" && [ "${drover_every:-0}" -gt 0 ] || return 1
  drover_asked=${drover_from%.*}
  read -r drover_asked 2>/dev/null <"$drover_dir/asked"
  [ $((drover_time - ${drover_asked:-0})) -ge "$drover_every" ]
}

# In a process of its own.
drover_save() { # PLACE ID
  set +m 2>/dev/null
  exec 3>&- 4<&-
  drover_dir=$drover_root/run/$1
  [ ! -e "$drover_dir/stop" ] && [ ! -e "$drover_dir/exit" ] || exit 0
  drover_uptime
  { echo "${drover_now%.*}" >"$drover_dir/asked"; } 2>/dev/null
  read -r drover_pid drover_then drover_at 2>/dev/null <"$drover_dir/pid" || exit 0
  [ "$drover_at" = "$drover_boot" ] && drover_started "$drover_pid" && [ "$drover_start" = "$drover_then" ] || exit 0
  read -r drover_every drover_how drover_most 2>/dev/null <"$drover_dir/save" || exit 0
  case $drover_how in
    command) drover_save_by_command "$2" ;;
    usr1) drover_save_by_signal USR1 10 ;;
    usr2) drover_save_by_signal USR2 12 ;;
    hup) drover_save_by_signal HUP 1 ;;
    int) drover_save_by_signal INT 2 ;;
    quit) drover_save_by_signal QUIT 3 ;;
    alrm) drover_save_by_signal ALRM 14 ;;
  esac
  exit 0
}

# To those processes of the attempt that listen for it: the others, such as the shell around a program,
# would be ended by it.
drover_save_by_signal() { # NAME NUMBER, as Linux counts
  drover_heard=
  drover_list_saving "$drover_pid"
  for drover_kid in $drover_tree; do
    drover_catches "$drover_kid" "$2" && kill -s "$1" "$drover_kid" 2>/dev/null && drover_heard=1
  done
  [ -n "$drover_heard" ] || [ -e "$drover_dir/deaf" ] || {
    echo "Drover: nothing of this task listens for $1: it was not asked to save its work." >>"$drover_dir/log"
    : >"$drover_dir/deaf"
  }
}
if [ -n "$drover_linux" ]; then
  drover_list_saving() {
    drover_tree=
    drover_list_below "$1"
  }
  drover_catches() {
    while read -r drover_word drover_rest; do
      [ "$drover_word" = SigCgt: ] || continue
      drover_rest=0x${drover_rest#????????}
      [ $(($drover_rest >> ($2 - 1) & 1)) = 1 ]
      return
    done 2>/dev/null <"/proc/$1/status"
    return 1
  }
else # macOS does not tell who listens: the process that was started first.
  drover_list_saving() {
    drover_tree=$(ps -A -o pid= -o ppid= | while read -r drover_kid drover_rest; do
      [ "$drover_rest" != "$1" ] || echo "$drover_kid"
    done)
  }
  drover_catches() { :; }
fi

# What the command prints stands in the log of the attempt. One at a time.
drover_save_by_command() { # ID
  drover_keeper=$drover_pid
  if read -r drover_pid drover_then drover_at 2>/dev/null <"$drover_dir/saving" &&
    [ "$drover_at" = "$drover_boot" ] && drover_started "$drover_pid" && [ "$drover_start" = "$drover_then" ]; then
    return
  fi
  drover_me
  echo "$drover_self $drover_start $drover_boot" >"$drover_dir/saving" || return
  drover_list_saving "$drover_keeper"
  drover_first=
  for drover_kid in $drover_tree; do drover_first=${drover_first:-$drover_kid}; done
  rm -f "$drover_dir/saved"
  (
    export "DROVER_MARK=@$1@$drover_root@" "DROVER_PID=$drover_first"
    sh "$drover_dir/save-script"
    echo $? >"$drover_dir/saved"
  ) </dev/null >>"$drover_dir/log" 2>&1 &
  drover_child=$! drover_tick=0
  until [ -s "$drover_dir/saved" ] || [ "$drover_tick" -ge "$drover_most" ] || [ ! -d "$drover_dir" ]; do
    sleep 1
    drover_tick=$((drover_tick + 1))
  done
  drover_status=
  read -r drover_status 2>/dev/null <"$drover_dir/saved"
  case $drover_status in
    0) ;;
    "")
      drover_list_saving "$drover_child"
      kill -KILL "$drover_child" $drover_tree
      echo "Drover: the command that saves the work took longer than the $drover_most seconds that it may take, and was ended." >>"$drover_dir/log"
      ;;
    *) echo "Drover: the command that saves the work ended with status $drover_status." >>"$drover_dir/log" ;;
  esac 2>/dev/null
  rm -f "$drover_dir/saving"
}
'
