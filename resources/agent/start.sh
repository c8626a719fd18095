# Starts what lies beside it, with the PATH that its user has when logging in: programs that tasks
# need are often found only there.
#
#   sh start.sh agent HOST NAME [take]
#   sh start.sh probe
#   sh start.sh ask
#
# The agent is started as text: a shell keeps its script's file open, and so would all attempts.

drover_here=${0%/*}
# Whatever else is printed there, and whatever is left running there with the output open.
drover_path=$(
  "${SHELL:-sh}" -lc 'printf "\ndrover-path %s\n" "$PATH"' </dev/null 2>/dev/null |
    while read -r drover_word drover_path; do
      [ "$drover_word" != drover-path ] || { printf %s "$drover_path"; break; }
    done
)
[ -z "$drover_path" ] || export PATH="$drover_path"
case $1 in
  probe)
    mkdir -p -m 700 "$HOME/.drover"
    exec sh "$drover_here/probe.sh" "$HOME/.drover"
    ;;
  ask) exec sh "$drover_here/ask.sh" "$drover_here/bin" ;;
  agent)
    drover_text=$(cat "$drover_here/agent.sh") || exit 1
    exec sh -c "$drover_text" drover-agent "$HOME/.drover" "$2" "$3" "$drover_text" "$4"
    ;;
esac
