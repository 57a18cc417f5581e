#!/usr/bin/env bash
# Measures how one event reaches N subscribers, for Usher and its peers in turn, and prints tables in Markdown.
#
#   bench/fanout/run.sh                                        all peers, 1,000, 5,000 and 19,000 connections, 3 rounds
#   NS=1000 ROUNDS=1 PEERS="floor usher" bench/fanout/run.sh
#
# Peers: gqlgen (its own transport over gorilla), gqlgen-coder (over coder/websocket), prepared (gorilla's best, no GraphQL),
# socket (Usher's transport alone), socket-alone (it shares nothing), floor (one write(2) a socket, in C), usher (product.sh).
# OWN=1 has usher's subscribers select their own place, which differs for each. USHER=FILE measures a program that is built already.
# STALLED=190 adds connections that subscribe and never read. DIFFERENT=1 gives each connection its own document.
# Needs Linux, Go, a C compiler and curl. The server and the load generator each need a few more open files than there are
# connections: ulimit -Hn of 20000 or more for 19,000.
set -euo pipefail
cd "$(dirname "$0")/../.."

peers=${PEERS:-gqlgen prepared socket usher floor}
sizes=${NS:-1000 5000 19000}
bin=$PWD/.bin/fanout
out=${OUT:-$bin/reports.jsonl}

ulimit -n "$(ulimit -Hn)"
for n in $sizes; do
  if [ "$(ulimit -n)" -lt $((n + ${STALLED:-0} + 500)) ]; then
    echo "$n connections need $((n + ${STALLED:-0} + 500)) open files, $(ulimit -n) are allowed: raise ulimit -Hn" >&2
    exit 1
  fi
done

mkdir -p "$bin"
go build -o "$bin/" ./bench/fanout/load ./bench/fanout/guests ./bench/fanout/peer-gqlgen ./bench/fanout/peer-prepared ./bench/fanout/peer-socket
cc -O2 -o "$bin/peer-floor" bench/fanout/peer-floor/floor.c
rm -f "$out"
. bench/fanout/product.sh

pid=
finish() {
  if [ -n "$pid" ]; then
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    pid=
  fi
}
trap finish EXIT

# start COMMAND… runs a server that listens on $port.
start() {
  "$@" >>"$bin/server.log" 2>&1 &
  pid=$!
  for _ in $(seq 200); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then return; fi
    sleep 0.05
  done
  echo "$1 does not listen: see $bin/server.log" >&2
  exit 1
}

for round in $(seq "${ROUNDS:-3}"); do
  for n in $sizes; do
    case $n in
    ????) events=$((60000 / n)) burst=$((20000 / n)) ;;
    *) events=8 burst=4 ;;
    esac
    for peer in $peers; do
      port=$((7100 + RANDOM % 800)) args=() query='subscription($r: ID!){ roomEvents(roomId: $r){ __typename seq at roomId role message } }'
      case $peer in
      gqlgen) start "$bin/peer-gqlgen" -addr "127.0.0.1:$port" ;;
      gqlgen-coder) start "$bin/peer-gqlgen" -impl coder -addr "127.0.0.1:$port" ;;
      prepared) start "$bin/peer-prepared" -addr "127.0.0.1:$port" ;;
      socket) start "$bin/peer-socket" -addr "127.0.0.1:$port" ;;
      socket-alone) start "$bin/peer-socket" -alone -addr "127.0.0.1:$port" ;;
      floor) start "$bin/peer-floor" "$port" ;;
      usher) product "$n" ;;
      *) echo "unknown peer $peer" >&2 && exit 1 ;;
      esac
      if [ -n "${DIFFERENT:-}" ]; then query=${query/subscription/subscription Own\{\{i\}\}}; fi
      "$bin/load" -label "$peer" -url "ws://127.0.0.1:$port/graphql" -pid "$pid" -n "$n" -stalled "${STALLED:-0}" \
        -events "$events" -burst "$burst" -query "$query" -out "$out" "${args[@]}" || echo "round $round: $peer with $n failed" >&2
      finish
    done
  done
done
"$bin/load" -table "$out"
