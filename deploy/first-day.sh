#!/usr/bin/env bash
# A newcomer's first day as a transcript: the README's commands, then everything that can be typed wrong, and what each printed.
#   deploy/first-day.sh [PORT] > first-day.txt
# Run it in a fresh clone; it works in a data folder of its own, which it removes. Exit 1 when a command ended with another code than is right.
set -uo pipefail
cd "$(dirname "$0")/.."

port=${1:-5080}
home=$(mktemp -d)
chmod 711 "$home" # as root, PostgreSQL runs as another user, who has to get to its folder
data=$home/lstep
export LSTEP_DATA=$data
unexpected=0

# masked: keys and links are left out of a transcript that people pass on.
masked() { sed -E 's/(link=|ls[wta]_)[A-Za-z0-9_-]+/\1…/g'; }

# says CODE COMMAND...: runs it, and prints it, what it said and how it ended.
says() {
    local right=$1 code output seconds=$SECONDS
    shift
    printf '\n$ %s\n' "$*" | masked
    output=$("$@" </dev/null 2>&1)
    code=$?
    printf '%s\n' "$output" | masked | tail -n "${LINES_MAX:-20}"
    printf '[exit %d, %d s]\n' "$code" $((SECONDS - seconds))
    [ "$code" = "$right" ] || { printf 'WRONG: exit %d was expected\n' "$right"; unexpected=$((unexpected + 1)); }
}

# serves LINE COMMAND...: starts it in the background and waits until it has said LINE.
serves() {
    local line=$1 log seconds=$SECONDS
    shift
    log=$(mktemp)
    printf '\n$ %s &\n' "$*"
    "$@" </dev/null >"$log" 2>&1 &
    server=$!
    until grep -q "$line" "$log"; do
        kill -0 "$server" 2>/dev/null || { cat "$log"; printf 'WRONG: it ended\n'; unexpected=$((unexpected + 1)); return; }
        sleep 0.2
    done
    sed -E 's/(link=|ls[wta]_)[A-Za-z0-9_-]+/\1…/g' "$log" | tail -n 12
    printf '[after %d s]\n' $((SECONDS - seconds))
}

ends() {
    local seconds=$SECONDS
    printf '\n$ kill -TERM %s  (as Ctrl-C does)\n' "$server"
    kill -TERM "$server"
    wait "$server"
    printf '[exit %d, %d s]\n' $? $((SECONDS - seconds))
}

echo "# The README's commands"
says 0 ./lstep --version
says 0 ./lstep --help
serves 'The year is over' ./lstep demo --port "$port"
says 0 ./lstep doctor
says 0 ./lstep verify
ends
serves 'serves on' ./lstep run --port "$port"
key=$(sed -n 's/.*"writeKey": *"\([^"]*\)".*/\1/p' "$data/keys.json")
token=$(sed -n 's/.*"adminToken": *"\([^"]*\)".*/\1/p' "$data/keys.json")
says 0 curl -s -u "$key:" "http://127.0.0.1:$port/v1/track" -d '{"userId":"ada","event":"Lesson Completed","properties":{"lessonId":"l1"}}'
says 0 curl -s -H "Authorization: Bearer $token" "http://127.0.0.1:$port/api/customers/ada"
says 0 ./lstep keys link
says 0 ./lstep doctor
says 0 ./lstep keys list

echo
echo "# Beside a server that runs"
says 1 ./lstep run --port "$port" --data "$data-2"
says 1 ./lstep run --port 0 --clock 2026-01-01T00:00:00Z
says 0 ./lstep verify
ends

echo
echo "# Typed wrong"
says 2 ./lstep nope
says 2 ./lstep run --nope
says 2 ./lstep run --port 99999
says 2 ./lstep run --port http
says 2 ./lstep run --zone Mars/Olympus
says 2 ./lstep run --postgres 'my database'
says 2 ./lstep run --clock yesterday
says 2 ./lstep run --data README.md
says 2 ./lstep demo --learners 0
says 2 ./lstep cluster 0
says 2 ./lstep keys
says 2 ./lstep bench
says 2 ./lstep test NOPE
says 1 ./lstep replay /nowhere
says 1 ./lstep verify --data /nowhere
says 1 ./lstep keys link --data /nowhere
says 1 ./lstep doctor --data /nowhere
says 1 ./lstep doctor
says 1 ./lstep run --listen 203.0.113.9
says 1 ./lstep run --postgres 'Host=127.0.0.1;Port=9;Database=lstep;Username=lstep;Password=none'

rm -rf "$(dirname "$data")"
echo
[ "$unexpected" = 0 ] && echo "Every command ended as it should." || { echo "$unexpected commands ended otherwise."; exit 1; }
