package room

import (
	"crypto/hmac"
	"encoding/binary"
	"fmt"
	"regexp"
)

const (
	// handOverPrefix begins the secret in the URL of a hand-over.
	handOverPrefix = "h1_"
	handOverLabel  = "usher hand-over v1\x00"
	digitsLabel    = "usher hand-over digits v1\x00"
	handOverDigits = 6
)

// handOverText matches the secret of a hand-over in a text: its id without "ho_", and 32 bytes in base64.
var handOverText = regexp.MustCompile(handOverPrefix + `([0-9a-v]{26})([A-Za-z0-9_-]{43})`)

// handOverSecret returns the secret of a hand-over, by the key of a number. It is empty if there is no such key any more.
func handOverSecret(k Keys, number int, id string) string {
	key, known := k.byID[byte(number)]
	if !known {
		return ""
	}
	return handOverPrefix + id[len("ho_"):] + tokenText.EncodeToString(signature(key, handOverLabel, []byte(id)))
}

// openHandOver returns the id of the hand-over whose genuine secret is in a text: the secret itself, or a URL with it.
func openHandOver(k Keys, text string) (id string, ok bool) {
	found := handOverText.FindStringSubmatch(text)
	if found == nil {
		return "", false
	}
	id = "ho_" + found[1]
	given, err := tokenText.DecodeString(found[2])
	for _, key := range k.byID {
		ok = hmac.Equal(given, signature(key, handOverLabel, []byte(id))) || ok
	}
	return id, ok && err == nil
}

// digitsOfHandOver returns the digits of a hand-over, by the key of a number. They are empty if there is no such key any more.
func digitsOfHandOver(k Keys, number int, id string) string {
	key, known := k.byID[byte(number)]
	if !known {
		return ""
	}
	return sixDigits(key, digitsLabel, id)
}

// sixDigits computes the digits that a person types. Nothing that is stored yields them.
func sixDigits(key []byte, label, id string) string {
	return fmt.Sprintf("%06d", binary.BigEndian.Uint64(signature(key, label, []byte(id)))%1_000_000)
}
