package room

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"regexp"

	"usher/auth"
	"usher/ent"
	"usher/ent/device"
	"usher/ent/guesttoken"
	"usher/ent/invitation"
	"usher/ent/participant"
	"usher/ent/session"
	"usher/live"
	"usher/problem"
	"usher/role"
	"usher/text"
)

// Redemption asks to redeem a link on a device.
type Redemption struct {
	Token string
	// Email is what the invitee typed; nil where none was.
	Email *string
	// Device is the SHA-256 of what the device is known by: its cookie's secret, or its attemptKey.
	Device []byte
	// Bearer: the answer is to carry a credential, for a client that keeps no cookies.
	Bearer bool
}

// Redeemed is the place that a link gave, with a fresh credential where one was asked for.
type Redeemed struct {
	Participant *Participant
	AccessToken string
}

var attemptKey = regexp.MustCompile(`^[!-~]{22,64}$`)

// ValidAttemptKey reports whether a client's attemptKey is one: 22 to 64 printable ASCII characters.
func ValidAttemptKey(key string) bool { return attemptKey.MatchString(key) }

// maxGuestTokens is how many bearer tokens of one redeemed link work at once; a newer one ends the oldest.
const maxGuestTokens = 100

// Redeem binds the link to the device that asks and makes its invitee a participant. Of any number of devices at once
// exactly one wins. The device that redeemed gets its participant and a fresh credential as often as it likes. Returns a
// Problem with the first check of L2 that fails; nothing is changed then but the count of wrong emails, and the event that
// tells the managers.
func (s *Rooms) Redeem(ctx context.Context, actor auth.Actor, r Redemption) (*Redeemed, error) {
	l, ok := s.genuine(r.Token)
	if !ok {
		if err := s.countForged(actor); err != nil {
			return nil, err
		}
		return nil, problem.New(problem.LinkNotValid).At("token")
	}
	// What will be refused, and what only needs reading, is answered without waiting for those who write.
	h, err := s.hold(ctx, s.db, actor, r.Device, l)
	if err != nil {
		return nil, err
	}
	if h == nil {
		return nil, problem.New(problem.LinkNotValid).At("token")
	}
	if p := h.refusal(s.Now(), r.Email); p != nil && p.Code != problem.EmailMismatch {
		return nil, s.refuse(ctx, h, p)
	}
	if h.mine && !r.Bearer {
		own, err := s.ownPlace(ctx, actor, h)
		return &Redeemed{Participant: own}, err
	}
	return s.redeem(ctx, actor, r, l, h.room.ID)
}

// redeem decides and binds in one transaction, with the room locked: guesses and devices that come at once come one by one.
func (s *Rooms) redeem(ctx context.Context, actor auth.Actor, r Redemption, l link, roomID string) (*Redeemed, error) {
	var refused *problem.Problem
	redeemed := &Redeemed{}
	err := s.Log.Write(ctx, func(tx *live.Tx) error {
		if _, err := tx.Lock(ctx, roomID); err != nil && !errors.Is(err, problem.ErrNotFound) {
			return err
		}
		actor, err := actor.AsNow(ctx, tx.Client())
		if err != nil {
			return err
		}
		h, err := s.hold(ctx, tx.Client(), actor, r.Device, l)
		if err != nil {
			return err
		}
		if h == nil {
			return problem.New(problem.LinkNotValid).At("token")
		}
		if refused = h.refusal(tx.At, r.Email); refused != nil {
			return s.noteRefusal(ctx, tx, h, refused)
		}
		row := h.participant
		if !h.mine {
			if row, err = s.bind(ctx, tx, actor, h, r); err != nil {
				return err
			}
		}
		if r.Bearer {
			if redeemed.AccessToken, err = guestToken(ctx, tx, h.invitation.ID, r.Device); err != nil {
				return err
			}
		}
		sights, err := s.sights(ctx, tx.Client(), actor, h.room)
		if err != nil {
			return err
		}
		redeemed.Participant = &Participant{row, asHolder(sights[h.room.ID], h, row)}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if refused != nil {
		return nil, refused
	}
	return redeemed, nil
}

// asHolder is the sight of a link's holder: their place is the one that the link gave, whatever else their credentials open.
// Who manages the room acts as that, not as the guest that they are too (L7).
func asHolder(sight Sight, h *held, p *ent.Participant) Sight {
	if !sight.Manages() || p.UserID != nil {
		sight.take(h.room, p)
	}
	return sight
}

// bind is the moment of redeeming: one conditional update, whose row count says who won.
func (s *Rooms) bind(ctx context.Context, tx *live.Tx, actor auth.Actor, h *held, r Redemption) (*ent.Participant, error) {
	deviceID, err := keepDevice(ctx, tx, r.Device, actor.Browser)
	if err != nil {
		return nil, err
	}
	opened := h.invitation.OpenedAt
	if opened == nil { // a client that redeems without a look
		opened = &tx.At
	}
	n, err := tx.Invitation.Update().Where(
		invitation.ID(h.invitation.ID), invitation.Generation(h.invitation.Generation),
		invitation.RedeemedAtIsNil(), invitation.RevokedAtIsNil(),
	).SetOpenedAt(*opened).SetRedeemedAt(tx.At).SetDeviceID(deviceID).SetWrongEmails(0).ClearWrongEmailAt().ClearHostAskedAt().SetHostMessage("").Save(ctx)
	if err != nil {
		return nil, fmt.Errorf("redeem invitation: %w", err)
	}
	if n != 1 {
		return nil, problem.New(problem.UsedOnOtherDevice)
	}
	t := &turn{Tx: tx, ctx: ctx, actor: actor, room: h.room}
	row, joined, err := t.place(h)
	if err != nil {
		return nil, err
	}
	e := aboutPlace(live.InvitationRedeemed, row)
	e.Actor, e.ActorUserID, e.InvitationID, e.Detail.Role = row.DisplayName, actor.UserID(), h.invitation.ID, row.Role
	if err := t.emit(e); err != nil {
		return nil, err
	}
	as := row.Role
	if joined && h.invitation.Role.Rank() > as.Rank() {
		as = h.invitation.Role
	}
	managed, err := t.managed(row)
	if err != nil {
		return nil, err
	}
	if managed {
		as = role.Moderator // R3
	}
	if as == row.Role {
		return row, nil
	}
	if err := t.setRole(row, as); err != nil {
		return nil, err
	}
	return t.Participant.Get(ctx, row.ID)
}

// place makes the invitee a participant, or brings back the one they were. Signed in with the invited email the place is the
// account's; it joined the invitation where the account had it before (L6).
func (t *turn) place(h *held) (row *ent.Participant, joined bool, err error) {
	state := participant.StateCountdown
	if h.session.State == session.StateOpen {
		state = participant.StateLobby
	}
	var own *ent.Participant
	if h.signedIn {
		if own, err = t.placeOfUser(h.session.ID, t.actor.User.ID); err != nil {
			return nil, false, err
		}
	}
	if row = h.participant; row != nil {
		back := t.Participant.UpdateOneID(row.ID)
		if row.State == participant.StateLeft || row.State == participant.StateCountdown || row.State == participant.StateLobby {
			back.SetState(state)
		}
		if h.signedIn && row.UserID == nil && own == nil {
			back.SetUserID(t.actor.User.ID).SetDisplayName(t.actor.Name())
		}
		row, err = back.Save(t.ctx)
		return row, false, wrapped("bring back participant", err)
	}
	if own != nil {
		row, err = t.Participant.UpdateOneID(own.ID).SetInvitationID(h.invitation.ID).Save(t.ctx)
		return row, true, wrapped("join places", err)
	}
	create := t.Participant.Create().SetRoomID(h.room.ID).SetSessionID(h.session.ID).SetInvitationID(h.invitation.ID).
		SetEmail(h.invitation.Email).SetDisplayName(text.FullName(h.invitation.FirstName, h.invitation.LastName)).
		SetRole(h.invitation.Role).SetState(state).SetCreatedAt(t.At)
	if h.signedIn {
		create.SetUserID(t.actor.User.ID).SetDisplayName(t.actor.Name())
	}
	row, err = create.Save(t.ctx)
	return row, false, wrapped("create participant", err)
}

func wrapped(doing string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return nil
}

// keepDevice returns the id of the device with that secret; it is known from its first redeeming on.
func keepDevice(ctx context.Context, tx *live.Tx, secretHash []byte, browser string) (string, error) {
	id, err := tx.Device.Query().Where(device.SecretHash(secretHash)).OnlyID(ctx)
	if err == nil {
		return id, nil
	}
	if !ent.IsNotFound(err) {
		return "", fmt.Errorf("read device: %w", err)
	}
	d, err := tx.Device.Create().SetSecretHash(secretHash).SetBrowser(browser).SetCreatedAt(tx.At).Save(ctx)
	if err != nil {
		return "", fmt.Errorf("create device: %w", err)
	}
	return d.ID, nil
}

// guestToken makes a bearer token for the device that redeemed an invitation.
func guestToken(ctx context.Context, tx *live.Tx, invitationID string, secretHash []byte) (string, error) {
	deviceID, err := tx.Device.Query().Where(device.SecretHash(secretHash)).OnlyID(ctx)
	if err != nil {
		return "", fmt.Errorf("read device: %w", err)
	}
	secret, hash := auth.NewSecret(auth.GuestPrefix, rand.Reader)
	err = tx.GuestToken.Create().SetInvitationID(invitationID).SetDeviceID(deviceID).SetSecretHash(hash).SetCreatedAt(tx.At).Exec(ctx)
	if err != nil {
		return "", fmt.Errorf("create token: %w", err)
	}
	old, err := tx.GuestToken.Query().Where(guesttoken.InvitationID(invitationID)).
		Order(ent.Desc(guesttoken.FieldCreatedAt, guesttoken.FieldID)).Offset(maxGuestTokens).IDs(ctx)
	if err != nil || len(old) == 0 {
		return secret, wrapped("read tokens", err)
	}
	_, err = tx.GuestToken.Delete().Where(guesttoken.IDIn(old...)).Exec(ctx)
	return secret, wrapped("delete tokens", err)
}
