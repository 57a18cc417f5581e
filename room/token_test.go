package room

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
)

var somePublicID = [16]byte{0xfb, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0xff}

// keyLine returns a line of a key file. Its key repeats one byte.
func keyLine(id int, of byte) string {
	return fmt.Sprintf("%d %s\n", id, base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{of}, 32)))
}

func TestParsingATokenReturnsWhatItWasMadeFrom(t *testing.T) {
	keys := MustParseKeys(t, keyLine(7, 'a'))
	for _, generation := range []uint32{0, 1, 2, 1 << 31, 1<<32 - 1} {
		for _, id := range [][16]byte{{}, somePublicID, {0: 0xff}} {
			token := keys.Token(id, generation)
			if len(token) != 74 || token != keys.Token(id, generation) {
				t.Errorf("the token %q is not the same each time", token)
			}
			if gotID, gotGeneration, ok := keys.parse(token); !ok || gotID != id || gotGeneration != generation {
				t.Errorf("%q gives %x, %d, %v; want %x, %d", token, gotID, gotGeneration, ok, id, generation)
			}
		}
	}
}

// Links work as long as their invitations, so a new format needs a new version.
func TestTheFormatOfTokensIsStable(t *testing.T) {
	const want = "u1_B_sBAgMEBQYHCAkKCwwNDv8AAAAB"
	token := MustParseKeys(t, keyLine(7, 'a')).Token(somePublicID, 1)
	if !strings.HasPrefix(token, want) {
		t.Errorf("the token %s does not begin with %s", token, want)
	}
	const code = "QNR24Cbp-Q8pJNxAgGB7c1Qr2Vo9W1Kf6uDFY9A_VrM"
	if got := token[len(want):]; got != code {
		t.Errorf("the code is %s, want %s", got, code)
	}
}

func TestL2_1_Parse(t *testing.T) {
	keys := MustParseKeys(t, keyLine(7, 'a')+keyLine(3, 'b'))
	token := keys.Token(somePublicID, 5)
	raw, err := base64.RawURLEncoding.DecodeString(token[3:])
	if err != nil {
		t.Fatal(err)
	}
	with := func(change func(b []byte)) string {
		b := bytes.Clone(raw)
		change(b)
		return "u1_" + base64.RawURLEncoding.EncodeToString(b)
	}

	for name, pasted := range map[string]string{
		"a token is genuine":                    token,
		"blanks around it are ignored":          " \t" + token + " \r\n",
		"line breaks within it are ignored":     token[:20] + "\r\n" + token[20:50] + "\n  " + token[50:],
		"a blank within the version is ignored": "u1\n_" + token[3:],
		"no-break spaces are ignored":           token[:40] + "\u00a0\u3000" + token[40:],
		"zero-width spaces are ignored":         token[:40] + "\u200b\ufeff" + token[40:],
		"of a whole link, the fragment is read": "https://usher.example/join#" + token,
		"of a link broken into lines, as well":  "https://usher.example/jo\nin#u1_\n" + token[3:],
		"text before the link is ignored":       "Room #3: https://usher.example/join#" + token,
		"the fragment alone is read":            "#" + token,
		"a token of an older key is genuine":    MustParseKeys(t, keyLine(3, 'b')).Token(somePublicID, 5),
		"a token among 32 KB is read":           strings.Repeat(" ", maxPasted-len(token)) + token,
		"letters behind a token are ignored":    token + "A",
		"of two links, the newest one is read":  keys.Token(somePublicID, 4) + " " + token + " " + keys.Token(somePublicID, 3),
		"a forged link beside it is ignored":    with(func(b []byte) { b[1] ^= 1 }) + " " + token,
	} {
		t.Run(name, func(t *testing.T) {
			if id, generation, ok := keys.parse(pasted); !ok || id != somePublicID || generation != 5 {
				t.Errorf("Parse(%q) = %x, %d, %v", pasted, id, generation, ok)
			}
		})
	}

	for name, pasted := range map[string]string{
		"nothing is no token":                                "",
		"a version alone is no token":                        "u1_",
		"a link without a token is not valid":                "https://usher.example/join",
		"a link with an empty fragment is not valid":         "https://usher.example/join#",
		"another version is not valid":                       "u2_" + token[3:],
		"a version in capitals is not valid":                 "U1_" + token[3:],
		"a token without its version is not valid":           token[3:],
		"a token cut short is not valid":                     token[:len(token)-1],
		"letters of the other base64 alphabet are not valid": "u1_" + strings.NewReplacer("-", "+", "_", "/").Replace(token[3:]),
		"bits left over at the end must be zero":             token[:len(token)-1] + string(nextLetter(token[len(token)-1])),
		"another key id is forged":                           with(func(b []byte) { b[0] = 3 }),
		"an unknown key id is forged":                        with(func(b []byte) { b[0] = 9 }),
		"another public id is forged":                        with(func(b []byte) { b[1] ^= 1 }),
		"another generation is forged":                       with(func(b []byte) { b[20]++ }),
		"a code with its first bit changed is forged":        with(func(b []byte) { b[21] ^= 0x80 }),
		"a code with its last bit changed is forged":         with(func(b []byte) { b[52] ^= 1 }),
		"a code of zeros is forged":                          with(func(b []byte) { clear(b[21:]) }),
		"a code made with the key that stands in is forged":  withZeroKey(t),
		"a token of another site's key is forged":            MustParseKeys(t, keyLine(7, 'c')).Token(somePublicID, 5),
		"a byte more than 32 KB is not looked at":            strings.Repeat(" ", maxPasted+1-len(token)) + token,
		"the links of two invitations are ambiguous":         token + " " + keys.Token([16]byte{1}, 5),
		"a megabyte is not looked at":                        strings.Repeat(" ", 1<<20) + token,
		"bytes that are no UTF-8 are none":                   token[:40] + "\xff" + token[41:],
	} {
		t.Run(name, func(t *testing.T) {
			if id, generation, ok := keys.parse(pasted); ok || id != [16]byte{} || generation != 0 {
				t.Errorf("Parse(%.120q) = %x, %d, %v; want nothing", pasted, id, generation, ok)
			}
		})
	}
}

// withZeroKey returns a token with an unknown key id and the code of the key that replaces unknown ones.
func withZeroKey(t *testing.T) string {
	t.Helper()
	return Keys{current: 9, byID: map[byte][]byte{9: noKey[:]}}.Token(somePublicID, 5)
}

// nextLetter returns the letter of the alphabet that differs from c in its last bit, which no byte of a token uses.
func nextLetter(c byte) byte {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	return alphabet[strings.IndexByte(alphabet, c)+1]
}

func TestL2_1_AnUnknownKeyCostsTheSameWorkAsAWrongCode(t *testing.T) {
	keys := MustParseKeys(t, keyLine(7, 'a'))
	unknown, wrong := MustParseKeys(t, keyLine(9, 'a')).Token(somePublicID, 5), MustParseKeys(t, keyLine(7, 'c')).Token(somePublicID, 5)
	work := func(token string) float64 { return testing.AllocsPerRun(100, func() { keys.parse(token) }) }
	if u, w := work(unknown), work(wrong); u != w {
		t.Errorf("an unknown key makes %v allocations, a wrong code %v", u, w)
	}
}

func TestTheZeroKeysAcceptNothing(t *testing.T) {
	var none Keys
	if _, _, ok := none.parse(none.Token(somePublicID, 1)); ok {
		t.Error("a token without a key is genuine")
	}
}

func TestAfterARotationOldLinksWorkUntilTheirKeyIsRemoved(t *testing.T) {
	old := MustParseKeys(t, keyLine(1, 'a'))
	token := old.Token(somePublicID, 1)

	both := MustParseKeys(t, keyLine(2, 'b')+keyLine(1, 'a'))
	if _, _, ok := both.parse(token); !ok {
		t.Error("an old link stopped working when a key was added")
	}
	if _, _, ok := old.parse(both.Token(somePublicID, 1)); ok {
		t.Error("new links are not made with the first key")
	}
	if _, _, ok := MustParseKeys(t, keyLine(2, 'b')).parse(token); ok {
		t.Error("an old link outlived its key")
	}
}

func TestKeysAreNotPrinted(t *testing.T) {
	keys := MustParseKeys(t, keyLine(1, 'a'))
	for _, form := range []string{"%v", "%+v", "%#v", "%s"} {
		if got := fmt.Sprintf(form, keys); got != "link keys" {
			t.Errorf("%s prints %s", form, got)
		}
	}
}

func FuzzParseToken(f *testing.F) {
	keys, err := ParseKeys([]byte(keyLine(7, 'a')))
	if err != nil {
		f.Fatal(err)
	}
	token := keys.Token(somePublicID, 1)
	for _, seed := range []string{token, " " + token[:30] + "\n" + token[30:], "https://usher.example/join#" + token, "u1_", "#", token[:73] + "_", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, pasted string) {
		id, generation, ok := keys.parse(pasted)
		if !ok {
			if id != [16]byte{} || generation != 0 {
				t.Fatalf("%q is refused and still gives %x, %d", pasted, id, generation)
			}
			return
		}
		if id != somePublicID || generation != 1 {
			t.Fatalf("%q was never made", pasted)
		}
	})
}

func BenchmarkToken(b *testing.B) {
	keys, _ := ParseKeys([]byte(keyLine(1, 'a')))
	for b.Loop() {
		keys.Token(somePublicID, 1)
	}
}

func BenchmarkParse(b *testing.B) {
	keys, _ := ParseKeys([]byte(keyLine(1, 'a')))
	token := keys.Token(somePublicID, 1)
	for b.Loop() {
		keys.parse(token)
	}
}

func MustParseKeys(t *testing.T, file string) Keys {
	t.Helper()
	keys, err := ParseKeys([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func TestAFingerprintOfACallIsComparedByAnyKeyOfTheSite(t *testing.T) {
	old, call := MustParseKeys(t, keyLine(1, 'a')), []byte("rows")
	rotated, other := MustParseKeys(t, keyLine(2, 'b')+keyLine(1, 'a')), MustParseKeys(t, keyLine(1, 'c'))
	for name, c := range map[string]struct {
		by          Keys
		fingerprint []byte
		call        string
		want        bool
	}{
		"the same call":                      {old, old.asked(call), "rows", true},
		"after a new key came on top":        {rotated, old.asked(call), "rows", true},
		"of a server that has it on top":     {MustParseKeys(t, keyLine(1, 'a')+keyLine(2, 'b')), rotated.asked(call), "rows", true},
		"another call":                       {old, old.asked(call), "row", false},
		"a key that is not the site's":       {other, old.asked(call), "rows", false},
		"a fingerprint of before, unkeyed":   {old, make([]byte, 32), "rows", false},
		"the code of a link is not of calls": {old, tokenCode(old.byID[1], call), "rows", false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.by.isAsked(c.fingerprint, []byte(c.call)); got != c.want {
				t.Errorf("it is the call: %t, want %t", got, c.want)
			}
		})
	}
}

// parse returns the contents of the genuine token in a pasted text, if it has exactly one.
func (k Keys) parse(pasted string) (publicID [16]byte, generation uint32, ok bool) {
	found := k.find(pasted)
	if len(found) != 1 {
		return publicID, 0, false
	}
	return found[0].publicID, found[0].generation, true
}
