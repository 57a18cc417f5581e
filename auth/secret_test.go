package auth

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"strings"
	"testing"
	"testing/iotest"
)

func TestNewSecret(t *testing.T) {
	secret, hash := NewSecret(SignInPrefix, bytes.NewReader(bytes.Repeat([]byte{0xff}, 32)))
	if want := "usher_s_" + strings.Repeat("_", 42) + "8"; secret != want {
		t.Errorf("got %q, want %q", secret, want)
	}
	if !bytes.Equal(hash, HashSecret(secret)) {
		t.Error("the hash is not that of the whole text")
	}
	other, _ := NewSecret(SignInPrefix, rand.Reader)
	if another, _ := NewSecret(SignInPrefix, rand.Reader); other == another {
		t.Error("two secrets are the same")
	}
}

func TestTheHashOfASecretIsSHA256(t *testing.T) {
	const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" // FIPS 180-4, example of "abc"
	if got := hex.EncodeToString(HashSecret("abc")); got != abc {
		t.Errorf("got %s", got)
	}
}

func TestNewSecretPanicsWithoutRandomness(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a secret was made of nothing")
		}
	}()
	NewSecret(GuestPrefix, iotest.ErrReader(errors.New("dry")))
}

func TestValidSecret(t *testing.T) {
	secret, _ := NewSecret(DevicePrefix, rand.Reader)
	body := strings.TrimPrefix(secret, DevicePrefix)
	for name, c := range map[string]struct {
		prefix, text string
		want         bool
	}{
		"a fresh secret is valid":                         {DevicePrefix, secret, true},
		"a secret of another kind is invalid":             {GuestPrefix, secret, false},
		"nothing is invalid":                              {DevicePrefix, "", false},
		"the prefix alone is invalid":                     {DevicePrefix, DevicePrefix, false},
		"the body alone is invalid":                       {DevicePrefix, body, false},
		"a character less is invalid":                     {DevicePrefix, secret[:len(secret)-1], false},
		"a character more is invalid":                     {DevicePrefix, secret + "A", false},
		"padding is invalid":                              {DevicePrefix, secret + "=", false},
		"the other base64 alphabet is invalid":            {DevicePrefix, DevicePrefix + "+/" + body[2:], false},
		"a line break in place of a character is invalid": {DevicePrefix, DevicePrefix + "\n" + body[1:], false},
		"a blank in front is invalid":                     {DevicePrefix, " " + secret, false},
		"bits left over at the end must be zero":          {DevicePrefix, DevicePrefix + strings.Repeat("A", 42) + "B", false},
		"a letter outside ASCII is invalid":               {DevicePrefix, DevicePrefix + strings.Repeat("A", 41) + "é", false},
		"a megabyte is invalid":                           {DevicePrefix, DevicePrefix + strings.Repeat("A", 1<<20), false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := ValidSecret(c.prefix, c.text); got != c.want {
				t.Errorf("ValidSecret(%q, %.80q) = %v", c.prefix, c.text, got)
			}
		})
	}
}

func FuzzValidSecret(f *testing.F) {
	f.Add("usher_s_" + strings.Repeat("A", 43))
	f.Add("usher_s_" + strings.Repeat("_", 42) + "8")
	f.Add("usher_s_\n" + strings.Repeat("A", 42))
	f.Fuzz(func(t *testing.T, text string) {
		if !ValidSecret(SignInPrefix, text) {
			return
		}
		b, err := secretText.DecodeString(strings.TrimPrefix(text, SignInPrefix))
		if err != nil {
			t.Fatal(err)
		}
		if again, _ := NewSecret(SignInPrefix, bytes.NewReader(b)); again != text {
			t.Fatalf("%q is another text of %q", text, again)
		}
	})
}
