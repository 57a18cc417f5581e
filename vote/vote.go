// Package vote is what the people in a room answer together: polls, quizzes, ratings, texts and words. It decides no rights. Only packages
// above it may import it: graph and site.
package vote

import (
	"context"
	"log/slog"
	"time"

	"usher/ent"
	"usher/live"
	"usher/room"
)

// Kind is how an interaction is answered (N1).
type Kind string

const (
	Poll   Kind = "CHOICE"
	Quiz   Kind = "QUIZ"
	Text   Kind = "TEXT"
	Words  Kind = "WORDS"
	Rating Kind = "RATING"
)

// written reports whether people write their answers.
func (k Kind) written() bool { return k == Text || k == Words }

// State is where an interaction is in its life (N2).
type State string

const (
	Draft   State = "DRAFT"
	Open    State = "OPEN"
	Stopped State = "STOPPED"
)

// Share says when everyone in the room sees the results (N7).
type Share string

const (
	WhenAsked Share = "WHEN_ASKED"
	AtStop    Share = "AT_STOP"
	Live      Share = "LIVE"
)

// Tool is the interactions as rooms know them (T7, T8). log gets the faults that a stop finds.
func Tool(log *slog.Logger) room.Tool {
	s := stopping{log}
	return room.Tool{Name: "interactions", Written: written{}, Over: s.over, Off: s.off, Planned: copyDrafts}
}

// Options are what the services are built from.
type Options struct {
	Database *live.Database
	Log      *live.Log
	Rooms    *room.Rooms
	Clock    *room.Clock
	Logger   *slog.Logger
}

// Interactions drafts, runs, answers and lists interactions.
type Interactions struct {
	Rows Rows
	stopping
	db        *ent.Client // reads
	rooms     *room.Rooms
	clock     *room.Clock
	tx        *live.Log
	answering *live.Collect[answering, *Interaction] // by room
	places    *live.Lasting[string, string]          // the rooms of interactions
}

// answerWindow is the longest time between the starts of two transactions of answers in one room.
const answerWindow = 50 * time.Millisecond

// keptPlaces is the number of interactions whose rooms are kept.
const keptPlaces = 1_000

// New builds the service. Close ends what it runs in the background.
func New(o Options) *Interactions {
	s := &Interactions{
		Rows: Rows{o.Database.Read}, stopping: stopping{o.Logger}, db: o.Database.Read, rooms: o.Rooms, clock: o.Clock, tx: o.Log,
	}
	s.answering = live.NewCollect(o.Log, s.beginAnswering, live.Crowded(answerWindow))
	s.places = live.NewLasting(keptPlaces, s.Rows.rooms)
	return s
}

// Close finishes the answers in line.
func (s *Interactions) Close() { s.answering.Close() }

// runEvery is how often Run checks what is due.
const runEvery = time.Second

// Run stops interactions whose time is over, and seals stopped ones, until ctx ends. Several servers may run it at once.
func (s *Interactions) Run(ctx context.Context) {
	tick := time.NewTicker(runEvery)
	defer tick.Stop()
	for failed := false; ; {
		err := s.stopDue(ctx)
		if err == nil {
			err = s.sealAll(ctx)
		}
		if err != nil && !failed && ctx.Err() == nil {
			s.log.Warn("stop and seal interactions", "error", err)
		}
		failed = err != nil
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}
