# shellcheck shell=bash
# Usher as a peer, sourced by run.sh. product N starts it with its own database and one room, and sets what the load
# generator needs. Its subscribers are N guests, each with their own credential and invitation, because an account may have
# only 32 WebSockets.

graphql() { # TOKEN QUERY VARIABLES
  curl -sS -f "http://127.0.0.1:$port/graphql" -H 'Content-Type: application/json' -H "Authorization: Bearer $1" \
    -d "{\"query\":\"$2\",\"variables\":$3}"
}

product() {
  local n=$1 data token room i
  data=$(mktemp -d "$bin/data.XXXXXX")
  local usher=${USHER:-$bin/usher}
  if [ -z "${USHER:-}" ] && [ -z "${usher_built:-}" ]; then
    go build -o "$usher" .
    usher_built=1
  fi
  local settings=(--addr "127.0.0.1:$port" --database-url "sqlite://$data/usher.db" --invitations-per-session $((n + 1)))
  "$usher" user add --email bench@usher.example --first-name Bench --last-name Manager "${settings[@]}" <<<'correct horse battery' >/dev/null
  token=$("$usher" token create --email bench@usher.example "${settings[@]}")
  local inviters=() # each may invite 3,000 guests a minute
  for i in $(seq $(((n + ${STALLED:-0}) / 2900 + 1))); do
    "$usher" user add --admin --email "bench$i@usher.example" --first-name Bench --last-name "Inviter $i" "${settings[@]}" <<<'correct horse battery' >/dev/null
    inviters+=("$("$usher" token create --email "bench$i@usher.example" "${settings[@]}")")
  done
  start "$usher" "${settings[@]}" --open-sockets 100000
  curl -sS -f -o /dev/null --retry 100 --retry-all-errors --retry-delay 0 --retry-max-time 20 "http://127.0.0.1:$port/readyz" 2>/dev/null
  room=$(graphql "$token" 'mutation($s: Time!){ createRoom(input: {title: \"Bench\", startsAt: $s}) { ... on RoomSuccess { room { id } } ... on Problem { code message } } }' \
    "{\"s\":\"$(date -u -d '+1 hour' +%Y-%m-%dT%H:%M:%S.000Z)\"}" | sed -n 's/.*"id":"\([^"]*\)".*/\1/p')
  if [ -z "$room" ]; then
    echo "no room could be made: see $bin/server.log" >&2
    exit 1
  fi
  query='subscription($r: ID!){ roomEvents(roomId: $r){ __typename revision at actor room { id title } } }'
  if [ -n "${OWN:-}" ]; then query=${query/title/title myParticipant \{ id role state session \{ state \} \}}; fi
  args=(
    -variables "{\"r\":\"$room\"}" -sequence revision
    -mutation 'mutation($r: ID!, $t: String!){ updateRoom(input: {roomId: $r, title: $t}) { ... on RoomSuccess { room { id } } ... on Problem { code message } } }'
    -mutation-variables "{\"r\":\"$room\",\"t\":\"The host opened the session: join the live room now {{k}}\"}"
    -mutation-header "Authorization: Bearer $token"
  )
  "$bin/guests" -url "http://127.0.0.1:$port/graphql" -tokens "$(IFS=,; echo "${inviters[*]}")" -room "$room" -n $((n + ${STALLED:-0})) >"$data/tokens"
  args+=(-init '{"authorization":"Bearer {{v}}"}' -values "$data/tokens")
}
