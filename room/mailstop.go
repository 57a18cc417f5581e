package room

import (
	"context"
	"crypto/hmac"
	"fmt"
	"strings"

	"usher/ent"
	"usher/ent/mailstop"
	"usher/live"
	"usher/problem"
	"usher/text"
)

// Who wants no emails from the site (D16). What is stored is a fingerprint that needs the site's keys, so a thief of the database
// cannot confirm a guessed address. It also outlives erasing, which removes every address: the wish stays.

// Stop is what the link below an email leads to.
type Stop struct {
	// Stopped says that the address gets no emails.
	Stopped  bool
	Language Language
}

// Stopping returns what the link below an email leads to. Returns LINK_NOT_VALID if the link is not genuine, or the email is gone.
func (s *Letters) Stopping(ctx context.Context, token string) (*Stop, error) {
	address, m, err := s.ofStopToken(ctx, token)
	if err != nil {
		return nil, err
	}
	stopped, err := s.stopped(ctx, address)
	return &Stop{stopped, Language(m.Language)}, err
}

// Stop keeps the address that got an email from getting others, or lets it get them again (D16). Nobody needs to sign in: the link below
// the email proves that somebody reads it. Returns what Stopping returns.
func (s *Letters) Stop(ctx context.Context, token string, on bool) (*Stop, error) {
	address, m, err := s.ofStopToken(ctx, token)
	if err != nil {
		return nil, err
	}
	err = s.log.Write(ctx, func(tx *live.Tx) error {
		if _, err := tx.MailStop.Delete().Where(mailstop.MarkIn(s.options.Keys.stopMarks(address)...)).Exec(ctx); err != nil || !on {
			return wrapped("delete stop", err)
		}
		return wrapped("store stop", tx.MailStop.Create().SetMark(s.options.Keys.stopMark(address)).SetAt(tx.At).Exec(ctx))
	})
	return &Stop{on, Language(m.Language)}, err
}

// ofStopToken returns the address that the email of a token went to.
func (s *Letters) ofStopToken(ctx context.Context, token string) (address string, _ *ent.Mail, err error) {
	id, proof, _ := strings.Cut(token, ".")
	if !s.options.Keys.isStopProof(id, proof) {
		return "", nil, problem.New(problem.LinkNotValid)
	}
	m, err := s.db.Mail.Get(ctx, id)
	if err == nil && m.InvitationID == nil {
		return "", nil, problem.New(problem.LinkNotValid)
	}
	if err == nil {
		var i *ent.Invitation
		if i, err = s.db.Invitation.Get(ctx, *m.InvitationID); err == nil && !text.IsErased(i.Email) {
			return i.Email, m, nil
		}
	}
	if err == nil || ent.IsNotFound(err) {
		return "", nil, problem.New(problem.LinkNotValid)
	}
	return "", nil, fmt.Errorf("read email: %w", err)
}

// stopped reports whether the owner of an address wants no emails.
func (s *Letters) stopped(ctx context.Context, address string) (bool, error) {
	stopped, err := s.db.MailStop.Query().Where(mailstop.MarkIn(s.options.Keys.stopMarks(address)...)).Exist(ctx)
	return stopped, wrapped("look for stopped address", err)
}

const (
	stopLabel       = "usher stop mail v1\x00"
	stopMarkLabel   = "usher stopped address v1\x00"
	stopProofLength = 22
	// StopPath is the path of the pages that stop emails, before the token. The token names an email, so no address stands in a URL.
	StopPath = "/stop-mail/"
)

// stopURL returns the page that stops emails to whom an email goes.
func (s *Letters) stopURL(mailID string) string {
	proofs := s.options.Keys.stopProofs(mailID)
	return s.options.Mailing.PublicURL + StopPath + mailID + "." + proofs[s.options.Keys.current]
}

// stopMarks returns the fingerprints of an address by all keys.
func (k Keys) stopMarks(address string) (marks [][]byte) {
	for _, key := range k.byID {
		marks = append(marks, signature(key, stopMarkLabel, []byte(address)))
	}
	return marks
}

// stopMark returns the fingerprint of an address by the current key.
func (k Keys) stopMark(address string) []byte {
	return signature(k.byID[k.current], stopMarkLabel, []byte(address))
}

// stopProofs returns what proves that somebody read an email, by each key.
func (k Keys) stopProofs(mailID string) map[byte]string {
	proofs := map[byte]string{}
	for id, key := range k.byID {
		proofs[id] = tokenText.EncodeToString(signature(key, stopLabel, []byte(mailID)))[:stopProofLength]
	}
	return proofs
}

func (k Keys) isStopProof(mailID, proof string) (ok bool) {
	for _, genuine := range k.stopProofs(mailID) {
		ok = hmac.Equal([]byte(genuine), []byte(proof)) || ok
	}
	return ok
}
