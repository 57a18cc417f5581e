package room

import "usher/text"

// addresses are email addresses by what was typed. They are read before a room is locked, because reading a hundred takes a while.
type addresses map[string]typedAddress

type typedAddress struct {
	text.Address
	wrong *text.Mistake
}

func readAddresses(typed ...string) addresses {
	read := make(addresses, len(typed))
	for _, one := range typed {
		if _, again := read[one]; !again {
			a, wrong := text.ReadAddress(one)
			read[one] = typedAddress{a, wrong}
		}
	}
	return read
}

// normal returns the normal form of an address, or an empty string if the text is not an address.
func (a addresses) normal(typed string) string {
	if one := a[typed]; one.wrong == nil {
		return one.Normal
	}
	return ""
}

// normals returns the normal forms of all addresses.
func (a addresses) normals() (emails []string) {
	for typed := range a {
		if email := a.normal(typed); email != "" {
			emails = append(emails, email)
		}
	}
	return emails
}
