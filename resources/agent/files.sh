# The files that Drover brings to a node and fetches from there:
#
#   sh files.sh COMMAND [WORD...]
#
# What a command is about comes as lines on stdin. Names in them are escaped for printf %b.
#
#   room                               ROOM KIB FOLDER   so much is free where Drover keeps its files
#   sums           NAME                SUM N SHA256      of the N-th file; - where nothing here can
#                                                        work it out, nothing: there is no such file
#   lay PLACE      SHA256 MODE NAME    LAID FOLDER       MODE x: it can be run; w: a copy that may be
#                                                        written on; else -
#   release        WORK ATTEMPT        (none)            what it has made has been fetched
#   clean DAYS MIB WORK                (none)            these are in use
#
# In the folder .drover of the user's home:
#
#   cache/AB/ABCD...        a file that was sent, under its SHA256; .part until it is there whole
#   work/WORK/in-INPUTS     what the tasks of a step run with
#   work/WORK/out-ATTEMPT   what one of them makes; removed when that has been fetched, and
#   work/WORK/fetched-ATTEMPT   says so

cd "$HOME/.drover" || exit 1
drover_command=$1
[ $# = 0 ] || shift

if command -v sha256sum >/dev/null 2>&1; then drover_sum() { sha256sum; }
elif command -v shasum >/dev/null 2>&1; then drover_sum() { shasum -a 256; }
elif command -v openssl >/dev/null 2>&1; then drover_sum() { openssl dgst -sha256 -r; }
else drover_sum() { echo -; }
fi

# Sets drover_file. A name may end in line ends, which a command's output would lose.
drover_name() {
  drover_file=$(printf '%bx' "$1")
  drover_file=./${drover_file%x}
}

# Puts the file drover_cached where drover_file is to be.
drover_lay() { # MODE
  [ ! -d "$drover_file" ] || rm -rf "$drover_file"
  if [ "$1" = x ]; then
    [ -x "$drover_file" ] && cmp -s "$drover_cached" "$drover_file" || drover_copy 755
  elif [ "$1" = w ]; then
    # Compared, as nothing else tells whether a copy is whole.
    cmp -s "$drover_cached" "$drover_file" || { drover_copy 644 && cmp -s "$drover_cached" "$drover_file"; }
  else
    [ "$drover_file" -ef "$drover_cached" ] || ln -f "$drover_cached" "$drover_file" 2>/dev/null ||
      cmp -s "$drover_cached" "$drover_file" || drover_copy 444
  fi
}
drover_copy() {
  cp -f "$drover_cached" "../part-$$" && chmod "$1" "../part-$$" && mv -f "../part-$$" "$drover_file"
}

# Older than so many days. What is not in use is given up before its time when it is too much.
drover_remove() { # DAYS
  for drover_work in $(cd work && find . -mindepth 1 -maxdepth 1 -mtime "+$1"); do
    drover_work=${drover_work#./}
    case $drover_used in *" $drover_work "*) continue ;; esac
    drover_remove_all "work/$drover_work"
  done
  find cache -type f -mtime "+$1" -exec rm -f {} +
}
drover_is_too_much() { # MIB
  drover_size=0
  while read -r drover_part drover_rest; do drover_size=$((drover_size + ${drover_part:-0})); done <<-END
	$(du -sk cache work 2>/dev/null)
	END
  [ "$drover_size" -gt $(($1 * 1024)) ]
}
drover_remove_all() {
  rm -rf "$1" 2>/dev/null || { chmod -R u+rwx "$1" && rm -rf "$1"; }
}

case $drover_command in
  room)
    drover_line=$(df -Pk . | tail -n 1)
    # The name of a disk may hold spaces.
    set -- ${drover_line%%%*}
    shift $(($# - 2))
    echo "ROOM $1 $(pwd -P)"
    ;;
  sums)
    drover_count=0
    while read -r drover_escaped; do
      drover_name "$drover_escaped"
      if [ -f "$drover_file" ]; then
        drover_is=$(drover_sum <"$drover_file") && echo "SUM $drover_count ${drover_is%% *}"
      fi
      drover_count=$((drover_count + 1))
    done
    ;;
  lay)
    drover_root=$(pwd -P)
    mkdir -p "work/$1" && touch "work/${1%%/*}" && cd "work/$1" || exit 1
    drover_touch=
    while read -r drover_hash drover_mode drover_escaped; do
      drover_name "$drover_escaped"
      drover_folder=${drover_hash%"${drover_hash#??}"}
      drover_cached=$drover_root/cache/$drover_folder/$drover_hash
      [ -d "${drover_file%/*}" ] || mkdir -p "${drover_file%/*}" || exit 1
      drover_lay "$drover_mode" || exit 1
      drover_touch="$drover_touch $drover_folder/$drover_hash"
      # So that it is seen to be in use.
      [ ${#drover_touch} -lt 20000 ] || { (cd "$drover_root/cache" && touch -c $drover_touch); drover_touch=; }
    done
    [ -z "$drover_touch" ] || (cd "$drover_root/cache" && touch -c $drover_touch)
    echo "LAID $(pwd -P)"
    ;;
  release)
    while read -r drover_work drover_attempt; do
      : >"work/$drover_work/fetched-$drover_attempt" && drover_remove_all "work/$drover_work/out-$drover_attempt"
    done
    ;;
  clean)
    drover_used=' ' drover_days=$1
    while read -r drover_work; do drover_used="$drover_used$drover_work "; done
    mkdir -p cache work && drover_remove "$drover_days"
    while [ "$drover_days" -gt 0 ] && drover_is_too_much "$2"; do
      drover_days=$((drover_days - 1))
      drover_remove "$drover_days"
    done
    ;;
esac
