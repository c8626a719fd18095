# How a node feels. Functions only, for the agent's script: nothing runs when this is read.
#
#   drover_vitals         VITALS KEY=VALUE...   raw counters; on Linux by the shell alone, so in a millisecond
#   drover_time           TIME SECONDS          the node's clock
#   drover_gpu_vitals     GPUS ...              each card: index,percent,used MiB,total MiB,degrees and a ;
#   drover_idle           IDLE SECONDS          since a person last touched the machine; -1: not known
#   drover_room           ROOM KIB              free on the disk where Drover keeps its files
#
# The last three ask programs that may hang. They return at once, and their line comes when it is known; while
# one is on its way, it is not asked again.
# What a key stands for is written where it is read: electron/nodes/health/vitals.ts.

drover_time() { date '+TIME %s.%N'; }

drover_vitals() { # [LINE...]: told together with these
  drover_vital=
  if [ -e /proc/stat ]; then drover_vitals_linux 2>/dev/null; else drover_vitals_macos 2>/dev/null; fi
  printf '%sVITALS%s\n' "${1:+$1
}" "${drover_boot:+ boot=$drover_boot}$drover_vital"
}

drover_vitals_linux() {
  if read -r drover_value drover_more </proc/uptime; then drover_vital="$drover_vital up=$drover_value"; fi
  if read -r drover_key drover_user drover_nice drover_system drover_unused drover_waiting \
    drover_hard drover_soft drover_stolen drover_more </proc/stat; then
    drover_value=$((drover_user + drover_nice + drover_system + ${drover_hard:-0} + ${drover_soft:-0} + ${drover_stolen:-0}))
    drover_vital="$drover_vital busy=$drover_value ticks=$((drover_value + drover_unused + ${drover_waiting:-0}))"
  fi
  while read -r drover_key drover_value drover_more; do
    case $drover_key in
      MemTotal:) drover_vital="$drover_vital memory=$drover_value" ;;
      MemAvailable:) drover_vital="$drover_vital available=$drover_value"; break ;;
    esac
  done </proc/meminfo
  if read -r drover_value drover_more </proc/loadavg; then drover_vital="$drover_vital load=$drover_value"; fi
  drover_vitals_net
  drover_vitals_disk
  drover_vitals_heat
}

# Of the real devices; in a container, which sees none, of all but the loopback.
drover_vitals_net() {
  drover_in=0 drover_out=0 drover_all_in=0 drover_all_out=0 drover_real=
  while IFS=': ' read -r drover_name drover_value drover_2 drover_3 drover_4 drover_5 drover_6 drover_7 drover_8 \
    drover_sent drover_more; do
    case $drover_name,$drover_value,$drover_sent in lo,* | *,,* | *, | *,*[!0-9,]*) continue ;; esac
    drover_all_in=$((drover_all_in + drover_value)) drover_all_out=$((drover_all_out + drover_sent))
    [ -e "/sys/class/net/$drover_name/device" ] || continue
    drover_real=yes
    drover_in=$((drover_in + drover_value)) drover_out=$((drover_out + drover_sent))
  done </proc/net/dev
  [ -n "$drover_real" ] || drover_in=$drover_all_in drover_out=$drover_all_out
  drover_vital="$drover_vital in=$drover_in out=$drover_out"
}

# Sectors of 512 bytes, of whole disks. What lies upon other disks would be counted twice.
drover_vitals_disk() {
  drover_read=0 drover_written=0
  while read -r drover_key drover_more drover_name drover_2 drover_3 drover_value drover_4 drover_5 drover_6 \
    drover_sectors drover_more; do
    case $drover_name in loop* | ram* | zram* | dm-* | md* | sr* | nvme*c*n*) continue ;; esac
    [ -e "/sys/block/$drover_name" ] || continue
    drover_read=$((drover_read + drover_value)) drover_written=$((drover_written + drover_sectors))
  done </proc/diskstats
  drover_vital="$drover_vital read=$drover_read written=$drover_written"
}

# The hottest processor, in thousandths of a degree. Where it is told is looked up once.
drover_vitals_heat() {
  if [ -z "${drover_heat_files+known}" ]; then
    drover_heat_files=
    for drover_name in /sys/class/hwmon/hwmon*/name; do
      if read -r drover_value <"$drover_name"; then
        case $drover_value in
          coretemp | k10temp | zenpower | cpu_thermal) drover_heat_files="$drover_heat_files ${drover_name%name}temp1_input" ;;
        esac
      fi
    done
    [ -n "$drover_heat_files" ] || for drover_name in /sys/class/thermal/thermal_zone*/type; do
      if read -r drover_value <"$drover_name"; then
        case $drover_value in
          x86_pkg_temp | cpu* | soc* | acpitz) drover_heat_files="$drover_heat_files ${drover_name%type}temp" ;;
        esac
      fi
    done
  fi
  drover_heat=
  for drover_name in $drover_heat_files; do
    read -r drover_value <"$drover_name" || continue
    if [ "$drover_value" -gt "${drover_heat:--273000}" ]; then drover_heat=$drover_value; fi
  done
  if [ -n "$drover_heat" ]; then drover_vital="$drover_vital heat=$drover_heat"; fi
}

# macOS counts no processor ticks for a shell to read: its processes' shares are added up instead.
drover_vitals_macos() {
  drover_value=$(sysctl -n kern.boottime)
  drover_value=${drover_value#*sec = }
  drover_value=$(($(date +%s) - ${drover_value%%,*}))
  drover_vital="$drover_vital up=$drover_value"
  set -- $(sysctl -n hw.memsize hw.logicalcpu vm.loadavg)
  drover_vital="$drover_vital memory=$(($1 / 1024)) load=$4"
  drover_vital="$drover_vital use=$(($(drover_shares) / $2))"
  drover_value=$(drover_used_memory) && drover_vital="$drover_vital used=$drover_value"
  drover_vital="$drover_vital $(drover_net_macos) $(drover_disk_macos)"
}

drover_shares() { # in thousandths of one thread: ps prints 12.3 for 12.3 %
  LC_ALL=C ps -A -o %cpu= | {
    drover_sum=0
    while read -r drover_value; do
      case $drover_value in *[!0-9.]* | *.*.* | .*) continue ;; *.?) ;; *) continue ;; esac
      drover_sum=$((drover_sum + ${drover_value%.*} * 10 + ${drover_value#*.}))
    done
    echo "$drover_sum"
  }
}

drover_used_memory() { # KiB, counted as the Activity Monitor does
  vm_stat | {
    drover_page=4096 drover_pages=0
    while IFS=: read -r drover_key drover_value; do
      drover_value=${drover_value%.} drover_value=${drover_value%' bytes)'} drover_value=${drover_value##* }
      case $drover_value in '' | *[!0-9]*) continue ;; esac
      case $drover_key in
        Mach*) drover_page=$drover_value ;;
        'Pages wired down' | 'Anonymous pages' | 'Pages occupied by compressor') drover_pages=$((drover_pages + drover_value)) ;;
        'Pages purgeable') drover_pages=$((drover_pages - drover_value)) ;;
      esac
    done
    echo "$((drover_pages * (drover_page / 1024)))"
  }
}

drover_net_macos() {
  netstat -ibn | {
    drover_in=0 drover_out=0
    while read -r drover_name drover_2 drover_network drover_3 drover_4 drover_5 drover_value drover_6 drover_7 \
      drover_sent drover_more; do
      case $drover_name,$drover_network in en[0-9]*,'<Link'*) ;; *) continue ;; esac
      case $drover_value,$drover_sent in *[!0-9,]* | ,* | *,) continue ;; esac
      drover_in=$((drover_in + drover_value)) drover_out=$((drover_out + drover_sent))
    done
    echo "in=$drover_in out=$drover_out"
  }
}

drover_disk_macos() {
  ioreg -r -w0 -c IOBlockStorageDriver | {
    drover_read=0 drover_written=0
    while IFS= read -r drover_more; do
      case $drover_more in *'"Bytes (Read)"='[0-9]*) ;; *) continue ;; esac
      case $drover_more in *'"Bytes (Write)"='[0-9]*) ;; *) continue ;; esac
      drover_value=${drover_more#*'"Bytes (Read)"='} drover_sent=${drover_more#*'"Bytes (Write)"='}
      drover_read=$((drover_read + ${drover_value%%[!0-9]*})) drover_written=$((drover_written + ${drover_sent%%[!0-9]*}))
    done
    echo "read=$((drover_read / 512)) written=$((drover_written / 512))"
  }
}

# In the background. With job control bash would tell of its end.
drover_beside() {
  "$@" </dev/null 2>/dev/null &
  case $- in *m*) disown ;; esac
}

# Has the background process $1 not ended yet? What the shell has not yet taken leave of is a Z.
drover_on_its_way() {
  [ -n "$1" ] || return 1
  if [ ! -e /proc/stat ]; then kill -0 "$1" 2>/dev/null; return; fi
  IFS= read -r drover_value 2>/dev/null <"/proc/$1/stat" || return 1
  case ${drover_value##*) } in Z* | X*) return 1 ;; esac
}

drover_room() {
  if drover_on_its_way "${drover_room_pid-}"; then return; fi
  drover_beside drover_room_now
  drover_room_pid=$!
}

drover_room_now() {
  drover_value=$(LC_ALL=C df -Pk "$drover_root" | tail -n 1)
  # The name of a disk may hold spaces.
  set -- ${drover_value%%%*}
  shift $(($# - 2))
  case $1 in '' | *[!0-9]*) return ;; esac
  printf 'ROOM %s\n' "$1"
}

drover_gpu_vitals() {
  if drover_on_its_way "${drover_gpu_pid-}"; then return; fi
  drover_beside drover_gpu_now
  drover_gpu_pid=$!
}

drover_gpu_now() {
  drover_answer=$(nvidia-smi --query-gpu=index,utilization.gpu,memory.used,memory.total,temperature.gpu \
    --format=csv,noheader,nounits) || return
  drover_vital=
  while IFS=, read -r drover_name drover_use drover_used drover_whole drover_heat; do
    for drover_value in "$drover_name" "$drover_use" "$drover_used" "$drover_whole" "$drover_heat"; do
      drover_value=${drover_value# }
      case $drover_value in '' | *[!0-9]*) drover_value=- ;; esac # such as [N/A]
      drover_vital=$drover_vital$drover_value,
    done
    drover_vital="${drover_vital%,};"
  done <<END
$drover_answer
END
  printf 'GPUS %s\n' "$drover_vital"
}

drover_idle() {
  if drover_on_its_way "${drover_idle_pid-}"; then return; fi
  drover_beside drover_idle_now
  drover_idle_pid=$!
}

# Whoever was the last: at a terminal (also from afar), or at the screen.
drover_idle_now() {
  drover_least=-1 drover_now=$(date +%s)
  if [ -e /proc/stat ]; then drover_idle_linux; else drover_idle_macos; fi
  printf 'IDLE %s\n' "$drover_least"
}

drover_idle_linux() {
  drover_idle_since $(stat -c %X /dev/tty[0-9]* /dev/pts/[0-9]*)
  if [ -n "${DISPLAY-}" ] && drover_value=$(xprintidle); then drover_idle_for "$((drover_value / 1000))"
  else drover_idle_seat; fi
}

drover_idle_macos() {
  drover_idle_since $(stat -f %a /dev/ttys[0-9]*)
  drover_value=$(ioreg -r -d1 -w0 -c IOHIDSystem)
  case $drover_value in
    *'"HIDIdleTime" = '[0-9]*)
      drover_value=${drover_value#*'"HIDIdleTime" = '}
      drover_idle_for "$((${drover_value%%[!0-9]*} / 1000000000))"
      ;;
  esac
}

drover_idle_since() { # SECONDS...: times of day
  for drover_value in "$@"; do drover_idle_for "$((drover_now - drover_value))"; done
}

drover_idle_for() { # SECONDS
  drover_seconds=$1
  if [ "$drover_seconds" -lt 0 ]; then drover_seconds=0; fi
  if [ "$drover_least" -lt 0 ] || [ "$drover_seconds" -lt "$drover_least" ]; then drover_least=$drover_seconds; fi
}

# A desktop tells when its person has gone; as long as it does not, that person is there.
drover_idle_seat() {
  drover_value=$(loginctl show-seat seat0 -p ActiveSession) || return
  drover_value=${drover_value#ActiveSession=}
  [ -n "$drover_value" ] || return
  drover_value=$(loginctl show-session "$drover_value" -p Type -p Class -p IdleHint -p IdleSinceHint) || return
  case $drover_value in *Type=x11* | *Type=wayland*) ;; *) return ;; esac
  case $drover_value in *Class=user*) ;; *) return ;; esac
  case $drover_value in
    *IdleHint=no*) drover_idle_for 0 ;;
    *IdleSinceHint=[1-9]*)
      drover_value=${drover_value#*IdleSinceHint=}
      drover_idle_since "$((${drover_value%%[!0-9]*} / 1000000))"
      ;;
  esac
}
