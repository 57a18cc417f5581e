package room

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/invitation"
	"usher/ent/participant"
	"usher/ent/session"
	"usher/live"
	"usher/problem"
	"usher/role"
	"usher/text"
)

// Redemption redeems a link on a device.
type Redemption struct {
	Token string
	// Email is what the invitee typed. Nil means that they typed none.
	Email *string
	// Code is what the invitee typed as the code from their mailbox. Nil means that they typed none.
	Code *string
	// Device is the SHA-256 of the device's secret: its cookie's, or its attemptKey.
	Device []byte
	// Bearer asks for a credential in the answer, for clients that keep no cookies.
	Bearer bool
}

// Redeemed is the place that a link gave, with a fresh credential if one was asked for.
type Redeemed struct {
	Participant *Participant
	AccessToken string
}

var attemptKey = regexp.MustCompile(`^[!-~]{22,64}$`)

// ValidAttemptKey reports whether a client's attemptKey has 22 to 64 printable ASCII characters.
func ValidAttemptKey(key string) bool { return attemptKey.MatchString(key) }

// Redeem binds the link to the device that asks, and makes its invitee a participant. Of several devices at once, exactly one
// wins. The device that redeemed gets its participant and a fresh credential as often as it asks. Returns a Problem with the
// first check of L2 that fails. Then only the count of wrong emails changes, and the managers get an event.
func (s *Links) Redeem(ctx context.Context, actor auth.Actor, r Redemption) (*Redeemed, error) {
	l, notValid := s.genuine(r.Token)
	if notValid != nil {
		if err := s.countForged(ctx, actor); err != nil {
			return nil, err
		}
		return nil, notValid
	}
	// Refusals and repeated calls only read, so they do not wait for writers.
	h, err := s.hold(ctx, s.db, actor, r.Device, l)
	if err != nil {
		return nil, err
	}
	if h == nil {
		return nil, problem.New(problem.LinkNotValid).At("token")
	}
	if p := h.refusal(s.now(), r.Email); p != nil && p.Code != problem.EmailMismatch {
		return nil, s.refuse(ctx, h, p)
	}
	if h.mine && !r.Bearer {
		own, err := s.ownPlace(ctx, actor, h)
		return &Redeemed{Participant: own}, err
	}
	return s.redeem(ctx, actor, r, l, h.room.ID)
}

// redeemCommand redeems a link, as one of a crowd.
type redeemCommand struct {
	actor auth.Actor
	Redemption
	link link
}

// redemption is the answer to a redeemCommand: a place, or a refusal that was noted.
type redemption struct {
	redeemed *Redeemed
	refused  *problem.Problem
}

// redeem checks and binds in a transaction that locks the room, so that simultaneous attempts come one by one.
func (s *Links) redeem(ctx context.Context, actor auth.Actor, r Redemption, l link, roomID string) (*Redeemed, error) {
	due := time.After(codeAnswer)
	answer, err := s.crowds.Do(ctx, roomID, redeemCommand{actor, r, l})
	if err != nil {
		return nil, err
	}
	if answer.refused != nil {
		return nil, answerEvenly(ctx, due, answer.refused)
	}
	return answer.redeemed, nil
}

// redeeming is a transaction in which people redeem links of one room.
type redeeming struct {
	*Links
	ctx      context.Context
	tx       *live.Tx
	roomID   string
	commands []redeemCommand
	actors   []auth.Actor      // with the present state of their accounts
	ended    []error           // of actors whose accounts or sign-ins ended
	invited  *invited          // of all commands
	changed  map[[16]byte]bool // invitations that earlier commands may have changed, by public id
	later    *later            // the events of earlier commands
}

// redeemWindow is the longest time between the starts of two transactions in which people redeem links of one room.
const redeemWindow = 10 * time.Millisecond

// beginRedeeming locks a room, and reads the accounts of those who redeem its links, and the invitations.
func (s *Links) beginRedeeming(ctx context.Context, tx *live.Tx, roomID string, commands []redeemCommand) (live.Batch[redemption], error) {
	if _, err := tx.Lock(ctx, roomID); err != nil && !errors.Is(err, problem.ErrNotFound) {
		return nil, err
	}
	actors, links := make([]auth.Actor, len(commands)), make([][]byte, len(commands))
	for i, command := range commands {
		actors[i], links[i] = command.actor, command.link.publicID[:]
	}
	now, ended, err := auth.AsNowEach(ctx, tx.Client(), actors)
	if err != nil {
		return nil, err
	}
	invited, err := s.readInvited(ctx, tx.Client(), invitedByPublicID, ent.List(links))
	return &redeeming{s, ctx, tx, roomID, commands, now, ended, invited, map[[16]byte]bool{}, &later{}}, err
}

// link returns the link of a command by its state now, nil if its invitation was deleted. It reads an invitation again if an earlier command
// redeemed it or tried to.
func (b *redeeming) link(i int) (*held, error) {
	command := b.commands[i]
	if b.changed[command.link.publicID] {
		return b.hold(b.ctx, b.tx.Client(), b.actors[i], command.Device, command.link)
	}
	b.changed[command.link.publicID] = true
	return b.invited.find(b.actors[i], command.Device, command.link), nil
}

// Run redeems one link, by its state now.
func (b *redeeming) Run(i int) (redemption, error) {
	ctx, tx, command, actor := b.ctx, b.tx, b.commands[i], b.actors[i]
	if b.ended[i] != nil {
		return redemption{}, b.ended[i]
	}
	h, err := b.link(i)
	if err != nil {
		return redemption{}, err
	}
	if h == nil {
		return redemption{}, problem.New(problem.LinkNotValid).At("token")
	}
	t := &Turn{Tx: tx, ctx: ctx, actor: actor, Room: h.room, before: b.later, later: &later{}}
	refused := h.refusal(tx.At, command.Email)
	var code *ent.Code
	if refused == nil {
		if code, refused, err = b.prover.proven(t, h, command.Redemption); err != nil {
			return redemption{}, err
		}
	}
	if refused != nil {
		return redemption{refused: refused}, b.noteRefusal(ctx, tx, h, refused, b.later)
	}
	redeemed := &Redeemed{}
	row, deviceID := h.participant, h.invitation.DeviceID
	if !h.mine {
		device, err := keepDevice(ctx, tx, command.Device, actor.Browser)
		if err != nil {
			return redemption{}, err
		}
		if row, err = bind(t, h, device, code); err != nil {
			return redemption{}, err
		}
		deviceID = &device.ID
	}
	if command.Bearer {
		if redeemed.AccessToken, err = guestToken(ctx, tx, h.invitation.ID, *deviceID); err != nil {
			return redemption{}, err
		}
	}
	sight := sightIn(h.room, actor, "", nil)
	if actor.User != nil { // who may manage the room
		sights, err := b.sights(ctx, tx.Client(), actor, h.room)
		if err != nil {
			return redemption{}, err
		}
		sight = sights[h.room.ID]
	}
	redeemed.Participant = &Participant{row, asHolder(sight, h, row)}
	b.later.join(t.later)
	return redemption{redeemed: redeemed}, nil
}

// Flush writes the events.
func (b *redeeming) Flush() error { return b.later.write(b.ctx, b.tx, b.roomID) }

// asHolder returns the sight of a link's holder. Their place is the one that the link gave, whatever else their credentials
// open. Managers keep acting as managers (L7).
func asHolder(sight Sight, h *held, p *ent.Participant) Sight {
	if !sight.Manages() || p.UserID != nil {
		sight.take(h.room, p)
	}
	return sight
}

// bind redeems the link for a device: one conditional update, whose row count says who won. It spends the code, if one was needed.
func bind(t *Turn, h *held, to *ent.Device, code *ent.Code) (*ent.Participant, error) {
	opened := h.invitation.OpenedAt
	if opened == nil { // a client that redeems without a look
		opened = &t.Tx.At
	}
	n, err := t.Tx.Invitation.Update().Where(
		invitation.ID(h.invitation.ID), invitation.Generation(h.invitation.Generation),
		invitation.RedeemedAtIsNil(), invitation.RevokedAtIsNil(),
	).SetOpenedAt(*opened).SetRedeemedAt(t.Tx.At).SetDeviceID(to.ID).SetWrongEmails(0).ClearWrongEmailAt().ClearHostAskedAt().
		SetHostMessage("").SetHostAskedFor("").ClearVouchedUntil().Save(t.ctx)
	if err != nil {
		return nil, fmt.Errorf("redeem invitation: %w", err)
	}
	if n != 1 {
		return nil, h.usedElsewhere()
	}
	if code != nil {
		if err := spend(t, code); err != nil {
			return nil, err
		}
	}
	row, joined, err := placeInvitee(t, h)
	if err != nil {
		return nil, err
	}
	e := aboutPlace(row)
	e.Actor, e.ActorUserID, e.InvitationID, e.Detail.Role = row.DisplayName, t.actor.UserID(), h.invitation.ID, row.Role
	e.Detail.Device = to.Browser
	e.Detail.ActorPlace = row.ID
	if err := t.Emit(invitationRedeemed, e); err != nil {
		return nil, err
	}
	as := row.Role
	if joined {
		as = as.Higher(h.invitation.Role)
	}
	managed, err := t.managed(row)
	if err != nil {
		return nil, err
	}
	if managed {
		as = role.Moderator // R3
	}
	return t.setRole(row, as)
}

// placeInvitee makes the invitee a participant, or brings back the one they were. If they are signed in with the invited email,
// the account gets the place. joined means that the account had a place before, which the invitation joins (L6).
func placeInvitee(t *Turn, h *held) (row *ent.Participant, joined bool, err error) {
	state := participant.StateCountdown
	if h.session.State == session.StateOpen {
		state = participant.StateLobby
	}
	var own *ent.Participant
	if h.signedIn {
		if own, err = placeOfUser(t, h.session.ID, t.actor.User.ID); err != nil {
			return nil, false, err
		}
	}
	if row = h.participant; row != nil {
		back := t.Tx.Participant.UpdateOneID(row.ID)
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
		row, err = t.Tx.Participant.UpdateOneID(own.ID).SetInvitationID(h.invitation.ID).Save(t.ctx)
		return row, true, wrapped("join places", err)
	}
	create := t.Tx.Participant.Create().SetRoomID(h.room.ID).SetSessionID(h.session.ID).SetInvitationID(h.invitation.ID).
		SetEmail(h.invitation.Email).SetDisplayName(text.FullName(h.invitation.FirstName, h.invitation.LastName)).
		SetRole(h.invitation.Role).SetState(state).SetCreatedAt(t.Tx.At)
	if h.signedIn {
		create.SetUserID(t.actor.User.ID).SetDisplayName(t.actor.Name())
	}
	row, err = create.Save(t.ctx)
	return row, false, wrapped("create participant", err)
}
