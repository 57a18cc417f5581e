package gesture

import (
	"context"
	"fmt"
	"time"

	"usher/ent"
	"usher/ent/participant"
	"usher/tools"
)

// Contents are what managers export of hands: those that are up.
var Contents = []tools.Content{{
	Name: string(Topic), Columns: []string{"position", "raised_at", "name", "role", "asks_for", "note"}, Read: readContent,
}}

func readContent(ctx context.Context, c *ent.Client, of *ent.Session, row func(values ...any) error) error {
	position, last, id := 0, time.Time{}, ""
	for {
		page, err := c.Participant.Query().Where(raised(of.ID), participant.Or(
			participant.HandAtGT(last), participant.And(participant.HandAt(last), participant.IDGT(id)),
		)).Order(participant.ByHandAt(), participant.ByID()).Limit(tools.ContentPage).All(ctx)
		if err != nil {
			return fmt.Errorf("read hands: %w", err)
		}
		for _, p := range page {
			position++
			last, id = *p.HandAt, p.ID
			if err := row(position, *p.HandAt, p.DisplayName, string(p.Role), string(p.HandRole), p.HandNote); err != nil {
				return err
			}
		}
		if len(page) < tools.ContentPage {
			return nil
		}
	}
}
