package room

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

const (
	tokenVersion = "u1_"
	// tokenLabel separates the codes of link tokens from anything else that the keys sign.
	tokenLabel = "usher link token v1\x00"
	askedLabel = "usher asked call v1\x00"
	probeLabel = "usher probe v1\x00"

	tokenHead  = 1 + 16 + 4 // key id, public id, generation
	tokenBytes = tokenHead + sha256.Size

	minKeyBytes = 32
	maxKeyFile  = 64 << 10 // bytes
)

// keyFileHead begins each key file that CreateKeys writes. It describes the format for operators who rotate keys.
const keyFileHead = `# Keys of Usher's invitation links. Keep this file secret, and apart from backups of the database.
# One key a line: a number from 1 to 255, a blank, and 32 random bytes or more in base64, as "openssl rand -base64 32" makes
# them. The first key makes new links, and all of them are accepted. To change keys, add a line with a new number (where several
# servers serve the site, at the bottom, on all of them), then move it to the top, and delete the old line when its links should
# stop working. Every server of a site needs the same keys; each reads them when it starts.
`

// Keys create and check link tokens. They are stored outside the database, so that a stolen copy of it opens no link.
type Keys struct {
	current byte
	byID    map[byte][]byte
}

// String keeps keys out of logs.
func (Keys) String() string { return "link keys" }

// GoString keeps keys out of logs.
func (Keys) GoString() string { return "link keys" }

// tokenText is strict, so that each token has exactly one text: the unused bits of the last character must be zero.
var tokenText = base64.RawURLEncoding.Strict()

// Token returns the secret part of an invitation's link, which follows the `#`. It is computed from the keys, so the database
// stores nothing that yields it, and the same link can be shown again. A new link has the next generation.
func (k Keys) Token(publicID [16]byte, generation uint32) string {
	token := make([]byte, 0, tokenBytes)
	token = append(token, k.current)
	token = append(token, publicID[:]...)
	token = binary.BigEndian.AppendUint32(token, generation)
	return tokenVersion + tokenText.EncodeToString(append(token, tokenCode(k.byID[k.current], token)...))
}

// open returns the contents of a token. It returns false unless the token is genuine.
func (k Keys) open(token string) (link, bool) {
	content, err := tokenText.DecodeString(token[len(tokenVersion):])
	if err != nil || len(content) != tokenBytes {
		return link{}, false
	}
	head, code := content[:tokenHead], content[tokenHead:]
	key, known := k.byID[head[0]]
	if !known {
		key = noKey[:]
	}
	if !hmac.Equal(code, tokenCode(key, head)) || !known {
		return link{}, false
	}
	return link{publicID: [16]byte(head[1:17]), generation: binary.BigEndian.Uint32(head[17:])}, true
}

// noKey replaces an unknown key, so that the check takes no less time.
var noKey [minKeyBytes]byte

func tokenCode(key, head []byte) []byte { return signature(key, tokenLabel, head) }

// signature signs a content. The label separates what a key signs for different purposes.
func signature(key []byte, label string, content []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(label))
	mac.Write(content)
	return mac.Sum(nil)
}

// Purpose is what a key of its own is derived for. With another signing key, the derived keys are others too.
type Purpose string

const (
	// ForSetUp is for the links that set up a site.
	ForSetUp Purpose = "usher set-up link v1\x00"
	// ForRates is for the rows of auth.SharedRates. With another key, all counts begin again.
	ForRates Purpose = "usher rates v1\x00"
)

// Derive returns the key for a purpose, derived from the key that signs new links.
func (k Keys) Derive(purpose Purpose) []byte {
	return signature(k.byID[k.current], string(purpose), nil)
}

// Probes returns the keys of probes, by which a server knows that the site's operator asks. Each is derived from one of the keys, the first from
// the one that signs new links.
func (k Keys) Probes() [][]byte {
	keys := [][]byte{signature(k.byID[k.current], probeLabel, nil)}
	for id, key := range k.byID {
		if id != k.current {
			keys = append(keys, signature(key, probeLabel, nil))
		}
	}
	return keys
}

// asked returns a fingerprint of a call, which only a holder of the keys can compare with another call.
func (k Keys) asked(call []byte) []byte { return signature(k.byID[k.current], askedLabel, call) }

// isAsked reports whether a fingerprint is that of a call, by any of the keys.
func (k Keys) isAsked(fingerprint, call []byte) bool {
	for _, key := range k.byID {
		if hmac.Equal(fingerprint, signature(key, askedLabel, call)) {
			return true
		}
	}
	return false
}

// ReadKeys reads a key file. The error wraps fs.ErrNotExist if there is none. It never contains a part of the file.
func ReadKeys(path string) (Keys, error) {
	f, err := os.Open(path)
	if err != nil {
		return Keys{}, fmt.Errorf("read keys: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return Keys{}, fmt.Errorf("read keys: %w", err)
	}
	// A group may read it, because containers get their secrets so.
	if mode := info.Mode().Perm(); mode&0o037 != 0 {
		return Keys{}, fmt.Errorf("read keys: other users can read %s (mode %04o); run: chmod 600 %[1]s", path, mode)
	}
	data, err := io.ReadAll(io.LimitReader(f, maxKeyFile+1))
	if err != nil {
		return Keys{}, fmt.Errorf("read keys: %w", err)
	}
	keys, err := ParseKeys(data)
	if err != nil {
		return Keys{}, fmt.Errorf("read keys: %s: %w", path, err)
	}
	return keys, nil
}

// ParseKeys reads the contents of a key file: lines with a number from 1 to 255 and a key of at least 32 bytes in base64. The first
// one is the current key. Empty lines and lines that begin with # are comments.
func ParseKeys(data []byte) (Keys, error) {
	if len(data) > maxKeyFile {
		return Keys{}, errors.New("the file is too long for a key file")
	}
	keys := Keys{byID: map[byte][]byte{}}
	number := 0
	for line := range strings.Lines(string(data)) {
		number++
		fields := strings.Fields(line)
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		if len(fields) != 2 {
			return Keys{}, fmt.Errorf("line %d: write a number and a key", number)
		}
		id, err := strconv.ParseUint(fields[0], 10, 8)
		if err != nil || id == 0 {
			return Keys{}, fmt.Errorf("line %d: the number must be from 1 to 255", number)
		}
		key, err := base64.StdEncoding.Strict().DecodeString(fields[1])
		if err != nil {
			return Keys{}, fmt.Errorf("line %d: the key is not base64", number)
		}
		if len(key) < minKeyBytes {
			return Keys{}, fmt.Errorf("line %d: the key has %d bytes and needs at least %d", number, len(key), minKeyBytes)
		}
		if _, taken := keys.byID[byte(id)]; taken {
			return Keys{}, fmt.Errorf("line %d: the number %d is used twice", number, id)
		}
		if len(keys.byID) == 0 {
			keys.current = byte(id)
		}
		keys.byID[byte(id)] = key
	}
	if len(keys.byID) == 0 {
		return Keys{}, errors.New("the file contains no key")
	}
	return keys, nil
}

// CreateKeys writes a key file with one random key, which only its owner can read. It returns the keys once they are safely on
// disk. Whenever the program is killed, the file is complete or missing. The error wraps fs.ErrExist if there is a file already,
// which stays as it is.
func CreateKeys(path string) (Keys, error) {
	key := make([]byte, minKeyBytes)
	_, _ = rand.Read(key) // never fails
	content := keyFileHead + "1 " + base64.StdEncoding.EncodeToString(key) + "\n"
	if err := writeOnce(path, content); err != nil {
		return Keys{}, fmt.Errorf("create keys: %w", err)
	}
	return Keys{current: 1, byID: map[byte][]byte{1: key}}, nil
}

// writeOnce writes a temporary file and links it to the path. That is atomic and, unlike a rename, fails if the path exists.
func writeOnce(path, content string) error {
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer dir.Close()
	f, err := os.CreateTemp(filepath.Dir(path), ".key-*") // O_EXCL, mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(content)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Link(f.Name(), path); err != nil {
		return err
	}
	return dir.Sync()
}
