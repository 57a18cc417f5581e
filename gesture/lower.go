package gesture

import (
	"context"
	"fmt"

	"usher/auth"
	"usher/ent"
	"usher/ent/participant"
	"usher/live"
	"usher/problem"
	"usher/role"
	"usher/room"
	"usher/tools"
)

// End is how a raised hand ended.
type End string

const (
	Lowered  End = "LOWERED"
	Declined End = "DECLINED"
	Granted  End = "GRANTED"
	Gone     End = "LEFT"
)

// Lower lowers a hand: the asker's own, or as somebody who may moderate any. A hand that is down stays so.
func (h *Hands) Lower(ctx context.Context, actor auth.Actor, participantID string) (*room.Participant, error) {
	return room.ActOn(ctx, h.rooms, actor, participantID, func(t *room.Turn, p *ent.Participant) (*ent.Participant, error) {
		if own := t.Sight.Own; !t.Sight.Can(role.Moderate) && (own == nil || own.ID != p.ID || !t.Sight.InRoom) {
			return nil, problem.ErrForbidden
		}
		return lower(t, p, Lowered)
	})
}

// Decline refuses what a hand asks for, and lowers it. Its owner may raise it once more in the session. A hand that is down stays so.
func (h *Hands) Decline(ctx context.Context, actor auth.Actor, participantID string) (*room.Participant, error) {
	return room.ActOn(ctx, h.rooms, actor, participantID, func(t *room.Turn, p *ent.Participant) (*ent.Participant, error) {
		if !t.Sight.Can(role.Moderate) {
			return nil, problem.ErrForbidden
		}
		return lower(t, p, Declined)
	})
}

// lower lowers a hand, with its event.
func lower(t *room.Turn, p *ent.Participant, how End) (*ent.Participant, error) {
	if p.HandAt == nil {
		return p, nil
	}
	if !t.Room.ChatAndCollaboration && (how == Lowered || how == Declined) {
		return nil, tools.ChatAndCollaborationOff()
	}
	after := *p
	putDown(&after, how)
	if err := t.Change(&after); err != nil {
		return nil, err
	}
	return &after, t.Emit(handLowered, aboutHand(p, how))
}

func putDown(p *ent.Participant, how End) {
	p.HandAt, p.HandRole, p.HandNote = nil, "", ""
	if how == Declined {
		p.HandDenials++
	}
}

func aboutHand(p *ent.Participant, how End) live.Entry {
	e := live.Entry{SessionID: p.SessionID, ParticipantID: p.ID}
	e.Detail.Subject, e.Detail.State = p.DisplayName, string(how)
	return e
}

// moved lowers the hand of a participant who left the room, or who got the role that they asked for (H3, H4).
func moved(_ context.Context, t *room.Turn, _, after *ent.Participant) error {
	how := Granted
	switch {
	case after.HandAt == nil:
		return nil
	case after.State != participant.StateInRoom:
		how = Gone
	case after.Role.Rank() < after.HandRole.Rank():
		return nil
	}
	e := aboutHand(after, how)
	putDown(after, how)
	if err := t.Change(after); err != nil {
		return err
	}
	return t.Emit(handLowered, e)
}

// over lowers all hands of a session that is over. Its own event reports it (H4).
func over(ctx context.Context, t *room.Turn, of *ent.Session) error {
	_, err := putAllDown(ctx, t, of.ID)
	return err
}

// putAllDown lowers all hands of a session, and returns how many there were.
func putAllDown(ctx context.Context, t *room.Turn, sessionID string) (n int, err error) {
	n, err = t.Tx.Participant.Update().Where(raised(sessionID)).ClearHandAt().SetHandRole("").SetHandNote("").Save(ctx)
	if err != nil {
		return 0, fmt.Errorf("lower hands: %w", err)
	}
	return n, nil
}

// LowerAll lowers all hands of the room, with one event. Without any, it changes nothing.
func (h *Hands) LowerAll(ctx context.Context, actor auth.Actor, roomID string) (*room.Room, error) {
	return tools.Moderate(ctx, h.rooms, actor, roomID, func(t *room.Turn, _ tools.RoomTools) error {
		if t.Room.CurrentSessionID == nil {
			return nil
		}
		if n, err := putAllDown(ctx, t, *t.Room.CurrentSessionID); err != nil || n == 0 {
			return err
		}
		return t.Emit(handsLowered, live.Entry{SessionID: *t.Room.CurrentSessionID})
	})
}
