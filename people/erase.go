package people

import (
	"context"
	"fmt"

	"usher/ent/mail"
	"usher/ent/user"
	"usher/live"
	"usher/role"
	"usher/text"
)

// EraseWithin removes everything that names the person from a disabled account. What refers to the account then shows an erased
// person. Nobody can sign in to it or enable it again.
func EraseWithin(ctx context.Context, tx *live.Tx, id string) error {
	u, err := tx.User.Get(ctx, id)
	if err != nil {
		return fmt.Errorf("read account: %w", err)
	}
	if err := unindex(ctx, tx, u); err != nil {
		return err
	}
	err = tx.User.Update().Where(user.ID(id), user.DisabledAtNotNil()).
		SetEmail(text.ErasedEmail(id)).SetEmailTyped("").SetFirstName(text.ErasedFirstName).SetLastName(text.ErasedLastName).
		SetPasswordHash("").SetSiteRole(role.Member).SetErasedAt(tx.At).ClearSeenAt().Exec(ctx)
	if err != nil {
		return fmt.Errorf("erase account: %w", err)
	}
	// What a mail server said about a mailbox may name its owner.
	if err := tx.Mail.Update().Where(mail.UserID(id), mail.ReplyNEQ("")).SetReply("").Exec(ctx); err != nil {
		return fmt.Errorf("erase replies: %w", err)
	}
	return nil
}
