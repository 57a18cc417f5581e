package main

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"time"

	"usher/auth"
	"usher/ent"
	"usher/live"
	"usher/people"
	"usher/role"
	"usher/room"
)

// measureInvited measures searches among people whom one manager invited before, in one room and in many. Each is asked for the first 8.
func measureInvited(ctx context.Context, name, url string, everyone [][3]string, rounds, rooms int) error {
	db, err := live.Open(ctx, url)
	if err != nil {
		return err
	}
	defer db.Close()
	hub := live.NewHub(db)
	log := db.Log(time.Now, hub)
	folder, err := os.MkdirTemp("", "usher-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	keys, err := room.CreateKeys(folder + "/keys")
	if err != nil {
		return err
	}
	services := room.New(room.Options{
		Database: db, Log: log, Hub: hub, Presence: live.NewPresence(time.Second, time.Second), Keys: keys,
		JoinURL: "http://localhost/join", MembersCreateRooms: true, Limits: room.DefaultLimits(), Logger: slog.New(slog.DiscardHandler),
	})
	defer services.Close()
	passwords := auth.NewPasswords(1)
	authenticator := auth.New(auth.Options{Database: db, Log: log, Passwords: passwords, Terms: auth.DefaultTerms()})
	u, err := people.New(people.Options{Database: db, Log: log, Auth: authenticator, Passwords: passwords}).
		Add(ctx, people.NewUser{Email: "manager@example.com", FirstName: "Ada", LastName: "Manager", Role: role.Member})
	if err != nil {
		return err
	}
	by := auth.Actor{User: u}
	var of []*room.Room
	for n := range rooms {
		r, err := services.Rooms.Create(ctx, by, room.CreateRoomInput{
			Title: fmt.Sprint("Room ", n), TimeZone: "UTC", StartsAt: time.Now().Add(time.Hour), ChatAndCollaboration: true, Access: "INVITED", Admission: "AUTOMATIC",
		})
		if err != nil {
			return err
		}
		of = append(of, r)
	}
	begun := time.Now()
	for n := range slices.Chunk(numbers(len(everyone)), 10_000) {
		if err := log.Write(ctx, func(tx *live.Tx) error { return invite(ctx, tx, of, u, everyone, n) }); err != nil {
			return err
		}
	}
	// As PostgreSQL does by itself within minutes.
	if err := log.Write(ctx, func(tx *live.Tx) error { _, err := tx.ExecContext(ctx, "ANALYZE invitations"); return err }); err != nil {
		return err
	}
	fmt.Printf("\n%s: %d invitations in %d rooms, written in %s\n\n", name, len(everyone), rooms, time.Since(begun).Round(100*time.Millisecond))
	fmt.Println("| query | for example | people found | p50 | p99 | slowest |")
	fmt.Println("|---|---|---|---|---|---|")
	for _, k := range invitedQueries(everyone) {
		least, most := len(everyone), 0
		times := make([]time.Duration, len(k.queries))
		for i, q := range k.queries {
			times[i] = time.Hour
			for range rounds {
				begun := time.Now()
				found, err := services.Rooms.InvitedBefore(ctx, by, room.UserSearch{RoomID: of[len(of)-1].ID, Query: q.text, First: 8})
				if err != nil {
					return fmt.Errorf("%q: %w", q.text, err)
				}
				times[i] = min(times[i], time.Since(begun))
				least, most = min(least, len(found)), max(most, len(found))
			}
		}
		slices.Sort(times)
		at := func(part float64) time.Duration {
			return times[int(part*float64(len(times)-1))].Round(10 * time.Microsecond)
		}
		fmt.Printf("| %s | `%s` | %d–%d | %s | %s | %s |\n", k.name, k.queries[0].text, least, most, at(0.5), at(0.99), at(1))
	}
	return nil
}

func numbers(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// invite writes invitations as if each had been sent a second after the one before, the rooms in turn.
func invite(ctx context.Context, tx *live.Tx, rooms []*room.Room, by *ent.User, everyone [][3]string, numbers []int) error {
	for some := range slices.Chunk(numbers, 500) {
		all := make([]*ent.InvitationCreate, len(some))
		for i, n := range some {
			p, r := everyone[n], rooms[n*len(rooms)/len(everyone)]
			all[i] = tx.Invitation.Create().SetPublicID(fmt.Appendf(nil, "%016d", n)).SetRoomID(r.ID).SetSessionID(*r.CurrentSessionID).
				SetInvitedByID(by.ID).SetEmail(p[0]).SetEmailTyped(p[0]).SetFirstName(p[1]).SetLastName(p[2]).SetRole(role.Viewer).
				SetCreatedAt(tx.At.Add(time.Duration(n-len(everyone)) * time.Second))
		}
		if err := tx.Invitation.CreateBulk(all...).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

func invitedQueries(everyone [][3]string) []kind {
	random := rand.New(rand.NewPCG(3, 4))
	make := func(name string, n int, text func() string) kind {
		k := kind{name: name}
		for range n {
			k.queries = append(k.queries, query{text: text()})
		}
		return k
	}
	person := func() [3]string { return everyone[random.IntN(len(everyone))] }
	return []kind{
		make("names as they are typed", 60, func() string { p := person(); return beginningOf(random, p[1]+" "+p[2]) }),
		make("email addresses as they are typed", 60, func() string { return beginningOf(random, person()[0]) }),
		make("whole email addresses", 60, func() string { return person()[0] }),
		make("words that nobody has both", 20, func() string { return strings.Fields(person()[2])[0] + " zzyzx" }),
		make("a word that nobody has", 20, func() string { return fmt.Sprint("nobody", random.IntN(1000)) }),
	}
}

func beginningOf(random *rand.Rand, text string) string {
	runes := []rune(text)
	return string(runes[:min(len(runes), 2+random.IntN(len(runes)))])
}
