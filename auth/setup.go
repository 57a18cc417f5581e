package auth

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"strings"
	"time"

	"usher/ent"
	"usher/live"
	"usher/problem"
	"usher/role"
)

// ErrEmailTaken: the email has an account already.
var ErrEmailTaken = errors.New("this email address already has an account")

// setUpPrefix begins the token of a set-up link.
const setUpPrefix = "usher_a_"

// SetUpTerm is how long a set-up link works.
const SetUpTerm = 30 * time.Minute

// NewSetUpToken makes the token of a link that sets up the first administrator. Nothing of it is kept: it says until when it
// works and is signed, so that it works at every server of the site.
func (a *Accounts) NewSetUpToken() string {
	ends := binary.BigEndian.AppendUint64(nil, uint64(a.log.Now().Add(SetUpTerm).UnixMilli()))
	return setUpPrefix + secretText.EncodeToString(append(ends, a.setUpCode(ends)...))
}

func (a *Accounts) genuineSetUp(token string) bool {
	text, found := strings.CutPrefix(token, setUpPrefix)
	said, err := secretText.DecodeString(text)
	if !found || err != nil || len(said) != setUpHead+sha256.Size {
		return false
	}
	ends, code := said[:setUpHead], said[setUpHead:]
	return hmac.Equal(code, a.setUpCode(ends)) && a.log.Now().UnixMilli() < int64(binary.BigEndian.Uint64(ends))
}

// setUpHead is how many bytes say until when a set-up link works.
const setUpHead = 8

func (a *Accounts) setUpCode(head []byte) []byte {
	mac := hmac.New(sha256.New, a.SetUpKey)
	mac.Write(head)
	return mac.Sum(nil)
}

// SetUp makes the first administrator of an empty site, by the token of NewSetUpToken, and signs them in. Returns
// LINK_NOT_VALID for any other token and on a site with accounts, or the Problem of the first field that is not acceptable.
func (a *Accounts) SetUp(ctx context.Context, token string, n NewUser) (Granted, error) {
	notValid := problem.New(problem.LinkNotValid).At("token").Then(problem.PasteWholeLink).
		Saying("This set-up link does not work. Open the whole link. If the site has no account yet, restart Usher for a new link.")
	if !a.genuineSetUp(token) {
		return Granted{}, notValid
	}
	if n.Password == "" {
		return Granted{}, problem.New(problem.InvalidPassword).At("password")
	}
	n.Role = role.Admin
	row, err := a.checked(ctx, n)
	if err != nil {
		return Granted{}, err
	}
	var granted Granted
	err = a.log.Write(ctx, func(tx *live.Tx) error {
		if err := tx.LockSite(ctx); err != nil {
			return err
		}
		taken, err := tx.User.Query().Exist(ctx)
		if err != nil {
			return err
		}
		if taken {
			return notValid
		}
		var u *ent.User
		if u, err = a.create(ctx, tx, row); err != nil {
			return err
		}
		granted, err = a.grant(ctx, tx, u, a.terms.signIn())
		return err
	})
	return granted, err
}
