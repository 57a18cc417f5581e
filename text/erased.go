package text

import "strings"

// What stands for the name of a person who was erased.
const (
	ErasedFirstName = "Erased"
	ErasedLastName  = "person"
	ErasedName      = ErasedFirstName + " " + ErasedLastName
)

// ErasedPrefix begins what stands for the email address of an erased person.
const ErasedPrefix = "erased:"

// ErasedEmail returns what stands for the email address of an erased person, different for each id. It equals no address.
func ErasedEmail(id string) string { return ErasedPrefix + id }

// IsErased reports whether a stored email address is that of an erased person.
func IsErased(email string) bool { return strings.HasPrefix(email, ErasedPrefix) }
