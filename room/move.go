package room

import (
	"fmt"

	"usher/ent/guesttoken"
	"usher/ent/invitation"
	"usher/problem"
)

// moveTo binds a redeemed link to another device in place of the one that has it. The old device's tokens end. State, role and position
// of the place stay. Returns HAND_OVER_ENDED if another device is bound meanwhile.
func moveTo(t *Turn, h *held, secretHash []byte, browser string) error {
	to, err := keepDevice(t.ctx, t.Tx, secretHash, browser)
	if err != nil {
		return err
	}
	n, err := t.Tx.Invitation.Update().Where(
		invitation.ID(h.invitation.ID), invitation.Generation(h.invitation.Generation), invitation.DeviceID(*h.invitation.DeviceID),
		invitation.RedeemedAtNotNil(), invitation.RevokedAtIsNil(),
	).SetDeviceID(to.ID).SetWrongEmails(0).ClearWrongEmailAt().ClearHostAskedAt().SetHostMessage("").Save(t.ctx)
	if err != nil {
		return fmt.Errorf("move invitation: %w", err)
	}
	if n != 1 {
		return problem.New(problem.HandOverEnded)
	}
	if _, err := t.Tx.GuestToken.Delete().Where(guesttoken.InvitationID(h.invitation.ID)).Exec(t.ctx); err != nil {
		return fmt.Errorf("delete tokens: %w", err)
	}
	e := aboutPlace(h.participant)
	e.Actor, e.ActorUserID, e.Detail.ActorPlace = h.participant.DisplayName, t.actor.UserID(), h.participant.ID
	e.InvitationID, e.Detail.Role, e.Detail.Device = h.invitation.ID, h.participant.Role, browser
	return t.Emit(deviceMoved, e)
}
