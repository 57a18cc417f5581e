package room

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/event"
	"usher/ent/invitation"
	"usher/ent/manager"
	"usher/ent/participant"
	"usher/ent/predicate"
	entroom "usher/ent/room"
	"usher/ent/session"
	"usher/ent/user"
	"usher/live"
	"usher/people"
	"usher/problem"
	"usher/role"
	"usher/text"
)

// Erasing removes what names a person from everything that the site stores (E4).
type Erasing struct {
	*core
	database *live.Database
}

// NewErasing returns what erases people without the rest of the services, for commands.
func NewErasing(database *live.Database, log *live.Log, tools []Tool) *Erasing {
	return &Erasing{&core{options: Options{Tools: tools}, db: database.Read, log: log}, database}
}

// Erased counts what named a person.
type Erased struct {
	// Accounts is 1 if the person had an account, otherwise 0.
	Accounts int
	// Rooms are those where something named the person.
	Rooms, Invitations, Participants, Events int
}

// Nothing reports whether nothing named the person.
func (e Erased) Nothing() bool { return e == Erased{} }

// erasable is the person to erase: an email address, and the account that has it, if any.
type erasable struct {
	email   string
	account *ent.User
}

// ByAdmin erases the person of a typed email address for a site administrator. Their access ends at once, and what names them is
// removed everywhere. What they were part of stays: rooms, counts, and the order of events. A second call finds nothing. Returns
// INVALID_EMAIL, LAST_ADMIN, LAST_OWNER, or problem.ErrForbidden. Nothing is erased while a newer program has changed the database, because
// that one may have written about the person where this one does not look: problem.ErrUnavailable.
func (s *Erasing) ByAdmin(ctx context.Context, actor auth.Actor, typed string) (Erased, error) {
	if err := s.adminOnly(ctx, actor); err != nil {
		return Erased{}, err
	}
	return s.erase(ctx, actor, typed)
}

// ByOperator is ByAdmin for the command line.
func (s *Erasing) ByOperator(ctx context.Context, typed string) (Erased, error) {
	return s.erase(ctx, auth.Actor{}, typed)
}

// erase ends the account's access first, then goes from room to room, then erases the account. So what an interrupted run has left
// is still found by the address.
func (s *Erasing) erase(ctx context.Context, actor auth.Actor, typed string) (done Erased, err error) {
	if err := s.database.KnowsAll(ctx); err != nil {
		return done, err
	}
	who, err := s.begin(ctx, actor, typed)
	if err != nil {
		return done, err
	}
	rooms, err := s.roomsOf(ctx, who)
	if err != nil {
		return done, err
	}
	for _, id := range rooms {
		found, err := s.eraseIn(ctx, actor, who, id)
		if err != nil {
			return done, fmt.Errorf("erase in room %s: %w", id, err)
		}
		done.Rooms++
		done.Invitations += found.Invitations
		done.Participants += found.Participants
		done.Events += found.Events
	}
	if who.account != nil {
		done.Accounts = 1
		err = s.log.Write(ctx, func(tx *live.Tx) error { return people.EraseWithin(ctx, tx, who.account.ID) })
		if err != nil {
			return done, err
		}
	}
	// An earlier run may have been interrupted before it, so the remains are removed in any case. They must not stay because the
	// asker lost patience.
	return done, s.database.Scrub(context.WithoutCancel(ctx))
}

// begin finds the person and ends the access of their account.
func (s *Erasing) begin(ctx context.Context, actor auth.Actor, typed string) (who erasable, err error) {
	var ok bool
	if who.email, ok = text.NormalizeEmail(typed); !ok {
		return who, problem.New(problem.InvalidEmail).At("email")
	}
	err = s.log.Write(ctx, func(tx *live.Tx) error {
		if err := tx.LockSite(ctx); err != nil {
			return err
		}
		if actor.User != nil {
			if err := stillAdmin(ctx, tx, actor); err != nil {
				return err
			}
		}
		who.account, err = tx.User.Query().Where(user.Email(who.email)).Only(ctx)
		if ent.IsNotFound(err) {
			who.account = nil
			return nil
		}
		if err != nil {
			return fmt.Errorf("look for account: %w", err)
		}
		if err := ownsNoRoomAlone(ctx, tx, who.account.ID); err != nil {
			return err
		}
		return people.DisableWithin(ctx, tx, who.account.ID)
	})
	return who, err
}

// ownsNoRoomAlone returns LAST_OWNER with the names of rooms that the account is the only owner of (R4).
func ownsNoRoomAlone(ctx context.Context, tx *live.Tx, userID string) error {
	owner := manager.RoleEQ(role.Owner)
	alone, err := tx.Room.Query().Where(entroom.DeletedAtIsNil(), entroom.HasManagersWith(owner, manager.UserID(userID)),
		entroom.Not(entroom.HasManagersWith(owner, manager.UserIDNEQ(userID), manager.HasUserWith(user.DisabledAtIsNil())))).
		Order(ent.Asc(entroom.FieldTitle)).Limit(maxNamedRooms + 1).All(ctx)
	if err != nil || len(alone) == 0 {
		return wrapped("look for owners", err)
	}
	names := make([]string, len(alone))
	for i, r := range alone {
		names[i] = "“" + r.Title + "”"
	}
	if len(names) > maxNamedRooms {
		names[maxNamedRooms] = "others"
	}
	return problem.New(problem.LastOwner).Saying("This person is the only owner of " + strings.Join(names, ", ") +
		". Make somebody else an owner there first, or delete the room.")
}

// maxNamedRooms limits the rooms that LAST_OWNER names.
const maxNamedRooms = 3

// roomsOf returns the rooms in which anything may name the person, also deleted ones.
func (s *Erasing) roomsOf(ctx context.Context, who erasable) (rooms []string, err error) {
	queries := []func() ([]string, error){
		func() ([]string, error) {
			return s.db.Invitation.Query().Where(invitation.Email(who.email)).Unique(true).Select(invitation.FieldRoomID).Strings(ctx)
		},
		func() ([]string, error) {
			return s.db.Participant.Query().Where(who.places()).Unique(true).Select(participant.FieldRoomID).Strings(ctx)
		},
	}
	if who.account != nil {
		id := who.account.ID
		queries = append(queries, func() ([]string, error) {
			return s.db.Manager.Query().Where(manager.UserID(id)).Unique(true).Select(manager.FieldRoomID).Strings(ctx)
		}, func() ([]string, error) {
			return s.db.Event.Query().Where(event.Or(event.ActorUserID(id), event.UserID(id))).Unique(true).Select(event.FieldRoomID).Strings(ctx)
		})
		for _, tool := range s.options.Tools {
			if tool.Written != nil {
				queries = append(queries, func() ([]string, error) { return tool.Written.Rooms(ctx, s.db, id) })
			}
		}
	}
	for _, query := range queries {
		found, err := query()
		if err != nil {
			return nil, fmt.Errorf("look for rooms: %w", err)
		}
		rooms = append(rooms, found...)
	}
	slices.Sort(rooms)
	return slices.Compact(rooms), nil
}

// places selects the person's places.
func (who erasable) places() predicate.Participant {
	if who.account == nil {
		return participant.Email(who.email)
	}
	return participant.Or(participant.Email(who.email), participant.UserID(who.account.ID))
}

// eraseIn erases the person in one room, in a transaction. The last of its events makes pages read the room again.
func (s *Erasing) eraseIn(ctx context.Context, actor auth.Actor, who erasable, roomID string) (found Erased, err error) {
	err = s.log.Write(ctx, func(tx *live.Tx) error {
		r, err := tx.LockStored(ctx, roomID)
		if err != nil {
			return err
		}
		t := &Turn{Tx: tx, ctx: ctx, actor: actor, Room: r, tools: s.options.Tools}
		if err := putOut(t, who); err != nil {
			return err
		}
		if found, err = unname(t, who); err != nil || r.DeletedAt != nil {
			return err
		}
		return emit(ctx, tx, roomID, resyncRequired, live.Entry{})
	})
	return found, err
}

// reopenable selects the sessions whose places may still give access: those that are not over, and those that may be reopened.
func reopenable(at time.Time) predicate.Session {
	return session.Or(session.EndedAtIsNil(), session.EndedAtGT(at.Add(-reopenTerm)))
}

// putOut ends what the person has in a room, each with its usual event.
func putOut(t *Turn, who erasable) error {
	if t.Room.DeletedAt != nil {
		if who.account == nil {
			return nil
		}
		_, err := t.Tx.Manager.Delete().Where(manager.RoomID(t.Room.ID), manager.UserID(who.account.ID)).Exec(t.ctx)
		return wrapped("delete manager", err)
	}
	if who.account != nil {
		m, err := t.Tx.Manager.Query().Where(manager.RoomID(t.Room.ID), manager.UserID(who.account.ID)).Only(t.ctx)
		if err != nil && !ent.IsNotFound(err) {
			return fmt.Errorf("read manager: %w", err)
		}
		if m != nil {
			if err := endManaging(t, m); err != nil {
				return err
			}
		}
	}
	usable, err := t.Tx.Invitation.Query().Where(invitation.RoomID(t.Room.ID), invitation.Email(who.email), invitation.RevokedAtIsNil(),
		invitation.HasSessionWith(reopenable(t.Tx.At))).All(t.ctx)
	if err != nil {
		return fmt.Errorf("read invitations: %w", err)
	}
	for _, i := range usable {
		after, err := t.Tx.Invitation.UpdateOneID(i.ID).SetRevokedAt(t.Tx.At).Save(t.ctx)
		if err != nil {
			return fmt.Errorf("revoke invitation: %w", err)
		}
		if err := endAccess(t, invitationRevoked, after); err != nil {
			return err
		}
	}
	rest, err := t.Tx.Participant.Query().Where(participant.RoomID(t.Room.ID), who.places(), participant.StateIn(movedByEnd...)).All(t.ctx)
	if err != nil {
		return fmt.Errorf("read places: %w", err)
	}
	for _, p := range rest {
		if _, err := t.move(p, participant.StateLeft); err != nil {
			return err
		}
	}
	return nil
}
