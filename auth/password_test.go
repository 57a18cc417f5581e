package auth

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestAPasswordMatchesOnlyItsOwnHash(t *testing.T) {
	p := NewPasswords(2)
	hash := MustHash(t, p, "correct horse battery")
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("the hash %q does not say what it was made with", hash)
	}
	if other := MustHash(t, p, "correct horse battery"); other == hash {
		t.Error("two hashes of one password are the same: the salt is")
	}
	for name, c := range map[string]struct {
		hash, password string
		want           bool
	}{
		"the password itself is right":            {hash, "correct horse battery", true},
		"another password is wrong":               {hash, "correct horse batterx", false},
		"another case is wrong":                   {hash, "Correct horse battery", false},
		"a blank more is wrong":                   {hash, "correct horse battery ", false},
		"no password is wrong":                    {hash, "", false},
		"an overlong password is wrong":           {hash, strings.Repeat("x", 1025), false},
		"no password is right for an empty hash":  {"", "correct horse battery", false},
		"an empty one is wrong for an empty hash": {"", "", false},
		"decomposed letters are the same letters": {MustHash(t, p, "caf\u00e9 cr\u00e8me"), "cafe\u0301 cre\u0300me", true},
		"a password of 1,024 bytes counts to the end": {
			MustHash(t, p, strings.Repeat("x", 1023)+"y"), strings.Repeat("x", 1023) + "z", false,
		},
		"the reference implementation's hash is known": {
			// echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 -l 32 -e (test vector of phc-winner-argon2)
			"$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc", "password", true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := p.Check(t.Context(), c.hash, c.password, noFailures); err != nil || got != c.want {
				t.Errorf("got %v, %v; want %v", got, err, c.want)
			}
		})
	}
}

func TestTheErrorForADamagedHashDoesNotShowIt(t *testing.T) {
	p := NewPasswords(1)
	for name, hash := range map[string]string{
		"a password in clear":        "hunter2hunter2",
		"another algorithm":          "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
		"another version":            "$argon2id$v=16$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
		"a part missing":             "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ",
		"no passes":                  "$argon2id$v=19$m=65536,t=0,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
		"no lanes":                   "$argon2id$v=19$m=65536,t=2,p=0$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
		"more memory than there is":  "$argon2id$v=19$m=4294967295,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
		"passes without end":         "$argon2id$v=19$m=65536,t=4294967295,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
		"an empty key":               "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$",
		"a salt that is no base64":   "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhb!Q$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
		"more parameters":            "$argon2id$v=19$m=65536,t=2,p=1,x=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
		"parameters in another form": "$argon2id$v=19$memory=65536$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
	} {
		t.Run(name, func(t *testing.T) {
			ok, err := p.Check(t.Context(), hash, "password", noFailures)
			if ok || !errors.Is(err, errNoHash) {
				t.Fatalf("got %v, %v", ok, err)
			}
			if strings.Contains(err.Error(), hash) {
				t.Errorf("the error shows the hash: %v", err)
			}
		})
	}
}

func TestAnUnknownAccountTakesAsLongAsAWrongPassword(t *testing.T) {
	p := NewPasswords(1)
	hash := MustHash(t, p, "correct horse battery")
	fastest := func(hash string) time.Duration {
		var times []time.Duration
		for range 5 {
			start := time.Now()
			if _, err := p.Check(t.Context(), hash, "wrong horse battery", noFailures); err != nil {
				t.Fatal(err)
			}
			times = append(times, time.Since(start))
		}
		return slices.Min(times)
	}
	// Without the work the ratio would be in the thousands; a busy machine makes it 2 at times.
	known, unknown := fastest(hash), fastest("")
	if ratio := float64(known) / float64(unknown); ratio > 5 || ratio < 0.2 {
		t.Errorf("known accounts take %v, unknown ones %v", known, unknown)
	}
}

func TestPasswordsBeyondTheLimitWaitForTheirTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPasswords(1)
		mustEnter(t, p.line, 0) // somebody is at work

		impatient, stop := context.WithTimeout(t.Context(), time.Second)
		defer stop()
		if _, err := p.Hash(impatient, "password"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("waiting ended with %v, not with its context", err)
		}
		if _, err := p.Check(impatient, "", "password", noFailures); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("asking after the end gave %v", err)
		}

		done := make(chan error)
		go func() {
			_, err := p.Hash(t.Context(), "password")
			done <- err
		}()
		synctest.Wait()
		select {
		case err := <-done:
			t.Fatal("two worked at a time", err)
		default:
		}
		p.line.leave()
		if err := <-done; err != nil {
			t.Errorf("its turn came and it failed: %v", err)
		}
		if p.line.free != 1 {
			t.Error("the place was not given back")
		}
	})
}

func TestACallTakesNoTurnAfterItsContextEnded(t *testing.T) {
	ctx, end := context.WithCancel(t.Context())
	end()
	if _, err := NewPasswords(8).Hash(ctx, "password"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestE3_AcceptablePassword(t *testing.T) {
	for name, c := range map[string]struct {
		password string
		want     bool
	}{
		"8 bytes are enough":                             {"k3#vQz9!", true},
		"7 bytes are too few":                            {"k3#vQz9", false},
		"nothing is too little":                          {"", false},
		"1,024 bytes are fine":                           {strings.Repeat("k3#vQz9!", 128), true},
		"1,025 bytes are too many":                       {strings.Repeat("k3#vQz9!", 128) + "x", false},
		"bytes count, not characters":                    {"日本人", true},
		"a phrase is fine":                               {"the owl left at noon", true},
		"a common one is refused":                        {"password", false},
		"a common one is refused in any case":            {"PassWord123", false},
		"a common one with signs for letters is refused": {"P@ssw0rd", false},
		"a row of keys is refused":                       {"qwertyuiop", false},
		"a common one in Russian is refused":             {"Пароль", false},
		"a common one in Spanish is refused":             {"Contrase\u00f1a", false},
		"a common one decomposed is refused":             {"contrasen\u0303a", false},
		"one character over and over is refused":         {"ggggggggg", false},
		"one sign over and over is refused":              {"........", false},
		"one character beyond ASCII is refused":          {"ыыыыы", false},
		"a rising run is refused":                        {"23456789", false},
		"a falling run is refused":                       {"hgfedcba", false},
		"a run in capitals is refused":                   {"STUVWXYZ", false},
		"a run of Cyrillic letters is refused":           {"абвгдежз", false},
		"a run that breaks off is fine":                  {"abcdefgx!", true},
	} {
		t.Run(name, func(t *testing.T) {
			if got := AcceptablePassword(c.password); got != c.want {
				t.Errorf("AcceptablePassword(%.40q) = %v", c.password, got)
			}
		})
	}
}

func TestTheListOfCommonPasswordsHasNoUselessEntries(t *testing.T) {
	words := strings.Split(strings.TrimSuffix(commonList, "\n"), "\n")
	if len(words) < 300 || len(words) != len(common) {
		t.Errorf("%d lines make %d passwords", len(words), len(common))
	}
	if !slices.IsSorted(words) {
		t.Error("the list is not sorted")
	}
	for _, word := range words {
		if len(word) < minPassword || word != strings.ToLower(word) || word != strings.TrimSpace(word) || evenSteps(word) {
			t.Errorf("%q can never matter", word)
		}
	}
}

func FuzzParsePHC(f *testing.F) {
	f.Add("$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")
	f.Add("$argon2id$v=19$m=0,t=0,p=0$$")
	f.Add("$$$$$")
	f.Fuzz(func(t *testing.T, hash string) {
		salt, key, c, err := parsePHC(hash)
		if err != nil {
			return
		}
		if len(salt) < 8 || len(salt) > 64 || len(key) < 16 || len(key) > 64 || c.memory > 1<<20 || c.passes < 1 || c.passes > 64 || c.lanes < 1 {
			t.Fatalf("%q asks for %+v", hash, c)
		}
	})
}

func MustHash(t *testing.T, p *Passwords, password string) string {
	t.Helper()
	hash, err := p.Hash(t.Context(), password)
	if err != nil {
		t.Fatal(err)
	}
	return hash
}
