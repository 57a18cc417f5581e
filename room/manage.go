package room

import (
	"context"
	"fmt"
	"time"

	"usher/auth"
	"usher/ent"
	entroom "usher/ent/room"
	"usher/ent/session"
	"usher/live"
	"usher/problem"
	"usher/role"
	"usher/text"
)

// CreateRoomInput is what a room and its first session are made of.
type CreateRoomInput struct {
	Title, Description, TimeZone string
	StartsAt                     time.Time
	EndsAt                       *time.Time
	ChatAndCollaboration         bool
	Access                       entroom.Access
	Admission                    entroom.Admission
}

// Create makes a room with its first session and the asker as its OWNER. Returns INVALID_VALUE or INVALID_TIME with the
// field, FORBIDDEN where only administrators make rooms.
func (s *Rooms) Create(ctx context.Context, actor auth.Actor, in CreateRoomInput) (created *Room, err error) {
	if err := s.mayCreate(actor); err != nil {
		return nil, err
	}
	if err := cleanRoom(&in.Title, &in.Description, &in.TimeZone); err != nil {
		return nil, err
	}
	if err := checkTimes(s.Now(), in.StartsAt, in.EndsAt); err != nil {
		return nil, err
	}
	err = s.Log.Write(ctx, func(tx *live.Tx) error {
		actor, err := actor.AsNow(ctx, tx.Client())
		if err != nil {
			return err
		}
		if err := s.mayCreate(actor); err != nil {
			return err
		}
		r, err := tx.Room.Create().SetTitle(in.Title).SetDescription(in.Description).SetTimeZone(in.TimeZone).
			SetChatAndCollaboration(in.ChatAndCollaboration).SetAccess(in.Access).SetAdmission(in.Admission).
			SetCreatedAt(tx.At).Save(ctx)
		if err != nil {
			return fmt.Errorf("create room: %w", err)
		}
		err = tx.Manager.Create().SetRoomID(r.ID).SetUserID(actor.User.ID).SetRole(role.Owner).SetCreatedAt(tx.At).Exec(ctx)
		if err != nil {
			return fmt.Errorf("create owner: %w", err)
		}
		t := &turn{Tx: tx, ctx: ctx, actor: actor, room: r, sight: Sight{Standing: role.Standing{
			Admin: actor.Admin(), Manager: role.Owner, Member: r.Access == entroom.AccessMembers,
		}}}
		if _, err := t.schedule(in.StartsAt, in.EndsAt); err != nil {
			return err
		}
		created, err = t.shown()
		return err
	})
	return created, err
}

// mayCreate answers problem.ErrForbidden where administrators alone make rooms, and the actor is none (R5).
func (s *Rooms) mayCreate(actor auth.Actor) error {
	if _, err := actor.SignedIn(); err != nil {
		return err
	}
	if !s.MembersCreateRooms && !actor.Admin() {
		return problem.ErrForbidden
	}
	return nil
}

// schedule makes a session and makes it the room's current one.
func (t *turn) schedule(startsAt time.Time, endsAt *time.Time) (*ent.Session, error) {
	created, err := t.Session.Create().SetRoomID(t.room.ID).SetStartsAt(startsAt).SetNillableEndsAt(endsAt).
		SetCreatedAt(t.At).Save(t.ctx)
	if err != nil {
		return nil, fmt.Errorf("create session: %w", err)
	}
	if err := t.makeCurrent(created.ID); err != nil {
		return nil, err
	}
	return created, t.emit(live.Entry{Kind: live.SessionScheduled, SessionID: created.ID})
}

func (t *turn) makeCurrent(sessionID string) error {
	err := t.Room.UpdateOneID(t.room.ID).SetCurrentSessionID(sessionID).Exec(t.ctx)
	if err != nil {
		return fmt.Errorf("set current session: %w", err)
	}
	return nil
}

// UpdateRoomInput is what to change of a room; nil leaves a thing as it is.
type UpdateRoomInput struct {
	RoomID                       string
	Title, Description, TimeZone *string
	ChatAndCollaboration         *bool
	Access                       *entroom.Access
	Admission                    *entroom.Admission
}

// Update changes a room. Returns INVALID_VALUE with the field. Asked for what is so already, it changes nothing.
func (s *Rooms) Update(ctx context.Context, actor auth.Actor, in UpdateRoomInput) (updated *Room, err error) {
	err = s.act(ctx, actor, in.RoomID, role.EditRoom, func(t *turn) error {
		next := *t.room
		assign(&next.Title, in.Title)
		assign(&next.Description, in.Description)
		assign(&next.TimeZone, in.TimeZone)
		assign(&next.ChatAndCollaboration, in.ChatAndCollaboration)
		assign(&next.Access, in.Access)
		assign(&next.Admission, in.Admission)
		if err := cleanRoom(&next.Title, &next.Description, &next.TimeZone); err != nil {
			return err
		}
		if !sameRoom(&next, t.room) {
			err := t.Room.UpdateOneID(t.room.ID).SetTitle(next.Title).SetDescription(next.Description).SetTimeZone(next.TimeZone).
				SetChatAndCollaboration(next.ChatAndCollaboration).SetAccess(next.Access).SetAdmission(next.Admission).Exec(ctx)
			if err != nil {
				return fmt.Errorf("update room: %w", err)
			}
			if err := t.emit(updatedEntry(&next)); err != nil {
				return err
			}
			if next.Admission != t.room.Admission && next.Admission == entroom.AdmissionAutomatic {
				if _, err := t.admitWaiting(true); err != nil { // P4
					return err
				}
			}
		}
		updated, err = t.shown()
		return err
	})
	return updated, err
}

// updatedEntry is the entry of a change of the room: it says who may see the room from then on.
func updatedEntry(next *ent.Room) live.Entry {
	e := live.Entry{Kind: live.RoomUpdated}
	e.Detail.Access = string(next.Access)
	return e
}

func assign[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

func sameRoom(a, b *ent.Room) bool {
	return a.Title == b.Title && a.Description == b.Description && a.TimeZone == b.TimeZone &&
		a.ChatAndCollaboration == b.ChatAndCollaboration && a.Access == b.Access && a.Admission == b.Admission
}

// Delete deletes a room: its open session ends, its links stop, and nobody finds it any more.
func (s *Rooms) Delete(ctx context.Context, actor auth.Actor, roomID string) error {
	return s.act(ctx, actor, roomID, role.DeleteRoom, func(t *turn) error {
		now, err := t.session()
		if err != nil {
			return err
		}
		if now != nil && now.State == session.StateOpen {
			if err := t.end(now); err != nil {
				return err
			}
		}
		if err := t.emit(live.Entry{Kind: live.RoomDeleted}); err != nil {
			return err
		}
		return t.Room.UpdateOneID(roomID).SetDeletedAt(t.At).Exec(ctx)
	})
}

// cleanRoom brings the words of a room into the form that is kept (E2).
func cleanRoom(title, description, timeZone *string) error {
	var ok bool
	if *title, ok = text.CleanTitle(*title); !ok {
		return problem.New(problem.InvalidValue).At("title").Saying("Enter a title of 1 to 200 characters.")
	}
	if *description, ok = text.CleanDescription(*description); !ok {
		return problem.New(problem.InvalidValue).At("description").Saying("Enter a description of at most 5,000 characters.")
	}
	if !knownZone(*timeZone) {
		return problem.New(problem.InvalidValue).At("timeZone").Saying("Choose a time zone by its IANA name, such as Europe/Paris.")
	}
	return nil
}
