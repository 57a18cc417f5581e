package vote

import (
	"fmt"
	"slices"
	"strings"

	"usher/ent"
	"usher/text"
)

// cleanAnswer returns a typed answer as it is stored. It returns nil for an empty one.
func cleanAnswer(of *ent.Interaction, in AnswerInteractionInput) (*ent.Answer, error) {
	next := &ent.Answer{InteractionID: of.ID}
	if Kind(of.Kind).written() {
		if len(in.Choices) > 0 {
			return nil, invalid("choices", "This is answered with a text.")
		}
		var err error
		if next.Texts, err = cleanTexts(of, in.Texts); err != nil || len(next.Texts) == 0 {
			return nil, err
		}
		return next, nil
	}
	if len(in.Texts) > 0 {
		return nil, invalid("texts", "This is answered by choosing.")
	}
	for _, id := range in.Choices {
		n := slices.IndexFunc(of.Edges.Choices, func(c *ent.Choice) bool { return c.ID == id })
		switch {
		case n < 0:
			return nil, invalid("choices", "This is not one of the options.")
		case next.Choices&(1<<n) != 0:
			return nil, invalid("choices", "An option can be chosen once.")
		}
		next.Choices |= 1 << n
	}
	if len(in.Choices) > of.MaxChoices {
		return nil, invalid("choices", fmt.Sprintf("Choose at most %d.", of.MaxChoices))
	}
	if next.Choices == 0 {
		return nil, nil
	}
	return next, nil
}

// cleanTexts returns the texts of an answer. Empty ones count as none.
func cleanTexts(of *ent.Interaction, typed []string) (clean []string, err error) {
	what, most := "An answer", textLength
	if Kind(of.Kind) == Words {
		what, most = "A word", wordLength
	}
	for _, one := range typed {
		if strings.TrimSpace(one) == "" {
			continue
		}
		line, wrong := text.CleanLine(one, what, most)
		if wrong != nil {
			return nil, invalid("texts", wrong.Message)
		}
		if Kind(of.Kind) == Words && slices.ContainsFunc(clean, func(w string) bool { return text.Fold(w) == text.Fold(line) }) {
			return nil, invalid("texts", "The word “"+line+"” is there twice.")
		}
		clean = append(clean, line)
	}
	if len(clean) > of.MaxChoices {
		return nil, invalid("texts", fmt.Sprintf("Write at most %d.", of.MaxChoices))
	}
	return clean, nil
}
