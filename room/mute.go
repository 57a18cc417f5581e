package room

import (
	"context"
	"fmt"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/participant"
	"usher/ent/schema"
	"usher/problem"
	"usher/role"
)

// A pause of somebody's writing takes from shortestMute to longestMute, or until the session ends (T6).
const (
	shortestMute = time.Minute
	longestMute  = 24 * time.Hour
)

// MuteInput says whose writing to pause.
type MuteInput struct {
	ParticipantID string
	// Until is when the pause ends, nil for the end of the session.
	Until *time.Time
}

// ParticipantMuted is the event of a pause of somebody's writing, and of its end.
type ParticipantMuted struct {
	Event
	Participant *Participant
	Muted       bool
	Until       *time.Time
}

var participantMuted = Register(Kind{
	Name: "ParticipantMuted", Topic: Settings.Always, Audience: Moderators.Always, Discreet: true,
	Show: aboutParticipant(func(h *Happening, e Event, p *Participant) RoomEvent {
		return ParticipantMuted{e, p, h.Row.Detail.Blocked, h.Row.Detail.Until}
	}),
})

// Mute pauses a participant's writing: what others read, until a time or the end of the session. Returns INVALID_TIME, ALREADY_MANAGER.
// The same pause again changes nothing.
func (s *Places) Mute(ctx context.Context, actor auth.Actor, in MuteInput) (*Participant, error) {
	return s.actOn(ctx, actor, in.ParticipantID, role.Moderate, func(t *Turn, p *ent.Participant) (*ent.Participant, error) {
		if err := mayMute(t, p); err != nil {
			return nil, err
		}
		if err := CheckMute(in.Until, t.Tx.At); err != nil {
			return nil, err
		}
		return setMuted(t, p, true, in.Until)
	})
}

// CheckMute returns the problem of a pause of somebody's writing until a time, nil for the end of the session.
func CheckMute(until *time.Time, now time.Time) error {
	if until == nil {
		return nil
	}
	if left := until.Sub(now); left < shortestMute-time.Second || left > longestMute+time.Second {
		return problem.New(problem.InvalidTime).At("until").Saying("A pause takes from 1 minute to 24 hours.")
	}
	return nil
}

// Unmute ends the pause of a participant's writing. Without a pause, it changes nothing.
func (s *Places) Unmute(ctx context.Context, actor auth.Actor, id string) (*Participant, error) {
	return s.actOn(ctx, actor, id, role.Moderate, func(t *Turn, p *ent.Participant) (*ent.Participant, error) {
		if err := mayMute(t, p); err != nil {
			return nil, err
		}
		return setMuted(t, p, false, nil)
	})
}

// mayMute returns the problem of pausing somebody's writing: moderators pause that of viewers and speakers, managers that of all but
// managers.
func mayMute(t *Turn, p *ent.Participant) error {
	if err := t.managerless(p); err != nil {
		return err
	}
	switch {
	case !t.Sight.CanRemove(p.Role):
		return problem.ErrForbidden
	case !t.Room.ChatAndCollaboration:
		return problem.New(problem.ChatAndCollaborationOff)
	}
	return nil
}

func setMuted(t *Turn, p *ent.Participant, muted bool, until *time.Time) (*ent.Participant, error) {
	if now, _ := Muted(p, t.Tx.At); now == muted && (!muted || SameTime(p.MutedUntil, until)) {
		return p, nil
	}
	after := *p
	after.Muted, after.MutedUntil = muted, until
	set := t.Tx.Participant.Update().Where(participant.ID(p.ID)).SetMuted(muted)
	if until == nil {
		set.ClearMutedUntil()
	} else {
		set.SetMutedUntil(*until)
	}
	if err := set.Exec(t.ctx); err != nil {
		return nil, fmt.Errorf("pause writing: %w", err)
	}
	e := aboutPlace(p)
	e.Detail.Blocked, e.Detail.Until = muted, until
	return &after, t.Emit(participantMuted, e)
}

// SameTime reports whether two pauses end at the same time. A pause without a time ends with the session.
func SameTime(a, b *time.Time) bool {
	return a == nil && b == nil || a != nil && b != nil && a.Equal(*b)
}

// Muted reports whether a participant's writing is paused at a time, and when that ends: nil for the end of the session.
func Muted(p *ent.Participant, at time.Time) (muted bool, until *time.Time) {
	if !p.Muted || p.MutedUntil != nil && !at.Before(*p.MutedUntil) {
		return false, nil
	}
	return true, p.MutedUntil
}

// ShowsPrivate reports whether the asker may read what only the participant, moderators and managers may.
func (p *Participant) ShowsPrivate() bool {
	return p.Sight.Can(role.SeeParticipants) || p.Sight.Own != nil && p.Sight.Own.ID == p.ID
}

// MutedAt reports whether the participant's writing is paused at a time, and when that ends, to those who may know.
func (p *Participant) MutedAt(at time.Time) (muted *bool, until *time.Time) {
	if !p.ShowsPrivate() {
		return nil, nil
	}
	is, until := Muted(p.Participant, at)
	return &is, until
}

// Author returns the asker as the author of what they write now.
func (t *Turn) Author() schema.Author {
	a := schema.Author{UserID: t.actor.UserID(), Name: t.name(), Host: t.Sight.Manages()}
	if own := t.Sight.Own; own != nil && current(t.Room, own) {
		a.ParticipantID, a.Role, a.Name = own.ID, own.Role, own.DisplayName
	}
	return a
}
