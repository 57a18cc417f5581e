package text_test

import (
	"testing"

	"usher/text"
)

func TestDigitsAreReadAsPeopleTypeThem(t *testing.T) {
	for typed, want := range map[string]string{
		"123456": "123456", " 123 456 ": "123456", "12-34-56": "123456", "123–456": "123456", "１２３４５６": "123456",
		"123\u00a0456": "123456", "12\u200b3456": "123456", "000000": "000000", "123\u2011456\t\n": "123456",
		"": "", "12345": "", "1234567": "", "12345a": "", "１２３４５": "", "123,456": "", "٣٤٥٦٧٨": "", "123456\x00": "",
		"123.456": "", "+123456": "", "code 123456": "",
	} {
		digits, ok := text.ReadDigits(typed, 6)
		if ok != (want != "") || ok && digits != want {
			t.Errorf("%q is read as %q (%v), want %q", typed, digits, ok, want)
		}
	}
}
