package graph

import (
	"unicode/utf8"

	"usher/ask"
	"usher/ent/participant"
	"usher/gesture"
	"usher/graph/generated"
	"usher/role"
	"usher/room"
	"usher/talk"
	"usher/vote"
)

// Config returns the resolvers and the costs of lists and long texts for the executable schema. A list costs its number of rows times
// the cost of a row, so that nested lists are refused before they are read. Long texts cost by their bytes.
func Config(r *Resolver) generated.Config {
	c := generated.Config{Resolvers: r}
	c.Complexity.Query.Rooms = func(row int, first *int, _, _ *string, _ *room.RoomSelection) int { return rows(first, 20, row) }
	c.Complexity.Room.Sessions = func(row int, first *int, _ *string) int { return rows(first, 20, row) }
	c.Complexity.Room.Invitations = func(row int, _ *string, first *int, _ *string, _ []room.InvitationStatus, _ *string, _ bool) int {
		return rows(first, 50, row)
	}
	c.Complexity.Room.Participants = func(row int, first *int, _ *string, _ []participant.State, _ []role.RoomRole, _ *bool, _ *string, _ bool) int {
		return rows(first, 100, row)
	}
	c.Complexity.Room.Attendance = func(row int, _ *string, first *int, _, _ *string) int { return rows(first, 50, row) }
	c.Complexity.Room.Summary = func(row int, _ *string) int { return rows(nil, summed, 1) + row }
	c.Complexity.SessionSummary.Interactions = func(row int, first *int, _ *string) int { return rows(first, 20, row) }
	c.Complexity.Room.Events = func(row int, first, _ *int, _ []room.Topic) int { return rows(first, 50, row) }
	c.Complexity.Room.Messages = func(row int, _ talk.Channel, first *int, _ *string) int { return rows(first, 50, row) }
	c.Complexity.Room.Hands = func(row int, first *int, _ *string) int { return rows(first, 50, row) }
	c.Complexity.HandsRaised.Hands = few
	c.Complexity.Tally.Reactions = func(row int) int { return rows(nil, len(gesture.AllReactions), row) }
	c.Complexity.Room.Questions = func(row int, first *int, _ *string, _ []ask.State, _ bool, _ ask.QuestionOrder) int {
		return rows(first, 20, row)
	}
	c.Complexity.Question.Text = longText(500)
	c.Complexity.Question.Answer = longText(2000) // or else the private answer is that long
	c.Complexity.Room.Interactions = func(row int, first *int, _ *string, _ []vote.State) int { return rows(first, 20, row) }
	c.Complexity.Interaction.AllAnswers = func(row int, first *int, _ *string) int { return rows(first, 50, row) }
	c.Complexity.Interaction.Options, c.Complexity.InteractionTally.Options = few, few
	c.Complexity.Interaction.Words = func(row int) int { return rows(nil, 100/shortRows, row) }
	c.Complexity.InteractionTally.Words = func(row int) int { return rows(nil, 20/shortRows, row) }
	c.Complexity.Interaction.Title = longText(300)
	c.Complexity.ChatMessage.Text = longText(1000)
	c.Complexity.ChatMessage.Mentions = few
	c.Complexity.Invitation.Mails = few
	c.Complexity.MailsChanged.Mails = few
	c.Complexity.Invitation.Events = func(row int, first, _ *int) int { return rows(first, 50, row) }
	c.Complexity.Query.Users = func(row int, first *int, _, _ *string, _ *role.SiteRole, _ *bool) int { return rows(first, 50, row) }
	c.Complexity.Query.UserSearch = func(row int, _, _ string, first *int) int { return rows(first, 8, row) }
	c.Complexity.Query.ReadAddress = func(int, string) int { return longText(4096)(0) } // reading costs by the text, not by the answer
	c.Complexity.Query.InvitedBefore = func(row int, _, _ string, first *int) int { return rows(first, 8, row) }
	c.Complexity.RoomCounts.Roles = func(row int) int { return rows(nil, len(role.RoomRoles), row) }
	c.Complexity.Query.Roles = func(row int) int { return rows(nil, len(role.RoomRoles), row) }
	c.Complexity.InviteUsersSuccess.Rows = func(row int) int { return rows(nil, room.MaxInviteRows, row) }
	c.Complexity.Query.InvitePreview = func(row int, _ string, _ *string, _ []byte, _ []*room.InviteRow, _ *role.RoomRole) int {
		return longText(50_000)(0) + row
	}
	c.Complexity.InvitePreviewSuccess.Rows = func(row int) int { return rows(nil, room.MaxPreviewRows, row) }
	c.Complexity.SiteStatus.Servers, c.Complexity.SiteStatus.Failing = few, few
	c.Complexity.SiteStatus.Busiest = func(row int) int { return rows(nil, room.BusiestRooms, row) }
	c.Complexity.Room.Managers, c.Complexity.Me.Participants, c.Complexity.Presence.Changed = few, few, few
	c.Complexity.Room.Description, c.Complexity.InvitationLink.RoomDescription = longText(5000), longText(5000)
	c.Complexity.Invitation.HostMessage, c.Complexity.HostAsked.Message = longText(280), longText(280)
	return c
}

// rows returns the cost of a list. A size that is refused later counts as 1 here.
func rows(first *int, otherwise, row int) int {
	n := otherwise
	if first != nil {
		n = max(1, *first)
	}
	return 1 + n*row
}

// summed is how many rows of a list cost as much as summing up who came to a session.
const summed = 1000

// few returns the cost of a list without pages, which is usually short.
func few(row int) int { return rows(nil, 10, row) }

// shortRows is how many words, which are short, cost as much as one row of a list.
const shortRows = 4

// textUnit is how many bytes of text cost as much as a short field.
const textUnit = 100

// longText returns the cost of a field whose text has at most the given number of characters.
func longText(characters int) func(int) int {
	cost := characters * utf8.UTFMax / textUnit
	return func(int) int { return cost }
}
