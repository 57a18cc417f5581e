package room

import (
	"context"
	"errors"
	"math"
	"slices"

	"usher/auth"
	"usher/ent"
	"usher/ent/participant"
	entroom "usher/ent/room"
	"usher/problem"
	"usher/role"
)

// Present is what somebody may see of a room now.
type Present struct {
	Sight Sight
	lost  bool // they may not see the room
	out   bool // their sign-in has ended
	at    int  // the room's revision; the highest number if the room is gone
}

// Lost reports whether they may not see the room.
func (p Present) Lost() bool { return p.lost }

// Gone reports whether the room was deleted.
func (p Present) Gone() bool { return p.at == math.MaxInt }

// SignedOut reports whether their sign-in has ended. Then their connection ends soon, and nothing may reach them meanwhile.
func (p Present) SignedOut() bool { return p.out }

// Audience returns the highest audience that they belong to.
func (p Present) Audience() Audience { return highest(p.Sight.Standing) }

// MovedOn reports whether the room is past an event, or gone.
func (p Present) MovedOn(e *ent.Event) bool { return p.at > e.Revision }

// Present reads the present rights of many in the room, with as many queries as for one.
func (f *Feed) Present(ctx context.Context, actors []auth.Actor) ([]Present, error) {
	s := f.news
	all := make([]watching, len(actors))
	for i, actor := range actors {
		all[i] = watchingOf(actor, f.roomID)
	}
	found, err := s.readSnapshots(ctx, all)
	if err != nil {
		return nil, err
	}
	_, refused, err := auth.AsNowEach(ctx, s.db, actors)
	if err != nil {
		return nil, err
	}
	each := make([]Present, len(actors))
	for i, actor := range actors {
		each[i] = presentFrom(s, actor, found[all[i]])
		each[i].out = refused[i] != nil
	}
	return each, nil
}

// Present reads the present rights of the watcher, who is the asker. Those who ask at the same time are read together.
func (st *Stream) Present(ctx context.Context, actor auth.Actor) (Present, error) {
	s := st.news
	from, err := s.snapshots.Of(ctx, watchingOf(actor, st.RoomID))
	if err != nil {
		return Present{}, err
	}
	p := presentFrom(s, actor, from)
	_, err = actor.AsNow(ctx, s.db)
	if p.out = errors.Is(err, problem.ErrUnauthenticated); p.out {
		err = nil
	}
	return p, err
}

// presentFrom returns the rights of a snapshot. Whether the asker may see the room follows from the same rules as in Recheck.
func presentFrom(s *News, actor auth.Actor, from snapshot) Present {
	r := from.room
	if r == nil {
		return Present{lost: true, at: math.MaxInt}
	}
	p := Present{lost: !s.watcherFrom(actor, from).standing.Can(role.SeeRoom), at: r.Revision}
	var manages role.ManagerRole
	if actor.User = from.account; actor.User != nil {
		manages = from.manager
	}
	comesBack := actor.Admin() || manages != "" || r.Access == entroom.AccessMembers
	places := slices.DeleteFunc(opened(actor, from.places, s.now()), func(p *ent.Participant) bool {
		return p.State == participant.StateBlocked || left(p) && !comesBack
	})
	p.Sight = sightIn(r, actor, manages, places)
	return p
}
