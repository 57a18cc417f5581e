// Package schema defines what Usher stores, with one file for each noun. Everything else in ent is generated from it.
// Packages ent, live, people and room may import it.
package schema

import (
	"crypto/rand"
	"encoding/base32"
	"encoding/binary"
	"slices"
	"strings"
	"time"

	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// NewID returns an opaque, globally unique id. It consists of a prefix for the kind, 48 bits of time, so that rows created together are
// close in the index, and 80 random bits.
func NewID(prefix string) string {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], uint64(time.Now().UnixMilli())<<16)
	_, _ = rand.Read(b[6:])
	return prefix + "_" + strings.ToLower(base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString(b[:]))
}

// NewIDs returns ids in ascending order, for rows that are created together and keep their order.
func NewIDs(prefix string, n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = NewID(prefix)
	}
	slices.Sort(ids)
	return ids
}

// id is the primary key of a kind that the API shows as a Node. The prefix tells the query `node` which kind to load.
func id(prefix string) ent.Field {
	return field.String("id").MaxLen(40).Immutable().DefaultFunc(func() string { return NewID(prefix) })
}
