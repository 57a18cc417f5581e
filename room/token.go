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
	"unicode"
)

const (
	tokenVersion = "u1_"
	// tokenLabel keeps the codes of link tokens apart from whatever else the keys may come to sign.
	tokenLabel = "usher link token v1\x00"
	setUpLabel = "usher set-up link v1\x00"

	tokenHead  = 1 + 16 + 4 // key id, public id, generation
	tokenBytes = tokenHead + sha256.Size
	maxPasted  = 4096 // bytes of a pasted link, with the blanks that a mail client may have put into it

	minKeyBytes = 32
	maxKeyFile  = 64 << 10 // bytes
)

// keyFileHead opens each key file that CreateKeys makes: the description of the format for whoever has to rotate keys.
const keyFileHead = `# Keys of Usher's invitation links. Keep this file secret, and apart from backups of the database.
# One key a line: a number from 1 to 255, a blank, and 32 random bytes or more in base64, as "openssl rand -base64 32" makes
# them. The first key makes new links, and all of them are accepted. To change keys, add a line with a new number (where several
# servers serve the site, at the bottom, on all of them), then move it to the top, and delete the old line when its links should
# stop working. Every server of a site needs the same keys; each reads them when it starts.
`

// Keys make and check link tokens. They live outside the database, so that a stolen copy of it opens no link.
type Keys struct {
	current byte
	byID    map[byte][]byte
}

// String keeps keys out of logs.
func (Keys) String() string { return "link keys" }

// GoString keeps keys out of logs.
func (Keys) GoString() string { return "link keys" }

// tokenText is strict, so that of the bits that 53 bytes leave over in their last character only zeros will do: each token
// has one text.
var tokenText = base64.RawURLEncoding.Strict()

// Token returns the secret part of an invitation's link: what follows `#`. It is computed from the keys alone, so nothing
// that yields it is stored, and the same link can be shown again. A new link is the next generation.
func (k Keys) Token(publicID [16]byte, generation uint32) string {
	token := make([]byte, 0, tokenBytes)
	token = append(token, k.current)
	token = append(token, publicID[:]...)
	token = binary.BigEndian.AppendUint32(token, generation)
	return tokenVersion + tokenText.EncodeToString(append(token, tokenCode(k.byID[k.current], token)...))
}

// Parse returns what a genuine token stands for. Of a whole link pasted it reads what follows the last `#`; blanks, line
// breaks and invisible characters anywhere in it are ignored (L9). Returns false for anything else, which takes the same
// time whether its key is unknown or its code wrong.
func (k Keys) Parse(pasted string) (publicID [16]byte, generation uint32, ok bool) {
	if len(pasted) > maxPasted {
		return publicID, 0, false
	}
	text := strings.Map(dropBlank, pasted[strings.LastIndexByte(pasted, '#')+1:])
	text, found := strings.CutPrefix(text, tokenVersion)
	if !found || len(text) != tokenText.EncodedLen(tokenBytes) {
		return publicID, 0, false
	}
	token, err := tokenText.DecodeString(text)
	if err != nil {
		return publicID, 0, false
	}
	head, code := token[:tokenHead], token[tokenHead:]
	key, known := k.byID[head[0]]
	if !known {
		key = noKey[:]
	}
	if !hmac.Equal(code, tokenCode(key, head)) || !known {
		return publicID, 0, false
	}
	return [16]byte(head[1:17]), binary.BigEndian.Uint32(head[17:]), true
}

// noKey stands in for a key that is not there, so that finding out takes no less time.
var noKey [minKeyBytes]byte

func tokenCode(key, head []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(tokenLabel))
	mac.Write(head)
	return mac.Sum(nil)
}

// dropBlank drops what people and programs add to a link without meaning to. Chat programs break long words with
// zero-width characters.
func dropBlank(r rune) rune {
	if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
		return -1
	}
	return r
}

// SetUp is the key of the links that set a site up: it follows from the key that makes new links.
func (k Keys) SetUp() []byte {
	mac := hmac.New(sha256.New, k.byID[k.current])
	mac.Write([]byte(setUpLabel))
	return mac.Sum(nil)
}

// ReadKeys reads a key file. The error wraps fs.ErrNotExist where there is none, and never tells what is in it.
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
	// A group may read it, as containers are handed their secrets.
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

// ParseKeys reads what a key file holds: lines of a number from 1 to 255 and a key of at least 32 bytes in base64, the
// current one first; empty lines and those that begin with # are comments.
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

// CreateKeys makes a key file with one random key, readable by its owner alone, and returns the keys once they are safely on
// disk. The file appears whole or not at all, whenever the program is killed. The error wraps fs.ErrExist where there is a
// file already, which is left as it is.
func CreateKeys(path string) (Keys, error) {
	key := make([]byte, minKeyBytes)
	_, _ = rand.Read(key) // never fails
	content := keyFileHead + "1 " + base64.StdEncoding.EncodeToString(key) + "\n"
	if err := writeOnce(path, content); err != nil {
		return Keys{}, fmt.Errorf("create keys: %w", err)
	}
	return Keys{current: 1, byID: map[byte][]byte{1: key}}, nil
}

// writeOnce writes beside the place, then links into it, which is atomic and, unlike a rename, fails where something is.
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
