package live

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// restoreStep is by how much a restored room's revisions are raised, and the least by which its links' generations are: more than
// a room sees events, or an invitation links, between a backup and the moment of its restoring. So what a client read last lies
// before all that is kept, and no link of before is that of an invitation again.
const restoreStep = 1_000_000

// Restored is what the operator of a restored site has to look through: what was taken back since the backup is given again.
type Restored struct {
	// Accounts can sign in. Administrators are the emails of those of them who administer the site.
	Accounts       int
	Administrators []string
	// Rooms are those that are not deleted, with so many Managers.
	Rooms, Managers int
	// Links are the invitations, of open and coming sessions, that need their links sent again.
	Links int
}

// enterable are the sessions whose places may still be entered: two days are longer than one can be opened again after its end.
const enterable = `SELECT id FROM sessions WHERE ended_at IS NULL OR ended_at > strftime('%Y-%m-%d %H:%M:%S', 'now', '-2 days')`

// giveNothingBack changes a copy of a backup so that nothing of it opens anything that was closed since: all sign-ins, tokens,
// links and devices end. Clients read all rooms again.
func giveNothingBack(ctx context.Context, db *sql.DB) (err error) {
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
		{`DELETE FROM guest_tokens`, nil},
		// By the clock too: a backup that is restored again gets other links than the first time.
		{`UPDATE invitations SET generation = max(generation + ?, unixepoch())`, []any{restoreStep}},
		{`UPDATE participants SET state = 'LEFT', waiting_since = NULL WHERE state IN ('COUNTDOWN', 'LOBBY', 'WAITING', 'IN_ROOM')
			AND invitation_id IN (SELECT id FROM invitations WHERE redeemed_at IS NOT NULL) AND session_id IN (` + enterable + `)`, nil},
		{`UPDATE invitations SET opened_at = NULL, redeemed_at = NULL, device_id = NULL, wrong_emails = 0, wrong_email_at = NULL
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

// Review reads what the operator of a database that was restored has to look through.
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
