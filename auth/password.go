package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

const (
	minPassword = 8    // bytes (E3)
	maxPassword = 1024 // bytes (E3)
)

// cost has the parameters of argon2id: 19 MiB, two passes, one lane, as the OWASP password storage cheat sheet recommends.
var cost = argon2Cost{memory: 19 * 1024, passes: 2, lanes: 1}

const (
	saltBytes = 16
	keyBytes  = 32
)

type argon2Cost struct {
	memory uint32 // KiB
	passes uint32
	lanes  uint8
}

// Passwords hashes and checks passwords, a few at a time. Each takes 19 MiB of memory and tens of milliseconds of a core.
type Passwords struct{ line *line }

// maxWaiting is the number of passwords that may wait. One or two cores check so many in a few seconds.
const maxWaiting = 256

// NewPasswords returns a Passwords that works on up to concurrency passwords at a time, at least one. Up to 256 others wait.
func NewPasswords(concurrency int) *Passwords {
	return &Passwords{newLine(max(concurrency, 1), maxWaiting)}
}

func noFailures() int { return 0 }

// Hash returns the argon2id hash of a password with a new salt, in PHC form. It returns the context's error if the context ends
// while it waits, or problem.RateLimited if too many wait.
func (p *Passwords) Hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltBytes)
	_, _ = rand.Read(salt) // never fails
	key, err := p.derive(ctx, noFailures, password, salt, keyBytes, cost)
	if err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, cost.memory, cost.passes, cost.lanes,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key)), nil
}

// Check reports whether a password matches a hash. An empty hash (no such account, or one without a password) never matches, and
// takes as long as a wrong password. Of the checks that wait, the one with the fewest failures goes first. It returns the
// context's error, problem.RateLimited if too many wait, or an error for a malformed hash.
func (p *Passwords) Check(ctx context.Context, hash, password string, failures func() int) (bool, error) {
	if len(password) > maxPassword {
		return false, nil
	}
	if hash == "" {
		if _, err := p.derive(ctx, failures, password, make([]byte, saltBytes), keyBytes, cost); err != nil {
			return false, fmt.Errorf("check password: %w", err)
		}
		return false, nil
	}
	salt, want, c, err := parsePHC(hash)
	if err != nil {
		return false, fmt.Errorf("check password: %w", err)
	}
	got, err := p.derive(ctx, failures, password, salt, uint32(len(want)), c)
	if err != nil {
		return false, fmt.Errorf("check password: %w", err)
	}
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}

func (p *Passwords) derive(ctx context.Context, failures func() int, password string, salt []byte, length uint32, c argon2Cost) ([]byte, error) {
	if err := p.line.enter(ctx, failures); err != nil {
		return nil, err
	}
	defer p.line.leave()
	// Some keyboards type é composed and some decomposed: the same password must work with all of them.
	return argon2.IDKey(norm.NFC.Bytes([]byte(password)), salt, c.passes, c.memory, c.lanes, length), nil
}

var errNoHash = errors.New("the stored hash is not argon2id in PHC form")

// parsePHC parses `$argon2id$v=19$m=19456,t=2,p=1$salt$key`. Its bounds keep a damaged hash from taking all memory or crashing the
// program.
func parsePHC(hash string) (salt, key []byte, c argon2Cost, err error) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return nil, nil, c, errNoHash
	}
	const form = "m=%d,t=%d,p=%d"
	_, err = fmt.Sscanf(parts[3], form, &c.memory, &c.passes, &c.lanes)
	if err != nil || parts[3] != fmt.Sprintf(form, c.memory, c.passes, c.lanes) {
		return nil, nil, c, errNoHash
	}
	if c.memory > 1<<20 || c.passes < 1 || c.passes > 64 || c.lanes < 1 {
		return nil, nil, c, errNoHash
	}
	salt, err = base64.RawStdEncoding.Strict().DecodeString(parts[4])
	if err != nil || len(salt) < 8 || len(salt) > 64 {
		return nil, nil, c, errNoHash
	}
	key, err = base64.RawStdEncoding.Strict().DecodeString(parts[5])
	if err != nil || len(key) < 16 || len(key) > 64 {
		return nil, nil, c, errNoHash
	}
	return salt, key, c, nil
}

//go:embed common_passwords.txt
var commonList string

// common has the passwords that attackers guess first, in lower case.
var common = func() map[string]bool {
	set := map[string]bool{}
	for word := range strings.Lines(commonList) {
		set[strings.TrimSuffix(word, "\n")] = true
	}
	return set
}()

// AcceptablePassword reports whether a person may choose the password (E3). It has 8 to 1,024 bytes. It is no common password in
// any case, no repeated character, and no sequence such as 23456789 or hgfedcba.
func AcceptablePassword(password string) bool {
	if len(password) < minPassword || len(password) > maxPassword {
		return false
	}
	lower := strings.ToLower(norm.NFC.String(password))
	return !common[lower] && !evenSteps(lower)
}

// evenSteps reports whether the code points form a sequence: each has the same distance to the one before, at most 1.
func evenSteps(s string) bool {
	chars := []rune(s)
	if len(chars) < 3 {
		return false
	}
	step := chars[1] - chars[0]
	if step < -1 || step > 1 {
		return false
	}
	for i := 2; i < len(chars); i++ {
		if chars[i]-chars[i-1] != step {
			return false
		}
	}
	return true
}
