package gesture

import (
	"context"
	"fmt"

	"usher/ent"
	"usher/live"
	"usher/room"
)

// The events of hands.
type (
	// HandsRaised reports all hands that one transaction raised or changed.
	HandsRaised struct {
		room.Event
		Hands []*Hand
	}
	// HandLowered reports how a hand ended.
	HandLowered struct {
		room.Event
		Participant *room.Participant
		End         End
	}
	// HandsLowered reports that all hands were lowered.
	HandsLowered struct{ room.Event }
)

var (
	handsRaised = room.Register(room.Kind{
		Name: "HandsRaised", Topic: Topic.Always, Audience: room.Moderators.Always, Read: readRaised,
		Show: func(h *room.Happening, e room.Event) room.RoomEvent {
			all := []*Hand{}
			rows, _ := h.Subject.([]*ent.Participant)
			for _, p := range rows {
				if h.Room.ChatAndCollaboration && p.HandAt != nil {
					all = append(all, &Hand{&room.Participant{Participant: p, Sight: e.Sight()}})
				}
			}
			return HandsRaised{e, all}
		},
	})
	handLowered = room.Register(room.Kind{
		Name: "HandLowered", Topic: Topic.Always, Audience: room.Moderators.Always, Discreet: true,
		Show: func(h *room.Happening, e room.Event) room.RoomEvent {
			if h.Participant == nil {
				return nil
			}
			return HandLowered{e, &room.Participant{Participant: h.Participant, Sight: e.Sight()}, End(h.Row.Detail.State)}
		},
	})
	handsLowered = room.Register(room.Kind{
		Name: "HandsLowered", Topic: Topic.Always, Audience: room.InRoom.Always, Discreet: true,
		Show: func(_ *room.Happening, e room.Event) room.RoomEvent { return HandsLowered{e} },
	})
)

// aboutHands returns the entry of the event of raised hands. That of a single one is about its owner, who gets it too.
func aboutHands(raised []*ent.Participant) live.Entry {
	e := live.Entry{SessionID: raised[0].SessionID}
	for _, p := range raised {
		e.Detail.Places = append(e.Detail.Places, p.ID)
	}
	if len(raised) == 1 {
		e.ParticipantID, e.Actor, e.Detail.Subject = raised[0].ID, raised[0].DisplayName, raised[0].DisplayName
		if raised[0].UserID != nil {
			e.ActorUserID = *raised[0].UserID
		} else {
			e.Detail.ActorPlace = raised[0].ID
		}
	}
	return e
}

// readRaised reads whose hands events report, in their order.
func readRaised(ctx context.Context, c *ent.Client, rows []*ent.Event) (map[int]any, error) {
	var ids []string
	for _, e := range rows {
		ids = append(ids, e.Detail.Places...)
	}
	people, err := c.Participant.ByIDs(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("read hands: %w", err)
	}
	byID := make(map[string]*ent.Participant, len(people))
	for _, p := range people {
		byID[p.ID] = p
	}
	found := make(map[int]any, len(rows))
	for _, e := range rows {
		var these []*ent.Participant
		for _, id := range e.Detail.Places {
			if p := byID[id]; p != nil {
				these = append(these, p)
			}
		}
		found[e.Revision] = these
	}
	return found, nil
}
