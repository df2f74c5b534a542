#!/usr/bin/env bash
# Practises what docs/operations.md says about backup, recovery and rollback, on PostgreSQL servers of its own, and says how long it took.
#   deploy/drills.sh backup | point-in-time | rollback | all
# DRILL_ACTIVITIES (20000) and DRILL_CUSTOMERS (2000): how much there is to bring back. DRILL_SILO: the lstep-silo.dll to practise with.
# DRILL_PREVIOUS: the lstep-silo.dll of the version to go back to; the same one without it. Needs bash, curl, GNU date, .NET and PostgreSQL 15.
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
silo_dll=${DRILL_SILO:-$root/src/Silo/bin/Release/net10.0/lstep-silo.dll}
previous_dll=${DRILL_PREVIOUS:-$silo_dll}
activities=${DRILL_ACTIVITIES:-20000}
customers=${DRILL_CUSTOMERS:-2000}
work=$(mktemp -d)
export PGUSER=postgres PGHOST=127.0.0.1 PGDATABASE=lstep LSTEP_DB_PASSWORD=drill LSTEP_WRITE_KEY=write-key-of-the-drill-alone LSTEP_ADMIN_TOKEN=admin-token-of-the-drill-alone LSTEP_LISTEN=127.0.0.1
# Any free silo port: a silo that serves on this machine may have the usual one.
export LSTEP_DATA="$work/data" LSTEP_SILO_PORT=0 DOTNET_gcServer=0
servers=() silo=""

bin=${LSTEP_POSTGRES_BIN:-}
for each in /usr/lib/postgresql/*/bin "$(dirname "$(command -v initdb || echo /none/initdb)")"; do [ -n "$bin" ] || [ ! -x "$each/initdb" ] || bin=$each; done
# What is found may be a link, with fewer programs beside it.
[ -z "$bin" ] || bin=$(dirname "$(readlink -f "$bin/initdb")")
[ -n "$bin" ] && [ -f "$silo_dll" ] && [ -f "$previous_dll" ] || { echo "Missing: PostgreSQL's programs, or $silo_dll, or $previous_dll" >&2; exit 1; }

end() {
    local status=$? server
    [ "$status" = 0 ] || for server in "${servers[@]}"; do say "--- $server"; tail -n 5 "$server/server.log"; done
    [ -z "$silo" ] || kill -9 "$silo" 2>/dev/null || true
    for server in "${servers[@]}"; do as_postgres "$bin/pg_ctl" stop -D "$server" -m immediate >/dev/null 2>&1 || true; done
    rm -rf "$work"
}
trap end EXIT

# PostgreSQL refuses to be root.
as_postgres() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid="$(id -g postgres)" --clear-groups "$@"; else "$@"; fi; }
[ "$(id -u)" != 0 ] || chown postgres "$work"
chmod 755 "$work"
mkdir -p "$work/archive" && chmod 777 "$work/archive"

say() { printf '%s\n' "$*"; }
now() { date +%s.%N; }
since() { awk -v a="$1" -v b="$(now)" 'BEGIN { printf "%.1f s", b - a }'; }
# Below the ports that connections out are given.
free_port() { local port; while port=$((20000 + RANDOM % 12000)); (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done; echo "$port"; }
sql() { "$bin/psql" -X -q -A -t -v ON_ERROR_STOP=1 -c "$1"; }
connection() { echo "Host=127.0.0.1;Port=$PGPORT;Database=lstep;Username=lstep_app;Password=$LSTEP_DB_PASSWORD"; }

# ---- servers and silos --------------------------------------------------------------------------------------------

# Starts the server in a folder on a port of its own; further lines of configuration follow.
start_server() {
    local folder=$1
    shift
    export PGPORT
    PGPORT=$(free_port)
    printf '%s\n' "port = $PGPORT" "listen_addresses = '127.0.0.1'" "unix_socket_directories = ''" "max_connections = 200" "shared_buffers = 256MB" \
        "wal_compression = on" "max_wal_size = 4GB" "checkpoint_timeout = 15min" "jit = off" "$@" | as_postgres tee -a "$folder/postgresql.conf" >/dev/null
    servers+=("$folder")
    as_postgres "$bin/pg_ctl" start -D "$folder" -l "$folder/server.log" -w -t 600 >/dev/null
}

# A new server with the role and the empty database that the first start of a deployment makes.
new_server() {
    local folder="$work/$1"
    shift
    as_postgres "$bin/initdb" -D "$folder" -U postgres -A trust -E UTF8 --locale=C --data-checksums >/dev/null
    start_server "$folder" "$@"
    "$bin/psql" -X -q -d postgres -f "$root/sql/server/role.sql"
}

start_silo() {
    local dll=$1 began
    began=$(now)
    export LSTEP_PORT
    LSTEP_PORT=$(free_port)
    dotnet "$dll" run --postgres "$(connection)" >"$work/silo.log" 2>&1 &
    silo=$!
    until curl -sf "http://127.0.0.1:$LSTEP_PORT/health/ready" >/dev/null 2>&1; do
        kill -0 "$silo" 2>/dev/null || { cat "$work/silo.log"; exit 1; }
        sleep 0.1
    done
    say "  silo ready: $(since "$began")"
}

stop_silo() {
    local began
    began=$(now)
    kill -TERM "$silo"
    wait "$silo" || { cat "$work/silo.log"; exit 1; }
    silo=""
    say "  silo stopped: $(since "$began")"
}

verify() {
    local began tries
    began=$(now)
    for tries in 1 2 3; do
        dotnet "${1:-$silo_dll}" verify --postgres "$(connection)" >"$work/verify.log" 2>&1 && break
        # Differences are final; a server that is too busy to answer in time is asked again.
        [ "$tries" -lt 3 ] && grep -q 'PostgreSQL is not available' "$work/verify.log" || { cat "$work/verify.log"; exit 1; }
    done
    say "  verify: $(grep -m 1 'activities,' "$work/verify.log"); $(tail -n 1 "$work/verify.log") in $(since "$began")"
}

# ---- learners -----------------------------------------------------------------------------------------------------

# Posts the activities from one number to another, 500 a request; every request has to be taken.
post() {
    local from=$1 to=$2 folder
    folder=$(mktemp -d "$work/requests.XXXX")
    awk -v from="$from" -v to="$to" -v customers="$customers" -v folder="$folder" -v instants="$(for h in $(seq 0 7 690); do date -u -d "-$h hours" +%FT%TZ; done)" '
        BEGIN {
            hours = split(instants, at, /[ \n]+/); split("Lesson Completed,Feature Used,Video Played,Comment Made,Logged In,Module Completed", events, ",")
            for (n = from; n < to; n++) {
                if ((n - from) % 500 == 0) { if (file) { printf "]}" > file; close(file) } file = sprintf("%s/%08d", folder, n); printf "{\"batch\":[" > file } else printf "," > file
                printf "{\"type\":\"track\",\"userId\":\"c%d\",\"messageId\":\"m%d\",\"event\":\"%s\",\"timestamp\":\"%s\",\"properties\":{\"lessonId\":\"l%d\",\"featureId\":\"f%d\",\"moduleId\":\"d%d\"}}", (n * 7919) % customers, n, events[n % 6 + 1], at[(n * 31) % hours + 1], n % 60, n % 12, n % 9 > file
            }
            if (file) printf "]}" > file
        }'
    find "$folder" -type f | sort | xargs -P 4 -I{} curl -sf --retry 60 --retry-delay 1 --retry-all-errors -o /dev/null -u "$LSTEP_WRITE_KEY:" -H 'Content-Type: application/json' --data-binary @{} "http://127.0.0.1:$LSTEP_PORT/v1/batch"
    rm -rf "$folder"
}

stored() { sql 'SELECT count(*) FROM activities'; }
expect() { [ "$2" = "$3" ] || { say "$1: $2, and should be $3"; exit 1; }; say "  $1: $2"; }

# A learner who earns a move at once; answers how many moves came of it, the first tag included.
moves_of() {
    local events='{"type":"track","userId":"X","messageId":"X1","event":"Module Completed","properties":{"moduleId":"a"}},{"type":"track","userId":"X","messageId":"X2","event":"Module Completed","properties":{"moduleId":"b"}},{"type":"track","userId":"X","messageId":"X3","event":"Quiz Completed","properties":{"score":90}}'
    curl -sf -o /dev/null -u "$LSTEP_WRITE_KEY:" -H 'Content-Type: application/json' --data "{\"batch\":[${events//X/$1}]}" "http://127.0.0.1:$LSTEP_PORT/v1/batch"
    sql "SELECT count(*) FROM customer_status_assignments WHERE customer_id = '$1'"
}

switch() {
    curl -sf -o /dev/null -X PUT -H "Authorization: Bearer $LSTEP_ADMIN_TOKEN" -H 'Content-Type: application/json' --data "{\"value\":$2}" "http://127.0.0.1:$LSTEP_PORT/api/flags/$1"
}

# ---- drills -------------------------------------------------------------------------------------------------------

backup() {
    local half=$((activities / 2)) began loss
    say "Backup with pg_dump, restored on another server:"
    new_server first
    # It has been at work for long: its transactions have numbers that a new server has yet to reach.
    sql 'DO $$ BEGIN FOR n IN 1..100000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$'
    start_silo "$silo_dll"
    post 0 "$half"
    # More comes in while the dump is taken: it is one consistent moment all the same.
    post "$half" "$activities" &
    began=$(now)
    "$bin/pg_dump" -Fc -f "$work/lstep.dump"
    say "  pg_dump: $(since "$began"), $(($(stat -c %s "$work/lstep.dump") / 1024)) KB of a database of $(sql 'SELECT pg_size_pretty(pg_database_size(current_database()))')"
    wait $!
    stop_silo
    expect "activities before" "$(stored)" "$activities"
    loss=$(now)
    new_server second
    "$bin/pg_restore" -j 2 --no-owner --role=lstep_app -d lstep "$work/lstep.dump"
    say "  new server and pg_restore: $(since "$loss")"
    start_silo "$silo_dll"
    say "  from nothing to serving: $(since "$loss")"
    # What the dump missed is sent again, as a client does that was not answered; what it has is known.
    post "$half" $((activities + 1000))
    stop_silo
    expect "activities after all was sent again, and 1000 more" "$(stored)" $((activities + 1000))
    verify
}

point_in_time() {
    local half=$((activities / 2)) began target
    say "Point in time, from a base backup and the archive of the log:"
    new_server archived "archive_mode = on" "archive_command = 'test ! -f $work/archive/%f && cp %p $work/archive/%f'"
    start_silo "$silo_dll"
    post 0 "$half"
    began=$(now)
    as_postgres "$bin/pg_basebackup" -h 127.0.0.1 -p "$PGPORT" -U postgres -D "$work/recovered" -X none -c fast --no-manifest 2>/dev/null
    say "  pg_basebackup beside the running silo: $(since "$began")"
    post "$half" "$activities"
    stop_silo
    expect "activities before" "$(stored)" "$activities"
    target=$(sql 'SELECT clock_timestamp()')
    # The accident.
    sql "UPDATE customer_states SET tag = 'ST_006'"
    sql 'DELETE FROM activities'
    sql 'SELECT pg_switch_wal()' >/dev/null
    as_postgres "$bin/pg_ctl" stop -D "$work/archived" -m fast -w >/dev/null
    began=$(now)
    rm -f "$work/recovered/postmaster.pid"
    as_postgres touch "$work/recovered/recovery.signal"
    start_server "$work/recovered" "restore_command = 'cp $work/archive/%f %p'" "recovery_target_time = '$target'" "recovery_target_action = 'promote'" "archive_mode = off"
    until [ "$(sql 'SELECT pg_is_in_recovery()')" = f ]; do sleep 0.1; done
    say "  recovered to $target: $(since "$began")"
    start_silo "$silo_dll"
    say "  from the accident to serving: $(since "$began")"
    stop_silo
    expect "activities after" "$(stored)" "$activities"
    verify
}

rollback() {
    local half=$((activities / 2)) began newest n
    say "Rollback to the version before:"
    new_server rolled
    start_silo "$silo_dll"
    post 0 "$half"
    expect "moves of a learner who earns one" "$(moves_of on)" 2
    began=$(now)
    switch status_tags_enabled false
    for ((n = 0; ; n++)); do [ "$(moves_of "off$n")" = 2 ] || break; [ "$n" -lt 600 ] || exit 1; sleep 0.2; done
    say "  by flag, until nothing moves any more: $(since "$began")"
    switch status_tags_enabled true
    newest=$(sql 'SELECT max(number) FROM schema_migrations')
    began=$(now)
    stop_silo
    start_silo "$previous_dll"
    say "  by version, the tables as they are: $(since "$began")"
    post "$half" "$activities"
    stop_silo
    expect "activities" "$(sql "SELECT count(*) FROM activities WHERE message_id LIKE 'm%'")" "$activities"
    verify
    began=$(now)
    dotnet "$silo_dll" migrate down $((newest - 1)) --postgres "$(connection)" | sed 's/^/  /'
    start_silo "$previous_dll"
    say "  by version and database, migration $newest taken back: $(since "$began")"
    stop_silo
    verify "$previous_dll"
    start_silo "$silo_dll"
    say "  and forward again, the migration applied by the start"
    stop_silo
    verify
}

case "${1:-}" in
    backup) backup ;;
    point-in-time) point_in_time ;;
    rollback) rollback ;;
    all) backup; point_in_time; rollback ;;
    *) sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
say "The drill is done."
