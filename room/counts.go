package room

import (
	"context"
	"fmt"
	"maps"

	"entgo.io/ent/dialect/sql"

	"usher/ent"
	"usher/ent/invitation"
	"usher/ent/participant"
	entroom "usher/ent/room"
	"usher/ent/session"
	"usher/role"
)

// ByState is how many people are in each state.
type ByState struct {
	Countdown, Lobby, Waiting, InRoom, Left, Denied, Removed, Blocked int
	// Away are those of them who have a place and are not online.
	Away AwayCounts
}

// AwayCounts is how many of the people in each of these states are not online.
type AwayCounts struct{ Countdown, Lobby, Waiting, InRoom int }

// RoleCounts are the people who have a role.
type RoleCounts struct {
	Role role.RoomRole
	ByState
}

// Counts is how many people the current session of a room has in each state, in all and by role. Readers share it.
type Counts struct {
	RoomID string
	ByState
	Roles []*RoleCounts
}

// InRoomNow returns how many are in the room and online.
func (c *ByState) InRoomNow() int { return c.InRoom - c.Away.InRoom }

// add counts people of one state.
func (c *ByState) add(state participant.State, all, online int) {
	away := all - online
	switch state {
	case participant.StateCountdown:
		c.Countdown, c.Away.Countdown = c.Countdown+all, c.Away.Countdown+away
	case participant.StateLobby:
		c.Lobby, c.Away.Lobby = c.Lobby+all, c.Away.Lobby+away
	case participant.StateWaiting:
		c.Waiting, c.Away.Waiting = c.Waiting+all, c.Away.Waiting+away
	case participant.StateInRoom:
		c.InRoom, c.Away.InRoom = c.InRoom+all, c.Away.InRoom+away
	case participant.StateLeft:
		c.Left += all
	case participant.StateDenied:
		c.Denied += all
	case participant.StateRemoved:
		c.Removed += all
	case participant.StateBlocked:
		c.Blocked += all
	}
}

// Counted reports whether the asker may know how many people the room has: managers, and moderators in the room.
func (r *Room) Counted() bool { return r.Sight.Can(role.SeeParticipants) }

// Invited counts the usable invitations to the current sessions of rooms, by the room's id.
func (s *Rows) Invited(ctx context.Context, roomIDs []string) (map[string]int, error) {
	var invited []struct {
		RoomID string `json:"room_id"`
		Count  int    `json:"count"`
	}
	these := session.HasRoomWith(entroom.IDIn(roomIDs...))
	err := s.db.Invitation.Query().
		Where(ofCurrentSession(roomIDs), invitation.HasSessionWith(these, notOver), usableAt(these, s.now())).
		GroupBy(invitation.FieldRoomID).Aggregate(ent.Count()).Scan(ctx, &invited)
	if err != nil {
		return nil, fmt.Errorf("count invitations: %w", err)
	}
	counts := make(map[string]int, len(invited))
	for _, of := range invited {
		counts[of.RoomID] = of.Count
	}
	return counts, nil
}

// Counts counts the people of the current sessions of rooms, by the room's id. It takes two statements for all rooms where nobody is online,
// and a few for each other room that has changed. After a change in a crowd, several readers count again: they share one counting.
func (s *Rows) Counts(ctx context.Context, roomIDs []string) (map[string]*Counts, error) {
	rows, err := s.db.Room.Query().Where(entroom.IDIn(roomIDs...)).Select(entroom.FieldID, entroom.FieldRevision).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read revisions: %w", err)
	}
	at := make(map[string]countedAt, len(rows))
	for _, r := range rows {
		at[r.ID] = countedAt{r.Revision, s.presence.Version(r.ID)}
	}
	counts := s.kept.find(at, s.now())
	found, quiet := map[string]*Counts{}, []string{}
	for _, id := range roomIDs {
		if _, ok := at[id]; ok && counts[id] == nil && s.presence.Anyone(id) {
			if found[id], err = s.crowd(ctx, id); err != nil {
				return nil, err
			}
		} else if counts[id] == nil {
			quiet = append(quiet, id)
		}
	}
	if err := s.countRows(ctx, quiet, found); err != nil {
		return nil, err
	}
	s.kept.keep(found, at, s.now())
	maps.Copy(counts, found)
	return counts, nil
}

// countRows counts the participants of rooms where nobody is online, in one statement.
func (s *Rows) countRows(ctx context.Context, roomIDs []string, counts map[string]*Counts) error {
	if len(roomIDs) == 0 {
		return nil
	}
	for _, id := range roomIDs {
		counts[id] = noCounts(id)
	}
	var rows []struct {
		RoomID string            `json:"room_id"`
		Role   role.RoomRole     `json:"role"`
		State  participant.State `json:"state"`
		Count  int               `json:"count"`
	}
	err := s.db.Participant.Query().Where(ofCurrentSession(roomIDs)).
		GroupBy(participant.FieldRoomID, participant.FieldRole, participant.FieldState).Aggregate(ent.Count()).Scan(ctx, &rows)
	if err != nil {
		return fmt.Errorf("count participants: %w", err)
	}
	for _, row := range rows {
		of := counts[row.RoomID]
		of.add(row.State, row.Count, 0)
		of.Roles[row.Role.Rank()].add(row.State, row.Count, 0)
	}
	return nil
}

// noCounts are the counts of a room without people.
func noCounts(roomID string) *Counts {
	c := &Counts{RoomID: roomID}
	for _, of := range role.RoomRoles {
		c.Roles = append(c.Roles, &RoleCounts{Role: of})
	}
	return c
}

// ofCurrentSession selects the rows of the current sessions of rooms.
func ofCurrentSession(roomIDs []string) func(s *sql.Selector) {
	return func(s *sql.Selector) {
		current := sql.Dialect(s.Dialect()).Select(entroom.FieldCurrentSessionID).From(sql.Table(entroom.Table)).
			Where(sql.And(sql.In(entroom.FieldID, anyOf(roomIDs)...), sql.NotNull(entroom.FieldCurrentSessionID)))
		s.Where(sql.In(s.C(participant.FieldSessionID), current))
	}
}

func anyOf(ids []string) []any {
	all := make([]any, len(ids))
	for i, id := range ids {
		all[i] = id
	}
	return all
}
