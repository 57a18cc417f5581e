package room

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"usher/auth"
	"usher/problem"
	"usher/role"
	"usher/text"
)

const (
	// MaxPreviewRows limits the people of a list.
	MaxPreviewRows = 500
	// maxListFile limits the bytes of a file of people.
	maxListFile = 1 << 20
	// maxListText limits the characters of a pasted list.
	maxListText = 150_000
)

// InvitePreviewInput is a list of people to invite: a pasted text, the bytes of a file, or rows.
type InvitePreviewInput struct {
	RoomID string
	Text   *string
	File   []byte
	Rows   []InviteRow
	Role   *role.RoomRole
}

// NameSource is where the names of a row come from.
type NameSource string

const (
	NamesFromAccount NameSource = "ACCOUNT"
	NamesFromList    NameSource = "LIST"
	NamesGuessed     NameSource = "GUESSED"
)

// InvitePreviewRow is a row of a list, with what would become of it.
type InvitePreviewRow struct {
	Row                        int
	Line                       *int
	Outcome                    RowOutcome
	Email, FirstName, LastName string
	OneName                    bool
	Names                      *NameSource
	Role                       *role.RoomRole
	// Doubt is why the row may have been read wrongly.
	Doubt *string
	// Suggestion is the address that may be meant.
	Suggestion *string
	// Same is the earlier row with the same email.
	Same       *int
	Problem    *problem.Problem
	Invitation *Invitation
}

// InvitePreview is a list of people with what would become of each row.
type InvitePreview struct {
	Rows []*InvitePreviewRow
	// Left is how many people the session's quota allows besides those who have an invitation that works.
	Left           int
	More           int
	SkippedColumns []string
	LinesBefore    int
	Windows1252    bool
}

// listed is a row of a list before the checks.
type listed struct {
	InviteRow
	line  *int
	doubt *string
}

// Preview reads a list of people, and returns what would become of each one if they were invited now. It writes nothing and locks
// nothing. Returns a Problem for a text or file without people (INVALID_VALUE), and what InviteMany returns if nobody can be invited.
func (s *Invitations) Preview(ctx context.Context, actor auth.Actor, in InvitePreviewInput) (*InvitePreview, error) {
	if err := s.someone(ctx, actor); err != nil {
		return nil, err
	}
	r, err := s.room(ctx, actor, in.RoomID)
	if err != nil {
		return nil, err
	}
	if r == nil {
		return nil, problem.ErrNotFound
	}
	if !r.Sight.Can(role.Invite) {
		return nil, problem.ErrForbidden
	}
	p := &InvitePreview{SkippedColumns: []string{}}
	rows, err := p.read(in)
	if err != nil {
		return nil, err
	}
	typed := make([]string, len(rows))
	for i, row := range rows {
		typed[i] = row.Email
	}
	known, err := s.invitees(ctx, s.db, r.Room, s.now(), readAddresses(typed...))
	if err != nil {
		return nil, err
	}
	p.Left = max(0, known.left)
	known.left = len(rows) + 1 // how many of them the manager invites is not known yet
	seen := map[string]int{}
	for i, row := range rows {
		shown := &InvitePreviewRow{Row: i, Line: row.line, Doubt: row.doubt, Email: row.Email, Role: row.Role}
		if shown.Role == nil {
			shown.Role = in.Role
		}
		if err := known.preview(shown, row.InviteRow, seen, r.Sight); err != nil {
			return nil, err
		}
		p.Rows = append(p.Rows, shown)
	}
	return p, nil
}

// read returns the rows of the list.
func (p *InvitePreview) read(in InvitePreviewInput) ([]listed, error) {
	if b := func(given bool) int { return map[bool]int{true: 1}[given] }; b(in.Text != nil)+b(in.File != nil)+b(in.Rows != nil) != 1 {
		return nil, &problem.BadInput{Message: "give one of text, file and rows"}
	}
	var rows []listed
	for _, row := range in.Rows {
		rows = append(rows, listed{InviteRow: row})
	}
	switch {
	case in.Rows != nil:
		return rows, nil
	case in.Text != nil && utf8.RuneCountInString(*in.Text) > maxListText:
		return nil, problem.New(problem.InvalidValue).At("text").Saying("This text is too long. Paste at most 500 people.")
	case len(in.File) > maxListFile:
		return nil, problem.New(problem.InvalidValue).At("file").Saying("This file has more than 1 MB. Choose a CSV file with at most 500 people.")
	}
	field, content := "file", in.File
	if in.Text != nil {
		field, content = "text", []byte(*in.Text)
	}
	list, err := text.ReadPeople(content, MaxPreviewRows)
	if err != nil {
		return nil, problem.New(problem.InvalidValue).At(field).Saying(sentence(err))
	}
	p.More, p.LinesBefore, p.Windows1252 = list.More, list.Before, list.Windows1252
	p.SkippedColumns = append(p.SkippedColumns, list.Skipped...)
	for _, one := range list.People {
		rows = append(rows, listedOf(one))
	}
	return rows, nil
}

// sentence returns an error of a reader as a sentence for a person.
func sentence(err error) string {
	message := err.Error()
	return strings.ToUpper(message[:1]) + message[1:] + "."
}

// listedOf returns a row as it was read. Its last name may be empty, because lists have people with one name.
func listedOf(p text.Person) listed {
	row := listed{InviteRow: InviteRow{Email: p.Email, FirstName: p.First, LastName: p.Last, OneName: strings.TrimSpace(p.Last) == ""}, line: &p.Line}
	doubt := p.Wrong
	if strings.TrimSpace(p.Role) != "" {
		name, wrong := text.ReadRole(p.Role)
		if as := role.RoomRole(name); wrong == nil {
			row.Role = &as
		} else if doubt == nil {
			doubt = wrong
		}
	}
	if doubt != nil {
		said := sentence(doubt)
		if wrong, ok := errors.AsType[*text.Mistake](doubt); ok {
			said = wrong.Message
		}
		row.doubt = &said
	}
	return row
}

// preview checks a row as inviting would. Only a fault is an error.
func (k *invitees) preview(shown *InvitePreviewRow, row InviteRow, seen map[string]int, sight Sight) error {
	shown.FirstName, shown.LastName, shown.OneName = row.FirstName, row.LastName, row.OneName
	source := NamesFromList
	if strings.TrimSpace(row.FirstName+row.LastName) == "" {
		if guess := text.GuessNames(row.Email); guess.First != "" {
			row.FirstName, row.LastName, row.OneName, source = guess.First, guess.Last, guess.Last == "", NamesGuessed
		}
	}
	if email := k.typed.normal(row.Email); email != "" {
		if first, again := seen[email]; again {
			shown.Outcome, shown.Same = RowDuplicate, &first
			return nil
		}
		seen[email] = shown.Row
	}
	viewer := role.Viewer // the checks do not depend on the role
	in := row.input(InviteUsersInput{Role: &viewer})
	who, earlier, err := k.check(in)
	if who.email != "" {
		shown.Email = who.typed
		if k.accounts[who.email] == nil {
			shown.Suggestion = filled(text.Suggest(who.email))
		}
	}
	if who.first != "" {
		if account := k.accounts[who.email]; account != nil && account.DisabledAt == nil {
			source = NamesFromAccount
		}
		shown.FirstName, shown.LastName, shown.OneName, shown.Names = who.first, who.last, who.last == "", &source
	}
	p, refused := errors.AsType[*problem.Problem](err)
	switch {
	case err == nil && earlier == nil:
		shown.Outcome = RowReady
	case err == nil:
		shown.Outcome, shown.Invitation = RowGone, &Invitation{earlier, sight}
	case !refused:
		return err
	case p.Code == problem.AlreadyInvited:
		standing := k.earlier[who.email]
		shown.Outcome, shown.Invitation = RowStanding, &Invitation{standing, sight}
	default:
		shown.Outcome, shown.Problem = RowRefused, p
	}
	return nil
}
