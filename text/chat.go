package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A message of a chat has at most chatCharacters on chatLines lines, and chatMarks combining marks in a row (T3, C1).
const (
	chatCharacters = 1000
	chatLines      = 20
	chatMarks      = 8
)

var tabs = strings.NewReplacer("\t", " ")

// CleanChat returns a message of a chat as plain text: trimmed, composed, with line feeds as line ends.
func CleanChat(typed string) (message string, wrong *Mistake) {
	message, wrong = clean(tabs.Replace(lineEnds.Replace(typed)), "A message", chatCharacters, unfitForText)
	if wrong != nil {
		return "", wrong
	}
	if !strings.ContainsFunc(message, visible) {
		return "", mistake("Write a message.")
	}
	if n := strings.Count(message, "\n") + 1; n > chatLines {
		return "", mistake("A message has at most %d lines. This one has %d.", chatLines, n)
	}
	if marksInRow(message) > chatMarks {
		return "", mistake("A message cannot have more than %d marks on one character.", chatMarks)
	}
	return message, nil
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
	case marksInRow(note) > chatMarks:
		return "", mistake("A note cannot have more than %d marks on one character.", chatMarks)
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
