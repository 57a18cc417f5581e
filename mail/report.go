package mail

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"net/textproto"
	"regexp"
	"strings"
)

// A report says what became of an email after the mail server accepted it (D15). Mailboxes get it as a message with a part
// message/delivery-status (RFC 3464), and programs send it as JSON.

const (
	// MaxReport limits the bytes of a report.
	MaxReport = 256 << 10
	// maxParts limits the parts of a message that are read, and maxNested how deep they are in others.
	maxParts  = 50
	maxNested = 5
)

// ErrNoReport means that a text is no report of an email that came back.
var ErrNoReport = errors.New("this is no delivery report")

// Report is what a report says of one email.
type Report struct {
	// MessageID is that of the email, without angle brackets.
	MessageID string
	// Status is the enhanced status of RFC 3463, such as 5.1.1.
	Status string
	// Action is failed, or another word of RFC 3464 that changes nothing.
	Action string
}

// ReadReport reads a report: JSON if the media type says so, otherwise a whole message. Returns ErrNoReport.
func ReadReport(mediaType string, body []byte) (Report, error) {
	kind, _, err := mime.ParseMediaType(mediaType)
	if err == nil && kind == "application/json" {
		return readJSONReport(body)
	}
	var r Report
	m, err := mail.ReadMessage(bytes.NewReader(body))
	if err != nil {
		return r, ErrNoReport
	}
	reading := &reportReader{report: &r}
	reading.part(textproto.MIMEHeader(m.Header), m.Body, 0)
	if r.MessageID == "" { // a report without the headers of the email may name it as what it answers
		r.MessageID = bareID(m.Header.Get("In-Reply-To"))
	}
	return r.checked()
}

func readJSONReport(body []byte) (Report, error) {
	var in struct{ MessageID, Status, Action string }
	if err := json.Unmarshal(body, &in); err != nil {
		return Report{}, ErrNoReport
	}
	return Report{MessageID: bareID(in.MessageID), Status: statusIn(in.Status), Action: strings.ToLower(strings.TrimSpace(in.Action))}.checked()
}

// checked returns a report that names an email and says what became of it.
func (r Report) checked() (Report, error) {
	if r.MessageID == "" || r.Action == "" {
		return Report{}, ErrNoReport
	}
	return r, nil
}

// reportReader collects a report from the parts of a message.
type reportReader struct {
	report *Report
	parts  int
}

// part reads a part: the fields of the report, the headers of the email, or other parts. What cannot be read is left out.
func (r *reportReader) part(header textproto.MIMEHeader, body io.Reader, depth int) {
	kind, parameters, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil || depth > maxNested {
		return
	}
	if strings.EqualFold(header.Get("Content-Transfer-Encoding"), "base64") {
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	switch {
	case strings.HasPrefix(kind, "multipart/") && parameters["boundary"] != "":
		inner := multipart.NewReader(body, parameters["boundary"])
		for r.parts < maxParts {
			p, err := inner.NextPart()
			if err != nil {
				return
			}
			r.parts++
			r.part(p.Header, p, depth+1)
		}
	case kind == "message/delivery-status" || kind == "message/global-delivery-status":
		r.fields(body)
	case kind == "message/rfc822" || kind == "text/rfc822-headers" || kind == "message/global" || kind == "message/global-headers":
		if headers, _ := textproto.NewReader(bufio.NewReader(body)).ReadMIMEHeader(); r.report.MessageID == "" {
			r.report.MessageID = bareID(headers.Get("Message-Id"))
		}
	}
}

// fields reads the groups of fields of a report: one for the message, then one for each recipient. Emails of Usher have one recipient.
func (r *reportReader) fields(body io.Reader) {
	lines := textproto.NewReader(bufio.NewReader(body))
	for range maxParts {
		group, err := lines.ReadMIMEHeader()
		if action := strings.ToLower(strings.TrimSpace(group.Get("Action"))); action != "" && (r.report.Action == "" || action == failed) {
			r.report.Action, r.report.Status = action, statusIn(group.Get("Status"))
		}
		if err != nil {
			return
		}
	}
}

// failed is the action of an email that came back.
const failed = "failed"

var (
	enhancedStatus = regexp.MustCompile(`\b[245]\.\d{1,3}\.\d{1,3}\b`)
	angledID       = regexp.MustCompile(`<([^<>\s]+)>`)
)

func statusIn(text string) string { return enhancedStatus.FindString(text) }

// bareID returns a Message-ID without what is around it.
func bareID(text string) string {
	if in := angledID.FindStringSubmatch(text); in != nil {
		return in[1]
	}
	if text = strings.TrimSpace(text); strings.ContainsAny(text, " \t<>") {
		return ""
	}
	return text
}
