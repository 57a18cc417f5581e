package text

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/runenames"
)

// Mistake reports what is wrong with a typed text, in one or two plain sentences for the person who typed it.
type Mistake struct {
	Message string
	// Field is the input field, `firstName` or `lastName`. It is empty if the text is a single value.
	Field string
}

func (m *Mistake) Error() string { return m.Message }

func mistake(format string, args ...any) *Mistake {
	return &Mistake{Message: fmt.Sprintf(format, args...)}
}

// described names a character that does not belong in a text. What cannot be seen gets its Unicode name and code point.
func described(r rune) string {
	switch {
	case r == utf8.RuneError:
		return "a character that was lost in copying (U+FFFD)"
	case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029' || r == '\u0085':
		return "a line break"
	case r == '\t':
		return "a tab"
	case unicode.IsSpace(r):
		return "a space"
	case unicode.Is(unicode.Cc, r):
		return fmt.Sprintf("a control character (U+%04X)", r)
	case unicode.IsGraphic(r) && !unicode.IsMark(r) && !hidden(r):
		return fmt.Sprintf("“%c”", r)
	case runenames.Name(r) == "" || runenames.Name(r)[0] == '<':
		return fmt.Sprintf("a character without a meaning (U+%04X)", r)
	}
	return fmt.Sprintf("an invisible character (%s, U+%04X)", runenames.Name(r), r)
}
