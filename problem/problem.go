// Package problem defines the two kinds of refusal: a Problem is data on which a person can act, and every other error means
// missing rights, malformed input or a fault.
// Every package of the program may import it; it imports the standard library alone.
package problem

import "time"

// Problem is a refusal that its reader can understand and act on. It travels as a Go error up to the resolver, so that a
// transaction that meets one is rolled back, and from there as data.
type Problem struct {
	Code      Code
	Message   string
	NextSteps []NextStep
	// Field is the path of the input field at fault, where one is.
	Field *string
	// RetryAt says when trying again makes sense.
	RetryAt *time.Time
	// AttemptsLeft counts the tries left before a pause.
	AttemptsLeft *int
	// StandingInvitationID names the invitation that stands in the way, for managers.
	StandingInvitationID string
}

func (p *Problem) Error() string { return string(p.Code) + ": " + p.Message }

// New returns the problem of a code with the catalogue's message and next steps (L10).
func New(code Code) *Problem {
	entry := catalogue[code]
	return &Problem{Code: code, Message: entry.message, NextSteps: append([]NextStep{}, entry.next...)}
}

// At names the input field at fault.
func (p *Problem) At(field string) *Problem { p.Field = &field; return p }

// Saying replaces the catalogue's message by a more specific one.
func (p *Problem) Saying(message string) *Problem { p.Message = message; return p }

// Retry says when to try again.
func (p *Problem) Retry(at time.Time) *Problem { p.RetryAt = &at; return p }

// Left says how many tries are left.
func (p *Problem) Left(n int) *Problem { p.AttemptsLeft = &n; return p }

// Then replaces the catalogue's next steps, best first.
func (p *Problem) Then(steps ...NextStep) *Problem { p.NextSteps = steps; return p }

// The unions of the API that a Problem is a member of.
func (*Problem) IsSignInResult()           {}
func (*Problem) IsRoomResult()             {}
func (*Problem) IsDeleteRoomResult()       {}
func (*Problem) IsSessionResult()          {}
func (*Problem) IsInvitationResult()       {}
func (*Problem) IsRedeemInvitationResult() {}
func (*Problem) IsAskHostResult()          {}
func (*Problem) IsParticipantResult()      {}
func (*Problem) IsAdmitAllResult()         {}
func (*Problem) IsSitePolicyResult()       {}
