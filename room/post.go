package room

import (
	"fmt"
	"slices"
	"time"

	"entgo.io/ent/dialect/sql"

	"usher/ent"
	"usher/ent/invitation"
	"usher/ent/mail"
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
	return m.post(t, posting{kind: mail.KindInvitation, language: language}, to...)
}

// post writes emails in the turn's transaction (D4). An invitation has at most one waiting email of a kind. Asked for again, that one
// gets a new edition. An email beyond a limit is dropped at once, and no invitation fails for that (D10).
func (m Mailing) post(t *Turn, p posting, to ...*ent.Invitation) error {
	if !m.On || len(to) == 0 {
		return nil
	}
	language, err := m.languageOf(t, p.language)
	if err != nil {
		return err
	}
	for some := range slices.Chunk(to, postAtOnce) {
		if err := m.postSome(t, p, language, some); err != nil {
			return err
		}
	}
	return nil
}

func (m Mailing) postSome(t *Turn, p posting, language Language, to []*ent.Invitation) error {
	var links map[string]int
	if !p.first {
		again, err := repost(t, p, language, to)
		if err != nil {
			return err
		}
		to = slices.DeleteFunc(slices.Clone(to), func(i *ent.Invitation) bool { return again[i.ID] })
		if len(to) == 0 {
			return nil
		}
		if links, err = linksToday(t, p.kind, to); err != nil {
			return err
		}
	}
	left, err := m.mailsLeft(t)
	if err != nil {
		return err
	}
	had, err := mailsTo(t, to)
	if err != nil {
		return err
	}
	rows := make([]*ent.MailCreate, len(to))
	for n, i := range to {
		rows[n] = t.Tx.Mail.Create().SetKind(p.kind).SetRoomID(t.Room.ID).SetInvitationID(i.ID).SetAskedBy(t.actor.UserID()).
			SetLanguage(string(language)).SetAt(t.Tx.At).SetDueAt(t.Tx.At.Add(p.wait))
		if left <= 0 || had[i.Email] >= mailsPerAddress || links[i.ID] >= invitationsPerDay {
			rows[n].SetState(mail.StateDropped).SetFault(string(FaultTooMany))
			continue
		}
		left--
		had[i.Email]++
	}
	return wrapped("write emails", t.Tx.Mail.CreateBulk(rows...).Exec(t.ctx))
}

// linksToday counts the emails of the links of invitations in the last day. A revived invitation may have had many.
func linksToday(t *Turn, kind mail.Kind, to []*ent.Invitation) (map[string]int, error) {
	sent := map[string]int{}
	if kind != mail.KindInvitation {
		return sent, nil
	}
	ids := make([]string, len(to))
	for n, i := range to {
		ids[n] = i.ID
	}
	rows, err := t.Tx.Mail.Query().Where(mail.InvitationIDIn(ids...), mail.KindEQ(kind), mail.StateNEQ(mail.StateDropped),
		mail.AtGT(t.Tx.At.Add(-mailDay))).All(t.ctx)
	for _, m := range rows {
		sent[*m.InvitationID]++
	}
	return sent, wrapped("count emails of invitations", err)
}

// repost asks again for the emails of this kind that wait, and returns the invitations that have one. Whoever sends one of them now has
// lost its claim. So an email that is already on its way, and may say what is no longer true, is followed by another one.
func repost(t *Turn, p posting, language Language, to []*ent.Invitation) (again map[string]bool, err error) {
	ids := make([]string, len(to))
	for n, i := range to {
		ids[n] = i.ID
	}
	waiting, err := t.Tx.Mail.Query().Where(mail.InvitationIDIn(ids...), mail.KindEQ(p.kind), mail.StateEQ(mail.StateWaiting)).All(t.ctx)
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

// languageOf returns the language that was chosen, else that of the room's last email, else the site's.
func (m Mailing) languageOf(t *Turn, chosen *Language) (Language, error) {
	if chosen != nil {
		return *chosen, nil
	}
	last, err := t.Tx.Mail.Query().Where(mail.HasInvitationWith(invitation.RoomID(t.Room.ID)), mail.KindNEQ(mail.KindCode)).
		Order(ent.Desc(mail.FieldAt, mail.FieldID)).First(t.ctx)
	if ent.IsNotFound(err) {
		return m.Language, nil
	}
	if err != nil {
		return "", fmt.Errorf("read last email: %w", err)
	}
	return Language(last.Language), nil
}

// mailsLeft returns how many more emails the asker may cause now.
func (m Mailing) mailsLeft(t *Turn) (int, error) {
	n, err := t.Tx.Mail.Query().Where(mail.AskedBy(t.actor.UserID()), mail.AtGT(t.Tx.At.Add(-mailDay)), mail.StateNEQ(mail.StateDropped)).Count(t.ctx)
	return m.PerManager - n, wrapped("count emails of manager", err)
}

// mailsTo counts the emails of the whole site to the addresses of invitations in the last day, by address.
func mailsTo(t *Turn, to []*ent.Invitation) (map[string]int, error) {
	addresses := make([]any, len(to))
	for n, i := range to {
		addresses[n] = i.Email
	}
	mails, invitations := sql.Dialect(t.Tx.Dialect()).Table(mail.Table), sql.Dialect(t.Tx.Dialect()).Table(invitation.Table)
	query, args := sql.Dialect(t.Tx.Dialect()).Select(invitations.C(invitation.FieldEmail), sql.Count("*")).From(invitations).
		Join(mails).On(mails.C(mail.FieldInvitationID), invitations.C(invitation.FieldID)).
		Where(sql.And(
			sql.In(invitations.C(invitation.FieldEmail), addresses...),
			sql.GT(mails.C(mail.FieldAt), t.Tx.At.Add(-mailDay)), sql.NEQ(mails.C(mail.FieldState), string(mail.StateDropped)),
			sql.NEQ(mails.C(mail.FieldKind), string(mail.KindCode)),
		)).GroupBy(invitations.C(invitation.FieldEmail)).Query()
	rows, err := t.Tx.QueryContext(t.ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("count emails of addresses: %w", err)
	}
	defer rows.Close()
	had := map[string]int{}
	for rows.Next() {
		var address string
		var n int
		if err := rows.Scan(&address, &n); err != nil {
			return nil, fmt.Errorf("count emails of addresses: %w", err)
		}
		had[address] = n
	}
	return had, wrapped("count emails of addresses", rows.Err())
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

// languageOfCode returns the language that was chosen, else that of the invitation's last email, else that of others.
func (m Mailing) languageOfCode(t *Turn, c *ent.Code, chosen *Language) (Language, error) {
	if chosen == nil {
		last, err := t.Tx.Mail.Query().Where(mail.InvitationID(c.InvitationID)).Order(ent.Desc(mail.FieldAt, mail.FieldID)).First(t.ctx)
		if err == nil {
			return Language(last.Language), nil
		}
		if !ent.IsNotFound(err) {
			return "", fmt.Errorf("read last email: %w", err)
		}
	}
	return m.languageOf(t, chosen)
}
