// Package problem defines how the product refuses. A Problem is data for a person who can act on it. All other errors are for requests
// that are not allowed, for invalid input, and for faults. Every package may import it; it imports only the standard library.
package problem

import "time"

// Problem is a refusal that a person can understand and act on. It travels as a Go error up to the resolver, so that its transaction is
// rolled back. The resolver returns it as data.
type Problem struct {
	Unions
	InviteUnions
	ToolUnions
	MailUnions
	Code      Code
	Message   string
	NextSteps []NextStep
	// Field is the path of the wrong input field, if any.
	Field *string
	// RetryAt is when to try again.
	RetryAt *time.Time
	// AttemptsLeft counts the attempts left before a pause.
	AttemptsLeft *int
	// StandingInvitationID identifies the invitation that conflicts, for managers.
	StandingInvitationID string
}

func (p *Problem) Error() string { return string(p.Code) + ": " + p.Message }

// New returns the problem of a code, with the catalogue's message and next steps (L10).
func New(code Code) *Problem {
	entry := catalogue[code]
	return &Problem{Code: code, Message: entry.message, NextSteps: append([]NextStep{}, entry.next...)}
}

// At sets the wrong input field.
func (p *Problem) At(field string) *Problem { p.Field = &field; return p }

// Saying sets a more specific message than the catalogue's.
func (p *Problem) Saying(message string) *Problem { p.Message = message; return p }

// Retry sets when to try again.
func (p *Problem) Retry(at time.Time) *Problem { p.RetryAt = &at; return p }

// Left sets how many attempts are left.
func (p *Problem) Left(n int) *Problem { p.AttemptsLeft = &n; return p }

// Then sets other next steps than the catalogue's, best first.
func (p *Problem) Then(steps ...NextStep) *Problem { p.NextSteps = steps; return p }
