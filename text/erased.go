package text

import "strings"

// ErasedName and its parts replace the name of an erased person.
const (
	ErasedFirstName = "Erased"
	ErasedLastName  = "person"
	ErasedName      = ErasedFirstName + " " + ErasedLastName
)

// FormerGuest replaces the name of a guest whose place is no longer stored, in events that are.
const FormerGuest = "Former guest"

// ErasedPrefix begins the text that replaces the email address of an erased person.
const ErasedPrefix = "erased:"

// ErasedEmail returns the text that replaces the email address of an erased person. It differs for each id, and is no valid address.
func ErasedEmail(id string) string { return ErasedPrefix + id }

// IsErased reports whether a stored email address is that of an erased person.
func IsErased(email string) bool { return strings.HasPrefix(email, ErasedPrefix) }
