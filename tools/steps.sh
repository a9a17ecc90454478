# Sourced by the other tools: steps with progress, a log each, and plain words when one fails.

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit
logs=build/logs
mkdir -p "$logs"
failed=()
# Objects are found again from any other clone.
export CCACHE_BASEDIR="${CCACHE_BASEDIR:-$PWD}"
export CCACHE_SLOPPINESS="${CCACHE_SLOPPINESS:-pch_defines,time_macros}"

# The lines of a log that name errors, or else its end.
excerpt() {
  local errors
  errors=$(grep -E '(^|[^a-z-])(error|Error|ERROR|FAILED)[:( ]' "$1" | cut -c 1-220 | head -n 12)
  [ -n "$errors" ] || errors=$(tail -n 20 "$1" | cut -c 1-220)
  sed 's/^/     /' <<< "$errors"
}

# step NAME TEXT COMMAND...  Runs a command, its output in a log; remembers a failure and goes on.
step() {
  local name=$1 text=$2 log="$logs/$1.log" start=$SECONDS
  shift 2
  : > "$log"
  if [ -t 1 ]; then
    "$@" >> "$log" 2>&1 < /dev/null &
    local job=$! latest
    while kill -0 "$job" 2> /dev/null; do
      latest=$(tail -c 400 "$log" | tr '\r' '\n' | grep -v '^ *$' | tail -n 1 | cut -c 1-56)
      printf '\r\033[K  …  %-34s %4ds  %s' "$text" $((SECONDS - start)) "$latest"
      sleep 0.3
    done
    printf '\r\033[K'
    wait "$job"
  else
    printf '  …  %s\n' "$text"
    "$@" >> "$log" 2>&1 < /dev/null
  fi
  local status=$?
  if [ $status -eq 0 ]; then
    printf '  ok %-34s %4ds\n' "$text" $((SECONDS - start))
    return 0
  fi
  printf '  NO %-34s %4ds  exit code %d; from %s:\n\n' "$text" $((SECONDS - start)) $status "$log"
  excerpt "$log"
  printf '\n'
  failed+=("$name")
  return $status
}

# need NAME TEXT HINT COMMAND...  A step without which there is no going on.
need() {
  local name=$1 text=$2 hint=$3
  shift 3
  step "$name" "$text" "$@" && return 0
  printf 'Stopped at "%s". %s\nThe whole output: %s\n' "$text" "$hint" "$logs/$name.log" >&2
  exit 1
}
