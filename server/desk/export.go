package desk

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"time"
)

// Format is how an exported log is written.
type Format string

// The formats.
const (
	CSV       Format = "csv"   // RFC 4180 in UTF-8 with a byte order mark, for spreadsheet programs
	JSONLines Format = "jsonl" // one JSON object a line
)

// Said is an entry in the owner's words.
type Said struct{ Who, What string }

// Export is a wish for a copy of the log.
type Export struct {
	Query    EntryQuery // Before and Limit are not looked at
	Format   Format
	Zone     *time.Location // of the times
	Headings []string       // of the columns of CSV: number, time, who, what, name, phone number, request, kind, details
	Say      func(Entry) Said
	Progress func(done int, part float64) // told after each page: entries written, and how much of the log is behind, 0 to 1
}

// exportPage is how many entries are read at a time.
const exportPage = 500

// ExportLog writes the entries, newest first, and returns how many. It ends early, with the
// context's error, when the context does; what was written until then is of no use.
func ExportLog(ctx context.Context, log Activity, x Export, to io.Writer) (n int, err error) {
	oldest, newest, err := log.LogSpan(ctx)
	if err != nil {
		return 0, err
	}
	oldest, newest = narrowed(oldest, newest, x.Query)
	buffered := bufio.NewWriter(to)
	write, err := x.writer(buffered)
	if err != nil {
		return 0, err
	}
	q := x.Query
	q.Before, q.Limit = Place{}, exportPage
	for {
		if err := ctx.Err(); err != nil {
			return n, err
		}
		page, err := log.Entries(ctx, q)
		if err != nil {
			return n, err
		}
		for _, e := range page.Entries {
			if err := write(e); err != nil {
				return n, err
			}
			n++
		}
		if !page.More {
			x.tell(n, 1)
			return n, buffered.Flush()
		}
		q.Before = page.Next
		x.tell(n, behind(page.Next.At, oldest, newest))
	}
}

func (x Export) tell(n int, part float64) {
	if x.Progress != nil {
		x.Progress(n, part)
	}
}

// narrowed is the part of the log's time that is asked for.
func narrowed(oldest, newest time.Time, q EntryQuery) (from, to time.Time) {
	if q.From.After(oldest) {
		oldest = q.From
	}
	if !q.To.IsZero() && q.To.Before(newest) {
		newest = q.To
	}
	return oldest, newest
}

// behind is how much of the time was gone through, down to at.
func behind(at, oldest, newest time.Time) float64 {
	all := newest.Sub(oldest)
	if all <= 0 {
		return 0
	}
	return min(1, max(0, float64(newest.Sub(at))/float64(all)))
}

func (x Export) writer(to io.Writer) (write func(Entry) error, err error) {
	if x.Format == JSONLines {
		out := json.NewEncoder(to)
		out.SetEscapeHTML(false)
		return func(e Entry) error { return out.Encode(x.object(e)) }, nil
	}
	if _, err := io.WriteString(to, "\ufeff"); err != nil {
		return nil, err
	}
	out := csv.NewWriter(to)
	out.UseCRLF = true
	row := func(cells []string) error {
		for i, c := range cells {
			cells[i] = harmless(c)
		}
		if err := out.Write(cells); err != nil {
			return err
		}
		out.Flush() // into the buffer of ExportLog
		return out.Error()
	}
	if err := row(append([]string(nil), x.Headings...)); err != nil {
		return nil, err
	}
	return func(e Entry) error { return row(x.cells(e)) }, nil
}

func (x Export) cells(e Entry) []string {
	said, request := x.Say(e), ""
	if e.Request != 0 {
		request = strconv.FormatInt(e.Request, 10)
	}
	return []string{strconv.FormatInt(e.Seq, 10), e.At.In(x.Zone).Format("2006-01-02 15:04:05"), said.Who, said.What, e.Of.Name, e.Of.Number, request, e.Kind, e.Body}
}

// harmless keeps spreadsheet programs from taking what a visitor wrote for a formula: they
// do so by the first character of a cell. A quote in front is what they show a text with
// that is to stay one. Where the decimal sign is a comma they part cells at semicolons, and
// then neither our commas nor our quotes hold: wherever one of theirs may begin, in the
// middle of ours, it gets the quote too.
func harmless(cell string) string {
	var b strings.Builder
	first := true
	for _, r := range cell {
		if first && strings.ContainsRune(formulaSigns, r) {
			b.WriteByte('\'')
		}
		b.WriteRune(r)
		first = strings.ContainsRune(cellEnds, r) || first && strings.ContainsRune("\" '", r)
	}
	return b.String()
}

const (
	formulaSigns = "=+-@\t\r\n＝＋－＠"
	cellEnds     = ";,|\t\r\n"
)

// object is an entry for programs: times in RFC 3339, the body as it is kept.
func (x Export) object(e Entry) any {
	said := x.Say(e)
	o := struct {
		Seq     int64           `json:"seq"`
		At      time.Time       `json:"at"`
		Who     string          `json:"who"`
		What    string          `json:"what"`
		Request int64           `json:"request,omitempty"`
		Name    string          `json:"name,omitempty"`
		Number  string          `json:"number,omitempty"`
		Kind    string          `json:"kind"`
		Body    json.RawMessage `json:"body,omitempty"`
	}{Seq: e.Seq, At: e.At.In(x.Zone), Who: said.Who, What: said.What, Request: e.Request, Name: e.Of.Name, Number: e.Of.Number, Kind: e.Kind}
	if json.Valid([]byte(e.Body)) {
		o.Body = json.RawMessage(e.Body)
	}
	return o
}
