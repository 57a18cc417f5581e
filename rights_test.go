package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"usher/live"
	"usher/role"
)

// Who may ask for what: the whole rights table (R1 to R6) over the API, a row for each mutation of the schema.

// askers are the columns of the table, as they stand to the room that a mutation is about.
var askers = []string{
	"nobody",
	"stranger",     // signed in, no place
	"guest",        // redeemed an invitation to this room as a viewer
	"elsewhere",    // owner of another room
	"CO_PUBLISHER", // of this room, as the next ones
	"CO_EDITOR",
	"CO_OWNER",
	"OWNER",
	"admin", // of the site, without a manager role
}

// answers are the cells.
var answers = map[string]string{"U": "UNAUTHENTICATED", "N": "NOT_FOUND", "F": "FORBIDDEN", "+": ""}

// right is a row: how the mutation is asked in a room, and what each asker is answered.
type right struct {
	cells string
	with  func(s *seat) object
	code  string // the Problem that even those who may are answered; none: they succeed
}

// seat is a room with one asker in it.
type seat struct {
	*hall
	asker   *client
	first   *ticket // somebody's invitation, redeemed
	place   string  // the participant by it
	account string  // an account's id
}

func inRoom(s *seat) object       { return object{"roomId": s.hall.id} }
func inSession(s *seat) object    { return object{"sessionId": s.session} }
func ofInvitation(s *seat) object { return object{"invitationId": s.first.id} }
func ofPlace(s *seat) object      { return object{"participantId": s.place} }
func none(*seat) object           { return nil }

func and(with func(s *seat) object, more object) func(s *seat) object {
	return func(s *seat) object {
		all := with(s)
		for name, value := range more {
			all[name] = value
		}
		return all
	}
}

// rights hold for what the contract has, also before it is served.
var rights = map[string]right{
	// Anybody may ask these: what they need to know is in the input.
	"signIn": {"+ + + + + + + + +", func(*seat) object {
		return object{"email": "stranger@example.com", "password": password, "credential": "BEARER"}
	}, ""},
	"signOut": {"+ + + + + + + + +", none, ""},
	"setUp": {"+ + + + + + + + +", func(*seat) object {
		return object{"token": "x", "email": "x@example.com", "firstName": "X", "lastName": "X", "password": password}
	}, "LINK_NOT_VALID"},
	"redeemInvitation": {"+ + + + + + + + +", func(s *seat) object { return s.Invite("another@example.org", nil).Own() }, ""},
	"askHost":          {"+ + + + + + + + +", func(s *seat) object { return object{"token": s.Invite("another@example.org", nil).token} }, "INVITATION_NOT_ACTIVE"},

	"createRoom":       {"U + U + + + + + +", func(s *seat) object { return object{"title": "Hall", "startsAt": stamp(s.h.Now())} }, ""},
	"updateSitePolicy": {"U F F F F F F F +", func(*seat) object { return object{"requireSignIn": false} }, ""},

	"updateRoom":    {"U N F N F + + + +", and(inRoom, object{"title": "Another"}), ""},
	"deleteRoom":    {"U N F N F F + + +", inRoom, ""},
	"addManager":    {"U N F N F F + + +", func(s *seat) object { return object{"roomId": s.hall.id, "userId": s.account, "role": "CO_EDITOR"} }, ""},
	"removeManager": {"U N F N F F + + +", func(s *seat) object { return object{"roomId": s.hall.id, "userId": s.account} }, ""},

	"scheduleSession": {"U N F N + + + + +", func(s *seat) object {
		return object{"roomId": s.hall.id, "startsAt": stamp(s.h.Now())}
	}, "SESSION_EXISTS"},
	"rescheduleSession": {"U N F N + + + + +", func(s *seat) object {
		return object{"sessionId": s.session, "startsAt": stamp(s.h.Now().Add(time.Hour))}
	}, ""},
	"startSession":  {"U N F N + + + + +", inSession, ""},
	"endSession":    {"U N F N + + + + +", inSession, "SESSION_NOT_OPEN"},
	"cancelSession": {"U N F N + + + + +", inSession, ""},

	"inviteUser": {"U N F N + + + + +", func(s *seat) object { return s.invitee("another@example.org", nil) }, ""},
	// Who may not list invitations may not know that one exists.
	"updateInvitation": {"U N N N + + + + +", and(ofInvitation, object{"role": "SPEAKER"}), ""},
	"regenerateLink":   {"U N N N + + + + +", ofInvitation, ""},
	"releaseDevice":    {"U N N N + + + + +", ofInvitation, ""},
	"revokeInvitation": {"U N N N + + + + +", ofInvitation, ""},

	"enterRoom":       {"U N + N + + + + +", inRoom, "SESSION_NOT_OPEN"},
	"leaveRoom":       {"U N + N N N N N N", inRoom, ""}, // managers have no place before they enter
	"acknowledgeRole": {"U N + N N N N N N", and(inRoom, object{"roleRevision": 1}), ""},
	"admitAll":        {"U N F N + + + + +", inRoom, ""},
	// A viewer may not know of another viewer.
	"admitParticipant":   {"U N N N + + + + +", ofPlace, "ALREADY_HANDLED"},
	"denyParticipant":    {"U N N N + + + + +", ofPlace, "ALREADY_HANDLED"},
	"changeRole":         {"U N N N + + + + +", and(ofPlace, object{"role": "SPEAKER"}), ""},
	"removeParticipant":  {"U N N N + + + + +", and(ofPlace, object{"block": true}), ""},
	"unblockParticipant": {"U N N N + + + + +", ofPlace, ""},
}

// cast are the accounts of the table, each signed in by cookie and by token.
type cast struct {
	h               *house
	cookies, tokens map[string]*client
	ids             map[string]string
}

func newCast(t *testing.T) *cast {
	t.Helper()
	c := &cast{startHouse(t), map[string]*client{}, map[string]*client{}, map[string]string{}}
	for _, asker := range append([]string{"somebody"}, askers...) {
		switch asker {
		case "nobody", "guest":
			continue
		case "admin":
			c.tokens[asker] = c.h.User("admin@example.com", "--admin")
		default:
			c.tokens[asker] = c.h.User(strings.ToLower(asker) + "@example.com")
		}
		c.cookies[asker] = c.h.Browser()
		email := strings.ToLower(asker) + "@example.com"
		c.ids[asker] = c.cookies[asker].Must("signIn", object{"email": email, "password": password}, "me { user { id } }").Text("me.user.id")
	}
	c.h.Hall(c.tokens["elsewhere"], nil)
	return c
}

// Seat sets a room with that asker, and somebody who redeemed an invitation.
func (c *cast) Seat(asker string, bearer bool) *seat {
	c.h.t.Helper()
	s := &seat{hall: c.h.Hall(c.tokens["OWNER"], nil), account: c.ids["somebody"]}
	s.first = s.Invite("first@example.org", nil)
	s.place = c.h.Browser().Redeem(s.first)
	switch asker {
	case "nobody":
		s.asker = c.h.Browser()
		return s
	case "guest":
		s.asker = c.h.Browser()
		with := s.Invite("guest@example.org", nil).Own()
		if !bearer {
			s.asker.Must("redeemInvitation", with, "")
			return s
		}
		with["credential"], with["attemptKey"] = "BEARER", "0123456789abcdefghijkl"+s.hall.id
		s.asker = c.h.Bearer(s.asker.Must("redeemInvitation", with, "accessToken").Text("accessToken"))
		return s
	case "CO_PUBLISHER", "CO_EDITOR", "CO_OWNER":
		s.Manager(c.ids[asker], role.ManagerRole(asker))
	}
	if s.asker = c.cookies[asker]; bearer {
		s.asker = c.tokens[asker]
	}
	return s
}

// Manager makes an account a manager of the room.
func (r *hall) Manager(userID string, as role.ManagerRole) {
	r.h.t.Helper()
	if served().Mutation.Fields.ForName("addManager") != nil {
		r.host.Must("addManager", object{"roomId": r.id, "userId": userID, "role": as}, "")
		return
	}
	err := r.h.parts.log.Write(r.h.t.Context(), func(tx *live.Tx) error {
		return tx.Manager.Create().SetRoomID(r.id).SetUserID(userID).SetRole(as).SetCreatedAt(tx.At).Exec(r.h.t.Context())
	})
	if err != nil {
		r.h.t.Fatal(err)
	}
}

func TestR_EveryMutationAnswersEachAskerAsTheirRightsAre(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	shared := map[string]*seat{} // refusals change nothing: all of an asker's are made in one room
	for _, field := range served().Mutation.Fields {
		row, ok := rights[field.Name]
		if !ok {
			t.Errorf("%s has no row in the table of rights", field.Name)
			continue
		}
		cells := strings.Fields(row.cells)
		if len(cells) != len(askers) {
			t.Fatalf("the row of %s has %d cells", field.Name, len(cells))
		}
		for i, asker := range askers {
			for _, bearer := range []bool{false, true} {
				// A right is the same by cookie and by token: where one of each kind of asker shows it, all do.
				if bearer && (!slices.Contains([]string{"stranger", "guest", "OWNER"}, asker) || field.Name == "signOut") {
					continue
				}
				how := asker + map[bool]string{false: " with a cookie", true: " with a token"}[bearer]
				t.Run(field.Name+" by "+how, func(t *testing.T) {
					s := shared[how]
					if cells[i] == "+" {
						s = c.Seat(asker, bearer)
					} else if s == nil {
						s = c.Seat(asker, bearer)
						shared[how] = s
					}
					if field.Name == "signOut" && asker != "nobody" && asker != "guest" {
						s.asker = c.h.Browser() // the sign-ins are needed on
					}
					if field.Name == "removeManager" && cells[i] == "+" {
						s.Manager(s.account, role.CoEditor)
					}
					before := s.Revision()
					r, result := s.asker.Do(field.Name, row.with(s), "")
					if want := answers[cells[i]]; r.Code() != want {
						t.Fatalf("answered %s, want %q", r.raw, want)
					}
					if cells[i] == "+" {
						same(t, "the problem", result.Text("code"), row.code)
						return
					}
					if after := s.Revision(); after != before && field.Name != "redeemInvitation" {
						t.Errorf("refused, it made %v", s.Kinds(before))
					}
				})
			}
		}
	}
}

func TestR6_WhatIsNotThereAnswersNotFound(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	own, foreign := c.Seat("OWNER", true), c.h.Hall(c.tokens["elsewhere"], nil)
	theirs := foreign.Invite("grace@example.org", nil)
	ids := map[string]string{ // of the other room, by the name of the field that takes it
		"roomId": foreign.id, "sessionId": foreign.session, "invitationId": theirs.id, "participantId": c.h.Browser().Redeem(theirs), "userId": c.ids["stranger"],
	}
	for _, field := range served().Mutation.Fields {
		arguments := field.Arguments
		names := []string{}
		for _, argument := range arguments {
			if argument.Name == "input" {
				for _, f := range served().Types[argument.Type.Name()].Fields {
					if f.Type.Name() == "ID" {
						names = append(names, f.Name)
					}
				}
			} else if argument.Type.Name() == "ID" {
				names = append(names, argument.Name)
			}
		}
		for _, name := range names {
			t.Run(field.Name+" "+name, func(t *testing.T) {
				bad := []any{"", "x", "_", "r_", "i_00", "p_0000000000000000000000000", strings.Repeat("s", 5000), "\u202e", 5}
				for kind, id := range ids {
					if kind != "userId" || name != "userId" {
						bad = append(bad, id) // of another kind, or of another's room
					}
				}
				for _, id := range bad {
					with := rights[field.Name].with(own)
					with[name] = id
					own.asker.Fails("NOT_FOUND", field.Name, with)
				}
			})
		}
	}
	t.Run("reading", func(t *testing.T) {
		for _, id := range append([]string{"", "x", "r_", "z_1", "_"}, foreign.id, foreign.session, theirs.id, ids["participantId"], ids["userId"]) {
			r := own.asker.Ask(`query($id: ID!) { node(id: $id) { id } room(id: $id) { id } }`, object{"id": id})
			same(t, "what stands at "+id, strings.TrimSpace(r.raw), `{"data":{"node":null,"room":null}}`)
		}
		for _, id := range []string{own.hall.id, own.session, own.first.id, own.place, c.ids["OWNER"]} {
			same(t, "what is there", own.asker.MustAsk(`query($id: ID!) { node(id: $id) { id } }`, object{"id": id}).Text("node.id"), id)
		}
	})
}

func TestR6_WhatASeatShowsOfOthers(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	document := `query($id: ID!, $invitation: ID!, $place: ID!, $session: ID!) {
		room(id: $id) { title managers { user { email siteRole name } } invitations { totalCount } }
		invitation: node(id: $invitation) { id } place: node(id: $place) { id } session: node(id: $session) { id } }`
	for _, asker := range askers {
		t.Run(asker, func(t *testing.T) {
			s := c.Seat(asker, false)
			r := s.asker.Ask(document, object{"id": s.hall.id, "invitation": s.first.id, "place": s.place, "session": s.session})
			sees, manages := !slices.Contains([]string{"nobody", "stranger", "elsewhere"}, asker), slices.Contains(askers[4:], asker)
			same(t, "the room, its session", []bool{r.Data["room"] != nil, r.Data["session"] != nil}, []bool{sees, sees})
			same(t, "an invitation, a viewer's place", []bool{r.Data["invitation"] != nil, r.Data["place"] != nil}, []bool{manages, manages})
			if !sees {
				same(t, "errors", len(r.Errors), 0)
				return
			}
			same(t, "the invitations", r.Data.At("room.invitations") != nil, manages)
			if !manages {
				same(t, "the one error and its path", []any{len(r.Errors), r.Code(), r.Errors[0].Path}, "[1 FORBIDDEN [room invitations]]")
			}
			owner := r.Data.List("room.managers")[0]
			same(t, "the owner's name and email", []any{owner.At("user.name"), owner.At("user.email") != nil}, []any{"Owner Host", manages})
			same(t, "the owner's site role", owner.At("user.siteRole") != nil, asker == "OWNER" || asker == "admin")
		})
	}
}
