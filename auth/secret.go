package auth

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
)

// Secrets begin with these prefixes, so that people, logs and secret scanners recognize them.
const (
	SignInPrefix = "usher_s_" // a user's sign-in, or a token made on the command line
	GuestPrefix  = "usher_g_" // a guest's bearer credential
	DevicePrefix = "usher_d_" // the secret that makes a browser profile a device
)

const secretBytes = 32

var secretText = base64.RawURLEncoding.Strict()

// NewSecret returns a new secret made of 32 random bytes, and its hash. Only the hash may be stored. It panics if random fails, as
// crypto/rand does.
func NewSecret(prefix string, random io.Reader) (secret string, hash []byte) {
	var b [secretBytes]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		panic(fmt.Sprintf("make secret: %v", err))
	}
	secret = prefix + secretText.EncodeToString(b[:])
	return secret, HashSecret(secret)
}

// HashSecret returns the SHA-256 of a secret, with its prefix. One round without salt is enough for 256 random bits.
func HashSecret(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// ValidSecret reports whether the text has the length and alphabet of a secret with the prefix. It saves looking up other texts.
func ValidSecret(prefix, text string) bool {
	body, ok := strings.CutPrefix(text, prefix)
	if !ok || len(body) != secretText.EncodedLen(secretBytes) {
		return false
	}
	// The decoder skips line breaks, which makes the result shorter.
	b, err := secretText.DecodeString(body)
	return err == nil && len(b) == secretBytes
}
