package talk

import (
	"context"
	"fmt"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/ent/message"
	"usher/ent/participant"
	"usher/ent/schema"
	"usher/live"
	"usher/problem"
	"usher/role"
	"usher/room"
	"usher/tools"
)

// SendMessageInput is a message to write.
type SendMessageInput struct {
	RoomID   string
	Channel  Channel
	Text     string
	ReplyTo  *string
	Mentions []string
	// Key is the author's own id of the message.
	Key string
}

// sending is a message in line.
type sending struct {
	actor auth.Actor
	in    SendMessageInput
}

// Send writes a message. It returns the first that applies: problem.ErrNotFound, problem.ErrForbidden, the message that this key wrote,
// CHAT_AND_COLLABORATION_OFF, SESSION_NOT_OPEN, CHAT_OFF, MUTED, INVALID_VALUE, SLOW_DOWN (C1).
func (m *Messages) Send(ctx context.Context, actor auth.Actor, in SendMessageInput) (*ChatMessage, error) {
	return m.sending.Do(ctx, in.RoomID, sending{actor, in})
}

// batch is a transaction in which people write in one room. It reads what all of them need with a constant number of queries.
type batch struct {
	*room.Crowd
	ctx      context.Context
	tx       *live.Tx
	messages []sending
	tools    settings
	pace     pace
	earlier  map[string]*ent.Message     // by author and key
	recent   map[string][]time.Time      // when each author wrote or edited lately, ascending
	answered map[string]*ent.Message     // by id
	known    map[string]*ent.Participant // who is mentioned, by id
	wrote    map[string]bool             // those of them who have written, by id
	written  []*ChatMessage
}

// beginSending locks a room, and reads what messages to it need.
func (m *Messages) beginSending(ctx context.Context, tx *live.Tx, roomID string, messages []sending) (live.Batch[*ChatMessage], error) {
	actors := make([]auth.Actor, len(messages))
	for i, s := range messages {
		actors[i] = s.actor
	}
	crowd, err := m.rooms.Crowd(ctx, tx, roomID, actors)
	if err != nil {
		return nil, err
	}
	b := &batch{Crowd: crowd, ctx: ctx, tx: tx, messages: messages}
	if crowd.Room == nil || crowd.Session == nil {
		return b, nil
	}
	if b.tools, err = readSettings(ctx, tx.Client(), roomID); err != nil {
		return nil, err
	}
	b.pace = pace{b.tools.Row.Pace}.at(tx.At)
	if err := b.readWritten(); err != nil {
		return nil, err
	}
	return b, b.readNamed()
}

// readWritten reads what the authors wrote before: with the keys of the batch, and lately.
func (b *batch) readWritten() error {
	keys := make([]string, len(b.messages))
	for i, s := range b.messages {
		keys[i] = s.in.Key
	}
	rows, err := b.tx.Message.Query().Where(message.SessionID(b.Session.ID), message.ClientKeyIn(keys...)).All(b.ctx)
	if err != nil {
		return fmt.Errorf("read earlier messages: %w", err)
	}
	b.earlier = map[string]*ent.Message{}
	for _, m := range rows {
		b.earlier[tools.AuthorKey(m.AuthorID, m.AuthorUserID)+" "+m.ClientKey] = m
	}
	b.recent, err = recentOf(b.ctx, b.tx, b.Session.ID, b.authors(), b.tx.At.Add(-max(personalWindow, b.gap(role.Viewer))))
	return err
}

// authors returns the places and accounts of those who write.
func (b *batch) authors() (ids []string) {
	for i := range b.messages {
		if t, err := b.Turn(i); err == nil {
			a := t.Author()
			ids = append(ids, tools.AuthorKey(a.ParticipantID, a.UserID))
		}
	}
	return ids
}

// readNamed reads the messages that are answered and the people who are mentioned.
func (b *batch) readNamed() error {
	var replies, people []string
	for _, s := range b.messages {
		if s.in.ReplyTo != nil {
			replies = append(replies, *s.in.ReplyTo)
		}
		people = append(people, s.in.Mentions...)
	}
	b.answered, b.known, b.wrote = map[string]*ent.Message{}, map[string]*ent.Participant{}, map[string]bool{}
	if replies != nil {
		rows, err := b.tx.Message.Query().Where(message.IDIn(replies...), message.SessionID(b.Session.ID)).All(b.ctx)
		if err != nil {
			return fmt.Errorf("read answered messages: %w", err)
		}
		for _, m := range rows {
			b.answered[m.ID] = m
		}
	}
	if people == nil {
		return nil
	}
	rows, err := b.tx.Participant.Query().Where(participant.IDIn(people...), participant.SessionID(b.Session.ID)).All(b.ctx)
	if err != nil {
		return fmt.Errorf("read mentioned people: %w", err)
	}
	for _, p := range rows {
		b.known[p.ID] = p
	}
	wrote, err := b.tx.Message.Query().Where(message.SessionID(b.Session.ID), message.AuthorIDIn(people...)).
		Unique(true).Select(message.FieldAuthorID).Strings(b.ctx)
	if err != nil {
		return fmt.Errorf("read who has written: %w", err)
	}
	for _, id := range wrote {
		b.wrote[id] = true
	}
	return nil
}

// Run writes one message by the rights that its author has now.
func (b *batch) Run(i int) (*ChatMessage, error) {
	t, err := b.Turn(i)
	if err != nil {
		return nil, err
	}
	in := b.messages[i].in
	if !t.Sight.Can(in.Channel.right()) {
		return nil, problem.ErrForbidden
	}
	author := t.Author()
	who := tools.AuthorKey(author.ParticipantID, author.UserID)
	if earlier := b.earlier[who+" "+in.Key]; earlier != nil {
		return shown(earlier, b.answered, t.Sight), nil
	}
	clean, err := b.check(t, author, in)
	if err != nil {
		return nil, err
	}
	m := &ent.Message{
		ID: schema.NewID("m"), RoomID: t.Room.ID, SessionID: b.Session.ID, Channel: string(in.Channel), AuthorID: author.ParticipantID,
		AuthorUserID: author.UserID, AuthorName: author.Name, AuthorRole: author.Role, AuthorHost: author.Host, Text: clean,
		ReplyToID: in.ReplyTo, Mentions: b.mentioned(in.Mentions), ClientKey: in.Key, At: b.tx.At,
	}
	if paced(author) && in.Channel == Chat {
		b.pace = b.pace.take()
	}
	b.recent[who] = append(b.recent[who], b.tx.At)
	b.earlier[who+" "+in.Key] = m
	b.answered[m.ID] = m
	b.Keep(t)
	written := shown(m, b.answered, t.Sight)
	b.written = append(b.written, written)
	return written, nil
}

// Flush writes the messages, with one event for each channel.
func (b *batch) Flush() error {
	if len(b.written) == 0 {
		return b.Crowd.Flush()
	}
	var rows []*ent.MessageCreate
	for _, in := range []Channel{Chat, Backchannel} {
		var these []*ChatMessage
		for _, m := range b.written {
			if m.Channel() == in {
				these = append(these, m)
			}
		}
		if these == nil {
			continue
		}
		e := live.Entry{SessionID: b.Session.ID}
		e.Detail.Channel = string(in)
		revision := b.Emit(messagesPosted, e)
		for nth, m := range these {
			m.Message.Revision, m.Nth = revision, nth
			rows = append(rows, create(b.tx, m.Message))
		}
	}
	if err := b.tx.Message.CreateBulk(rows...).Exec(b.ctx); err != nil {
		return fmt.Errorf("write messages: %w", err)
	}
	if b.pace.Pace != b.tools.Row.Pace {
		b.tools.Row.Pace = b.pace.Pace
		if err := tools.Write(b.ctx, b.tx, b.tools.RoomTools); err != nil {
			return err
		}
	}
	return b.Crowd.Flush()
}

func create(tx *live.Tx, m *ent.Message) *ent.MessageCreate {
	return tx.Message.Create().SetID(m.ID).SetRoomID(m.RoomID).SetSessionID(m.SessionID).SetChannel(m.Channel).SetRevision(m.Revision).
		SetNth(m.Nth).SetAuthorID(m.AuthorID).SetAuthorUserID(m.AuthorUserID).SetAuthorName(m.AuthorName).SetAuthorRole(m.AuthorRole).
		SetAuthorHost(m.AuthorHost).SetText(m.Text).SetNillableReplyToID(m.ReplyToID).SetMentions(m.Mentions).SetClientKey(m.ClientKey).
		SetAt(m.At)
}
