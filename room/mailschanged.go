package room

import (
	"context"
	"errors"
	"fmt"

	"usher/ent"
	"usher/ent/mail"
	"usher/live"
	"usher/problem"
)

const (
	// maxMailsTold limits the emails that one event lists.
	maxMailsTold = 100
	// maxMailsMarked limits the emails that one event covers. The next event covers the rest.
	maxMailsMarked = 1000
)

// MailsChanged reports emails that were asked for, or whose states changed (V16).
type MailsChanged struct {
	Event
	Mails []*Mail
	Count int
}

var mailsChanged = Register(Kind{
	// While a list of emails is sent, there is one every second.
	Name: "MailsChanged", Audience: Managers.Always, Moves: MovesNobody, SparesLinks: true,
	Read: readMailsTold,
	Show: func(h *Happening, e Event) RoomEvent {
		rows, _ := h.Subject.([]*ent.Mail)
		mails := make([]*Mail, len(rows))
		for n, m := range rows {
			mails[n] = &Mail{m, e.sight}
		}
		return MailsChanged{e, mails, h.Row.Detail.Count}
	},
})

// sparesLinks reports whether no link shows what an event changes.
func sparesLinks(e *ent.Event) bool { return kindOf(e).SparesLinks && ofInvitation(e) == "" }

// ofInvitation returns the invitation whose link an event may change, empty if it names none.
func ofInvitation(e *ent.Event) string {
	if e.Detail.CodeOf != "" {
		return e.Detail.CodeOf
	}
	return e.InvitationID
}

func readMailsTold(ctx context.Context, c *ent.Client, rows []*ent.Event) (map[int]any, error) {
	var ids keys
	for _, e := range rows {
		for _, id := range e.Detail.Mails {
			ids.add(id)
		}
	}
	all, err := c.Mail.ByIDs(ctx, ids.list())
	mails, err := ent.ByKey(all, err, "emails", func(m *ent.Mail) string { return m.ID })
	if err != nil {
		return nil, err
	}
	found := map[int]any{}
	for _, e := range rows {
		told := []*ent.Mail{}
		for _, id := range e.Detail.Mails {
			if m := mails[id]; m != nil {
				told = append(told, m)
			}
		}
		found[e.Revision] = told
	}
	return found, nil
}

// Tell emits an event for the emails that changed, in each room that has some. Any server of the site may do it: what has been told is
// marked in the same transaction, so each change is reported once (V16).
func (s *Letters) Tell(ctx context.Context) error {
	rooms, err := s.db.Mail.Query().Where(mail.Untold(true), mail.RoomIDNEQ("")).Unique(true).Select(mail.FieldRoomID).Strings(ctx)
	if err != nil {
		return fmt.Errorf("look for emails that changed: %w", err)
	}
	var failed error
	for _, id := range rooms {
		if err := s.tellRoom(ctx, id); err != nil && !errors.Is(err, problem.ErrNotFound) {
			failed = errors.Join(failed, fmt.Errorf("tell of emails: %w", err))
		}
	}
	return failed
}

func (s *Letters) tellRoom(ctx context.Context, roomID string) error {
	return s.log.Write(ctx, func(tx *live.Tx) error {
		r, err := tx.LockStored(ctx, roomID)
		if err != nil {
			return err
		}
		rows, err := tx.Mail.Query().Where(mail.RoomID(roomID), mail.Untold(true)).Order(ent.Desc(mail.FieldID)).Limit(maxMailsMarked).
			Select(mail.FieldID, mail.FieldKind, mail.FieldInvitationID).All(ctx)
		if err != nil || len(rows) == 0 {
			return err
		}
		// Each invitation's codes have an event of their own, because they change what its link shows.
		told, order, all := map[string][]string{}, []string{}, make([]string, len(rows))
		for n, m := range rows {
			all[n] = m.ID
			of := ""
			if m.Kind == mail.KindCode {
				of = *m.InvitationID
			}
			if told[of] == nil {
				order = append(order, of)
			}
			told[of] = append(told[of], m.ID)
		}
		if err := tx.Mail.Update().Where(mail.IDIn(all...)).SetUntold(false).Exec(ctx); err != nil {
			return err
		}
		if r.DeletedAt != nil {
			return nil // nobody watches it
		}
		later := &later{}
		for _, of := range order {
			ids := told[of]
			var e live.Entry
			e.Detail.Mails, e.Detail.Count, e.Detail.CodeOf = ids[:min(len(ids), maxMailsTold)], len(ids), of
			later.emit(mailsChanged, e)
		}
		return later.write(ctx, tx, roomID)
	})
}
