package room

import (
	"context"
	"crypto/rand"
	"fmt"

	"usher/auth"
	"usher/ent"
	"usher/ent/device"
	"usher/ent/guesttoken"
	"usher/live"
)

// maxGuestTokens limits the bearer tokens of one redeemed link. A newer one ends the oldest.
const maxGuestTokens = 100

// keepDevice returns the device with this secret. It stores the device when that redeems for the first time.
func keepDevice(ctx context.Context, tx *live.Tx, secretHash []byte, browser string) (*ent.Device, error) {
	known, err := tx.Device.By(ctx, device.FieldSecretHash, ent.List([][]byte{secretHash}))
	if err != nil {
		return nil, fmt.Errorf("read device: %w", err)
	}
	if len(known) > 0 {
		return known[0], nil
	}
	d, err := tx.Device.Create().SetSecretHash(secretHash).SetBrowser(browser).SetCreatedAt(tx.At).Save(ctx)
	return d, wrapped("create device", err)
}

// guestToken creates a bearer token for the device that redeemed an invitation.
func guestToken(ctx context.Context, tx *live.Tx, invitationID, deviceID string) (string, error) {
	secret, hash := auth.NewSecret(auth.GuestPrefix, rand.Reader)
	err := tx.GuestToken.Create().SetInvitationID(invitationID).SetDeviceID(deviceID).SetSecretHash(hash).SetCreatedAt(tx.At).Exec(ctx)
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
