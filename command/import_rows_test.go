package command

import (
	"strings"
	"testing"
)

func FuzzImport(f *testing.F) {
	for _, seed := range []string{
		"", "a@b.c,d,e\n", "\"a@b.c\",\"d\n", "\r\n\r", "a@b.cd,\"x\"\"y\",z\n\xff\n", strings.Repeat(",", 70_000),
		"a@b.cd,\"\r\nd\n\",e\n\"", "\"\n\n\"\"\n\",\n", "\x00",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := newImportReader(strings.NewReader("email,first_name,last_name\n" + text))
		if err != nil {
			if !strings.Contains(text, "\x00") {
				t.Fatal(err)
			}
			return // no text file
		}
		for more := true; more; {
			_, more = r.step(3)
		}
		if r.err != nil || r.file.Read() > int64(len(text))+27 {
			t.Errorf("read %d bytes of %d: %v", r.file.Read(), len(text)+27, r.err)
		}
	})
}
