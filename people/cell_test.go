package people

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestCellsKeepTheirAccounts(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	// A set becomes a bitmap when the distances between its slots need as many bytes.
	for _, n := range []int{0, 1, 2, 100, bitmap - 1, bitmap, chunkSize / 2, chunkSize} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			members := random.Perm(chunkSize)[:n]
			var list []tailed
			for _, slot := range members {
				list = append(list, tailed{"", uint16(slot)}, tailed{"tail", uint16(slot)}, tailed{"tail", uint16(slot)})
			}
			list = append(list, tailed{"tale", chunkSize - 1})
			cell := encode(list)
			slices.Sort(members)
			for beginning, want := range map[string][]int{"tail": members, "tai": members, "tale": {chunkSize - 1}, "tails": nil} {
				var got slots
				if err := got.addCell(cell, beginning); err != nil || !slices.Equal(got.list(), want) || got.count() != len(want) {
					t.Errorf("%q: got %d, want %d: %v", beginning, got.count(), len(want), err)
				}
			}
			gone := new(slots)
			for _, slot := range members {
				gone.add(slot)
			}
			gone.add(chunkSize - 1)
			if left, err := cellWithout(cell, gone); err != nil || len(left) > 0 {
				t.Errorf("%d bytes are left when all are gone: %v", len(left), err)
			}
		})
	}
}

func TestSetsAreNoLongerThanABitmap(t *testing.T) {
	for n := range chunkSize {
		if n%61 != 0 {
			continue
		}
		var list []tailed
		for slot := range n {
			list = append(list, tailed{slot: uint16(slot * chunkSize / n)})
		}
		if set := encodeSet(nil, list); len(set) > bitmap || n < bitmap/2 && len(set) > 2*n {
			t.Fatalf("%d accounts take %d bytes", n, len(set))
		}
	}
}

func TestDamagedCellsAreNoticed(t *testing.T) {
	cell := encode([]tailed{{"tail", 1}, {"tail", chunkSize - 1}})
	for name, damaged := range map[string][]byte{
		"cut within the set":      cell[:len(cell)-1],
		"cut within the tail":     cell[:3],
		"a tail without a set":    cell[:5],
		"a slot behind the chunk": append(slices.Clone(cell[:len(cell)-2]), 0xff, 0x7f),
		"a distance without end":  append(slices.Clone(cell[:len(cell)-2]), 0xff, 0xff),
	} {
		var got slots
		if err := got.addCell(damaged, ""); !errors.Is(err, errCell) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
