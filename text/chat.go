package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// writing is a kind of text that people write for others to read, with its limits.
type writing struct {
	name              string // as in "Write a message."
	characters, lines int
}

// The texts that people write in the tools of rooms (C1, Q1, Q6).
var (
	message  = writing{"message", 1000, 20}
	question = writing{"question", 500, 20}
	reply    = writing{"answer", 2000, 40}
)

// marksLimit limits the combining marks in a row (T3).
const marksLimit = 8

var tabs = strings.NewReplacer("\t", " ")

// CleanChat returns a message of a chat as plain text: trimmed, composed, with line feeds as line ends.
func CleanChat(typed string) (string, *Mistake) { return message.clean(typed) }

// CleanQuestion returns a question as plain text, as CleanChat does.
func CleanQuestion(typed string) (string, *Mistake) { return question.clean(typed) }

// CleanAnswer returns the answer to a question as plain text, as CleanChat does.
func CleanAnswer(typed string) (string, *Mistake) { return reply.clean(typed) }

func (w writing) clean(typed string) (written string, wrong *Mistake) {
	article := "A " + w.name
	if strings.ContainsAny(w.name[:1], "aeiou") {
		article = "An " + w.name
	}
	written, wrong = clean(tabs.Replace(lineEnds.Replace(typed)), article, w.characters, unfitForText)
	if wrong != nil {
		return "", wrong
	}
	if !strings.ContainsFunc(written, visible) {
		return "", mistake("Write %s.", strings.ToLower(article))
	}
	if n := strings.Count(written, "\n") + 1; n > w.lines {
		return "", mistake("%s has at most %d lines. This one has %d.", article, w.lines, n)
	}
	if marksInRow(written) > marksLimit {
		return "", mistake("%s cannot have more than %d marks on one character.", article, marksLimit)
	}
	return written, nil
}

// noteCharacters limits what somebody writes about their raised hand (H1).
const noteCharacters = 140

// CleanNote returns what somebody writes about their raised hand as plain text on one line. Without anything visible, it is empty.
func CleanNote(typed string) (note string, wrong *Mistake) {
	oneLine := strings.ReplaceAll(tabs.Replace(lineEnds.Replace(typed)), "\n", " ")
	note, wrong = clean(oneLine, "A note", noteCharacters, unfitForText)
	switch {
	case wrong != nil:
		return "", wrong
	case !strings.ContainsFunc(note, visible):
		return "", nil
	case marksInRow(note) > marksLimit:
		return "", mistake("A note cannot have more than %d marks on one character.", marksLimit)
	}
	return note, nil
}

// marksInRow returns the most combining marks that follow each other.
func marksInRow(text string) (most int) {
	for n := 0; text != ""; {
		r, size := utf8.DecodeRuneInString(text)
		text = text[size:]
		if n++; !unicode.IsMark(r) {
			n = 0
		}
		most = max(most, n)
	}
	return most
}
