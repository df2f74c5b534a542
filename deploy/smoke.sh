#!/usr/bin/env bash
# Starts what COMPOSE_FILE names as a newcomer would, checks every silo, and sees that all stop by themselves. For machines
# that hold nothing yet: it removes the database afterwards.
#   COMPOSE_FILE=docker-compose.yml deploy/smoke.sh SILO...
set -euo pipefail

[ $# -gt 0 ] || { sed -n '2,4s/^# \{0,1\}//p' "$0"; exit 2; }
trap 'docker compose logs --no-color; docker compose down -v' EXIT

docker compose config -q
docker compose up -d --no-build
for silo in "$@"; do
    for second in $(seq 90); do
        docker compose exec -T "$silo" dotnet lstep-silo.dll doctor --only ready http://127.0.0.1:5080 && break
        [ "$second" -lt 90 ] || exit 1
        sleep 1
    done
    docker compose exec -T "$silo" dotnet lstep-silo.dll doctor http://127.0.0.1:5080
done
docker compose stop
for silo in "$@"; do
    test "$(docker inspect -f '{{.State.ExitCode}}' "$(docker compose ps -aq "$silo")")" = 0
done
