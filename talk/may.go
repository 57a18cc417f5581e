package talk

import (
	"slices"
	"time"

	"usher/ent"
	"usher/ent/participant"
	"usher/ent/schema"
	"usher/ent/session"
	"usher/problem"
	"usher/role"
	"usher/room"
	"usher/text"
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
	case !keyForm.MatchString(in.Key):
		return "", problem.New(problem.InvalidValue).At("key").Saying("A key has 22 to 64 characters A-Z, a-z, 0-9, - or _.")
	}
	return clean, b.slow(author, in.Channel)
}

// mayWrite returns the problem of somebody who must not write in a channel now.
func (b *batch) mayWrite(t *room.Turn, author schema.Author, in Channel) error {
	switch {
	case !t.Room.ChatAndCollaboration:
		return chatAndCollaborationOff()
	case b.Session == nil || b.Session.State != session.StateOpen:
		return problem.New(problem.SessionNotOpen)
	case in == Chat && !b.tools.Chat().admits(author):
		return problem.New(problem.ChatOff)
	}
	if own := t.Sight.Own; own != nil && !author.Host {
		if muted, until := room.Muted(own, b.tx.At); muted {
			return mutedUntil(until)
		}
	}
	return nil
}

func mutedUntil(until *time.Time) *problem.Problem {
	p := problem.New(problem.Muted)
	if until != nil {
		p.Retry(*until)
	}
	return p
}

// admits reports whether somebody may write in a chat of the mode.
func (m Mode) admits(author schema.Author) bool {
	return m == ForEveryone || m == ForHosts && (author.Host || author.Role.Rank() >= role.Speaker.Rank())
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
