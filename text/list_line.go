package text

import (
	"slices"
	"strings"
	"unicode"
)

// addLine adds the people in a line without a header: one address with names beside it, or several addresses.
func (l *PeopleList) addLine(most, at int, line string) {
	all := pieces(line)
	for _, piece := range all[:min(len(all), most-len(l.People))] {
		p := personIn(piece)
		p.Line = at
		l.People = append(l.People, p)
		all = all[1:]
	}
	l.More += len(all)
}

// personSeparators divide the people in a line. They are tried in this order, because a name may contain those that come later:
// `Haddad, Noor <noor@example.org>; …`.
var personSeparators = []string{"\n;；", "\t|", ",，、", " \u00a0"}

// pieces divides a line with several addresses into one piece for each.
func pieces(line string) []string { return piecesBy(personSeparators, line) }

// piecesBy divides a line, and each of its parts only by the separators that come later. So it ends, whatever the line is.
func piecesBy(separators []string, line string) []string {
	if ats(line) < 2 {
		return []string{line}
	}
	for i, some := range separators {
		parts := divided(line, some)
		if some[0] == ' ' && slices.ContainsFunc(parts, func(part string) bool { return ats(part) == 0 }) {
			break
		}
		if parts = withNames(parts); len(parts) > 1 {
			var all []string
			for _, part := range parts {
				all = append(all, piecesBy(separators[i+1:], part)...)
			}
			return all
		}
	}
	if parts := afterBrackets(line); len(parts) > 1 {
		return parts
	}
	return []string{line}
}

// divided splits a text at separators outside of quotes and angle brackets. It drops empty parts.
func divided(text, separators string) (parts []string) {
	from, quoted, bracketed := 0, false, false
	end := func(to int) {
		if part := strings.TrimSpace(text[from:to]); part != "" {
			parts = append(parts, part)
		}
	}
	closes := strings.Count(text, `"`)
	for i, r := range text {
		switch {
		case r == '"':
			closes--
			quoted = !quoted && closes > 0 // a quote that is never closed hides nothing
		case quoted:
		case r == '<': // one that is not closed before the next hides nothing either
			after := text[i+1 : min(len(text), i+maxTypedBytes)]
			next := strings.IndexAny(after, "<>")
			bracketed = next >= 0 && after[next] == '>'
		case r == '>':
			bracketed = false
		case !bracketed && strings.ContainsRune(separators, r):
			end(i)
			from = i + len(string(r))
		}
	}
	end(len(text))
	return parts
}

// withNames joins the parts of a name to the address behind it, as in `Haddad, Noor <noor@example.org>`.
func withNames(parts []string) (joined []string) {
	for i := 0; i < len(parts); i++ {
		if ats(parts[i]) == 0 && i+1 < len(parts) && strings.Contains(parts[i+1], "<") && ats(parts[i+1]) > 0 {
			joined = append(joined, parts[i]+", "+parts[i+1])
			i++
			continue
		}
		joined = append(joined, parts[i])
	}
	return joined
}

// afterBrackets splits `Noor <noor@example.org> Sam <sam@example.org>` behind each address.
func afterBrackets(text string) (parts []string) {
	for text != "" {
		end := strings.IndexByte(text, '>') + 1
		if end == 0 {
			end = len(text)
		}
		if part := strings.TrimSpace(text[:end]); part != "" {
			parts = append(parts, part)
		}
		text = text[end:]
	}
	return parts
}

// personIn reads a piece with at most one address: alone, with a name as mail programs write it, or among the cells of a table.
func personIn(piece string) Person {
	if a, wrong := ReadAddress(piece); wrong == nil {
		return Person{Email: a.Shown, First: a.Names.First, Last: a.Names.Last}
	}
	if ats(piece) == 1 {
		for _, separator := range []string{"\t", ";", ",", "|"} {
			if p, ok := personAmong(divided(piece, separator)); ok {
				return p
			}
		}
	}
	return Person{Email: shortened(piece)}
}

// personAmong reads the cells of a row without a header. It knows the names by their order, if no other cell could be one.
func personAmong(cells []string) (p Person, ok bool) {
	var others []string
	for _, cell := range cells {
		a, wrong := ReadAddress(cell)
		switch {
		case wrong == nil:
			p.Email, p.First, p.Last, ok = a.Shown, a.Names.First, a.Names.Last, true
		case strings.ContainsFunc(cell, unicode.IsLetter):
			others = append(others, strings.Trim(cell, `"`))
		}
	}
	if n := len(others); n > 1 {
		if _, wrong := ReadRole(others[n-1]); wrong == nil {
			p.Role, others = others[n-1], others[:n-1]
		}
	}
	if p.First != "" {
		return p, ok
	}
	switch len(others) {
	case 1:
		names := namesIn(others[0])
		p.First, p.Last = names.First, names.Last
	case 2:
		p.First, p.Last = others[0], others[1]
	}
	return p, ok
}
