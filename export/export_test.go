package export

import (
	"strings"
	"testing"
	"time"

	"usher/auth"
)

func TestT10_AManagerRunsOneExportAtATime(t *testing.T) {
	now := time.Date(2026, 5, 12, 15, 0, 0, 0, time.UTC)
	x := &Exports{running: map[string]bool{}, rate: auth.NewRates(perMinute, time.Minute, perMinute, rateKeys, func() time.Time { return now })}
	end, err := x.enter("ada")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := x.enter("ada"); err == nil {
		t.Error("a second export runs beside the first")
	}
	if other, err := x.enter("grace"); err != nil {
		t.Errorf("that of somebody else is refused: %v", err)
	} else {
		other()
	}
	end()
	for n := 2; n <= perMinute; n++ {
		end, err := x.enter("ada")
		if err != nil {
			t.Fatalf("export %d: %v", n, err)
		}
		end()
	}
	if _, err := x.enter("ada"); err == nil {
		t.Errorf("export %d of a minute is not refused", perMinute+1)
	}
	now = now.Add(time.Minute)
	if _, err := x.enter("ada"); err != nil {
		t.Errorf("after a minute: %v", err)
	}
}

func TestT10_ACellIsNeverAFormula(t *testing.T) {
	for text, want := range map[string]string{
		"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@x": "'@x", "\tx": "'\tx", "\rx": "'\rx", "": "", "x=1": "x=1", "'=1": "'=1", "é": "é",
	} {
		if got := cell(text); got != want {
			t.Errorf("%q is written as %q, want %q", text, got, want)
		}
	}
}

func TestT10_CSVFollowsTheStandardAndNDJSONKeepsTexts(t *testing.T) {
	at := time.Date(2026, 5, 12, 15, 0, 0, 0, time.UTC)
	values := []any{"a \"b\",\nc", 3, true, nil, at}
	columns := []string{"text", "number", "bool", "nothing", "at"}
	var file strings.Builder
	to, err := newCSV(&file, columns)
	if err != nil || to.row(values) != nil || to.flush() != nil {
		t.Fatal(err)
	}
	if want := "\ufefftext,number,bool,nothing,at\r\n\"a \"\"b\"\",\r\nc\",3,true,,2026-05-12T15:00:00Z\r\n"; file.String() != want {
		t.Errorf("the file is %q, want %q", file.String(), want)
	}
	file.Reset()
	to = newNDJSON(&file, columns)
	if to.row(values) != nil || to.flush() != nil {
		t.Fatal("write")
	}
	if want := `{"text":"a \"b\",\nc","number":3,"bool":true,"nothing":null,"at":"2026-05-12T15:00:00Z"}` + "\n"; file.String() != want {
		t.Errorf("the line is %q, want %q", file.String(), want)
	}
}
