package room

import (
	"bytes"
	"context"
	"crypto/subtle"
	"fmt"
	"time"

	"usher/ent"
	"usher/ent/code"
	"usher/ent/mail"
	"usher/live"
	"usher/problem"
	"usher/text"
)

// Codes from the invited mailbox (W). A code is for one invitation, its newest link, one device and one purpose. Its digits are computed
// from its id and the site's keys, so nothing that is stored yields them.

const (
	codeDigits = 6
	// codeTerm is how long a code works.
	codeTerm = 10 * time.Minute
	// codeAgain is the least time that a code has left to be sent again. Otherwise there is a new one.
	codeAgain = 3 * time.Minute
	// codeTries is how often somebody may type a code. The last wrong one ends it.
	codeTries = 5
	// codePause is the least time between two emails with a code for one device.
	codePause = time.Minute
	// In codeWindow a device gets codesPerDevice emails with a code, and an invitation codesPerInvitation.
	codeWindow         = time.Hour
	codesPerDevice     = 3
	codesPerInvitation = 6
	// codeAnswer is the least time until a wrong code is refused. The work takes less, so the time does not tell whether there is a code.
	codeAnswer = 100 * time.Millisecond

	codeLabel = "usher mailbox code v1\x00"
)

// codeOf returns the digits of a code. ok is false if the key that computed them is gone.
func (k Keys) codeOf(c *ent.Code) (digits string, ok bool) {
	key, ok := k.byID[c.KeyID]
	if !ok {
		key = noKey[:]
	}
	return sixDigits(key, codeLabel, c.ID), ok
}

// codes are the codes of an invitation of the last while, newest first, and the emails that had them, newest first.
type codes struct {
	rows  []*ent.Code
	mails []*ent.Mail
}

// The statements of readCodes, which are kept.
var (
	newCodes = "SELECT " + ent.CodeColumns + ` FROM codes WHERE codes.invitation_id IN (?) AND codes.created_at > ?
		ORDER BY codes.created_at DESC, codes.id DESC`
	mailsOfCodes = "SELECT " + ent.MailColumns + ` FROM mails WHERE mails.invitation_id IN (?) AND mails.kind = 'CODE' AND mails.at > ?
		ORDER BY mails.at DESC, mails.id DESC`
)

// readCodes reads the codes that still count, by invitation.
func readCodes(ctx context.Context, c *ent.Client, now time.Time, invitationIDs ...string) (map[string]*codes, error) {
	of := make(map[string]*codes, len(invitationIDs))
	rows, err := c.Code.Rows(ctx, newCodes, ent.List(invitationIDs), now.Add(-codeWindow-codeTerm))
	if err != nil {
		return nil, fmt.Errorf("read codes: %w", err)
	}
	for _, row := range rows {
		if of[row.InvitationID] == nil {
			of[row.InvitationID] = &codes{}
		}
		of[row.InvitationID].rows = append(of[row.InvitationID].rows, row)
	}
	if len(rows) == 0 {
		return of, nil
	}
	mails, err := c.Mail.Rows(ctx, mailsOfCodes, ent.List(invitationIDs), now.Add(-codeWindow))
	for _, m := range mails {
		if sent := of[*m.InvitationID]; sent != nil {
			sent.mails = append(sent.mails, m)
		}
	}
	return of, wrapped("read emails with codes", err)
}

// newest returns the newest code of a device for a link and a purpose, nil if it has none.
func (c *codes) newest(device []byte, purpose code.Purpose, generation int) *ent.Code {
	if c == nil {
		return nil
	}
	for _, row := range c.rows {
		if row.Purpose == purpose && row.Generation == generation && bytes.Equal(row.DeviceHash, device) {
			return row
		}
	}
	return nil
}

// codeOver reports whether a code has ended at an instant: used, expired, or typed wrongly too often.
func codeOver(c *ent.Code, now time.Time) bool {
	return c.UsedAt != nil || c.Tries >= codeTries || now.After(c.ExpiresAt)
}

// nextAt returns when a device may get the next email with a code, the zero time if at once.
func (c *codes) nextAt(device []byte, now time.Time) (next time.Time) {
	if c == nil {
		return next
	}
	own := map[string]bool{}
	for _, row := range c.rows {
		own[row.ID] = bytes.Equal(row.DeviceHash, device)
	}
	later := func(at time.Time) {
		if at.After(now) && at.After(next) {
			next = at
		}
	}
	byDevice := 0
	for n, m := range c.mails {
		if own[m.CodeID] {
			byDevice++
			if byDevice == 1 {
				later(m.At.Add(codePause))
			}
			if byDevice == codesPerDevice {
				later(m.At.Add(codeWindow))
			}
		}
		if n+1 == codesPerInvitation {
			later(m.At.Add(codeWindow))
		}
	}
	return next
}

// failed reports whether the last email with a code of a device will not arrive.
func (c *codes) failed(device []byte) bool {
	if c == nil {
		return false
	}
	for _, m := range c.mails {
		for _, row := range c.rows {
			if row.ID == m.CodeID && bytes.Equal(row.DeviceHash, device) {
				return m.State == mail.StateFailed || m.State == mail.StateReturned ||
					m.State == mail.StateDropped && MailFault(m.Fault) != FaultNotNeeded
			}
		}
	}
	return false
}

// since returns when the oldest of them was asked for, nil without any.
func (c *codes) since() *time.Time {
	if c == nil || len(c.rows) == 0 {
		return nil
	}
	return &c.rows[len(c.rows)-1].CreatedAt
}

// prover emails codes and checks those that people type.
type prover struct{ *core }

// issued is a code that was sent now or before.
type issued struct {
	expiresAt, retryAt time.Time
	// limited means that no email was sent now, because of a limit.
	limited bool
}

// issue emails a code to the invitee, unless there were too many. A code that works for long enough is sent again, so no email has a
// code that does not work (W3, W5).
func (s prover) issue(t *Turn, h *held, device []byte, purpose code.Purpose, language *Language) (issued, error) {
	of, err := readCodes(t.ctx, t.Tx.Client(), t.Tx.At, h.invitation.ID)
	if err != nil {
		return issued{}, err
	}
	sent := of[h.invitation.ID]
	row := sent.newest(device, purpose, h.invitation.Generation)
	if next := sent.nextAt(device, t.Tx.At); !next.IsZero() {
		i := issued{retryAt: next, limited: true}
		if row != nil {
			i.expiresAt = row.ExpiresAt
		}
		return i, nil
	}
	if sent == nil {
		sent = &codes{}
	}
	if row == nil || codeOver(row, t.Tx.At) || row.ExpiresAt.Sub(t.Tx.At) < codeAgain || s.options.Keys.byID[row.KeyID] == nil {
		row, err = t.Tx.Code.Create().SetKeyID(s.options.Keys.current).SetInvitationID(h.invitation.ID).SetGeneration(h.invitation.Generation).
			SetDeviceHash(device).SetPurpose(purpose).SetBrowser(t.actor.Browser).SetCreatedAt(t.Tx.At).SetExpiresAt(t.Tx.At.Add(codeTerm)).
			Save(t.ctx)
		if err != nil {
			return issued{}, fmt.Errorf("create code: %w", err)
		}
		sent.rows = append([]*ent.Code{row}, sent.rows...)
	}
	m, err := s.options.Mailing.postCode(t, row, language)
	if err != nil {
		return issued{}, err
	}
	sent.mails = append([]*ent.Mail{m}, sent.mails...)
	return issued{expiresAt: row.ExpiresAt, retryAt: sent.nextAt(device, t.Tx.At)}, nil
}

// CodeTooLate is how late an email with a code is not sent any longer (D7).
const CodeTooLate = 5 * time.Minute

// readCode returns what an email with a code says now. One that comes too late is not sent, nor one whose code no longer works.
func (s *Letters) readCode(ctx context.Context, m *ent.Mail, i *ent.Invitation) (*Letter, MailFault, error) {
	row, err := s.db.Code.Get(ctx, m.CodeID)
	if ent.IsNotFound(err) {
		return nil, FaultNotNeeded, nil
	}
	if err != nil {
		return nil, "", fmt.Errorf("read code: %w", err)
	}
	digits, known := s.options.Keys.codeOf(row)
	switch now := s.now(); {
	case now.After(m.At.Add(CodeTooLate)):
		return nil, FaultTooLate, nil
	case !known || codeOver(row, now) || row.Generation != i.Generation || !usable(statusOf(i, i.Edges.Session, i.Edges.Room, now)):
		return nil, FaultNotNeeded, nil
	}
	l := s.letter(m, i, nil)
	// The site itself sends it, without an inviter and the time of a session.
	l.Inviter, l.InviterAddress, l.StartsAt, l.EndsAt = "", "", time.Time{}, nil
	l.Code = &LetterCode{digits, row.Browser, m.At, row.ExpiresAt}
	return l, "", nil
}

// prove checks a typed code, and returns the stored one if it is right. The attempt is counted before the digits are compared (W4). A
// device without a code has no attempts left either. Callers wait with answerEvenly.
func (s prover) prove(
	ctx context.Context, tx *live.Tx, h *held, device []byte, purpose code.Purpose, typed string,
) (*ent.Code, *problem.Problem, error) {
	digits, ok := text.ReadDigits(typed, codeDigits)
	if !ok {
		return nil, problem.New(problem.InvalidValue).At("code").Saying("Enter the six digits of the code."), nil
	}
	of, err := readCodes(ctx, tx.Client(), tx.At, h.invitation.ID)
	if err != nil {
		return nil, nil, err
	}
	row := of[h.invitation.ID].newest(device, purpose, h.invitation.Generation)
	if row != nil && codeOver(row, tx.At) {
		return nil, problem.New(problem.CodeExpired).At("code"), nil
	}
	if row == nil {
		return nil, problem.New(problem.CodeWrong).At("code").Left(0), nil
	}
	if err := tx.Code.UpdateOneID(row.ID).AddTries(1).Exec(ctx); err != nil {
		return nil, nil, fmt.Errorf("count attempt: %w", err)
	}
	genuine, known := s.options.Keys.codeOf(row)
	if subtle.ConstantTimeCompare([]byte(genuine), []byte(digits)) == 1 && known {
		return row, nil, nil
	}
	return nil, problem.New(problem.CodeWrong).At("code").Left(codeTries - row.Tries - 1), nil
}

// answerEvenly holds the refusal of a wrong code back until it is due.
func answerEvenly(ctx context.Context, due <-chan time.Time, refused *problem.Problem) *problem.Problem {
	if refused.Code == problem.CodeWrong {
		await(ctx, due)
	}
	return refused
}

// proven returns why redeeming is refused for want of a code, or the code to spend, nil where none is needed (W2).
func (s prover) proven(t *Turn, h *held, r Redemption) (genuine *ent.Code, refused *problem.Problem, err error) {
	if !h.needsCode(t.Tx.At) {
		return nil, nil, nil
	}
	return s.check(t, h, r, code.PurposeRedeem)
}

// check returns the code that somebody typed, or why it is refused. If they typed none, it emails one.
func (s prover) check(t *Turn, h *held, r Redemption, purpose code.Purpose) (genuine *ent.Code, refused *problem.Problem, err error) {
	if r.Code != nil {
		return s.prove(t.ctx, t.Tx, h, r.Device, purpose, *r.Code)
	}
	sent, err := s.issue(t, h, r.Device, purpose, nil)
	if err != nil {
		return nil, nil, err
	}
	return nil, problem.New(problem.CodeRequired).At("code").Retry(sent.retryAt), nil
}

// spend marks a code as used, with the redemption that it was for.
func spend(t *Turn, c *ent.Code) error {
	return wrapped("use code", t.Tx.Code.UpdateOneID(c.ID).SetUsedAt(t.Tx.At).Exec(t.ctx))
}
