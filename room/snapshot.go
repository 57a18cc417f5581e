package room

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"usher/auth"
	"usher/ent"
	"usher/ent/manager"
	"usher/ent/participant"
	"usher/ent/user"
	"usher/role"
)

// watching is somebody who begins to watch a room, with all that their places there depend on.
type watching struct {
	room, user string
	redeemer
}

func watchingOf(actor auth.Actor, roomID string) watching {
	return watching{roomID, actor.UserID(), redeemerOf(actor)}
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
	rows, err := tx.Room.ByIDs(ctx, roomIDs.list())
	rooms, err := ent.ByKey(slices.DeleteFunc(rows, isDeleted), err, "rooms", func(r *ent.Room) string { return r.ID })
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
	redeemers := make([]redeemer, len(all))
	for i, w := range all {
		redeemers[i] = w.redeemer
	}
	redeemed, err := readRedeemed(ctx, tx.Client(), redeemers...)
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
		for _, p := range redeemed.places(w.redeemer, nil) {
			if p.RoomID == w.room && !containsPlace(of.places, p) {
				of.places = append(of.places[:len(of.places):len(of.places)], p)
			}
		}
		found[w] = of
	}
	return found, nil
}

// readEnabled reads the site roles of accounts that are not disabled.
func readEnabled(ctx context.Context, tx *ent.Tx, ids []string) (map[string]*ent.User, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := tx.User.Query().Where(user.IDIn(ids...), user.DisabledAtIsNil()).Select(user.FieldSiteRole).All(ctx)
	return ent.ByKey(rows, err, "accounts", func(u *ent.User) string { return u.ID })
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
