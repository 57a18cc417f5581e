// Package mini is a small GraphQL schema whose resolvers misbehave on request. Only the tests of wire may import it.
package mini

//go:generate go run github.com/99designs/gqlgen generate

import (
	"context"
	"errors"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"usher/problem"
	"usher/role"
)

// Secret is in everything that a resolver reports only to the log.
const Secret = "secret-7f3a-of-the-server"

// New returns the executable schema.
func New() graphql.ExecutableSchema {
	config := Config{Resolvers: resolvers{}}
	config.Complexity.Query.Rooms = func(each int, first *int) int { return each * *first }
	return NewExecutableSchema(config)
}

type resolvers struct{}

func (resolvers) Query() QueryResolver               { return query{} }
func (resolvers) Mutation() MutationResolver         { return mutation{} }
func (resolvers) Subscription() SubscriptionResolver { return subscription{} }
func (resolvers) Room() RoomResolver                 { return room{} }

type query struct{}

func (query) Hello(_ context.Context, name string) (string, error) { return "hello " + name, nil }

func (query) Room(_ context.Context, id string) (*Room, error) {
	return &Room{ID: id, Title: "Room " + id, Parent: &Room{ID: "0", Title: "Lobby"}}, nil
}

func (query) Rooms(_ context.Context, first *int) ([]*Room, error) {
	rooms := make([]*Room, *first)
	for i := range rooms {
		rooms[i] = &Room{ID: "1", Title: "Room"}
	}
	return rooms, nil
}

func (query) Time(_ context.Context, at time.Time) (*time.Time, error) { return &at, nil }

func (query) Role(_ context.Context, role role.RoomRole) (role.RoomRole, error) { return role, nil }

func (query) Ratio(_ context.Context, of float64) (float64, error) { return of, nil }

func (query) Not(_ context.Context, flag bool) (bool, error) { return !flag, nil }

func (query) Nothing(context.Context) (*Room, error) { return nil, nil }

func (query) Slow(ctx context.Context) (*string, error) { return untilDone(ctx) }

func (query) Trouble(_ context.Context, kind Trouble) (*string, error) { return nil, kind.err() }

type room struct{}

func (room) Trouble(_ context.Context, _ *Room, kind Trouble) (*string, error) {
	return nil, kind.err()
}

type mutation struct{}

func (mutation) RenameRoom(_ context.Context, input RenameRoomInput) (RoomResult, error) {
	if input.Title == "" {
		return problem.New(problem.InvalidValue), nil
	}
	return &RoomSuccess{Room: &Room{ID: input.RoomID, Title: input.Title}}, nil
}

func (mutation) Slow(ctx context.Context) (*string, error) { return untilDone(ctx) }

type subscription struct{}

func (subscription) Ticks(ctx context.Context) (<-chan int, error) {
	ticks := make(chan int)
	go func() {
		defer close(ticks)
		for i := 1; ; i++ {
			select {
			case ticks <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	return ticks, nil
}

func untilDone(ctx context.Context) (*string, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

func (kind Trouble) err() error {
	switch kind {
	case TroubleUnauthenticated:
		return errors.Join(problem.ErrUnauthenticated, errors.New(Secret))
	case TroubleForbidden:
		return errors.Join(problem.ErrForbidden, errors.New(Secret))
	case TroubleNotFound:
		return errors.Join(problem.ErrNotFound, errors.New(Secret))
	case TroubleBadInput:
		return &problem.BadInput{Message: "first lies between 1 and 100"}
	case TroubleRateLimited:
		return &problem.RateLimited{RetryAfter: 1500 * time.Millisecond}
	case TroubleUnavailable:
		return errors.Join(problem.ErrUnavailable, errors.New(Secret))
	case TroubleDeadline:
		return errors.Join(context.DeadlineExceeded, errors.New(Secret))
	case TroubleStrayProblem:
		return problem.New(problem.InvalidEmail).Saying(Secret)
	case TroublePanic:
		panic(Secret)
	case TroubleUnknown:
	}
	return errors.New(Secret)
}
