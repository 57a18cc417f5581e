package main

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// keySize is what HMAC-SHA-256 asks for (RFC 2104, section 3: at least the hash's length).
const keySize = 32

// secretKey reads the key that signs links. Where no file was given it is made beside the SQLite database at the first
// start; a file that was given must be there.
func secretKey(settings *Settings) ([]byte, error) {
	key, err := readKey(settings.SecretKeyFile)
	if errors.Is(err, fs.ErrNotExist) && !settings.given("secret-key-file") {
		if err := makeKey(settings.SecretKeyFile); err != nil {
			return nil, fmt.Errorf("make secret-key-file: %w", err)
		}
		return readKey(settings.SecretKeyFile)
	}
	return key, err
}

// readKey reads a file of 64 hexadecimal digits. A group may read it, as containers are handed their secrets; others may not.
func readKey(file string) ([]byte, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, fmt.Errorf("secret-key-file: %w", err)
	}
	if info.Mode().Perm()&0o037 != 0 {
		return nil, invalidf("secret-key-file %s can be read by others (mode %04o); run: chmod 600 %[1]s", file, info.Mode().Perm())
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("secret-key-file: %w", err)
	}
	key, err := hex.DecodeString(string(bytes.TrimSpace(text)))
	if err != nil || len(key) != keySize {
		return nil, invalidf("secret-key-file %s does not hold %d hexadecimal digits, as openssl rand -hex %d makes them",
			file, 2*keySize, keySize)
	}
	return key, nil
}

// makeKey writes a new key whole or not at all, and leaves one alone that somebody else has made meanwhile.
func makeKey(file string) error {
	dir := filepath.Dir(file)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	draft, err := os.CreateTemp(dir, ".key-")
	if err != nil {
		return err
	}
	defer os.Remove(draft.Name())
	key := make([]byte, keySize)
	_, _ = rand.Read(key)
	_, err = draft.WriteString(hex.EncodeToString(key) + "\n")
	if err := errors.Join(err, draft.Sync(), draft.Close()); err != nil {
		return err
	}
	if err := os.Link(draft.Name(), file); !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}
