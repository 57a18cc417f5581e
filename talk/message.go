package talk

import (
	"context"
	"fmt"
	"strconv"

	"entgo.io/ent/dialect/sql"

	"usher/auth"
	"usher/ent"
	"usher/ent/message"
	"usher/ent/predicate"
	"usher/ent/schema"
	"usher/role"
	"usher/room"
	"usher/tools"
)

// ChatMessage is a message as one asker sees it.
type ChatMessage struct {
	*ent.Message
	Sight room.Sight

	// Around are the places of the authors of the messages that are shown together.
	Around []string
	reply  *ent.Message // what it answers, if that is stored
}

// State is what happened to a message.
type State string

const (
	Shown   State = "SHOWN"
	Hidden  State = "HIDDEN"
	Deleted State = "DELETED"
)

// Channel returns where it was written.
func (m *ChatMessage) Channel() Channel { return Channel(m.Message.Channel) }

// State returns what happened to the message. A deleted message is no longer hidden.
func (m *ChatMessage) State() State {
	switch {
	case m.DeletedAt != nil:
		return Deleted
	case m.HiddenAt != nil:
		return Hidden
	}
	return Shown
}

// Text returns the text for those who may read it.
func (m *ChatMessage) Text() *string {
	if s := m.State(); s == Shown || s == Hidden && m.Sight.Can(role.Moderate) {
		return &m.Message.Text
	}
	return nil
}

// HiddenBy returns who hid it, for moderators and managers.
func (m *ChatMessage) HiddenBy() *string {
	if m.State() != Hidden || !m.Sight.Can(role.Moderate) {
		return nil
	}
	return &m.Message.HiddenBy
}

// ReplyTo returns the message that it answers.
func (m *ChatMessage) ReplyTo() *ChatMessage {
	if m.reply == nil {
		return nil
	}
	return &ChatMessage{Message: m.reply, Sight: m.Sight, Around: m.Around}
}

// Author returns who wrote it.
func (m *ChatMessage) Author() tools.Author {
	return tools.Author{Author: schema.Author{
		ParticipantID: m.AuthorID, UserID: m.AuthorUserID, Name: m.AuthorName, Role: m.AuthorRole, Host: m.AuthorHost,
	}}
}

// Mentions returns whom it mentions.
func (m *ChatMessage) Mentions() []tools.Author {
	all := make([]tools.Author, len(m.Message.Mentions))
	for i, a := range m.Message.Mentions {
		all[i] = tools.Author{Author: a}
	}
	return all
}

// withReplies reads what messages answer, by id.
func withReplies(ctx context.Context, c *ent.Client, rows []*ent.Message) (map[string]*ent.Message, error) {
	var ids []string
	for _, m := range rows {
		if m.ReplyToID != nil {
			ids = append(ids, *m.ReplyToID)
		}
	}
	if ids == nil {
		return nil, nil
	}
	return messagesByID(ctx, c, ids)
}

func messagesByID(ctx context.Context, c *ent.Client, ids []string) (map[string]*ent.Message, error) {
	rows, err := c.Message.ByIDs(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("read messages: %w", err)
	}
	byID := make(map[string]*ent.Message, len(rows))
	for _, m := range rows {
		byID[m.ID] = m
	}
	return byID, nil
}

// shown returns a message as somebody sees it.
func shown(m *ent.Message, replies map[string]*ent.Message, sight room.Sight) *ChatMessage {
	of := &ChatMessage{Message: m, Sight: sight}
	if m.ReplyToID != nil {
		of.reply = replies[*m.ReplyToID]
	}
	return of
}

// messagesPage is a page of a channel. Everyone who may read the channel from the same revision on gets the same.
type messagesPage struct {
	room, session string
	in            Channel
	from          int // the revision after which the reader reads the channel
	first         int
	behind        bool // it is behind the cursor after
	after         string
}

// messages are the messages of a page and one more, with what they answer. Nobody may change them.
type messages struct {
	rows    []*ent.Message
	replies map[string]*ent.Message
	around  []string
	total   int
}

// List returns the messages of a channel in the room's current session, newest first. It returns nil to those who may not read it.
// Those who read the same page at the same time share its reading.
func (m *Messages) List(ctx context.Context, r *room.Room, in Channel, page room.Page) (*room.List[*ChatMessage], error) {
	if !r.Sight.Can(in.right()) || !r.ChatAndCollaboration || r.CurrentSessionID == nil {
		return nil, nil
	}
	of := messagesPage{room: r.ID, session: *r.CurrentSessionID, in: in, first: page.First}
	if own := r.Sight.Own; in == Backchannel && own != nil && !r.Sight.Manages() {
		of.from = own.BackchannelFrom
	}
	if page.After != nil {
		of.behind, of.after = true, *page.After
	}
	read, err := m.pages.Of(ctx, of)
	if err != nil {
		return nil, err
	}
	l := room.Cut(read.rows, page, func(row *ent.Message) *ChatMessage {
		of := shown(row, read.replies, r.Sight)
		of.Around = read.around
		return of
	}, func(row *ent.Message) string { return room.Cursor(strconv.Itoa(row.Revision), strconv.Itoa(row.Nth)) })
	l.Total = read.total
	return &l, nil
}

// readPage reads a page of a channel.
func (m *Messages) readPage(ctx context.Context, of messagesPage) (read messages, err error) {
	marks, err := readSettings(ctx, m.db, of.room)
	if err != nil {
		return read, err
	}
	where := []predicate.Message{
		message.SessionID(of.session), message.Channel(string(of.in)), message.RevisionGT(max(of.from, marks.cleared(of.in))),
	}
	page, below := room.Page{First: of.first}, where
	if of.behind {
		page.After = &of.after
		behind, err := behindMessage(page)
		if err != nil {
			return read, err
		}
		below = append(where[:len(where):len(where)], behind)
	}
	read.rows, err = m.db.Message.Query().Where(below...).
		Order(message.ByRevision(sql.OrderDesc()), message.ByNth(sql.OrderDesc())).Limit(of.first + 1).All(ctx)
	if err != nil {
		return read, fmt.Errorf("list messages: %w", err)
	}
	if read.replies, err = withReplies(ctx, m.db, read.rows); err != nil {
		return read, err
	}
	read.around = authors(read.rows, read.replies)
	if read.total, err = room.TotalOf(ctx, page, len(read.rows), m.db.Message.Query().Where(where...).Count); err != nil {
		return read, fmt.Errorf("count messages: %w", err)
	}
	return read, nil
}

// behindMessage selects those behind the page's cursor.
func behindMessage(page room.Page) (predicate.Message, error) {
	parts, _, err := room.Position(page.After, 2)
	if err != nil {
		return nil, err
	}
	revision, err := room.PositionNumber(parts[0], 1<<52)
	if err != nil {
		return nil, err
	}
	nth, err := room.PositionNumber(parts[1], 1<<20)
	if err != nil {
		return nil, err
	}
	return message.Or(message.RevisionLT(revision), message.And(message.Revision(revision), message.NthLT(nth))), nil
}

// authors returns the places of the authors of messages, and of what they answer.
func authors(rows []*ent.Message, replies map[string]*ent.Message) (ids []string) {
	add := func(m *ent.Message) {
		if m != nil && m.AuthorID != "" {
			ids = append(ids, m.AuthorID)
		}
	}
	for _, m := range rows {
		add(m)
		if m.ReplyToID != nil {
			add(replies[*m.ReplyToID])
		}
	}
	return ids
}

// Message returns a message by its id. It returns nil if the message is not stored, or the asker may not read it.
func (m *Messages) Message(ctx context.Context, actor auth.Actor, id string) (*ChatMessage, error) {
	row, err := m.db.Message.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read message: %w", err)
	}
	r, err := m.rooms.Get(ctx, actor, row.RoomID)
	if err != nil || r == nil || !readable(r.Room, r.Sight, row) {
		return nil, err
	}
	replies, err := withReplies(ctx, m.db, []*ent.Message{row})
	if err != nil {
		return nil, err
	}
	return shown(row, replies, r.Sight), nil
}

// readable reports whether somebody may read a message of a room now.
func readable(r *ent.Room, sight room.Sight, m *ent.Message) bool {
	return r.ChatAndCollaboration && r.CurrentSessionID != nil && *r.CurrentSessionID == m.SessionID &&
		Channel(m.Channel).reads(sight, m.Revision)
}
