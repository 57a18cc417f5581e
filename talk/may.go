package talk

import (
	"slices"

	"usher/ent"
	"usher/ent/participant"
	"usher/ent/schema"
	"usher/problem"
	"usher/role"
	"usher/room"
	"usher/text"
	"usher/tools"
)

// check returns the clean text of a message that may be written now.
func (b *batch) check(t *room.Turn, author schema.Author, in SendMessageInput) (clean string, err error) {
	if err := b.mayWrite(t, author, in.Channel); err != nil {
		return "", err
	}
	clean, wrong := text.CleanChat(in.Text)
	switch {
	case wrong != nil:
		return "", problem.New(problem.InvalidValue).At("text").Saying(wrong.Message)
	case in.ReplyTo != nil && !b.answers(t, in):
		return "", problem.New(problem.InvalidValue).At("replyTo").Saying("The message that you answer is not in this channel.")
	case !b.mayMention(in.Mentions):
		return "", problem.New(problem.InvalidValue).At("mentions").Saying("Mention up to 10 people who are in the room or have written.")
	}
	if err := tools.CheckKey(in.Key); err != nil {
		return "", err
	}
	return clean, b.slow(author, in.Channel)
}

// mayWrite returns the problem of somebody who must not write in a channel now.
func (b *batch) mayWrite(t *room.Turn, author schema.Author, in Channel) error {
	if err := tools.Open(t.Room, b.Session); err != nil {
		return err
	}
	if in == Chat && !admits(b.tools.Chat(), author) {
		return problem.New(problem.ChatOff)
	}
	return tools.Unmuted(t, b.tx.At)
}

// admits reports whether somebody may write in a chat of the mode.
func admits(m tools.Mode, author schema.Author) bool {
	return m == tools.ForEveryone || m == tools.ForHosts && (author.Host || author.Role.Rank() >= role.Speaker.Rank())
}

// answers reports whether the message that one answers is in its channel, and its author may read it.
func (b *batch) answers(t *room.Turn, in SendMessageInput) bool {
	m := b.answered[*in.ReplyTo]
	return m != nil && m.Channel == string(in.Channel) && m.DeletedAt == nil && in.Channel.reads(t.Sight, b.revisionOf(m))
}

// revisionOf returns the revision of a message. Those of this transaction get the next one.
func (b *batch) revisionOf(m *ent.Message) int {
	if m.Revision == 0 {
		return b.Room.Revision + 1
	}
	return m.Revision
}

// maxMentions limits the people whom a message mentions (C5).
const maxMentions = 10

// mayMention reports whether all of these people are in the room or have written.
func (b *batch) mayMention(ids []string) bool {
	return len(ids) <= maxMentions && !slices.ContainsFunc(ids, func(id string) bool {
		p := b.known[id]
		return p == nil || p.State != participant.StateInRoom && !b.wrote[id]
	})
}

// mentioned returns people as they are now.
func (b *batch) mentioned(ids []string) (all []schema.Author) {
	for _, id := range ids {
		p := b.known[id]
		all = append(all, schema.Author{ParticipantID: p.ID, Name: p.DisplayName, Role: p.Role})
	}
	return all
}
