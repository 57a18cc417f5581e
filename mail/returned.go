package mail

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"usher/ent/mail"
	"usher/live"
)

// permanent is what faultOf gets for a report: emails come back because they were refused for good.
const permanent = 500

// Returned records that an email came back after the mail server accepted it (D15). A report changes nothing if it says something else,
// or if it names another edition, an email that was not sent, or one of another site.
func (s *Sender) Returned(ctx context.Context, r Report) error {
	own, host, _ := strings.Cut(r.MessageID, "@")
	id, number, _ := strings.Cut(own, ".")
	edition, err := strconv.Atoi(number)
	if err != nil || r.Action != failed || !strings.EqualFold(host, s.writer.Host) {
		return nil
	}
	fault := faultOf(permanent, r.Status)
	returned := 0
	err = s.log.Write(ctx, func(tx *live.Tx) (err error) {
		returned, err = tx.Mail.Update().Where(mail.ID(id), mail.Edition(edition), mail.StateEQ(mail.StateSent)).
			SetState(mail.StateReturned).SetFault(string(fault)).SetReply(r.Status).SetUntold(true).Save(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("record returned email: %w", err)
	}
	if returned > 0 {
		s.logger.Info("email came back", "id", id, "fault", fault, "status", r.Status)
	}
	return nil
}
