package room

import (
	"context"
	"fmt"
	"time"

	"entgo.io/ent/dialect/sql"

	"usher/auth"
	"usher/ent"
	"usher/ent/invitation"
	"usher/ent/mail"
	"usher/ent/predicate"
	"usher/ent/session"
	"usher/problem"
	"usher/role"
)

const (
	// followUpWait is how long a follow-up email waits, so that two changes in a row cause one (D3).
	followUpWait = time.Minute
	// invitationPause is the least time between two emails of a link that somebody sends again (D10).
	invitationPause = time.Minute
	// invitationsPerDay limits the emails of a link in 24 hours (D10).
	invitationsPerDay = 5
)

// SendInvitationsInput asks for emails of links that exist.
type SendInvitationsInput struct {
	RoomID        string
	InvitationIDs []string
	// Status selects the invitations if there are no ids.
	Status   []InvitationStatus
	Language *Language
}

// SentAgain is what became of SendInvitationsInput.
type SentAgain struct {
	Queued, Skipped int
	Room            *Room
}

// SendAgain emails the links of invitations to the room's session: the named ones, or all with a status. It skips those that are not
// active, and those that are over a limit. One that is named alone is not skipped: INVITATION_NOT_ACTIVE or TOO_MANY_ATTEMPTS. Returns
// MAIL_OFF, the codes of R7, SESSION_ENDED or SESSION_CANCELLED, and problem.ErrNotFound for an invitation of another room.
func (s *Letters) SendAgain(ctx context.Context, actor auth.Actor, in SendInvitationsInput) (done *SentAgain, err error) {
	err = s.act(ctx, actor, in.RoomID, role.Invite, func(t *Turn) error {
		named, err := namedInvitations(t, in.InvitationIDs)
		if err != nil {
			return err
		}
		if err := s.options.Mailing.refuse(true); err != nil {
			return err
		}
		if _, err := invitable(t.ctx, t.Tx.Client(), t.Room); err != nil {
			return err
		}
		of, err := sessionToCome(t.ctx, t.Tx.Client(), t.Room)
		if err != nil {
			return err
		}
		if in.InvitationIDs == nil {
			if named, err = withStatus(t, of, in.Status); err != nil {
				return err
			}
		}
		to, err := sendable(t, of, named, len(in.InvitationIDs) == 1)
		if err != nil {
			return err
		}
		if in.InvitationIDs == nil {
			if to, err = reachable(t, to); err != nil {
				return err
			}
		}
		if err := s.options.Mailing.send(t, true, in.Language, to...); err != nil {
			return err
		}
		shown, err := t.Shown()
		done = &SentAgain{Queued: len(to), Skipped: len(named) - len(to), Room: shown}
		return err
	})
	return done, err
}

// sendable returns the invitations whose links may be emailed now. One that is alone says why it may not.
func sendable(t *Turn, of *ent.Session, named []*ent.Invitation, alone bool) (to []*ent.Invitation, err error) {
	var active []*ent.Invitation
	for _, i := range named {
		if i.SessionID == of.ID && usable(statusOf(i, of, t.Room, t.Tx.At)) {
			active = append(active, i)
		}
	}
	if alone && len(active) == 0 {
		return nil, problem.New(problem.InvitationNotActive)
	}
	again, err := sendableAt(t, active)
	if err != nil {
		return nil, err
	}
	for _, i := range active {
		if at, limited := again[i.ID]; !limited {
			to = append(to, i)
		} else if alone {
			return nil, tooManyMails(at)
		}
	}
	return to, nil
}

// namedInvitations reads invitations of the room by their ids. Returns problem.ErrNotFound if one is missing.
func namedInvitations(t *Turn, ids []string) ([]*ent.Invitation, error) {
	if ids == nil {
		return nil, nil
	}
	found, err := t.Tx.Invitation.Query().Where(invitation.RoomID(t.Room.ID), invitation.IDIn(ids...)).
		Order(ent.Asc(invitation.FieldCreatedAt, invitation.FieldID)).All(t.ctx)
	if err != nil {
		return nil, fmt.Errorf("read invitations: %w", err)
	}
	known := make(map[string]bool, len(found))
	for _, i := range found {
		known[i.ID] = true
	}
	for _, id := range ids {
		if !known[id] {
			return nil, problem.ErrNotFound
		}
	}
	return found, nil
}

// withStatus reads the invitations to a session with one of some statuses.
func withStatus(t *Turn, of *ent.Session, statuses []InvitationStatus) ([]*ent.Invitation, error) {
	var any []predicate.Invitation
	for _, status := range statuses {
		any = append(any, hasStatus(status, t.Room.ID, t.Tx.At))
	}
	found, err := t.Tx.Invitation.Query().Where(invitation.SessionID(of.ID), invitation.Or(append(any, invitation.ID(""))...)).
		Order(ent.Asc(invitation.FieldCreatedAt, invitation.FieldID)).All(t.ctx)
	return found, wrapped("read invitations", err)
}

// sendableAt returns when the links of invitations may be emailed again, for those over a limit now (D10).
func sendableAt(t *Turn, to []*ent.Invitation) (map[string]time.Time, error) {
	rows, err := t.Tx.Mail.Query().Where(mail.InvitationIDIn(idsOf(to)...), mail.KindEQ(mail.KindInvitation), mail.StateNEQ(mail.StateDropped),
		mail.AtGT(t.Tx.At.Add(-mailDay))).Order(ent.Desc(mail.FieldAt, mail.FieldID)).All(t.ctx)
	if err != nil {
		return nil, fmt.Errorf("read emails: %w", err)
	}
	sent, at := map[string]int{}, map[string]time.Time{}
	for _, m := range rows { // newest first
		id := *m.InvitationID
		sent[id]++
		if again := m.At.Add(invitationPause); sent[id] == 1 && again.After(t.Tx.At) {
			at[id] = again
		}
		if sent[id] == invitationsPerDay {
			at[id] = m.At.Add(mailDay)
		}
	}
	return at, nil
}

func tooManyMails(at time.Time) *problem.Problem {
	return problem.New(problem.TooManyAttempts).Retry(at).Then(problem.Wait, problem.CopyLink).
		Saying("This person has just got an email. Wait a little, or copy the link.")
}

// followUp emails a change of a session to those who got an email about it (D3). Call it while their invitations are active.
func (m Mailing) followUp(t *Turn, kind mail.Kind, of *ent.Session) error {
	if !m.On {
		return nil
	}
	to, err := t.Tx.Invitation.Query().Where(invitation.SessionID(of.ID), usableAt(session.ID(of.ID), t.Tx.At), emailed).All(t.ctx)
	if err != nil {
		return fmt.Errorf("read who got an email: %w", err)
	}
	if to, err = reachable(t, to); err != nil {
		return err
	}
	_, err = m.post(t, posting{kind: kind, wait: followUpWait}, to...)
	return err
}

// withdrawn emails that an invitation was revoked, if its holder got an email.
func (m Mailing) withdrawn(t *Turn, i *ent.Invitation) error {
	got, err := t.Tx.Invitation.Query().Where(invitation.ID(i.ID), emailed).Exist(t.ctx)
	if err != nil || !got {
		return wrapped("look for emails", err)
	}
	to, err := reachable(t, []*ent.Invitation{i})
	if err != nil {
		return err
	}
	_, err = m.post(t, posting{kind: mail.KindWithdrawn, wait: followUpWait}, to...)
	return err
}

// emailed selects invitations for which an email other than a code was sent, or waits. What waits may be on its way. If it is not, the follow-up is dropped.
func emailed(s *sql.Selector) {
	mails := sql.Dialect(s.Dialect()).Table(mail.Table)
	s.Where(sql.Exists(sql.Dialect(s.Dialect()).Select(mails.C(mail.FieldInvitationID)).From(mails).Where(sql.And(
		sql.ColumnsEQ(mails.C(mail.FieldInvitationID), s.C(invitation.FieldID)),
		sql.In(mails.C(mail.FieldState), string(mail.StateSent), string(mail.StateWaiting)),
		sql.NEQ(mails.C(mail.FieldKind), string(mail.KindCode)),
	))))
}
