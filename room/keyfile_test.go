package room

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

func TestParseKeys(t *testing.T) {
	for name, file := range map[string]string{
		"a line is a key":                       keyLine(1, 'a'),
		"the last line need not end":            strings.TrimSuffix(keyLine(1, 'a'), "\n"),
		"comments and empty lines are not keys": "# comment\n\n  # another\n" + keyLine(1, 'a') + "\n#\n",
		"Windows line ends are fine":            "# comment\r\n" + strings.ReplaceAll(keyLine(1, 'a'), "\n", "\r\n"),
		"blanks and tabs around are fine":       "\t1  \t" + strings.TrimPrefix(keyLine(1, 'a'), "1 "),
		"255 keys are fine":                     manyKeys(255),
		"a key of 64 bytes is fine":             "1 " + base64.StdEncoding.EncodeToString(make([]byte, 64)),
	} {
		t.Run(name, func(t *testing.T) {
			keys := MustParseKeys(t, file)
			if keys.current != 1 {
				t.Errorf("the current key is %d", keys.current)
			}
		})
	}
	for name, c := range map[string]struct{ file, says string }{
		"an empty file has no key":              {"", "no key"},
		"comments alone are no key":             {"# 1 YWFh\n", "no key"},
		"a key without a number is refused":     {strings.TrimPrefix(keyLine(1, 'a'), "1 "), "line 1: write a number and a key"},
		"a third word is refused":               {strings.TrimSuffix(keyLine(1, 'a'), "\n") + " x", "line 1: write"},
		"the number 0 is refused":               {keyLine(0, 'a'), "line 1: the number"},
		"the number 256 is refused":             {keyLine(256, 'a'), "line 1: the number"},
		"a negative number is refused":          {keyLine(-1, 'a'), "line 1: the number"},
		"a word in place of a number":           {"one" + strings.TrimPrefix(keyLine(1, 'a'), "1"), "line 1: the number"},
		"the same number twice is refused":      {keyLine(1, 'a') + "\n" + keyLine(1, 'b'), "line 3: the number 1 is used twice"},
		"a key of 31 bytes is refused":          {"1 " + base64.StdEncoding.EncodeToString(make([]byte, 31)), "31 bytes"},
		"a key that is no base64 is refused":    {"1 !!!!", "not base64"},
		"a key without its padding is refused":  {"1 " + base64.RawStdEncoding.EncodeToString(make([]byte, 32)), "not base64"},
		"a bad second line is refused":          {keyLine(1, 'a') + "2\n", "line 2"},
		"a file of more than 64 KiB is refused": {strings.Repeat("#", 64<<10+1), "too long"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := ParseKeys([]byte(c.file)); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("the error is %v, want one that says %q", err, c.says)
			}
		})
	}
}

func manyKeys(n int) string {
	var file strings.Builder
	for id := 1; id <= n; id++ {
		file.WriteString(keyLine(id, byte(id)))
	}
	return file.String()
}

func TestACreatedKeyFileCanBeRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "link.key")
	made, err := CreateKeys(path)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the file has mode %v", info.Mode())
	}
	read, err := ReadKeys(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, ok := read.parse(made.Token(somePublicID, 1)); !ok {
		t.Error("what is read is not what was made")
	}
	if files, err := os.ReadDir(filepath.Dir(path)); err != nil || len(files) != 1 {
		t.Errorf("beside the key file stand %v, %v", files, err)
	}

	before, _ := os.ReadFile(path)
	if _, err := CreateKeys(path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("making it again gives %v", err)
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Error("making it again changed it")
	}
	other, err := CreateKeys(path + "2")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, ok := other.parse(made.Token(somePublicID, 1)); ok {
		t.Error("two files have the same key")
	}
}

func TestOneOfManyAtOnceCreatesTheKeyFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "link.key")
	var won atomic.Pointer[Keys]
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			keys, err := CreateKeys(path)
			switch {
			case err == nil && !won.CompareAndSwap(nil, &keys):
				t.Error("two made it")
			case err != nil && !errors.Is(err, fs.ErrExist):
				t.Error(err)
			case err != nil:
				if _, err := ReadKeys(path); err != nil { // the others find it complete
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	read, err := ReadKeys(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, ok := read.parse(won.Load().Token(somePublicID, 1)); !ok {
		t.Error("the file holds another's key")
	}
}

func TestReadKeysReportsWhatIsWrong(t *testing.T) {
	dir := t.TempDir()
	if _, err := ReadKeys(filepath.Join(dir, "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file gives %v", err)
	}
	if _, err := CreateKeys(filepath.Join(dir, "none", "link.key")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no folder gives %v", err)
	}
	bad := filepath.Join(dir, "bad")
	if err := os.WriteFile(bad, []byte("1 c2VjcmV0\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadKeys(bad); err == nil || !strings.Contains(err.Error(), bad) || strings.Contains(err.Error(), "c2VjcmV0") {
		t.Errorf("a bad file gives %v", err)
	}
}

func FuzzParseKeys(f *testing.F) {
	for _, seed := range []string{keyLine(1, 'a'), keyLine(2, 'b') + "# old\n" + keyLine(1, 'a'), "1 ", "0 AAAA", "#", "256 ="} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		keys, err := ParseKeys(file)
		if err != nil {
			return
		}
		for id, key := range keys.byID {
			if id == 0 || len(key) < 32 {
				t.Fatalf("%q holds the key %d of %d bytes", file, id, len(key))
			}
		}
		if id, generation, ok := keys.parse(keys.Token(somePublicID, 9)); !ok || id != somePublicID || generation != 9 {
			t.Fatalf("%q makes links that it does not accept", file)
		}
	})
}
