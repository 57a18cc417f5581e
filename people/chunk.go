package people

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strconv"
	"strings"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"

	"usher/ent"
	"usher/ent/searchcell"
	"usher/ent/searchchunk"
	"usher/ent/user"
	"usher/live"
)

// Searches check accounts by chunk. A chunk has its accounts in the order of their names and email addresses. For each stem it has a
// cell, which lists those of its accounts with such a word. Chunks are built at once; later, accounts only leave them. New accounts are
// fresh until there are enough for a chunk.
const (
	// maxFresh is the number of accounts that may be fresh. Each search checks them one by one.
	maxFresh = chunkSize/32 - 1
	// builtAtOnce limits the accounts that one transaction moves into chunks, so that other writes need not wait long.
	builtAtOnce = 4 * chunkSize
)

// person is an account with what searches know of it.
type person struct {
	*ent.User
	entry entry
}

func persons(users []*ent.User) []person {
	people := make([]person, len(users))
	for i, u := range users {
		people[i] = person{u, entryOf(u)}
	}
	return people
}

// positionOf returns the position of a slot of a chunk, and chunkOf and slotOf the parts of a position.
func positionOf(chunk, slot int) int { return chunk*chunkSize + slot }
func chunkOf(position int) int       { return position / chunkSize }
func slotOf(position int) int        { return position % chunkSize }

// cellKey returns the key of a stem's cell in a chunk.
func cellKey(chunk int, stem string) string { return strconv.Itoa(chunk) + " " + stem }

func stemOfKey(key string) (chunk int, stem string) {
	number, stem, _ := strings.Cut(key, " ")
	chunk, _ = strconv.Atoi(number)
	return chunk, stem
}

// build puts people into new chunks and sets their positions. The caller writes the positions.
func build(ctx context.Context, tx *live.Tx, people []person) error {
	slices.SortFunc(people, func(a, b person) int { return a.entry.compare(b.entry) })
	chunks := (len(people) + chunkSize - 1) / chunkSize
	for i := range chunks {
		members := people[i*len(people)/chunks : (i+1)*len(people)/chunks]
		c, err := tx.SearchChunk.Create().SetPeople(len(members)).Save(ctx)
		if err != nil {
			return fmt.Errorf("create chunk: %w", err)
		}
		for slot, p := range members {
			p.SearchPosition = positionOf(c.ID, slot)
		}
		if err := writeCells(ctx, tx, cellsOf(c.ID, members)); err != nil {
			return err
		}
	}
	return nil
}

type cell struct {
	key    string
	people []byte
}

// cellsOf returns the cells of a chunk in the order of their keys.
func cellsOf(chunk int, members []person) []cell {
	lists := map[string][]tailed{}
	for slot, p := range members {
		p.entry.spots(func(s spot) { lists[s.stem] = append(lists[s.stem], tailed{s.tail, uint16(slot)}) })
	}
	cells := make([]cell, 0, len(lists))
	for stem, list := range lists {
		cells = append(cells, cell{cellKey(chunk, stem), encode(list)})
	}
	slices.SortFunc(cells, func(a, b cell) int { return strings.Compare(a.key, b.key) })
	return cells
}

func writeCells(ctx context.Context, tx *live.Tx, cells []cell) error {
	for chunk := range slices.Chunk(cells, rowsAtOnce) {
		in := sql.Dialect(tx.Dialect()).Insert(searchcell.Table).Columns(searchcell.FieldID, searchcell.FieldPeople).
			OnConflict(sql.ConflictColumns(searchcell.FieldID), sql.ResolveWithNewValues())
		for _, c := range chunk {
			in.Values(c.key, c.people)
		}
		query, args := in.Query()
		if _, err := tx.ExecContext(ctx, query, args...); err != nil {
			return fmt.Errorf("write search cells: %w", err)
		}
	}
	return nil
}

// remove removes accounts from their chunks. The caller writes their new positions. They have the names that the chunk knows them by.
func remove(ctx context.Context, tx *live.Tx, people []*ent.User) error {
	leaving := map[int][]*ent.User{}
	for _, u := range people {
		if u.SearchPosition > fresh {
			chunk := chunkOf(u.SearchPosition)
			leaving[chunk] = append(leaving[chunk], u)
		}
	}
	for _, chunk := range slices.Sorted(maps.Keys(leaving)) {
		if err := removeOf(ctx, tx, chunk, leaving[chunk]); err != nil {
			return err
		}
	}
	return nil
}

func removeOf(ctx context.Context, tx *live.Tx, chunk int, people []*ent.User) error {
	c, err := lockChunk(ctx, tx, chunk)
	if err != nil {
		return err
	}
	if c.People <= len(people) {
		return dropChunk(ctx, tx, chunk)
	}
	gone := map[string]*slots{}
	for _, u := range people {
		entryOf(u).spots(func(s spot) {
			key := cellKey(chunk, s.stem)
			if gone[key] == nil {
				gone[key] = new(slots)
			}
			gone[key].add(slotOf(u.SearchPosition))
		})
	}
	for keys := range slices.Chunk(slices.Sorted(maps.Keys(gone)), rowsAtOnce) {
		rows, err := tx.SearchCell.ByIDs(ctx, keys)
		if err != nil {
			return fmt.Errorf("read search cells: %w", err)
		}
		var left []cell
		var empty []string
		for _, r := range rows {
			people, err := cellWithout(r.People, gone[r.ID])
			if err != nil {
				return err
			}
			if len(people) == 0 {
				empty = append(empty, r.ID)
				continue
			}
			left = append(left, cell{r.ID, people})
		}
		if err := writeCells(ctx, tx, left); err != nil {
			return err
		}
		if _, err := tx.SearchCell.Delete().Where(searchcell.IDIn(empty...)).Exec(ctx); err != nil {
			return fmt.Errorf("delete search cells: %w", err)
		}
	}
	if err := tx.SearchChunk.UpdateOne(c).AddPeople(-len(people)).Exec(ctx); err != nil {
		return fmt.Errorf("count people: %w", err)
	}
	return nil
}

// lockChunk keeps out other transactions that change the chunk.
func lockChunk(ctx context.Context, tx *live.Tx, chunk int) (*ent.SearchChunk, error) {
	q := tx.SearchChunk.Query().Where(searchchunk.ID(chunk))
	if tx.Dialect() == dialect.Postgres {
		q.ForUpdate()
	}
	c, err := q.Only(ctx)
	if err != nil {
		return nil, fmt.Errorf("lock chunk %d: %w", chunk, err)
	}
	return c, nil
}

func dropChunk(ctx context.Context, tx *live.Tx, chunk int) error {
	from := cellKey(chunk, "")
	if _, err := tx.SearchCell.Delete().Where(searchcell.IDGTE(from), searchcell.IDLT(from+last)).Exec(ctx); err != nil {
		return fmt.Errorf("delete search cells: %w", err)
	}
	if err := tx.SearchChunk.DeleteOneID(chunk).Exec(ctx); err != nil {
		return fmt.Errorf("delete chunk: %w", err)
	}
	return nil
}

// writePositions writes the positions of people who have accounts.
func writePositions(ctx context.Context, tx *live.Tx, people []person) error {
	for chunk := range slices.Chunk(people, rowsAtOnce) {
		args := make([]any, 0, 2*len(chunk))
		rows := make([]string, len(chunk))
		for i, p := range chunk {
			rows[i] = fmt.Sprintf("(CAST($%d AS text), CAST($%d AS bigint))", 2*i+1, 2*i+2)
			args = append(args, p.ID, p.SearchPosition)
		}
		query := "WITH placed (id, position) AS (VALUES " + strings.Join(rows, ", ") +
			") UPDATE users SET search_position = placed.position FROM placed WHERE users.id = placed.id"
		if _, err := tx.ExecContext(ctx, query, args...); err != nil {
			return fmt.Errorf("write positions: %w", err)
		}
	}
	return nil
}

// Settle moves fresh accounts into chunks, if there are too many. After an upgrade, all accounts may be fresh. It logs its progress. Each
// transaction moves some, so an interrupted run is continued by the next one.
func (d *Directory) Settle(ctx context.Context, log *slog.Logger) (err error) {
	waiting, err := d.db.Read.User.Query().Where(user.SearchPosition(fresh)).Count(ctx)
	if err != nil || waiting <= maxFresh {
		return err
	}
	progress := live.Begin(log, "prepare searches", "accounts", waiting)
	defer func() { progress.End(err) }()
	for built := builtAtOnce; built == builtAtOnce; {
		err := d.log.Write(ctx, func(tx *live.Tx) (err error) {
			built, err = settle(ctx, tx)
			return err
		})
		if err != nil {
			return err
		}
		progress.Add(built)
	}
	return nil
}

// settle builds chunks of fresh accounts, if there are too many. It returns how many it found. There may be more if these are builtAtOnce.
func settle(ctx context.Context, tx *live.Tx) (built int, err error) {
	ids, err := tx.User.Query().Where(user.SearchPosition(fresh)).Limit(maxFresh + 1).IDs(ctx)
	if err != nil || len(ids) <= maxFresh {
		return 0, err
	}
	if err := tx.LockSite(ctx); err != nil {
		return 0, err
	}
	q := tx.User.Query().Where(user.SearchPosition(fresh)).Limit(builtAtOnce)
	if tx.Dialect() == dialect.Postgres {
		q.ForUpdate()
	}
	rows, err := q.All(ctx)
	if err != nil || len(rows) <= maxFresh {
		return 0, err
	}
	people, err := withSmallChunks(ctx, tx, persons(rows))
	if err != nil {
		return 0, err
	}
	if err := build(ctx, tx, people); err != nil {
		return 0, err
	}
	return len(rows), writePositions(ctx, tx, people)
}

// withSmallChunks adds the people of chunks, smallest first, while a chunk has no more people than there are so far. It drops these
// chunks. So there are few small chunks, and an account moves rarely.
func withSmallChunks(ctx context.Context, tx *live.Tx, people []person) ([]person, error) {
	chunks, err := tx.SearchChunk.Query().Where(searchchunk.PeopleLTE(chunkSize / 2)).Order(ent.Asc(searchchunk.FieldPeople)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read chunks: %w", err)
	}
	for _, c := range chunks {
		if c.People > len(people) || c.People+len(people) > chunkSize {
			return people, nil
		}
		if _, err = lockChunk(ctx, tx, c.ID); err != nil {
			return nil, err
		}
		rows, err := tx.User.Query().Where(user.SearchPositionGTE(positionOf(c.ID, 0)), user.SearchPositionLT(positionOf(c.ID+1, 0))).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read people of chunk: %w", err)
		}
		people = append(people, persons(rows)...)
		if err := dropChunk(ctx, tx, c.ID); err != nil {
			return nil, err
		}
	}
	return people, nil
}
