package auth

import (
	"context"
	"fmt"

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
	rows, err := s.db.Read.SignIn.Query().Where(signin.SecretHashIn(inBytes(hashes)...)).WithUser().All(ctx)
	if err != nil {
		return nil, err
	}
	found := make(map[string]*ent.SignIn, len(rows))
	for _, row := range rows {
		found[string(row.SecretHash)] = row
	}
	return found, nil
}

// guests returns guests' tokens by the SHA-256 of their secrets. The invitation is missing if its account is disabled.
func (s stored) guests(ctx context.Context, hashes []string) (map[string]*ent.GuestToken, error) {
	rows, err := s.db.Read.GuestToken.Query().Where(guesttoken.SecretHashIn(inBytes(hashes)...)).
		WithInvitation(func(q *ent.InvitationQuery) { q.Where(Enabled).WithSession() }).All(ctx)
	if err != nil {
		return nil, err
	}
	found := make(map[string]*ent.GuestToken, len(rows))
	for _, g := range rows {
		found[string(g.SecretHash)] = g
	}
	return found, nil
}

// devices returns the ids of devices by the SHA-256 of their secrets.
func (s stored) devices(ctx context.Context, hashes []string) (map[string]string, error) {
	rows, err := s.db.Read.Device.Query().Where(device.SecretHashIn(inBytes(hashes)...)).
		Select(device.FieldID, device.FieldSecretHash).All(ctx)
	if err != nil {
		return nil, err
	}
	found := make(map[string]string, len(rows))
	for _, d := range rows {
		found[string(d.SecretHash)] = d.ID
	}
	return found, nil
}

// owned is a participant with what tells whose it is: the account, or the invitation and the device that redeemed it.
type owned struct {
	ID           string
	RoomID       string  `sql:"room_id"`
	SessionID    string  `sql:"session_id"`
	Email        string  `sql:"email"`
	UserID       *string `sql:"user_id"`
	InvitationID *string `sql:"invitation_id"`
	DeviceID     *string `sql:"device_id"`
	SecretHash   []byte  `sql:"secret_hash"` // of the device
}

// places returns participants by their ids. It reads them in one statement, because each request of a page asks.
func (s stored) places(ctx context.Context, ids []string) (map[string]*owned, error) {
	var rows []*owned
	err := s.db.Read.Participant.Query().Where(participant.IDIn(ids...)).Where(withDevice).
		Select(participant.FieldID, participant.FieldRoomID, participant.FieldSessionID, participant.FieldEmail,
			participant.FieldUserID, participant.FieldInvitationID).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("read places: %w", err)
	}
	found := make(map[string]*owned, len(rows))
	for _, p := range rows {
		found[p.ID] = p
	}
	return found, nil
}

// withDevice adds the device that redeemed a participant's invitation.
func withDevice(s *sql.Selector) {
	i, d := sql.Dialect(s.Dialect()).Table(invitation.Table), sql.Dialect(s.Dialect()).Table(device.Table)
	s.LeftJoin(i).On(s.C(participant.FieldInvitationID), i.C(invitation.FieldID)).
		LeftJoin(d).On(i.C(invitation.FieldDeviceID), d.C(device.FieldID)).
		AppendSelect(i.C(invitation.FieldDeviceID), d.C(device.FieldSecretHash))
}

// inBytes converts hashes from strings, which serve as map keys, to the type of their column.
func inBytes(hashes []string) [][]byte {
	out := make([][]byte, len(hashes))
	for i, hash := range hashes {
		out[i] = []byte(hash)
	}
	return out
}
