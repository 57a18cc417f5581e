// Command search measures searches among people with names as common as in Spain, Korea and Vietnam, on both databases, and writes the
// figures as the tables of docs/performance.md.
//
//	go run ./bench/search
//
// With -invited, it measures searches among people whom one manager invited before instead.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"usher/ent"
	"usher/live"
	"usher/live/livetest"
	"usher/people"
)

func main() {
	n := flag.Int("people", 1_000_000, "how many people")
	only := flag.String("only", "", "sqlite or postgres; both where it is left out")
	rooms := flag.Int("invited", 0, "in how many rooms one manager invited these people; measures invitedBefore if it is not 0")
	rounds := flag.Int("rounds", 6, "how often each query runs; the best time counts, so that other work on the machine matters little")
	flag.Parse()
	if err := run(context.Background(), *n, *rounds, *rooms, *only); err != nil {
		fmt.Fprintln(os.Stderr, "search:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, n, rounds, rooms int, only string) (err error) {
	folder, err := os.MkdirTemp("", "usher-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	everyone := make([][3]string, n)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range everyone {
		everyone[i] = somebody(random, i)
	}
	kinds := queries(random, everyone)
	if only != "postgres" {
		file := filepath.Join(folder, "search.db")
		size := func(*live.Database) string { return fileSize(file) }
		if rooms > 0 {
			err = measureInvited(ctx, "SQLite", "sqlite://"+file, everyone, rounds, rooms)
		} else {
			err = measure(ctx, "SQLite", "sqlite://"+file, everyone, kinds, rounds, size)
		}
		if err != nil {
			return err
		}
	}
	if only == "sqlite" {
		return nil
	}
	cluster, err := livetest.Start(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, cluster.Stop()) }()
	url, _, err := cluster.Create(ctx)
	if err != nil {
		return err
	}
	if rooms > 0 {
		return measureInvited(ctx, "PostgreSQL", url, everyone, rounds, rooms)
	}
	return measure(ctx, "PostgreSQL", url, everyone, kinds, rounds, func(*live.Database) string { return postgresSize(ctx, url) })
}

func measure(ctx context.Context, name, url string, everyone [][3]string, kinds []kind, rounds int, size func(*live.Database) string) error {
	db, err := live.Open(ctx, url)
	if err != nil {
		return err
	}
	defer db.Close()
	directory := people.New(people.Options{Database: db, Log: db.Log(time.Now, live.NewHub(db))})
	begun := time.Now()
	for some := range slices.Chunk(everyone, 100_000) {
		rows := make([]*ent.User, len(some))
		for i, p := range some {
			if rows[i], err = people.Member(people.NewUser{Email: p[0], FirstName: p[1], LastName: p[2]}); err != nil {
				return fmt.Errorf("%q: %w", p, err)
			}
		}
		if _, err := directory.Import(ctx, people.NewBatch(rows)); err != nil {
			return err
		}
	}
	fmt.Printf("\n%s: %d people, imported in %s; %s\n\n", name, len(everyone), time.Since(begun).Round(100*time.Millisecond), size(db))
	fmt.Println("| query | for example | matches | p50 | p99 | slowest |")
	fmt.Println("|---|---|---|---|---|---|")
	for _, k := range kinds {
		times := make([]time.Duration, len(k.queries))
		least, most := len(everyone), 0
		for i, q := range k.queries {
			times[i] = time.Hour
			for range rounds {
				begun := time.Now()
				found, err := people.Find(ctx, db.Read, q.text, q.after, 20)
				if err != nil {
					return fmt.Errorf("%q: %w", q.text, err)
				}
				times[i] = min(times[i], time.Since(begun))
				least, most = min(least, found.Total), max(most, found.Total)
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

type kind struct {
	name    string
	queries []query
}

type query struct {
	text  string
	after *people.Rank
}

// queries makes up the kinds of queries that are measured.
func queries(random *rand.Rand, everyone [][3]string) []kind {
	common := strings.Fields(`garcia maria jose rodriguez fernandez lopez martinez carmen antonio manuel juan kim lee park choi min ji nguyen tran
		thi van anh minh thanh pham hoang 김 이 박 최 gmail com`)
	var short []string // the first letters of common words
	for _, word := range common {
		for n := range []rune(word)[:min(3, len([]rune(word)))] {
			short = append(short, string([]rune(word)[:n+1]))
		}
	}
	pick := func(from []string, n int) string {
		words := make([]string, n)
		for i := range words {
			words[i] = from[random.IntN(len(from))]
		}
		return strings.Join(words, " ")
	}
	make := func(name string, n int, text func() string) kind {
		k := kind{name: name}
		for range n {
			k.queries = append(k.queries, query{text: text()})
		}
		return k
	}
	list := func(name string, texts ...string) kind {
		k := kind{name: name}
		for _, text := range texts {
			k.queries = append(k.queries, query{text: text})
		}
		return k
	}
	person := func() [3]string { return everyone[random.IntN(len(everyone))] }
	beginning := func(text string) string { return beginningOf(random, text) }
	later := list("later pages", "nguyen thi", "garcia maria", "kim", "gmail", "n t")
	for i := range later.queries {
		later.queries[i].after = &people.Rank{Class: 2, Name: "m", Email: ""}
	}
	return []kind{
		make("two common words", 200, func() string { return pick(common, 2) }),
		make("two beginnings of 1–3 letters", 200, func() string { return pick(short, 2) }),
		list("two words that nobody has both", "nguyen garcia", "garcia nguyen", "김 nguyen", "thi rodriguez", "van lopez", "이 garcia", "kim garcia"),
		list("letters", "n t", "g m", "m c", "k m", "t v", "김 민", "a e", "c o", "y z"),
		make("eight words", 50, func() string { return pick(common, 8) }),
		make("eight letters", 50, func() string { return pick(strings.Split("abcdefghijklmnopqrstuvwxyz", ""), 8) }),
		list("one word of many", "us", "user", "user0", "user00", "user000", "ng", "nguyen", "nguyenv", "nguyenvan", "garcia", "gmail", "com", "gm"),
		make("names as they are typed", 300, func() string { p := person(); return beginning(p[1] + " " + p[2]) }),
		make("names, last name first", 300, func() string { p := person(); return beginning(p[2] + " " + p[1]) }),
		make("email addresses as they are typed", 300, func() string { return beginning(person()[0]) }),
		later,
	}
}
