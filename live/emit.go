package live

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"usher/ent/schema"
	"usher/problem"
)

// Emit writes an event with the room's next revision. kind is the name of the event's kind, and audience the lowest audience that gets
// it. Package room decides both.
func (tx *Tx) Emit(ctx context.Context, roomID, kind string, audience int, e Entry) error {
	return tx.EmitAll(ctx, roomID, []Emission{{Kind: kind, Audience: audience, Entry: e}})
}

// Emission is an event to be written: what Emit takes.
type Emission struct {
	Kind     string
	Topic    string // empty for core events
	Audience int
	Entry    Entry
}

// EmitAll writes events with the room's next revisions, in their order. It raises the revision in the room's own row, so that
// revisions follow the order of commits without gaps, on every database. A sequence would not ensure that (V1).
func (tx *Tx) EmitAll(ctx context.Context, roomID string, events []Emission) error {
	for some := range slices.Chunk(events, emittedAtOnce) {
		rows, err := emitted(some)
		if err != nil {
			return err
		}
		write := tx.emitHere
		if tx.rowLocks {
			write = tx.emitThere
		}
		revision, err := write(ctx, roomID, len(some), rows)
		if err != nil {
			return fmt.Errorf("write events: %w", err)
		}
		for _, e := range some {
			tx.kinds = append(tx.kinds, e.Kind)
		}
		tx.raised[roomID] = revision
	}
	return nil
}

// Raised returns the highest revision of a room that the transaction has written, 0 if it has written none.
func (tx *Tx) Raised(roomID string) int { return tx.raised[roomID] }

// emittedAtOnce limits the events that one statement writes.
const emittedAtOnce = 256

// emitted returns events as one JSON text. So the statement that writes them has the same text for any number of them, and stays prepared.
func emitted(events []Emission) (string, error) {
	type row struct {
		Kind          string             `json:"kind"`
		Topic         string             `json:"topic"`
		Audience      int                `json:"audience"`
		Actor         string             `json:"actor"`
		ActorUserID   string             `json:"actor_user_id"`
		SessionID     string             `json:"session_id"`
		InvitationID  string             `json:"invitation_id"`
		ParticipantID string             `json:"participant_id"`
		UserID        string             `json:"user_id"`
		Detail        schema.EventDetail `json:"detail"`
	}
	rows := make([]row, len(events))
	for i, e := range events {
		rows[i] = row{
			e.Kind, e.Topic, e.Audience, e.Entry.Actor, e.Entry.ActorUserID, e.Entry.SessionID, e.Entry.InvitationID, e.Entry.ParticipantID,
			e.Entry.UserID, e.Entry.Detail,
		}
	}
	text, err := json.Marshal(rows)
	if err != nil {
		return "", fmt.Errorf("encode events: %w", err)
	}
	return string(text), nil
}

// eventColumns are the columns that emitted fills, with their types in PostgreSQL.
var eventColumns = []struct{ name, in string }{
	{"kind", "text"},
	{"topic", "text"},
	{"audience", "bigint"},
	{"actor", "text"},
	{"actor_user_id", "text"},
	{"session_id", "text"},
	{"invitation_id", "text"},
	{"participant_id", "text"},
	{"user_id", "text"},
	{"detail", "jsonb"},
}

// emitOnPostgres raises the revision and writes the events by one statement, because each takes a round trip while the room is locked.
// emitOnSQLite writes the events behind a revision. A detail is stored as bytes, as ent reads it.
var emitOnPostgres, emitOnSQLite = func() (string, string) {
	var names, types, values []string
	for _, c := range eventColumns {
		names, types = append(names, c.name), append(types, c.name+" "+c.in)
		value := "value ->> '" + c.name + "'"
		if c.name == "detail" {
			value = "CAST(value -> 'detail' AS blob)"
		}
		values = append(values, value)
	}
	columns := "(room_id, revision, at, " + strings.Join(names, ", ") + ")"
	return "WITH raised AS (UPDATE rooms SET revision = revision + CAST($1 AS bigint) WHERE id = CAST($2 AS text) RETURNING revision)" +
			" INSERT INTO events " + columns +
			" SELECT CAST($2 AS text), raised.revision - CAST($1 AS bigint) + e.n, CAST($3 AS timestamptz), e." + strings.Join(names, ", e.") +
			" FROM raised, ROWS FROM (json_to_recordset(CAST($4 AS json)) AS (" + strings.Join(types, ", ") + "))" +
			" WITH ORDINALITY AS e(" + strings.Join(names, ", ") + ", n) RETURNING revision",
		"INSERT INTO events " + columns + " SELECT $1, $2 + key + 1, $3, " + strings.Join(values, ", ") + " FROM json_each($4)"
}()

// emitThere writes n events on PostgreSQL, and returns the room's new revision.
func (tx *Tx) emitThere(ctx context.Context, roomID string, n int, events string) (revision int, err error) {
	return tx.lastRevision(ctx, emitOnPostgres, n, roomID, tx.At, events)
}

// emitHere is emitThere on SQLite.
func (tx *Tx) emitHere(ctx context.Context, roomID string, n int, events string) (revision int, err error) {
	revision, err = tx.lastRevision(ctx, "UPDATE rooms SET revision = revision + $1 WHERE id = $2 RETURNING revision", n, roomID)
	if err != nil {
		return 0, err
	}
	_, err = tx.ExecContext(ctx, emitOnSQLite, roomID, revision-n, tx.At, events)
	return revision, err
}

// lastRevision returns the highest revision among a statement's rows, or problem.ErrNotFound if it has no rows.
func (tx *Tx) lastRevision(ctx context.Context, query string, args ...any) (number int, err error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	err = problem.ErrNotFound
	for rows.Next() {
		var one int
		if err := rows.Scan(&one); err != nil {
			return 0, err
		}
		number, err = max(number, one), nil
	}
	if failed := rows.Err(); failed != nil {
		return 0, failed
	}
	return number, err
}
