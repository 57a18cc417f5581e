// Command people measures import and search of accounts on both databases, at 1,000 to 1,000,000 of them, and writes the
// figures as the tables of docs/performance.md. It runs the built program and its own PostgreSQL server.
//
//	go build -o /tmp/usher . && go run ./bench/people -usher /tmp/usher
package main

import (
	"bufio"
	"context"
	"encoding/base64"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"usher/live"
	"usher/live/livetest"
	"usher/people"
)

func main() {
	usher := flag.String("usher", "", "the program, as it is built")
	most := flag.Int("most", 1_000_000, "the most accounts")
	only := flag.String("only", "", "sqlite or postgres; both where it is left out")
	flag.Parse()
	if err := run(context.Background(), *usher, *most, *only); err != nil {
		fmt.Fprintln(os.Stderr, "people:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, usher string, most int, only string) (err error) {
	folder, err := os.MkdirTemp("", "usher-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	fmt.Println("| database | accounts | import | its processor time | searches | median | 99 % | slowest | most processor time |")
	fmt.Println("|---|---|---|---|---|---|---|---|---|")
	if only != "postgres" {
		for n := 1000; n <= most; n *= 10 {
			if err := measure(ctx, usher, folder, "SQLite", fmt.Sprintf("sqlite://%s/%d.db", folder, n), n); err != nil {
				return err
			}
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
	for n := 1000; n <= most; n *= 10 {
		url, drop, err := cluster.Create(ctx)
		if err != nil {
			return err
		}
		if err := errors.Join(measure(ctx, usher, folder, "PostgreSQL", url, n), drop(ctx)); err != nil {
			return err
		}
	}
	return nil
}

// measure imports n people into an empty database, then searches them.
func measure(ctx context.Context, usher, folder, database, url string, n int) error {
	file, key := filepath.Join(folder, "people.csv"), filepath.Join(folder, "key")
	crowd := newCrowd()
	if err := crowd.write(file, n); err != nil {
		return err
	}
	if err := os.WriteFile(key, []byte("1 "+base64.StdEncoding.EncodeToString(make([]byte, 32))+"\n"), 0o600); err != nil {
		return err
	}
	begun := time.Now()
	program := exec.CommandContext(ctx, usher, "--database-url="+url, "--secret-key-file="+key, "user", "import", file)
	out, err := program.CombinedOutput()
	if err != nil {
		return fmt.Errorf("import: %w: %s", err, out)
	}
	imported := time.Since(begun)
	used := program.ProcessState.UserTime() + program.ProcessState.SystemTime()
	db, err := live.Open(ctx, url)
	if err != nil {
		return err
	}
	defer db.Close()
	times, most, err := search(ctx, db, crowd.typed())
	if err != nil {
		return err
	}
	all := slices.SortedFunc(maps.Keys(times), func(a, b string) int { return int(times[a] - times[b]) })
	at := func(part float64) time.Duration {
		return times[all[int(part*float64(len(all)-1))]].Round(10 * time.Microsecond)
	}
	fmt.Printf("| %s | %d | %s | %s | %d | %s | %s | %s: `%s` | %s |\n", database, n, imported.Round(10*time.Millisecond),
		used.Round(10*time.Millisecond), len(all), at(0.5), at(0.99), at(1), all[len(all)-1], most.Round(10*time.Microsecond))
	return nil
}

// search returns how long each text takes: the best of five runs after a first one, so that other work on the machine matters little.
// most is the highest processor time of a search in this process.
func search(ctx context.Context, db *live.Database, typed []string) (times map[string]time.Duration, most time.Duration, err error) {
	times = make(map[string]time.Duration, len(typed))
	for _, text := range typed {
		best, least := time.Hour, time.Hour
		for range 6 {
			begun, used := time.Now(), processorTime()
			if _, err := people.Search(ctx, db.Read, text, 8); err != nil {
				return nil, 0, err
			}
			best, least = min(best, time.Since(begun)), min(least, processorTime()-used)
		}
		times[text], most = best, max(most, least)
	}
	return times, most, nil
}

// processorTime returns the processor time of this process so far.
func processorTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// write writes a file to import.
func (p *crowd) write(file string, n int) (err error) {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriter(f)
	fmt.Fprintln(w, "email,first_name,last_name")
	for range n {
		first, last, email := p.next()
		fmt.Fprintf(w, "%s,%s,%s\n", email, first, last)
	}
	return w.Flush()
}

// typed returns every beginning, from two characters on, of names and addresses of some of the people, and the most common beginnings
// of words.
func (p *crowd) typed() []string {
	texts := map[string]bool{}
	for _, person := range p.sample {
		for _, whole := range person {
			runes := []rune(whole)
			for n := 2; n <= len(runes); n++ {
				texts[string(runes[:n])] = true
			}
		}
	}
	for _, word := range []string{"an", "ex", "co", "ma", "user", "exam", "example com", "maria example", "an ma", "mar gar"} {
		texts[word] = true
	}
	common := slices.SortedFunc(maps.Keys(p.letters), func(a, b string) int { return p.letters[b] - p.letters[a] })
	for _, word := range common[:min(20, len(common))] {
		texts[word] = true
	}
	return slices.Sorted(maps.Keys(texts))
}

// letters counts the first two letters of words.
func (p *crowd) count(text string) {
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(" .@_+-", r) }) {
		if len(word) > 1 {
			p.letters[word[:2]]++
		}
	}
}
