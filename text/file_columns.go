package text

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// columnNames are the usual names of columns in English, German, French and Spanish, folded and without blanks and signs. Exports of
// Google, Microsoft and Zoom use them.
var columnNames = map[string][]string{
	"email": {
		"email", "mail", "emailaddress", "mailaddress", "emailid", "primaryemail", "workemail", "useremail", "attendeeemail", "email1value",
		"userprincipalname", "emailadresse", "mailadresse", "courriel", "adresseemail", "adressemail", "adressecourriel", "adresseelectronique",
		"adressedemessagerie", "correo", "correoelectronico", "direcciondecorreo", "direcciondecorreoelectronico", "direccionemail",
	},
	"firstName": {"firstname", "first", "givenname", "forename", "vorname", "vornamen", "rufname", "prenom", "prenoms", "nombres", "nombredepila"},
	"lastName":  {"lastname", "last", "surname", "familyname", "nachname", "familienname", "zuname", "nomdefamille", "apellido", "apellidos"},
	"fullName":  {"fullname", "displayname", "wholename", "anzeigename", "vollstandigername", "nomcomplet", "nombrecompleto"},
	"role":      {"role", "roomrole", "invitedas", "rolle", "type", "typ", "funktion"},
	// Beside a first name, these are a last name, and beside a last name, a first name. Alone they are the whole name.
	"name": {"name", "nom", "nombre"},
}

const none = -1

// columns are the places of the values in a row, or none.
type columns struct {
	email, first, last, full int
	role                     int      // only lists of people to invite have one
	header                   bool     // the row that they are from has their names
	names                    []string // of all columns; empty without a header
	skipped                  []string
}

var noColumns = columns{email: none, first: none, last: none, full: none, role: none}

// columnsOf returns the columns of a file by its first row.
func columnsOf(row []string) columns {
	c := noColumns
	for len(row) > 0 && strings.TrimSpace(row[len(row)-1]) == "" {
		row = row[:len(row)-1]
	}
	name := none
	for i, title := range row {
		place := map[string]*int{
			"email": &c.email, "firstName": &c.first, "lastName": &c.last, "fullName": &c.full, "role": &c.role, "name": &name,
		}[columnOf(title)]
		if place == nil || *place != none {
			if trimEdges(title) != "" {
				c.skipped = append(c.skipped, trimEdges(title))
			}
			continue
		}
		*place = i
	}
	c.place(name, row)
	if c.full != none && c.first != none {
		c.skipped, c.full = append(c.skipped, trimEdges(row[c.full])), none
	}
	if c.header = c.count() > 0; c.header {
		c.names = row
		return c
	}
	return withoutHeader(row)
}

// place decides what a column is that is named only `Name`.
func (c *columns) place(name int, row []string) {
	switch {
	case name == none:
	case c.first == none && c.last == none && c.full == none:
		c.full = name
	case c.last == none && c.first != none:
		c.last = name
	case c.first == none && c.last != none:
		c.first = name
	default:
		c.skipped = append(c.skipped, trimEdges(row[name]))
	}
}

// withoutHeader returns the columns of a file whose first row is a person: up to three fields, one of them an email address.
func withoutHeader(row []string) columns {
	c := noColumns
	others := []int{}
	for i, field := range row {
		if _, wrong := ReadAddress(field); wrong == nil && c.email == none {
			c.email = i
		} else {
			others = append(others, i)
		}
	}
	switch {
	case c.email == none || len(others) > 2:
		return noColumns
	case len(others) == 2:
		c.first, c.last = others[0], others[1]
	case len(others) == 1:
		c.full = others[0]
	}
	return c
}

func columnOf(title string) string {
	folded := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, Fold(title))
	for column, names := range columnNames {
		if slices.Contains(names, folded) {
			return column
		}
	}
	return ""
}

// count returns the number of values that are found.
func (c columns) count() (n int) {
	for _, place := range []int{c.email, c.first, c.last, c.full} {
		if place > none && (c.email != 0 || c.first != 0) { // the zero value has none
			n++
		}
	}
	return n
}

// width returns the number of fields that a row needs.
func (c columns) width() int { return 1 + max(c.email, c.first, c.last, c.full) }

// fit reports why a row does not fit the columns.
func (c columns) fit(fields []string, comma rune) error {
	most := max(len(c.names), c.width())
	for len(fields) > most && strings.TrimSpace(fields[len(fields)-1]) == "" {
		fields = fields[:len(fields)-1]
	}
	switch {
	case len(fields) < c.width():
		return fmt.Errorf("the row needs %d fields, separated by %q, and has %d", c.width(), comma, len(fields))
	case len(fields) > most:
		return fmt.Errorf("the row has %d fields, but the first row has %d; put a field that contains %q in quotes", len(fields), most, comma)
	}
	return nil
}

// name returns the name of the column of a field, or its number.
func (c columns) name(field string) string {
	place := map[string]int{"email": c.email, "firstName": c.first, "lastName": c.last}[field]
	if place == none && c.full != none && field != "email" {
		place = c.full
	}
	switch {
	case place == none:
		return field
	case place < len(c.names):
		return trimEdges(c.names[place])
	}
	return fmt.Sprint(place + 1)
}

func quoted(names []string) string {
	shown := make([]string, 0, len(names))
	for _, name := range names[:min(len(names), 20)] {
		shown = append(shown, fmt.Sprintf("%.40q", name))
	}
	return strings.Join(shown, ", ")
}
