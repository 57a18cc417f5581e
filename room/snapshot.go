package room

import (
	"context"
	"database/sql"
	"fmt"

	"usher/auth"
	"usher/ent"
	"usher/ent/invitation"
	"usher/ent/manager"
	"usher/ent/participant"
	"usher/ent/predicate"
	entroom "usher/ent/room"
	"usher/ent/user"
	"usher/role"
)

// watching is somebody who begins to watch a room, with all that their places there depend on.
type watching struct {
	room, user              string
	device                  string // the secret's SHA-256, of a browser
	invitation, guestDevice string // of a guest's token
}

func watchingOf(actor auth.Actor, roomID string) watching {
	w := watching{room: roomID, user: actor.UserID(), device: string(actor.Device)}
	if actor.Guest != nil {
		w.invitation, w.guestDevice = actor.Guest.InvitationID, actor.Guest.DeviceID
	}
	return w
}

// snapshot is what somebody's rights in a room depend on, at its revision: their manager role, and their places with session and
// invitation. It includes places without access now.
type snapshot struct {
	room    *ent.Room
	account *ent.User // with its site role; nil if nobody is signed in, or the account is disabled
	manager role.ManagerRole
	places  []*ent.Participant
}

// readSnapshots reads the snapshots of many, in as many queries as for one. It reads all in one transaction, so they match the
// room's revision. Deleted rooms have no entry.
func (s *News) readSnapshots(ctx context.Context, all []watching) (map[watching]snapshot, error) {
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return nil, fmt.Errorf("begin: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	var roomIDs, users keys
	for _, w := range all {
		roomIDs.add(w.room)
		users.add(w.user)
	}
	rows, err := tx.Room.Query().Where(entroom.IDIn(roomIDs.list()...), entroom.DeletedAtIsNil()).All(ctx)
	rooms, err := byKey(rows, err, "rooms", func(r *ent.Room) string { return r.ID })
	if err != nil || len(rooms) == 0 {
		return nil, err
	}
	ofUsers, err := readOfUsers(ctx, tx, users.list(), roomIDs.list())
	if err != nil {
		return nil, err
	}
	accounts, err := readEnabled(ctx, tx, users.list())
	if err != nil {
		return nil, err
	}
	redeemed, err := readRedeemed(ctx, tx, all)
	if err != nil {
		return nil, err
	}
	found := make(map[watching]snapshot, len(all))
	for _, w := range all {
		if rooms[w.room] == nil {
			continue
		}
		of := ofUsers[watching{room: w.room, user: w.user}]
		of.room, of.account = rooms[w.room], accounts[w.user]
		found[w] = redeemed.add(w, of)
	}
	return found, nil
}

// readEnabled reads the site roles of accounts that are not disabled.
func readEnabled(ctx context.Context, tx *ent.Tx, ids []string) (map[string]*ent.User, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := tx.User.Query().Where(user.IDIn(ids...), user.DisabledAtIsNil()).Select(user.FieldSiteRole).All(ctx)
	return byKey(rows, err, "accounts", func(u *ent.User) string { return u.ID })
}

// readOfUsers reads the manager roles and places of accounts in rooms.
func readOfUsers(ctx context.Context, tx *ent.Tx, users, rooms []string) (map[watching]snapshot, error) {
	if len(users) == 0 {
		return nil, nil
	}
	managers, err := tx.Manager.Query().Where(manager.UserIDIn(users...), manager.RoomIDIn(rooms...)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read managers: %w", err)
	}
	places, err := tx.Participant.Query().Where(participant.UserIDIn(users...), participant.RoomIDIn(rooms...), auth.Enabled).
		WithSession().WithInvitation().All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read places: %w", err)
	}
	of := map[watching]snapshot{}
	for _, m := range managers {
		of[watching{room: m.RoomID, user: m.UserID}] = snapshot{manager: m.Role}
	}
	for _, p := range places {
		key := watching{room: p.RoomID, user: *p.UserID}
		known := of[key]
		known.places = append(known.places, p)
		of[key] = known
	}
	return of, nil
}

// redeemed are invitations with their places, by id and by the hash of the device's secret.
type redeemed struct {
	byID     map[string]*ent.Invitation
	byDevice map[string][]*ent.Invitation
}

// readRedeemed reads the invitations of devices and guests' tokens. It goes from each credential to its own few rows, however
// many others are stored.
func readRedeemed(ctx context.Context, tx *ent.Tx, all []watching) (found redeemed, err error) {
	var devices [][]byte
	var ids keys
	for _, w := range all {
		ids.add(w.invitation)
		if w.device != "" {
			devices = append(devices, []byte(w.device))
		}
	}
	var credentials []predicate.Invitation
	if len(devices) > 0 {
		credentials = append(credentials, auth.OnDevices(devices...))
	}
	if len(ids) > 0 {
		credentials = append(credentials, invitation.IDIn(ids.list()...))
	}
	if credentials == nil {
		return found, nil
	}
	query := tx.Invitation.Query().Where(invitation.Or(credentials...), auth.Enabled).WithSession().WithParticipant()
	if len(devices) > 0 {
		query = query.WithDevice()
	}
	rows, err := query.All(ctx)
	if err != nil {
		return found, fmt.Errorf("read places: %w", err)
	}
	found = redeemed{byID: make(map[string]*ent.Invitation, len(rows)), byDevice: map[string][]*ent.Invitation{}}
	for _, i := range rows {
		found.byID[i.ID] = i
		if of := i.Edges.Device; of != nil {
			found.byDevice[string(of.SecretHash)] = append(found.byDevice[string(of.SecretHash)], i)
		}
	}
	return found, nil
}

// add returns a snapshot with the places in the room that somebody's device and token redeemed.
func (r redeemed) add(w watching, of snapshot) snapshot {
	invitations := r.byDevice[w.device]
	if i := r.byID[w.invitation]; i != nil && i.DeviceID != nil && *i.DeviceID == w.guestDevice {
		invitations = append(invitations[:len(invitations):len(invitations)], i)
	}
	for _, i := range invitations {
		p := i.Edges.Participant
		if p == nil || p.RoomID != w.room || containsPlace(of.places, p) {
			continue
		}
		p.Edges.Session, p.Edges.Invitation = i.Edges.Session, i
		of.places = append(of.places[:len(of.places):len(of.places)], p)
	}
	return of
}
