package room

import (
	"context"
	"fmt"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/mail"
	"usher/ent/participant"
	entroom "usher/ent/room"
	"usher/ent/session"
	"usher/live"
	"usher/problem"
	"usher/role"
	"usher/text"
)

// CreateRoomInput describes a room and its first session.
type CreateRoomInput struct {
	Title, Description, TimeZone string
	StartsAt                     time.Time
	EndsAt                       *time.Time
	ChatAndCollaboration         bool
	Access                       entroom.Access
	Admission                    entroom.Admission
}

// Create creates a room with its first session, and makes the asker its OWNER. Returns INVALID_VALUE or INVALID_TIME with the
// field, and problem.ErrForbidden if only administrators may create rooms.
func (s *Rooms) Create(ctx context.Context, actor auth.Actor, in CreateRoomInput) (created *Room, err error) {
	if err := s.mayCreate(actor); err != nil {
		return nil, err
	}
	if err := cleanRoom(&in.Title, &in.Description, &in.TimeZone); err != nil {
		return nil, err
	}
	if err := checkTimes(s.now(), in.StartsAt, in.EndsAt); err != nil {
		return nil, err
	}
	err = s.log.Write(ctx, func(tx *live.Tx) error {
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
		t := &Turn{Tx: tx, ctx: ctx, actor: actor, Room: r, Sight: Sight{Standing: role.Standing{
			Admin: actor.Admin(), Manager: role.Owner, Member: r.Access == entroom.AccessMembers,
		}}}
		if _, err := planSession(t, in.StartsAt, in.EndsAt); err != nil {
			return err
		}
		created, err = t.Shown()
		return err
	})
	return created, err
}

// mayCreate returns problem.ErrForbidden if only administrators create rooms, and the actor is not one (R5).
func (s *Rooms) mayCreate(actor auth.Actor) error {
	if _, err := actor.SignedIn(); err != nil {
		return err
	}
	if !s.options.MembersCreateRooms && !actor.Admin() {
		return problem.ErrForbidden
	}
	return nil
}

// UpdateRoomInput changes a room. Nil leaves a value as it is.
type UpdateRoomInput struct {
	RoomID                       string
	Title, Description, TimeZone *string
	ChatAndCollaboration         *bool
	Access                       *entroom.Access
	Admission                    *entroom.Admission
}

// Update changes a room. Returns INVALID_VALUE with the field. Equal values change nothing.
func (s *Rooms) Update(ctx context.Context, actor auth.Actor, in UpdateRoomInput) (updated *Room, err error) {
	err = s.act(ctx, actor, in.RoomID, role.EditRoom, func(t *Turn) error {
		next := *t.Room
		assign(&next.Title, in.Title)
		assign(&next.Description, in.Description)
		assign(&next.TimeZone, in.TimeZone)
		assign(&next.ChatAndCollaboration, in.ChatAndCollaboration)
		assign(&next.Access, in.Access)
		assign(&next.Admission, in.Admission)
		if err := cleanRoom(&next.Title, &next.Description, &next.TimeZone); err != nil {
			return err
		}
		if !sameRoom(&next, t.Room) {
			err := t.Tx.Room.UpdateOneID(t.Room.ID).SetTitle(next.Title).SetDescription(next.Description).SetTimeZone(next.TimeZone).
				SetChatAndCollaboration(next.ChatAndCollaboration).SetAccess(next.Access).SetAdmission(next.Admission).Exec(ctx)
			if err != nil {
				return fmt.Errorf("update room: %w", err)
			}
			if t.Room.ChatAndCollaboration && !next.ChatAndCollaboration {
				if err := t.tools.off(t); err != nil {
					return err
				}
			}
			e := live.Entry{}
			e.Detail.Access = string(next.Access) // who may see the room from then on
			if err := t.Emit(roomUpdated, e); err != nil {
				return err
			}
			if next.Admission != t.Room.Admission && next.Admission == entroom.AdmissionAutomatic {
				if _, err := admitWaiting(t, participant.Removed(false)); err != nil { // P4
					return err
				}
			}
		}
		updated, err = t.Shown()
		return err
	})
	return updated, err
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

// Delete deletes a room: its open session ends, its links stop working, and nobody finds it any more.
func (s *Rooms) Delete(ctx context.Context, actor auth.Actor, roomID string, notify bool) error {
	return s.act(ctx, actor, roomID, role.DeleteRoom, func(t *Turn) error {
		now, err := t.Session()
		if err != nil {
			return err
		}
		if now != nil && now.State == session.StateOpen {
			if err := endSession(t, now); err != nil {
				return err
			}
		}
		if notify && now != nil && now.State == session.StateScheduled {
			if err := s.options.Mailing.followUp(t, mail.KindCancelled, now); err != nil {
				return err
			}
		}
		if err := t.Emit(roomDeleted, live.Entry{}); err != nil {
			return err
		}
		return t.Tx.Room.UpdateOneID(roomID).SetDeletedAt(t.Tx.At).Exec(ctx)
	})
}

// cleanRoom normalises the texts of a room for storage (E2).
func cleanRoom(title, description, timeZone *string) error {
	var wrong *text.Mistake
	if *title, wrong = text.CleanTitle(*title); wrong != nil {
		return problem.New(problem.InvalidValue).At("title").Saying(wrong.Message)
	}
	if *description, wrong = text.CleanDescription(*description); wrong != nil {
		return problem.New(problem.InvalidValue).At("description").Saying(wrong.Message)
	}
	if !knownZone(*timeZone) {
		return problem.New(problem.InvalidValue).At("timeZone").Saying("Choose a time zone by its IANA name, such as Europe/Paris.")
	}
	return nil
}
