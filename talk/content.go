package talk

import (
	"context"
	"fmt"

	"usher/ent"
	"usher/ent/message"
	"usher/tools"
)

// Contents are what managers export of the chat and the backchannel.
var Contents = []tools.Content{contentOf(Chat), contentOf(Backchannel)}

func contentOf(in Channel) tools.Content {
	return tools.Content{
		Name:    string(in),
		Columns: []string{"id", "at", "author", "role", "host", "state", "text", "reply_to", "edited_at", "hidden_by"},
		Read: func(ctx context.Context, c *ent.Client, of *ent.Session, row func(values ...any) error) error {
			return readContent(ctx, c, in, of, row)
		},
	}
}

// readContent reads all messages of a channel, oldest first. Hidden and cleared ones are marked, deleted ones have no text.
func readContent(ctx context.Context, c *ent.Client, in Channel, of *ent.Session, row func(values ...any) error) error {
	set, err := tools.Read(ctx, c, of.RoomID)
	if err != nil {
		return err
	}
	marks := settings{set}
	revision, nth := 0, 0
	for {
		page, err := c.Message.Query().Where(message.SessionID(of.ID), message.Channel(string(in)), message.Or(
			message.RevisionGT(revision), message.And(message.Revision(revision), message.NthGT(nth)),
		)).Order(message.ByRevision(), message.ByNth()).Limit(tools.ContentPage).All(ctx)
		if err != nil {
			return fmt.Errorf("read messages: %w", err)
		}
		for _, m := range page {
			revision, nth = m.Revision, m.Nth
			state := string((&ChatMessage{Message: m}).State())
			if state == string(Shown) && m.Revision <= marks.cleared(in) {
				state = "CLEARED"
			}
			text := m.Text
			if m.DeletedAt != nil {
				text = ""
			}
			err := row(m.ID, m.At, m.AuthorName, string(m.AuthorRole), m.AuthorHost, state, text, tools.Optional(m.ReplyToID), tools.Optional(m.EditedAt), m.HiddenBy)
			if err != nil {
				return err
			}
		}
		if len(page) < tools.ContentPage {
			return nil
		}
	}
}
