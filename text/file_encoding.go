package text

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// otherFiles are how files begin that people take for CSV by mistake, and what to do.
var otherFiles = []struct{ begins, contains, advice string }{
	{"PK\x03\x04", "xl/", "this is an Excel workbook (.xlsx); in Excel, choose Save As, then CSV UTF-8"},
	{"PK\x03\x04", "[Content_Types].xml", "this is an Excel workbook (.xlsx); in Excel, choose Save As, then CSV UTF-8"},
	{"PK\x03\x04", "opendocument.spreadsheet", "this is a LibreOffice spreadsheet (.ods); choose Save As, then Text CSV with the character set UTF-8"},
	{"PK\x03\x04", "", "this is a zip archive; unpack it, and choose the CSV file in it"},
	{"\xd0\xcf\x11\xe0", "", "this is an old Excel workbook (.xls); in Excel, choose Save As, then CSV UTF-8"},
	{"\x1f\x8b", "", "this is a compressed file; unpack it, and choose the CSV file in it"},
	{"\x89PNG", "", "this is a picture; export a CSV file instead"},
	{"\xff\xd8\xff", "", "this is a picture; export a CSV file instead"},
	{"GIF8", "", "this is a picture; export a CSV file instead"},
	{"%PDF", "", "this is a PDF; export a CSV file instead"},
	{"BEGIN:VCARD", "", "this is a file of contact cards (vCard); export a CSV file instead"},
	{"<", "", "this is a web page or an XML file; export a CSV file instead"},
}

var errNoText = errors.New("this is not a text file; choose a CSV file")

// sniffed is how many bytes of a file are inspected to recognize its kind.
const sniffed = 4096

// plainText returns the text of a file in UTF-8 with \n as line ends. The file is in UTF-8 or UTF-16, with or without a byte-order
// mark. It returns an error that names what the file is instead.
func plainText(file io.Reader) (io.Reader, error) {
	r := bufio.NewReaderSize(file, sniffed)
	head, err := r.Peek(sniffed)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	for _, other := range otherFiles {
		if bytes.HasPrefix(head, []byte(other.begins)) && bytes.Contains(head, []byte(other.contains)) {
			return nil, errors.New(other.advice)
		}
	}
	decoded := decodedFile(r, head)
	if decoded == io.Reader(r) && bytes.IndexByte(head, 0) >= 0 {
		return nil, errNoText
	}
	return transform.NewReader(decoded, &lineEnder{}), nil
}

func decodedFile(r *bufio.Reader, head []byte) io.Reader {
	utf16 := func(order unicode.Endianness) io.Reader {
		return transform.NewReader(r, unicode.UTF16(order, unicode.UseBOM).NewDecoder())
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, _ = r.Discard(3) // they were peeked
	case bytes.HasPrefix(head, []byte("\xff\xfe")), zeros(head, 1):
		return utf16(unicode.LittleEndian)
	case bytes.HasPrefix(head, []byte("\xfe\xff")), zeros(head, 0):
		return utf16(unicode.BigEndian)
	}
	return r
}

// zeros reports whether more than a third of the bytes at even or at odd places are zero, as in UTF-16 without a byte-order mark.
func zeros(head []byte, from int) bool {
	n := 0
	for i := from; i < len(head); i += 2 {
		if head[i] == 0 {
			n++
		}
	}
	return n > len(head)/6
}

// lineEnder turns \r\n and \r into \n.
type lineEnder struct{ afterCR bool }

func (l *lineEnder) Reset() { l.afterCR = false }

// Transform implements transform.Transformer.
func (l *lineEnder) Transform(to, from []byte, _ bool) (written, read int, err error) {
	for ; read < len(from); read++ {
		b := from[read]
		if b == '\n' && l.afterCR {
			l.afterCR = false
			continue
		}
		if written == len(to) {
			return written, read, transform.ErrShortDst
		}
		l.afterCR = b == '\r'
		if b == '\r' {
			b = '\n'
		}
		to[written] = b
		written++
	}
	return written, read, nil
}
