package room

import (
	"context"
	"fmt"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/invitation"
	"usher/ent/predicate"
	"usher/problem"
	"usher/role"
)

// InvitationFilter narrows a list of invitations. The zero value selects all.
type InvitationFilter struct {
	Status []InvitationStatus
	// SessionID selects the invitations to one session of the room.
	SessionID string
	// Search matches names and email.
	Search string
	// Asking selects those whose holders ask the host now. Who asked first comes first.
	Asking bool
}

// List returns the invitations of a room, newest first, or in the order of the filter. Returns problem.ErrForbidden unless the asker manages the room.
func (s *Invitations) List(ctx context.Context, r *Room, page Page, f InvitationFilter) (l List[*Invitation], err error) {
	if !r.Sight.Can(role.SeeEverything) {
		return l, problem.ErrForbidden
	}
	where := []predicate.Invitation{invitation.RoomID(r.ID)}
	if f.SessionID != "" {
		where = append(where, invitation.SessionID(f.SessionID))
	}
	if f.Status != nil {
		var any []predicate.Invitation
		for _, status := range f.Status {
			any = append(any, hasStatus(status, r.ID, s.now()))
		}
		where = append(where, invitation.Or(append(any, invitation.ID(""))...))
	}
	order := newestFirst
	if f.Asking {
		where = append(where, invitation.HostAskedAtGT(s.now().Add(-askTerm)))
		order = askedFirst
	}
	where = append(where, matching(f.Search, invitation.FieldNameFolded, invitation.FieldEmailFolded))
	all := s.db.Invitation.Query().Where(where...)
	if parts, ok, err := Position(page.After, 2); err != nil {
		return l, err
	} else if ok {
		at, err := positionTime(parts[0])
		if err != nil {
			return l, err
		}
		where = append(where, order.behind(at, parts[1]))
	}
	rows, err := s.db.Invitation.Query().Where(where...).Order(order.by).Limit(page.First + 1).All(ctx)
	if err != nil {
		return l, fmt.Errorf("list invitations: %w", err)
	}
	total, err := TotalOf(ctx, page, len(rows), all.Count)
	if err != nil {
		return l, fmt.Errorf("count invitations: %w", err)
	}
	l = Cut(rows, page,
		func(i *ent.Invitation) *Invitation { return &Invitation{i, r.Sight} },
		func(i *ent.Invitation) string { return Cursor(order.at(i).UTC().Format(cursorTime), i.ID) })
	l.Total = total
	return l, nil
}

// invitationOrder is an order of a list of invitations: by an instant, then by id.
type invitationOrder struct {
	by invitation.OrderOption
	at func(*ent.Invitation) time.Time
	// behind selects those behind a position.
	behind func(at time.Time, id string) predicate.Invitation
}

var newestFirst = invitationOrder{
	by: ent.Desc(invitation.FieldCreatedAt, invitation.FieldID),
	at: func(i *ent.Invitation) time.Time { return i.CreatedAt },
	behind: func(at time.Time, id string) predicate.Invitation {
		return invitation.Or(invitation.CreatedAtLT(at), invitation.And(invitation.CreatedAtEQ(at), invitation.IDLT(id)))
	},
}

var askedFirst = invitationOrder{
	by: ent.Asc(invitation.FieldHostAskedAt, invitation.FieldID),
	at: func(i *ent.Invitation) time.Time { return *i.HostAskedAt },
	behind: func(at time.Time, id string) predicate.Invitation {
		return invitation.Or(invitation.HostAskedAtGT(at), invitation.And(invitation.HostAskedAtEQ(at), invitation.IDGT(id)))
	},
}

// Conflicting returns the invitation that a Problem refers to, as the asker sees it.
func (s *Invitations) Conflicting(ctx context.Context, actor auth.Actor, p *problem.Problem) (*Invitation, error) {
	if p.StandingInvitationID == "" {
		return nil, nil
	}
	return s.invitation(ctx, actor, p.StandingInvitationID)
}

// invitation returns an invitation, nil if there is none or the asker may not see it.
func (s *core) invitation(ctx context.Context, actor auth.Actor, id string) (*Invitation, error) {
	row, err := s.db.Invitation.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read invitation: %w", err)
	}
	r, err := s.room(ctx, actor, row.RoomID)
	if err != nil || r == nil || !r.Sight.Can(role.SeeEverything) {
		return nil, err
	}
	return &Invitation{row, r.Sight}, nil
}

// askTerm limits how long an unanswered request to the host is shown.
const askTerm = 24 * time.Hour

func askedRecently(i *ent.Invitation, now time.Time) bool {
	return i.HostAskedAt != nil && now.Before(i.HostAskedAt.Add(askTerm))
}

// Link returns the URL to share, empty if it can no longer be used.
func (s *Invitations) Link(i *ent.Invitation, of *ent.Session, r *ent.Room) string {
	if !usable(statusOf(i, of, r, s.now())) {
		return ""
	}
	return s.LinkOf(i)
}

// LinkOf returns the URL of an invitation, whether it can be used or not.
func (s *Invitations) LinkOf(i *ent.Invitation) string {
	return s.options.JoinURL + "#" + s.options.Keys.Token([16]byte(i.PublicID), uint32(i.Generation))
}

// Status returns the status of an invitation now.
func (s *Invitations) Status(i *ent.Invitation, of *ent.Session, r *ent.Room) InvitationStatus {
	return statusOf(i, of, r, s.now())
}

// HostAskedAt returns when the holder asked the host to be let in. It returns nil once answered, or after a day.
func (s *Invitations) HostAskedAt(i *ent.Invitation) *time.Time {
	if !askedRecently(i, s.now()) {
		return nil
	}
	return i.HostAskedAt
}
