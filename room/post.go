package room

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"usher/ent"
	"usher/ent/mail"
	"usher/ent/predicate"
)

const (
	// mailDay is the time in which emails are counted (D10).
	mailDay = 24 * time.Hour
	// mailsPerAddress limits the emails of the whole site to one address in a day.
	mailsPerAddress = 20
	// postAtOnce limits the emails that one statement writes.
	postAtOnce = 500
)

// posting is what a command wants to email to the holders of some invitations.
type posting struct {
	kind mail.Kind
	// language is nil for that of the last email of the room, or the site's.
	language *Language
	// wait is how long the emails stay before they are sent.
	wait time.Duration
	// first means that the invitations have had no email yet.
	first bool
}

// send asks for the links of invitations to be emailed, if somebody wants that.
func (m Mailing) send(t *Turn, wanted bool, language *Language, to ...*ent.Invitation) error {
	if !wanted {
		return nil
	}
	_, err := m.post(t, posting{kind: mail.KindInvitation, language: language}, to...)
	return err
}

// post writes emails in the turn's transaction (D4). An invitation has at most one waiting email of a kind. Asked for again, that one
// gets a new edition. An email beyond a limit is dropped at once, and no invitation fails for that (D10). It returns the emails that are new.
func (m Mailing) post(t *Turn, p posting, to ...*ent.Invitation) (fresh []*ent.Mail, err error) {
	if !m.On || len(to) == 0 {
		return nil, nil
	}
	before, err := readPosted(t, to)
	if err != nil {
		return nil, err
	}
	language := m.languageAfter(before.language, p.language)
	links := map[string]int{}
	if !p.first {
		var again int
		if to, again, err = repostAll(t, p, language, to, links); err != nil {
			return nil, err
		}
		if again > 0 && len(to) > 0 { // emails that were asked for again changed the counts
			if before, err = readPosted(t, to); err != nil {
				return nil, err
			}
		}
	}
	rows, left := make([]*ent.MailCreate, len(to)), m.PerManager-before.byAsker
	for n, i := range to {
		rows[n] = t.Tx.Mail.Create().SetKind(p.kind).SetRoomID(t.Room.ID).SetInvitationID(i.ID).SetAskedBy(t.actor.UserID()).
			SetLanguage(string(language)).SetAt(t.Tx.At).SetDueAt(t.Tx.At.Add(p.wait))
		if left <= 0 || before.to[i.Email] >= mailsPerAddress || links[i.ID] >= invitationsPerDay {
			rows[n].SetState(mail.StateDropped).SetFault(string(FaultTooMany))
			continue
		}
		left--
		before.to[i.Email]++
	}
	for some := range slices.Chunk(rows, postAtOnce) {
		written, err := t.Tx.Mail.CreateBulk(some...).Save(t.ctx)
		if err != nil {
			return nil, fmt.Errorf("write emails: %w", err)
		}
		fresh = append(fresh, written...)
	}
	return fresh, nil
}

// repostAll asks again for emails that wait. It returns the invitations that have none, and how many had one. It counts the emails of
// their links.
func repostAll(t *Turn, p posting, language Language, to []*ent.Invitation, links map[string]int) (fresh []*ent.Invitation, again int, err error) {
	for some := range slices.Chunk(to, postAtOnce) {
		waited, err := repost(t, p, language, some)
		if err != nil {
			return nil, 0, err
		}
		some = slices.DeleteFunc(slices.Clone(some), func(i *ent.Invitation) bool { return waited[i.ID] })
		sent, err := linksToday(t, p.kind, some)
		if err != nil {
			return nil, 0, err
		}
		maps.Copy(links, sent)
		fresh, again = append(fresh, some...), again+len(waited)
	}
	return fresh, again, nil
}

// linksToday counts the emails of the links of invitations in the last day. A revived invitation may have had many.
func linksToday(t *Turn, kind mail.Kind, to []*ent.Invitation) (map[string]int, error) {
	sent := map[string]int{}
	if kind != mail.KindInvitation || len(to) == 0 {
		return sent, nil
	}
	rows, err := t.Tx.Mail.Query().Where(mail.InvitationIDIn(idsOf(to)...), mail.KindEQ(kind), mail.StateNEQ(mail.StateDropped),
		mail.AtGT(t.Tx.At.Add(-mailDay))).All(t.ctx)
	for _, m := range rows {
		sent[*m.InvitationID]++
	}
	return sent, wrapped("count emails of invitations", err)
}

// repost asks again for the emails of this kind that wait, and returns the invitations that have one. Whoever sends one of them now has
// lost its claim. So an email that is already on its way, and may say what is no longer true, is followed by another one.
func repost(t *Turn, p posting, language Language, to []*ent.Invitation) (again map[string]bool, err error) {
	waiting, err := t.Tx.Mail.Query().Where(mail.InvitationIDIn(idsOf(to)...), mail.KindEQ(p.kind), mail.StateEQ(mail.StateWaiting)).All(t.ctx)
	if err != nil || len(waiting) == 0 {
		return nil, wrapped("read waiting emails", err)
	}
	again = map[string]bool{}
	mails := make([]string, len(waiting))
	for n, m := range waiting {
		again[*m.InvitationID], mails[n] = true, m.ID
	}
	u := t.Tx.Mail.Update().Where(mail.IDIn(mails...)).AddEdition(1).SetAskedBy(t.actor.UserID()).SetAt(t.Tx.At).
		SetDueAt(t.Tx.At.Add(p.wait)).SetClaim("").ClearClaimedUntil().SetAttempts(0).SetFault("").SetReply("").SetUntold(true)
	if p.language != nil {
		u.SetLanguage(string(language))
	}
	return again, wrapped("ask again for emails", u.Exec(t.ctx))
}

// languageAfter returns the language that was chosen, else that of the room's last email, else the site's.
func (m Mailing) languageAfter(last Language, chosen *Language) Language {
	switch {
	case chosen != nil:
		return *chosen
	case last != "":
		return last
	}
	return m.Language
}

func idsOf(invitations []*ent.Invitation) []string {
	ids := make([]string, len(invitations))
	for n, i := range invitations {
		ids[n] = i.ID
	}
	return ids
}

// postCode writes the email of a code. One that still waits for the same code is dropped, so that each email counts once. These emails count
// against no limit of D10.
func (m Mailing) postCode(t *Turn, c *ent.Code, chosen *Language) (*ent.Mail, error) {
	err := t.Tx.Mail.Update().Where(mail.InvitationID(c.InvitationID), mail.CodeID(c.ID), mail.StateEQ(mail.StateWaiting)).
		SetState(mail.StateDropped).SetFault(string(FaultNotNeeded)).SetUntold(true).Exec(t.ctx)
	if err != nil {
		return nil, fmt.Errorf("drop waiting email: %w", err)
	}
	language, err := m.languageOfCode(t, c, chosen)
	if err != nil {
		return nil, err
	}
	row, err := t.Tx.Mail.Create().SetKind(mail.KindCode).SetRoomID(t.Room.ID).SetInvitationID(c.InvitationID).SetCodeID(c.ID).
		SetLanguage(string(language)).SetAt(t.Tx.At).SetDueAt(t.Tx.At).Save(t.ctx)
	return row, wrapped("write email", err)
}

// languageOfCode returns the language that was chosen, else that of the invitation's last email, else that of the room's, else the site's.
func (m Mailing) languageOfCode(t *Turn, c *ent.Code, chosen *Language) (Language, error) {
	if chosen != nil {
		return *chosen, nil
	}
	for _, those := range [][]predicate.Mail{{mail.InvitationID(c.InvitationID)}, {mail.RoomID(t.Room.ID), mail.KindNEQ(mail.KindCode)}} {
		last, err := t.Tx.Mail.Query().Where(those...).Order(ent.Desc(mail.FieldAt, mail.FieldID)).First(t.ctx)
		if err == nil {
			return Language(last.Language), nil
		}
		if !ent.IsNotFound(err) {
			return "", fmt.Errorf("read last email: %w", err)
		}
	}
	return m.Language, nil
}
