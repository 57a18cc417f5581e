package auth

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"usher/ent"
	"usher/ent/device"
	"usher/ent/guesttoken"
	"usher/ent/invitation"
	"usher/ent/participant"
	"usher/ent/signin"
	"usher/live"
)

// stored reads the rows behind credentials, many with one query.
type stored struct{ db *live.Database }

// signIns returns sign-ins with their users, by the SHA-256 of their secrets.
func (s stored) signIns(ctx context.Context, hashes []string) (map[string]*ent.SignIn, error) {
	rows, err := s.db.Read.SignIn.By(ctx, signin.FieldSecretHash, ent.List(inBytes(hashes)))
	found, err := ent.ByKey(rows, err, "sign-ins", func(of *ent.SignIn) string { return string(of.SecretHash) })
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.UserID
	}
	read, err := s.db.Read.User.ByIDs(ctx, ids)
	users, err := ent.ByKey(read, err, "accounts", func(u *ent.User) string { return u.ID })
	for hash, of := range found {
		if of.Edges.User = users[of.UserID]; of.Edges.User == nil {
			delete(found, hash) // it was deleted meanwhile
		}
	}
	return found, err
}

// guests returns guests' tokens by the SHA-256 of their secrets. The invitation is missing if its account is disabled.
func (s stored) guests(ctx context.Context, hashes []string) (map[string]*ent.GuestToken, error) {
	rows, err := s.db.Read.GuestToken.By(ctx, guesttoken.FieldSecretHash, ent.List(inBytes(hashes)))
	found, err := ent.ByKey(rows, err, "guests' tokens", func(of *ent.GuestToken) string { return string(of.SecretHash) })
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.InvitationID
	}
	enabled, err := s.db.Read.Invitation.Rows(ctx, enabledByIDs, ent.List(ids))
	invitations, err := ent.ByKey(enabled, err, "invitations", func(i *ent.Invitation) string { return i.ID })
	if err != nil {
		return nil, err
	}
	ids = ids[:0]
	for _, i := range invitations {
		ids = append(ids, i.SessionID)
	}
	read, err := s.db.Read.Session.ByIDs(ctx, ids)
	sessions, err := ent.ByKey(read, err, "sessions", func(of *ent.Session) string { return of.ID })
	for _, i := range invitations {
		i.Edges.Session = sessions[i.SessionID]
	}
	for _, of := range found {
		of.Edges.Invitation = invitations[of.InvitationID]
	}
	return found, err
}

// SelectInvitations selects the invitations of accounts that are not disabled, for a statement that is kept. Its quotes are those of both
// databases.
func SelectInvitations() *sql.Selector {
	s := sql.Dialect(dialect.Postgres).SelectExpr(sql.Raw(ent.InvitationColumns)).From(sql.Dialect(dialect.Postgres).Table(invitation.Table))
	Enabled(s)
	return s
}

var enabledByIDs = func() string {
	s := SelectInvitations()
	query, _ := s.Where(sql.In(s.C(invitation.FieldID), sql.Raw("?"))).Query()
	return query
}()

// devices returns the ids of devices by the SHA-256 of their secrets.
func (s stored) devices(ctx context.Context, hashes []string) (map[string]string, error) {
	rows, err := s.db.Read.Device.By(ctx, device.FieldSecretHash, ent.List(inBytes(hashes)))
	if err != nil {
		return nil, err
	}
	found := make(map[string]string, len(rows))
	for _, d := range rows {
		found[string(d.SecretHash)] = d.ID
	}
	return found, nil
}

// owned is a participant with what tells whose it is, besides the account: the invitation, and the device that redeemed it.
type owned struct {
	*ent.Participant
	deviceID, secretHash string // of the device, empty without one
}

// ownedByIDs is the statement of places. It is kept, because each request of a page runs it.
var ownedByIDs = func() string {
	of := func(table string) *sql.SelectTable { return sql.Dialect(dialect.Postgres).Table(table) } // its quotes are those of both databases
	p, i, d := of(participant.Table), of(invitation.Table), of(device.Table)
	s := sql.Dialect(dialect.Postgres).Select().From(p).LeftJoin(i).On(p.C(participant.FieldInvitationID), i.C(invitation.FieldID)).
		LeftJoin(d).On(i.C(invitation.FieldDeviceID), d.C(device.FieldID))
	query, _ := s.Select(p.C(participant.FieldID), p.C(participant.FieldRoomID), p.C(participant.FieldSessionID), p.C(participant.FieldEmail),
		p.C(participant.FieldUserID), p.C(participant.FieldInvitationID), i.C(invitation.FieldDeviceID), d.C(device.FieldSecretHash)).
		Where(sql.In(p.C(participant.FieldID), sql.Raw("?"))).Query()
	return query
}()

// places returns participants by their ids. It reads only what tells whose they are.
func (s stored) places(ctx context.Context, ids []string) (map[string]*owned, error) {
	rows, err := s.db.Read.Participant.Rows(ctx, ownedByIDs, ent.List(ids))
	if err != nil {
		return nil, fmt.Errorf("read places: %w", err)
	}
	found := make(map[string]*owned, len(rows))
	for _, p := range rows {
		found[p.ID] = &owned{p, ent.TextOf(p, invitation.FieldDeviceID), ent.TextOf(p, device.FieldSecretHash)}
	}
	return found, nil
}

// inBytes converts hashes from strings, which serve as map keys, to the type of their column.
func inBytes(hashes []string) [][]byte {
	out := make([][]byte, len(hashes))
	for i, hash := range hashes {
		out[i] = []byte(hash)
	}
	return out
}
