package people

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"usher/ent"
	"usher/ent/user"
)

// placed is an account as a search reads it to order it.
type placed struct {
	entry
	position int
}

func readPeople(ctx context.Context, q *ent.UserQuery) ([]placed, error) {
	rows, err := q.Select(user.FieldEmail, user.FieldFirstName, user.FieldLastName, user.FieldSearchPosition).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read people: %w", err)
	}
	people := make([]placed, len(rows))
	for i, u := range rows {
		people[i] = placed{entryOf(u), u.SearchPosition}
	}
	return people, nil
}

// ranks returns the ranks after a position, best first, at most wanted.
func (a *answer) ranks(ctx context.Context, tx *ent.Tx, after *Rank, wanted int) ([]Rank, error) {
	var all []Rank
	add := func(r Rank) {
		if after == nil || r.compare(*after) > 0 {
			all = append(all, r)
		}
	}
	if a.exact != nil {
		add(*a.exact)
	}
	for _, r := range a.fresh {
		add(r)
	}
	for class := beginsEmail; class <= elsewhere; class++ {
		if after != nil && after.Class > class {
			continue
		}
		m := merge{runs: a.runs(class)}
		if after != nil && after.Class == class {
			if err := m.skip(ctx, tx, after.entry()); err != nil {
				return nil, err
			}
		}
		best, err := m.best(ctx, tx, wanted+1) // one may be the exact one
		if err != nil {
			return nil, err
		}
		for _, e := range best {
			if a.exact == nil || e.email != a.exact.Email {
				all = append(all, Rank{class, e.name, e.email})
			}
		}
		if len(best) > wanted {
			break
		}
	}
	slices.SortFunc(all, Rank.compare)
	return all[:min(len(all), wanted)], nil
}

// runs returns the matches of a class as one run for each chunk.
func (a *answer) runs(class int) []*run {
	var runs []*run
	for chunk, m := range a.chunks {
		found := m.beginsEmail
		if class == elsewhere {
			found = m.all
			found.without(&m.beginsEmail)
		}
		if slots := found.list(); len(slots) > 0 {
			runs = append(runs, &run{chunk: chunk, slots: slots})
		}
	}
	return runs
}

// run is the matches of a chunk, in order. Their names are read when they are needed.
type run struct {
	chunk int
	slots []int
	read  int   // how many of them were read
	last  entry // the last one read
}

func (r *run) position(i int) int { return positionOf(r.chunk, r.slots[i]) }

// merge puts the matches of all chunks into one order.
type merge struct{ runs []*run }

// best returns the first entries of all runs, at most wanted. It reads the first one of each run, then more of those runs that may
// have more of the best.
func (m *merge) best(ctx context.Context, tx *ent.Tx, wanted int) ([]entry, error) {
	var best []entry
	open, each := m.runs, 1
	for len(open) > 0 {
		positions := make([]int, 0, each*len(open))
		byChunk := make(map[int]*run, len(open))
		for _, r := range open {
			byChunk[r.chunk] = r
			to := min(r.read+each, len(r.slots))
			for ; r.read < to; r.read++ {
				positions = append(positions, r.position(r.read))
			}
		}
		people, err := atPositions(ctx, tx, positions)
		if err != nil {
			return nil, err
		}
		for _, p := range people {
			best = append(best, p.entry)
			if r := byChunk[chunkOf(p.position)]; p.entry.compare(r.last) > 0 {
				r.last = p.entry
			}
		}
		slices.SortFunc(best, entry.compare)
		best = best[:min(len(best), wanted)]
		open = slices.DeleteFunc(slices.Clone(open), func(r *run) bool {
			return r.read == len(r.slots) || len(best) == wanted && r.last.compare(best[wanted-1]) >= 0
		})
		if len(open) > 0 {
			each = max(2, 2*wanted/len(open))
		}
	}
	return best, nil
}

// bounds are where the first match behind a position may be in a run: in slots[low:high], or at high.
type bounds struct {
	*run
	low, high int
}

// skip drops the matches up to a position. It looks at both ends of each run first, because chunks that were built together divide the
// names among them: most are before the position, or behind it. The others it searches all at once, by halves.
func (m *merge) skip(ctx context.Context, tx *ent.Tx, after entry) error {
	var ends []int
	searched := make(map[int]*bounds, len(m.runs))
	for _, r := range m.runs {
		searched[r.chunk] = &bounds{r, 0, len(r.slots)}
		if ends = append(ends, r.position(0)); len(r.slots) > 1 {
			ends = append(ends, r.position(len(r.slots)-1))
		}
	}
	look := func(positions []int, at func(b *bounds, position int) int) error {
		people, err := atPositions(ctx, tx, positions)
		for _, p := range people {
			b := searched[chunkOf(p.position)]
			if i := at(b, p.position); p.entry.compare(after) > 0 {
				b.high = min(b.high, i)
			} else {
				b.low = max(b.low, i+1)
			}
		}
		return err
	}
	err := look(ends, func(b *bounds, position int) int {
		if position == b.position(0) {
			return 0
		}
		return len(b.slots) - 1
	})
	for err == nil {
		var middles []int
		for _, b := range searched {
			if b.low < b.high {
				middles = append(middles, b.position((b.low+b.high)/2))
			}
		}
		if len(middles) == 0 {
			break
		}
		err = look(middles, func(b *bounds, _ int) int { return (b.low + b.high) / 2 })
	}
	m.runs = slices.DeleteFunc(m.runs, func(r *run) bool {
		r.slots = r.slots[min(searched[r.chunk].low, len(r.slots)):]
		return len(r.slots) == 0
	})
	return err
}

var errPositions = errors.New("search_cells and users disagree about who is where")

// atPositions reads the people at positions.
func atPositions(ctx context.Context, tx *ent.Tx, positions []int) ([]placed, error) {
	people, err := readPeople(ctx, tx.User.Query().Where(func(s *sql.Selector) {
		list := strings.Trim(strings.ReplaceAll(fmt.Sprint(positions), " ", ","), "[]")
		s.Where(sql.P(func(b *sql.Builder) {
			b.Ident(s.C(user.FieldSearchPosition))
			if s.Dialect() == dialect.Postgres {
				// PostgreSQL takes an array for a few values to look up in an index, whatever its statistics say of the table.
				b.WriteString(" = ANY (ARRAY(SELECT unnest(CAST(").Arg("{" + list + "}").WriteString(" AS bigint[]))))")
				return
			}
			b.WriteString(" IN (SELECT value FROM json_each(").Arg("[" + list + "]").WriteString("))")
		}))
	}))
	if err == nil && len(people) != len(positions) {
		err = errPositions
	}
	return people, err
}
