package people

import (
	"cmp"
	"encoding/binary"
	"errors"
	"math/bits"
	"slices"
	"strings"
)

// chunkSize is the maximum number of accounts of a chunk.
const chunkSize = 1 << 13

// slots is a set of accounts of a chunk. An account's slot is its position in the chunk.
type slots [chunkSize / 64]uint64

func (s *slots) add(slot int)      { s[slot/64] |= 1 << (slot % 64) }
func (s *slots) has(slot int) bool { return s[slot/64]&(1<<(slot%64)) != 0 }

func (s *slots) and(other *slots) {
	for i := range s {
		s[i] &= other[i]
	}
}

func (s *slots) without(other *slots) {
	for i := range s {
		s[i] &^= other[i]
	}
}

func (s *slots) count() (n int) {
	for _, word := range s {
		n += bits.OnesCount64(word)
	}
	return n
}

// list returns the slots in ascending order.
func (s *slots) list() []int {
	all := make([]int, 0, s.count())
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			all = append(all, 64*i+bits.TrailingZeros64(word))
		}
	}
	return all
}

// A cell is a list of tails, in ascending order, each with the set of accounts that have it. A set is either a bitmap, or the
// distances from each slot to the next one if these are shorter.
const bitmap = chunkSize / 8

// tailed is an account's slot under a tail of a cell.
type tailed struct {
	tail string
	slot uint16
}

func (t tailed) compare(other tailed) int {
	return cmp.Or(strings.Compare(t.tail, other.tail), cmp.Compare(t.slot, other.slot))
}

// encode returns the cell of a list, which it sorts.
func encode(list []tailed) []byte {
	slices.SortFunc(list, tailed.compare)
	list = slices.Compact(list)
	var cell, set []byte
	for from := 0; from < len(list); {
		to := from + 1
		for to < len(list) && list[to].tail == list[from].tail {
			to++
		}
		set = encodeSet(set[:0], list[from:to])
		cell = binary.AppendUvarint(cell, uint64(len(list[from].tail)))
		cell = append(cell, list[from].tail...)
		cell = binary.AppendUvarint(cell, uint64(len(set)))
		cell = append(cell, set...)
		from = to
	}
	return cell
}

func encodeSet(set []byte, list []tailed) []byte {
	next := 0
	for _, t := range list {
		if set = binary.AppendUvarint(set, uint64(int(t.slot)-next)); len(set) >= bitmap {
			var all slots
			for _, t := range list {
				all.add(int(t.slot))
			}
			set = set[:0]
			for _, word := range all {
				set = binary.LittleEndian.AppendUint64(set, word)
			}
			return set
		}
		next = int(t.slot) + 1
	}
	return set
}

var errCell = errors.New("a row of search_cells is damaged")

// decode visits the tails of a cell with their sets.
func decode(cell []byte, visit func(tail, set []byte) error) error {
	part := func() ([]byte, bool) {
		length, n := binary.Uvarint(cell)
		if n <= 0 || length > uint64(len(cell)-n) {
			return nil, false
		}
		part := cell[n : n+int(length)]
		cell = cell[n+int(length):]
		return part, true
	}
	for len(cell) > 0 {
		tail, ok := part()
		if !ok {
			return errCell
		}
		set, ok := part()
		if !ok {
			return errCell
		}
		if err := visit(tail, set); err != nil {
			return err
		}
	}
	return nil
}

// addSet adds the accounts of an encoded set.
func (s *slots) addSet(set []byte) error {
	if len(set) == bitmap {
		for i := range s {
			s[i] |= binary.LittleEndian.Uint64(set[8*i:])
		}
		return nil
	}
	for next := 0; len(set) > 0; next++ {
		distance, n := binary.Uvarint(set)
		if n <= 0 || distance >= chunkSize || next+int(distance) >= chunkSize {
			return errCell
		}
		next += int(distance)
		s.add(next)
		set = set[n:]
	}
	return nil
}

// addCell adds the accounts of a cell whose tail begins in this way.
func (s *slots) addCell(cell []byte, beginning string) error {
	return decode(cell, func(tail, set []byte) error {
		if !strings.HasPrefix(string(tail), beginning) {
			return nil
		}
		return s.addSet(set)
	})
}

// cellWithout returns a cell without some accounts.
func cellWithout(cell []byte, gone *slots) ([]byte, error) {
	var list []tailed
	err := decode(cell, func(tail, set []byte) error {
		var all slots
		if err := all.addSet(set); err != nil {
			return err
		}
		all.without(gone)
		for _, slot := range all.list() {
			list = append(list, tailed{string(tail), uint16(slot)})
		}
		return nil
	})
	return encode(list), err
}
