package live

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// restoreStep is added to a restored room's revisions, and is the least that is added to its links' generations. It is more than a room
// has events, or an invitation has links, between a backup and its restore. So clients find that their last revision is too old to
// resume, and no earlier link works again.
const restoreStep = 1_000_000

// Restored counts what the operator of a restored site must review: rights that were taken away since the backup are back.
type Restored struct {
	// Accounts counts those that can sign in. Administrators lists the emails of the site administrators among them.
	Accounts       int
	Administrators []string
	// Rooms counts the rooms that are not deleted, and Managers their managers.
	Rooms, Managers int
	// Links counts the invitations to open and coming sessions. Their links must be sent again.
	Links int
}

// enterable selects the sessions whose places may still be entered. An ended session can be reopened for less than two days.
const enterable = `SELECT id FROM sessions WHERE ended_at IS NULL OR ended_at > strftime('%Y-%m-%d %H:%M:%S', 'now', '-2 days')`

// endAllAccess changes a copy of a backup so that it reopens nothing that was closed since. All sign-ins, tokens, links and devices
// end, and clients read all rooms again.
func endAllAccess(ctx context.Context, db *sql.DB) (err error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("open copy: %w", err)
	}
	defer func() { err = errors.Join(err, undone(tx)) }()
	for _, change := range []struct {
		query string
		args  []any
	}{
		{`UPDATE rooms SET revision = revision + ?`, []any{restoreStep}},
		{`UPDATE events SET revision = revision + ?`, []any{restoreStep}},
		{`DELETE FROM sign_ins`, nil},
		{`UPDATE users SET credential_epoch = max(credential_epoch + ?, unixepoch())`, []any{restoreStep}}, // ends password links
		{`DELETE FROM guest_tokens`, nil},
		{`DELETE FROM codes`, nil},
		// The clock makes the links differ even if the same backup is restored twice.
		{`UPDATE invitations SET generation = max(generation + ?, unixepoch())`, []any{restoreStep}},
		{`UPDATE participants SET state = 'LEFT', waiting_since = NULL WHERE state IN ('COUNTDOWN', 'LOBBY', 'WAITING', 'IN_ROOM')
			AND invitation_id IN (SELECT id FROM invitations WHERE redeemed_at IS NOT NULL) AND session_id IN (` + enterable + `)`, nil},
		{`UPDATE invitations SET opened_at = NULL, redeemed_at = NULL, device_id = NULL, vouched_until = NULL, wrong_emails = 0, wrong_email_at = NULL
			WHERE session_id IN (` + enterable + `)`, nil},
	} {
		if _, err := tx.ExecContext(ctx, change.query, change.args...); err != nil {
			return fmt.Errorf("end what the backup gives: %w", err)
		}
	}
	return tx.Commit()
}

func undone(tx *sql.Tx) error {
	if err := tx.Rollback(); !errors.Is(err, sql.ErrTxDone) {
		return err
	}
	return nil
}

// Review reads what the operator of a restored database must review.
func Review(ctx context.Context, database string) (r Restored, err error) {
	db, err := sql.Open("sqlite3", dsn(database, "mode", "ro"))
	if err != nil {
		return r, fmt.Errorf("open database: %w", err)
	}
	defer db.Close()
	for query, to := range map[string]*int{
		`SELECT count(*) FROM users WHERE disabled_at IS NULL AND coalesce(password_hash, '') <> ''`:             &r.Accounts,
		`SELECT count(*) FROM rooms WHERE deleted_at IS NULL`:                                                    &r.Rooms,
		`SELECT count(*) FROM managers JOIN rooms ON rooms.id = managers.room_id WHERE rooms.deleted_at IS NULL`: &r.Managers,
		`SELECT count(*) FROM invitations JOIN sessions ON sessions.id = invitations.session_id
			JOIN rooms ON rooms.id = invitations.room_id
			WHERE sessions.state IN ('SCHEDULED', 'OPEN') AND invitations.revoked_at IS NULL AND rooms.deleted_at IS NULL`: &r.Links,
	} {
		if err := db.QueryRowContext(ctx, query).Scan(to); err != nil {
			return r, err
		}
	}
	rows, err := db.QueryContext(ctx, `SELECT email_typed FROM users WHERE site_role = 'ADMIN' AND disabled_at IS NULL ORDER BY email`)
	if err != nil {
		return r, err
	}
	defer rows.Close()
	for rows.Next() {
		var email string
		if err := rows.Scan(&email); err != nil {
			return r, err
		}
		r.Administrators = append(r.Administrators, email)
	}
	return r, rows.Err()
}
