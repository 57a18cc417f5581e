package export

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
)

// rows writes the rows of an export.
type rows interface {
	row(values []any) error
	flush() error
}

// asCSV writes RFC 4180, with a byte order mark, so that spreadsheets read it as UTF-8.
type asCSV struct{ w *csv.Writer }

func newCSV(w io.Writer, columns []string) (rows, error) {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return nil, err
	}
	c := &asCSV{csv.NewWriter(w)}
	c.w.UseCRLF = true
	return c, c.w.Write(columns)
}

func (c *asCSV) row(values []any) error {
	cells := make([]string, len(values))
	for i, v := range values {
		cells[i] = cell(v)
	}
	return c.w.Write(cells)
}

func (c *asCSV) flush() error {
	c.w.Flush()
	return c.w.Error()
}

// cell returns a value as a cell. A spreadsheet must never take what people wrote for a formula, so such a text begins with an apostrophe.
func cell(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case time.Time:
		return v.UTC().Format(time.RFC3339Nano)
	case string:
		if strings.ContainsAny(firstOf(v), "=+-@\t\r") {
			return "'" + v
		}
		return v
	}
	return fmt.Sprint(v)
}

func firstOf(text string) string {
	if text == "" {
		return ""
	}
	return text[:1]
}

// asNDJSON writes a JSON object on each line.
type asNDJSON struct {
	w       *bufio.Writer
	columns []string
}

func newNDJSON(w io.Writer, columns []string) rows { return &asNDJSON{bufio.NewWriter(w), columns} }

func (n *asNDJSON) row(values []any) error {
	for i, v := range values {
		if at, ok := v.(time.Time); ok {
			v = at.UTC().Format(time.RFC3339Nano)
		}
		value, err := json.Marshal(v)
		if err != nil {
			return fmt.Errorf("write value: %w", err)
		}
		separator := ","
		if i == 0 {
			separator = "{"
		}
		if _, err := fmt.Fprintf(n.w, "%s%q:%s", separator, n.columns[i], value); err != nil {
			return err
		}
	}
	_, err := n.w.WriteString("}\n")
	return err
}

func (n *asNDJSON) flush() error { return n.w.Flush() }
