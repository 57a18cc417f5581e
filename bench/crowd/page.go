//go:build linux

package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"
	"sync/atomic"
)

// page is what the pages of one person know. Its methods are all that the pages send: follow web/src when it changes.
type page struct {
	place        string       // id of the participant, named in each request from then on
	revision     atomic.Int64 // of the room, as far as the page knows
	first        int64        // the revision when the page was opened
	roleRevision int
	tally        string // id of the operation
	inRoom       atomic.Bool
}

// steps are what a person does, by name. The names are those of the report.
var steps = map[string]func(*person) error{
	"look":        (*person).look,
	"watch":       (*person).watch,
	"redeem":      (*person).redeem,
	"place":       (*person).readPlace,
	"acknowledge": (*person).acknowledge,
	"follow":      (*person).follow,
	"catch up":    (*person).catchUp,
	"enter":       (*person).enter,
	"say":         (*person).say,
	"answer":      answer,
	"stall":       func(p *person) error { return p.conn.reads(false) }, // as a page that hangs
	"read on":     func(p *person) error { return p.conn.reads(true) },
}

// look opens the link: useLink in web/src/link/JoinPage.tsx.
func (p *person) look() error {
	_, err := p.ask("LinkLook", map[string]any{"token": p.token})
	return err
}

// watch follows the link.
func (p *person) watch() error {
	if err := p.connect(); err != nil {
		return err
	}
	_, err := p.subscribe("LinkWatch", map[string]any{"token": p.token})
	return err
}

// redeem sends the email address: web/src/link/WhoAreYou.tsx. The page then has new credentials, and closes its WebSocket.
func (p *person) redeem() error {
	answer, err := p.ask("RedeemInvitation", map[string]any{"input": map[string]any{"token": p.token, "email": p.email, "credential": "COOKIE"}})
	if err != nil {
		return err
	}
	var read struct {
		Data struct {
			RedeemInvitation struct{ Participant struct{ ID string } }
		}
	}
	if err := json.Unmarshal(answer, &read); err != nil {
		return err
	}
	p.place = read.Data.RedeemInvitation.Participant.ID
	p.disconnect()
	return nil
}

// readPlace opens the page of the room: web/src/room/RoomRoute.tsx.
func (p *person) readPlace() error {
	answer, err := p.ask("Place", map[string]any{"roomId": p.of.Room})
	if err != nil {
		return err
	}
	var read struct {
		Data struct {
			Room struct {
				Revision      int64
				MyParticipant struct {
					ID           string
					RoleRevision int
				}
			}
		}
	}
	if err := json.Unmarshal(answer, &read); err != nil {
		return err
	}
	p.revision.Store(read.Data.Room.Revision)
	p.first = cmp.Or(p.first, read.Data.Room.Revision)
	p.roleRevision = read.Data.Room.MyParticipant.RoleRevision
	if read.Data.Room.MyParticipant.ID != p.place {
		return fmt.Errorf("the page shows the place %q instead of %q", read.Data.Room.MyParticipant.ID, p.place)
	}
	return nil
}

// acknowledge confirms that the page shows the role: web/src/place/Acknowledge.tsx.
func (p *person) acknowledge() error {
	_, err := p.ask("AcknowledgeRole", map[string]any{"roomId": p.of.Room, "roleRevision": p.roleRevision})
	return err
}

// follow subscribes to the room's events: FollowedPlace in web/src/room/RoomRoute.tsx.
func (p *person) follow() error {
	if err := p.connect(); err != nil {
		return err
	}
	_, err := p.subscribe("PlaceEvents", map[string]any{"roomId": p.of.Room, "after": p.revision.Load()})
	return err
}

// catchUp is follow for a page that has had no event since it was opened.
func (p *person) catchUp() error {
	p.revision.Store(p.first)
	return p.follow()
}

// enter presses the button: web/src/place/Place.tsx. The person is in the room with the answer, which has what the page shows then.
func (p *person) enter() error {
	_, err := p.ask("EnterRoom", map[string]any{"roomId": p.of.Room, "known": true})
	return err
}

// entered is what the page of the room sends once it is shown: web/src/place/InRoom.tsx. The panels of questions and polls read nothing before
// somebody looks at them. The role is acknowledged already.
func (p *person) entered() error {
	tally, err := p.subscribe("Tally", map[string]any{"roomId": p.of.Room})
	if err != nil {
		return err
	}
	p.tally = tally
	p.inRoom.Store(true)
	return nil
}

// follows does what the page does at an event.
func (p *person) follows(message []byte) {
	if _, after, ok := bytes.Cut(message, []byte(`"roomEvents":{`)); ok {
		_, after, _ = bytes.Cut(after, []byte(`"revision":`))
		digits, _, _ := bytes.Cut(after, []byte(`,`))
		if revision, err := strconv.ParseInt(string(digits), 10, 64); err == nil {
			p.revision.Store(revision) // it resumes after this event
		}
	}
	if p.inRoom.Load() && bytes.Contains(message, []byte(`"__typename":"SessionEnded"`)) { // the page of the room is left
		p.inRoom.Store(false)
		p.complete(p.tally)
	}
}
