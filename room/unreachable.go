package room

import (
	"slices"
	"time"

	"entgo.io/ent/dialect/sql"

	"usher/ent"
	"usher/ent/invitation"
	"usher/ent/mail"
)

// unreachablePause is how long an address that does not exist gets no email, unless a manager sends one to it by name (D15).
const unreachablePause = 30 * 24 * time.Hour

// reachable returns the invitations whose address is not known to be wrong. Mail servers block sites that write to such addresses again
// and again.
func reachable(t *Turn, to []*ent.Invitation) ([]*ent.Invitation, error) {
	wrong := map[string]bool{}
	for some := range slices.Chunk(to, postAtOnce) {
		addresses := make([]any, len(some))
		for n, i := range some {
			addresses[n] = i.Email
		}
		unknown, err := t.Tx.Invitation.Query().Where(func(s *sql.Selector) {
			mails := sql.Dialect(s.Dialect()).Table(mail.Table)
			s.Where(sql.And(sql.In(s.C(invitation.FieldEmail), addresses...), sql.Exists(
				sql.Dialect(s.Dialect()).Select(mails.C(mail.FieldID)).From(mails).Where(sql.And(
					sql.ColumnsEQ(mails.C(mail.FieldInvitationID), s.C(invitation.FieldID)), sql.GT(mails.C(mail.FieldAt), t.Tx.At.Add(-unreachablePause)),
					sql.In(mails.C(mail.FieldState), string(mail.StateReturned), string(mail.StateFailed)),
					sql.EQ(mails.C(mail.FieldFault), string(FaultUnknownAddress)),
				)),
			)))
		}).Unique(true).Select(invitation.FieldEmail).Strings(t.ctx)
		if err != nil {
			return nil, wrapped("look for addresses that do not exist", err)
		}
		for _, address := range unknown {
			wrong[address] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(to), func(i *ent.Invitation) bool { return wrong[i.Email] }), nil
}
