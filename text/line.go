package text

import "strings"

// CleanLine returns one typed line in the form that is stored: trimmed, composed, with at most so many characters and at least one that
// is visible. what names it at the beginning of a sentence, such as "An option".
func CleanLine(typed, what string, most int) (line string, wrong *Mistake) {
	line, wrong = clean(tabs.Replace(typed), what, most, unfitForLine)
	switch {
	case wrong != nil:
		return "", wrong
	case !strings.ContainsFunc(line, visible):
		return "", mistake("%s cannot be empty.", what)
	case marksInRow(line) > marksLimit:
		return "", mistake("%s cannot have more than %d marks on one character.", what, marksLimit)
	}
	return line, nil
}
