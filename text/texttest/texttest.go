// Package texttest has the corpora of texts as people type and paste them, each with its one expected value. Tests of every
// package may import it; the web app's tests read its testdata too.
package texttest

import (
	"embed"
	"encoding/json"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

//go:embed testdata
var testdata embed.FS

// read returns the entries of a corpus. Each has a name of its own.
func read[T interface{ named() string }](t testing.TB, file string) (entries []T) {
	t.Helper()
	content, err := testdata.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(content, &entries); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	known := map[string]bool{}
	for _, e := range entries {
		if e.named() == "" || known[e.named()] {
			t.Fatalf("%s: the name %q is empty or used twice", file, e.named())
		}
		known[e.named()] = true
	}
	return entries
}

// Link is a text in which a link is looked for. Want is `the link`, or the message for a person.
type Link struct{ Name, Pasted, Want string }

func (l Link) named() string { return l.Name }

// Links returns the corpus of links. Use Fill on Pasted and Want.
func Links(t testing.TB) []Link { return read[Link](t, "links.json") }

// Address is a text in which an email address is looked for. Message is empty if there is one.
type Address struct{ Name, Typed, Email, First, Last, Message string }

func (a Address) named() string { return a.Name }

// Addresses returns the corpus of email addresses.
func Addresses(t testing.TB) []Address { return read[Address](t, "addresses.json") }

// Name is a typed name of a person. Message is empty if it is accepted as Want.
type Name struct{ Name, Typed, Want, Message string }

func (n Name) named() string { return n.Name }

// Names returns the corpus of names.
func Names(t testing.TB) []Name { return read[Name](t, "names.json") }

// File is a file of people. People has `email|first|last` of each valid row, Wrong the reports of the others, and Error why the
// whole file is refused.
type File struct {
	Name, Text, Encoding string
	People, Skipped      []string
	Before               int // lines of text before the header
	Wrong                []string
	Error                string
}

func (f File) named() string { return f.Name }

// Files returns the corpus of files.
func Files(t testing.TB) []File { return read[File](t, "files.json") }

// List is a pasted text or a file of people to invite. People has `email|first|last|role` of each row as it is read, with the reason
// behind it if the row cannot be read for sure.
type List struct {
	Name, Text, Encoding string
	People, Skipped      []string
	Before               int
	Windows1252          bool
	Error                string
}

func (l List) named() string { return l.Name }

// Lists returns the corpus of lists.
func Lists(t testing.TB) []List { return read[List](t, "lists.json") }

// Content returns the bytes of the list in its encoding.
func (l List) Content(t testing.TB) []byte { return encoded(t, l.Name, l.Text, l.Encoding) }

// Content returns the bytes of the file in its encoding.
func (f File) Content(t testing.TB) []byte { return encoded(t, f.Name, f.Text, f.Encoding) }

func encoded(t testing.TB, name, text, as string) []byte {
	t.Helper()
	encoders := map[string]encoding.Encoding{
		"": encoding.Nop, "utf-8 bom": unicode.UTF8BOM, "windows-1252": charmap.Windows1252, "latin-1": charmap.ISO8859_1,
		"utf-16le": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "utf-16le bom": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
		"utf-16be": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "utf-16be bom": unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
	}
	content, err := encoders[as].NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return content
}
