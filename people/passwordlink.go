package people

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"strings"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/user"
	"usher/live"
	"usher/problem"
)

// passwordPrefix begins the token of a link that sets a password. People, logs and secret scanners recognize it by that.
const passwordPrefix = "usher_p_"

// PasswordPath is the page of these links, up to the token. The token is behind the #, so that it reaches no server and no log.
const PasswordPath = "/password#"

const (
	// FirstPasswordTerm is the time after which a link expires that sets an account's first password.
	FirstPasswordTerm = 7 * 24 * time.Hour
	// NewPasswordTerm is the time after which a link expires that replaces a password.
	NewPasswordTerm = 30 * time.Minute
)

// PasswordLink is a token for a link that sets the password of an account. It is not stored: it contains the account, the time at which
// it expires, and the account's credential epoch, with a signature that every server of the site can check. Each password, and each end
// of all credentials, raises the epoch. So a link works once, and none is left when the account changes.
type PasswordLink struct {
	User      *ent.User
	Token     string
	ExpiresAt time.Time
}

// PasswordLinks makes and reads the links by which people choose a password.
type PasswordLinks struct{ *Directory }

// PasswordLink makes a link that sets the password of an account. Returns problem.ErrNotFound, or ACCOUNT_DISABLED.
func (a Accounts) PasswordLink(ctx context.Context, actor auth.Actor, userID string) (link PasswordLink, err error) {
	err = a.asAdmin(ctx, actor, func(tx *live.Tx) error {
		u, err := present(ctx, tx, userID)
		if err != nil {
			return err
		}
		if u.DisabledAt != nil {
			return isDisabled()
		}
		link = PasswordLinks(a).passwordLink(u, tx.At)
		return nil
	})
	return link, err
}

func (d PasswordLinks) passwordLink(u *ent.User, at time.Time) PasswordLink {
	term := FirstPasswordTerm
	if u.PasswordHash != "" {
		term = NewPasswordTerm
	}
	return d.Ending(u, at.Add(term))
}

// Ending makes a link that sets the password of an account until an instant.
func (d PasswordLinks) Ending(u *ent.User, ends time.Time) PasswordLink {
	head := binary.BigEndian.AppendUint64(nil, uint64(ends.UnixMilli()))
	head = binary.BigEndian.AppendUint64(head, uint64(u.CredentialEpoch))
	head = append(head, u.ID...)
	return PasswordLink{u, passwordPrefix + setUpText.EncodeToString(append(d.passwordCode(head), head...)), ends}
}

// passwordCode signs the content of a token, with another key than set-up links have.
func (d PasswordLinks) passwordCode(head []byte) []byte {
	key := hmac.New(sha256.New, d.setUpKey)
	key.Write([]byte("password links"))
	mac := hmac.New(sha256.New, key.Sum(nil))
	mac.Write(head)
	return mac.Sum(nil)
}

// passwordHead is the size in bytes of the expiry time and the epoch in a token.
const passwordHead = 16

// ByPasswordLink returns the link of a token that works, with its account. User is nil for any other token.
func (d PasswordLinks) ByPasswordLink(ctx context.Context, c *ent.Client, token string) (link PasswordLink, err error) {
	text, found := strings.CutPrefix(token, passwordPrefix)
	content, err := setUpText.DecodeString(text)
	if !found || err != nil || len(content) <= sha256.Size+passwordHead {
		return link, nil
	}
	code, head := content[:sha256.Size], content[sha256.Size:]
	ends := time.UnixMilli(int64(binary.BigEndian.Uint64(head))).UTC()
	if !hmac.Equal(code, d.passwordCode(head)) || !d.log.Now().Before(ends) {
		return link, nil
	}
	u, err := c.User.Query().Where(user.ID(string(head[passwordHead:])), user.DisabledAtIsNil(),
		user.CredentialEpoch(int(binary.BigEndian.Uint64(head[8:])))).Only(ctx)
	if ent.IsNotFound(err) {
		return link, nil
	}
	return PasswordLink{u, token, ends}, err
}

// ReadPasswordLink is ByPasswordLink for somebody who looks at the link.
func (d PasswordLinks) ReadPasswordLink(ctx context.Context, token string) (PasswordLink, error) {
	return d.ByPasswordLink(ctx, d.db.Read, token)
}

// UsePasswordLink sets the password of a link's account, ends its sign-ins, and signs in. Returns LINK_NOT_VALID for any token that does
// not work, whatever the reason, and INVALID_PASSWORD.
func (d PasswordLinks) UsePasswordLink(ctx context.Context, token, password string) (granted auth.Granted, err error) {
	notValid := problem.New(problem.LinkNotValid).At("token").Then(problem.ContactAdmin).
		Saying("This link no longer works, or part of it is missing. Ask an administrator of this site for a new one.")
	link, err := d.ReadPasswordLink(ctx, token)
	if err != nil {
		return granted, err
	}
	if link.User == nil {
		return granted, notValid
	}
	hash, err := d.newHash(ctx, "password", password)
	if err != nil {
		return granted, err
	}
	err = d.log.Write(ctx, func(tx *live.Tx) error {
		if _, err := auth.LockUser(ctx, tx, link.User.ID); err != nil {
			return err
		}
		link, err := d.ByPasswordLink(ctx, tx.Client(), token)
		if err != nil {
			return err
		}
		if link.User == nil {
			return notValid
		}
		u, err := setPassword(ctx, tx, link.User.ID, hash, "")
		if err != nil {
			return err
		}
		granted, err = d.auth.SignInWithin(ctx, tx, u)
		return err
	})
	return granted, err
}

// ChangePassword replaces the asker's own password and ends their other sign-ins. Returns INVALID_CREDENTIALS for a wrong current one,
// TOO_MANY_ATTEMPTS after too many of them, and INVALID_PASSWORD.
func (d Self) ChangePassword(ctx context.Context, actor auth.Actor, current, password string) error {
	if _, err := actor.SignedIn(); err != nil {
		return err
	}
	checked, err := d.auth.CheckOwn(ctx, actor, current)
	if err != nil {
		return err
	}
	hash, err := d.newHash(ctx, "newPassword", password)
	if err != nil {
		return err
	}
	return d.asSelf(ctx, actor, func(tx *live.Tx, now *ent.User) error {
		if now.PasswordHash != checked.PasswordHash {
			return problem.New(problem.InvalidCredentials).At("currentPassword")
		}
		_, err := setPassword(ctx, tx, now.ID, hash, actor.SignInID)
		return err
	})
}

// newHash returns the hash of a new password, or INVALID_PASSWORD at the field that contains it.
func (d *Directory) newHash(ctx context.Context, field, password string) (string, error) {
	if !auth.AcceptablePassword(password) {
		return "", problem.New(problem.InvalidPassword).At(field)
	}
	return d.passwords.Hash(ctx, password)
}
