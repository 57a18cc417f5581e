package people

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/sitepolicy"
	"usher/live"
	"usher/problem"
	"usher/role"
	"usher/text"
)

// setUpPrefix begins the token of a set-up link. People, logs and secret scanners recognize it by that.
const setUpPrefix = "usher_a_"

// SetUpTerm is the time after which a set-up link expires.
const SetUpTerm = 30 * time.Minute

// NewSetUpToken returns a token for the link that sets up the first administrator. The token is not stored: it contains the time
// at which it expires, and a signature that every server of the site can check.
func (d *Directory) NewSetUpToken() string {
	ends := binary.BigEndian.AppendUint64(nil, uint64(d.log.Now().Add(SetUpTerm).UnixMilli()))
	return setUpPrefix + setUpText.EncodeToString(append(ends, d.setUpCode(ends)...))
}

// genuineSetUp reports whether a pasted text contains a valid token.
func (d *Directory) genuineSetUp(pasted string) bool {
	return slices.ContainsFunc(text.TokensIn(pasted, setUpPrefix, setUpText.EncodedLen(setUpHead+sha256.Size)), func(token string) bool {
		content, err := setUpText.DecodeString(token[len(setUpPrefix):])
		if err != nil {
			return false
		}
		ends, code := content[:setUpHead], content[setUpHead:]
		return hmac.Equal(code, d.setUpCode(ends)) && d.log.Now().UnixMilli() < int64(binary.BigEndian.Uint64(ends))
	})
}

// setUpHead is the size in bytes of the expiry time in a token.
const setUpHead = 8

var setUpText = base64.RawURLEncoding.Strict()

func (d *Directory) setUpCode(head []byte) []byte {
	mac := hmac.New(sha256.New, d.setUpKey)
	mac.Write(head)
	return mac.Sum(nil)
}

// SetUp adds the first administrator of an empty site and signs them in. The token is from NewSetUpToken. It returns
// LINK_NOT_VALID for any other token and if the site has accounts, or a Problem for the first invalid field.
func (d *Directory) SetUp(ctx context.Context, token string, n NewUser) (auth.Granted, error) {
	notValid := problem.New(problem.LinkNotValid).At("token").Then(problem.PasteWholeLink).
		Saying("This set-up link does not work. Open the whole link. If the site has no account yet, restart Usher for a new link.")
	if !d.genuineSetUp(token) {
		return auth.Granted{}, notValid
	}
	if n.Password == "" {
		return auth.Granted{}, problem.New(problem.InvalidPassword).At("password")
	}
	n.Role = role.Admin
	row, err := d.checked(ctx, n)
	if err != nil {
		return auth.Granted{}, err
	}
	var granted auth.Granted
	err = d.log.Write(ctx, func(tx *live.Tx) error {
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
		if u, err = d.create(ctx, tx, row); err != nil {
			return err
		}
		if err := careful(ctx, tx); err != nil {
			return err
		}
		granted, err = d.auth.SignInWithin(ctx, tx, u)
		return err
	})
	return granted, err
}

// careful has a new site ask speakers and moderators for a code from their mailbox, once it sends emails (W1). A policy that somebody has
// set stays.
func careful(ctx context.Context, tx *live.Tx) error {
	set, err := tx.SitePolicy.Query().Exist(ctx)
	if err == nil && !set {
		err = tx.SitePolicy.Create().SetProof(sitepolicy.ProofSpeakersAndModerators).Exec(ctx)
	}
	if err != nil {
		return fmt.Errorf("set policy: %w", err)
	}
	return nil
}
