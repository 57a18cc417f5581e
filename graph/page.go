package graph

import (
	"context"
	"errors"

	"usher/ask"
	"usher/ent"
	"usher/gesture"
	"usher/graph/model"
	"usher/problem"
	"usher/room"
	"usher/talk"
	"usher/vote"
)

func pageInfo[T any](l room.List[T]) *model.PageInfo {
	info := &model.PageInfo{HasNextPage: l.More, HasPreviousPage: l.Earlier}
	if n := len(l.Cursors); n > 0 {
		info.StartCursor, info.EndCursor = &l.Cursors[0], &l.Cursors[n-1]
	}
	return info
}

func edges[T, E any](l room.List[T], edge func(cursor string, node T) E) []E {
	all := make([]E, len(l.Nodes))
	for i, node := range l.Nodes {
		all[i] = edge(l.Cursors[i], node)
	}
	return all
}

func roomConnection(l room.List[*room.Room]) *model.RoomConnection {
	return &model.RoomConnection{
		Nodes: l.Nodes, PageInfo: pageInfo(l), TotalCount: l.Total,
		Edges: edges(l, func(c string, n *room.Room) *model.RoomEdge { return &model.RoomEdge{Cursor: c, Node: n} }),
	}
}

func sessionConnection(l room.List[*ent.Session]) *model.SessionConnection {
	return &model.SessionConnection{
		Nodes: l.Nodes, PageInfo: pageInfo(l), TotalCount: l.Total,
		Edges: edges(l, func(c string, n *ent.Session) *model.SessionEdge { return &model.SessionEdge{Cursor: c, Node: n} }),
	}
}

func invitationConnection(l room.List[*room.Invitation]) *model.InvitationConnection {
	return &model.InvitationConnection{
		Nodes: l.Nodes, PageInfo: pageInfo(l), TotalCount: l.Total,
		Edges: edges(l, func(c string, n *room.Invitation) *model.InvitationEdge {
			return &model.InvitationEdge{Cursor: c, Node: n}
		}),
	}
}

// filled returns nil for an empty text.
func filled(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// text returns the value of an optional argument, or "" if it was omitted.
func text(optional *string) string {
	if optional == nil {
		return ""
	}
	return *optional
}

func participantConnection(l room.List[*room.Participant]) *model.ParticipantConnection {
	return &model.ParticipantConnection{
		Nodes: l.Nodes, PageInfo: pageInfo(l), TotalCount: l.Total,
		Edges: edges(l, func(c string, n *room.Participant) *model.ParticipantEdge {
			return &model.ParticipantEdge{Cursor: c, Node: n}
		}),
	}
}

func attendeeConnection(l room.List[*room.Attendee]) *model.AttendeeConnection {
	return &model.AttendeeConnection{
		Nodes: l.Nodes, PageInfo: pageInfo(l), TotalCount: l.Total,
		Edges: edges(l, func(c string, n *room.Attendee) *model.AttendeeEdge { return &model.AttendeeEdge{Cursor: c, Node: n} }),
	}
}

func handConnection(l room.List[*gesture.Hand]) *model.HandConnection {
	return &model.HandConnection{
		Nodes: l.Nodes, PageInfo: pageInfo(l), TotalCount: l.Total,
		Edges: edges(l, func(c string, n *gesture.Hand) *model.HandEdge { return &model.HandEdge{Cursor: c, Node: n} }),
	}
}

func messageConnection(l room.List[*talk.ChatMessage]) *model.ChatMessageConnection {
	return &model.ChatMessageConnection{
		Nodes: l.Nodes, PageInfo: pageInfo(l), TotalCount: l.Total,
		Edges: edges(l, func(c string, n *talk.ChatMessage) *model.ChatMessageEdge {
			return &model.ChatMessageEdge{Cursor: c, Node: n}
		}),
	}
}

func questionConnection(l room.List[*ask.Question]) *model.QuestionConnection {
	return &model.QuestionConnection{
		Nodes: l.Nodes, PageInfo: pageInfo(l), TotalCount: l.Total,
		Edges: edges(l, func(c string, n *ask.Question) *model.QuestionEdge { return &model.QuestionEdge{Cursor: c, Node: n} }),
	}
}

func interactionConnection(l room.List[*vote.Interaction]) *model.InteractionConnection {
	return &model.InteractionConnection{
		Nodes: l.Nodes, PageInfo: pageInfo(l), TotalCount: l.Total,
		Edges: edges(l, func(c string, n *vote.Interaction) *model.InteractionEdge {
			return &model.InteractionEdge{Cursor: c, Node: n}
		}),
	}
}

func answerConnection(l room.List[*vote.Answer]) *model.AnswerConnection {
	return &model.AnswerConnection{
		Nodes: l.Nodes, PageInfo: pageInfo(l), TotalCount: l.Total,
		Edges: edges(l, func(c string, n *vote.Answer) *model.AnswerEdge { return &model.AnswerEdge{Cursor: c, Node: n} }),
	}
}

// events renders happenings for a sight.
func events(ctx context.Context, happenings []*room.Happening, sight room.Sight) []room.RoomEvent {
	shown := make([]room.RoomEvent, 0, len(happenings))
	for _, h := range happenings {
		if e := h.As(sight); e != nil {
			load(ctx).ofHappening(h)
			shown = append(shown, e)
		}
	}
	return shown
}

// unlessQuiet drops ErrForbidden if the sight makes forbidden fields null, as in events.
func unlessQuiet(sight room.Sight, err error) error {
	if sight.Quiet && errors.Is(err, problem.ErrForbidden) {
		return nil
	}
	return err
}
