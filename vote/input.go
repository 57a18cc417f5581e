package vote

import (
	"fmt"
	"strconv"

	"usher/ent"
	"usher/problem"
	"usher/text"
)

// InteractionInput is how an interaction is to be. Those that are nil have their defaults.
type InteractionInput struct {
	Kind             Kind
	Title            string
	Options          []OptionInput
	MaxChoices       *int
	Named            bool
	Share            Share
	TimeLimitSeconds *int
	RatingSteps      *int
	Lowest, Highest  *string
}

// CreateInteractionInput is an interaction to draft.
type CreateInteractionInput struct {
	RoomID string
	// Key is the creator's own id of it.
	Key         string
	Interaction InteractionInput
}

// UpdateInteractionInput is how a draft is to be instead.
type UpdateInteractionInput struct {
	InteractionID string
	Interaction   InteractionInput
}

// OptionInput is an option to choose.
type OptionInput struct {
	Text    string
	Correct bool
}

// The limits of an interaction (N1, N4).
const (
	titleLength               = 300
	fewestOptions             = 2
	MostOptions               = 20
	optionLength              = 120
	mostWords                 = 3
	wordLength                = 30
	textLength                = 200
	fewestSteps, mostSteps    = 2, 10
	labelLength               = 60
	mostInteractions          = 100
	shortestTime, longestTime = 10, 2 * 60 * 60 // seconds
)

// clean returns an interaction as it is stored, with its options. Returns INVALID_VALUE with the field.
func (in InteractionInput) clean() (of *ent.Interaction, err error) {
	of = &ent.Interaction{Kind: string(in.Kind), Named: in.Named, Share: string(in.Share), MaxChoices: 1}
	var wrong *text.Mistake
	if of.Title, wrong = text.CleanLine(in.Title, "A title", titleLength); wrong != nil {
		return nil, invalid("title", wrong.Message)
	}
	if of.Edges.Choices, err = in.cleanOptions(); err != nil {
		return nil, err
	}
	if of.MaxChoices, err = in.cleanMost(len(of.Edges.Choices)); err != nil {
		return nil, err
	}
	if n := in.TimeLimitSeconds; n != nil {
		if *n < shortestTime || *n > longestTime {
			return nil, invalid("timeLimitSeconds", "A time limit takes from 10 seconds to 2 hours.")
		}
		of.Seconds = *n
	}
	return of, in.cleanLabels(of)
}

func invalid(field, saying string) error {
	return problem.New(problem.InvalidValue).At(field).Saying(saying)
}

// cleanOptions returns the options, or the steps of a rating.
func (in InteractionInput) cleanOptions() ([]*ent.Choice, error) {
	switch {
	case in.Kind == Rating && len(in.Options) == 0:
		return in.steps()
	case in.Kind != Poll && in.Kind != Quiz:
		if len(in.Options) > 0 {
			return nil, invalid("options", "Only polls and quizzes have options.")
		}
		return nil, nil
	case len(in.Options) < fewestOptions || len(in.Options) > MostOptions:
		return nil, invalid("options", fmt.Sprintf("There must be %d to %d options.", fewestOptions, MostOptions))
	}
	all, texts, correct := make([]*ent.Choice, len(in.Options)), map[string]bool{}, false
	for n, option := range in.Options {
		clean, wrong := text.CleanLine(option.Text, "An option", optionLength)
		switch {
		case wrong != nil:
			return nil, invalid("options", wrong.Message)
		case texts[clean]:
			return nil, invalid("options", "The option “"+clean+"” is there twice.")
		case option.Correct && in.Kind != Quiz:
			return nil, invalid("options", "Only the options of a quiz can be correct.")
		}
		texts[clean], correct = true, correct || option.Correct
		all[n] = &ent.Choice{Nth: n, Text: clean, Correct: option.Correct}
	}
	if in.Kind == Quiz && !correct {
		return nil, invalid("options", "Mark at least one option as correct.")
	}
	return all, nil
}

// steps returns the steps of a rating.
func (in InteractionInput) steps() ([]*ent.Choice, error) {
	if in.RatingSteps == nil || *in.RatingSteps < fewestSteps || *in.RatingSteps > mostSteps {
		return nil, invalid("ratingSteps", fmt.Sprintf("A rating has %d to %d steps.", fewestSteps, mostSteps))
	}
	all := make([]*ent.Choice, *in.RatingSteps)
	for n := range all {
		all[n] = &ent.Choice{Nth: n, Text: strconv.Itoa(n + 1)}
	}
	return all, nil
}

// cleanMost returns how many options or words one answer may have.
func (in InteractionInput) cleanMost(options int) (int, error) {
	most, otherwise := 1, 1
	switch in.Kind {
	case Poll, Quiz:
		most = options
	case Words:
		most, otherwise = mostWords, mostWords
	case Text, Rating:
	}
	n := otherwise
	if in.MaxChoices != nil {
		n = *in.MaxChoices
	}
	if n < 1 || n > most {
		return 0, invalid("maxChoices", fmt.Sprintf("An answer can have from 1 to %d of them.", most))
	}
	return n, nil
}

// cleanLabels sets what the ends of a rating mean.
func (in InteractionInput) cleanLabels(of *ent.Interaction) error {
	for _, label := range []struct {
		field string
		typed *string
		to    *string
	}{{"lowest", in.Lowest, &of.Lowest}, {"highest", in.Highest, &of.Highest}} {
		switch {
		case in.Kind != Rating && label.typed != nil:
			return invalid(label.field, "Only a rating has labels at its ends.")
		case in.Kind != Rating:
			continue
		case label.typed == nil:
			return invalid(label.field, "Say what both ends of the rating mean.")
		}
		clean, wrong := text.CleanLine(*label.typed, "A label", labelLength)
		if wrong != nil {
			return invalid(label.field, wrong.Message)
		}
		*label.to = clean
	}
	if in.Kind != Rating && in.RatingSteps != nil {
		return invalid("ratingSteps", "Only a rating has steps.")
	}
	if in.Kind == Rating && len(in.Options) > 0 {
		return invalid("options", "A rating has steps instead of options.")
	}
	return nil
}
