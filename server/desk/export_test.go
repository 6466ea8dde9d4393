package desk_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"ringback/server/callback"
	"ringback/server/desk"
)

// memory is a log that was read already; it has only what an export asks for.
type memory struct {
	desk.Activity
	entries []desk.Entry
	fails   error
	page    int
}

func (m *memory) LogSpan(context.Context) (oldest, newest time.Time, err error) {
	return m.entries[len(m.entries)-1].At, m.entries[0].At, nil
}

func (m *memory) Entries(_ context.Context, q desk.EntryQuery) (p desk.EntryPage, err error) {
	for _, e := range m.entries {
		if !q.Before.At.IsZero() && !q.Before.Newer(e.Place()) {
			continue
		}
		if len(p.Entries) == m.page {
			p.More = true
			return p, m.fails
		}
		p.Entries, p.Next = append(p.Entries, e), e.Place()
	}
	return p, m.fails
}

func wrote(t *testing.T, m *memory, f desk.Format, progress func(int, float64)) string {
	t.Helper()
	var b bytes.Buffer
	n, err := desk.ExportLog(t.Context(), m, desk.Export{
		Format: f, Zone: time.FixedZone("", 3600), Headings: strings.Split("number,time,who,what,name,phone,request,kind,details", ","),
		Say: func(e desk.Entry) desk.Said { return desk.Said{Who: "=who", What: "said"} }, Progress: progress,
	}, &b)
	if err != nil || n != len(m.entries) {
		t.Fatalf("%d entries, %v", n, err)
	}
	return b.String()
}

func entryOf(seq int64, name string) desk.Entry {
	return desk.Entry{LogLine: callback.LogLine{
		Entry: callback.Entry{Seq: seq, At: noon.Add(time.Duration(seq) * time.Minute), Request: 7, Kind: "asked", Body: `{"status":"pending"}`},
		Of:    callback.Request{ID: 7, Name: name, Number: "+12125550123"},
	}}
}

func TestNoCellOfAnExportIsAFormula(t *testing.T) {
	names := []string{`=HYPERLINK("http://x","y")`, "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "plain", "a=b", "O'Brien, \"Jo\"\nJr", ""}
	m := &memory{page: 100}
	for i := len(names) - 1; i >= 0; i-- {
		m.entries = append(m.entries, entryOf(int64(i), names[i]))
	}
	got := wrote(t, m, desk.CSV, nil)
	if !strings.HasPrefix(got, "\ufeffnumber,time,") || !strings.Contains(got, "\r\n") {
		t.Errorf("it begins with %q", got[:20])
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(got, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r\n＝", []rune(cell)[0]) {
				t.Errorf("a cell is %q", cell)
			}
		}
	}
	last := rows[len(rows)-2] // "="
	if last[4] != "'+1" || last[2] != "'=who" || last[5] != "'+12125550123" || last[1] != "2026-11-24 13:01:00" {
		t.Errorf("got %q", last)
	}
	if plain := rows[len(rows)-9]; plain[4] != "plain" || plain[6] != "7" || plain[8] != `{"status":"pending"}` {
		t.Errorf("got %q", plain)
	}
}

// A spreadsheet program of a country with decimal commas parts the line at semicolons, and
// takes quotes in the middle of a cell as they are.
func TestNoCellOfAnExportIsAFormulaWhereSemicolonsPartCells(t *testing.T) {
	names := []string{"Jane;=1+1", "Jane; =1+1", `a;"=1+1"`, "a\n=1+1", "a\r\n@SUM(A1)", "a\t-1", "a,=1", ";;=1", "a;'=1", "Jane; Doe - son", `=1;=2`, " =1", `"=1`}
	m := &memory{page: 100}
	for i := len(names) - 1; i >= 0; i-- {
		m.entries = append(m.entries, entryOf(int64(i), names[i]))
	}
	got := strings.TrimPrefix(wrote(t, m, desk.CSV, nil), "\ufeff")
	for _, part := range []string{";", ",", "\t"} {
		for _, cell := range strings.FieldsFunc(got, func(r rune) bool { return strings.ContainsRune("\r\n"+part, r) }) {
			if cell = strings.TrimLeft(cell, "\" "); cell != "" && strings.ContainsAny(cell[:1], "=+-@") {
				t.Errorf("parted at %q a cell is %q", part, cell)
			}
		}
	}
	if !strings.Contains(got, ",Jane; Doe - son,") {
		t.Error("a name without a formula is not left as it is")
	}
}

func TestAnExportInJSONHasOneObjectALine(t *testing.T) {
	m := &memory{page: 2, entries: []desk.Entry{entryOf(3, "<Jane>"), entryOf(2, ""), entryOf(1, "")}}
	m.entries[1].Body = "" // erased
	m.entries[2].Body = "{broken"
	lines := strings.Split(strings.TrimSuffix(wrote(t, m, desk.JSONLines, nil), "\n"), "\n")
	want := `{"seq":3,"at":"2026-11-24T13:03:00+01:00","who":"=who","what":"said","request":7,"name":"<Jane>","number":"+12125550123","kind":"asked","body":{"status":"pending"}}`
	if len(lines) != 3 || lines[0] != want {
		t.Errorf("got %s\nwant %s", lines[0], want)
	}
	for _, line := range lines {
		if !json.Valid([]byte(line)) {
			t.Errorf("no JSON: %s", line)
		}
	}
}

func TestAnExportTellsHowFarItIs(t *testing.T) {
	m := &memory{page: 1}
	for seq := int64(5); seq >= 1; seq-- {
		m.entries = append(m.entries, entryOf(seq, ""))
	}
	var parts []float64
	wrote(t, m, desk.CSV, func(done int, part float64) {
		if done != len(parts)+1 {
			t.Errorf("page %d: %d entries", len(parts)+1, done)
		}
		parts = append(parts, part)
	})
	if want := []float64{0, 0.25, 0.5, 0.75, 1}; len(parts) != 5 || parts[0] != want[0] || parts[2] != want[2] || parts[4] != want[4] {
		t.Errorf("got %v, want %v", parts, want)
	}
}

func TestAnExportEndsWithItsContextAndWithAFault(t *testing.T) {
	m := &memory{page: 1, entries: []desk.Entry{entryOf(2, ""), entryOf(1, "")}}
	ctx, stop := context.WithCancel(t.Context())
	x := desk.Export{Format: desk.CSV, Zone: time.UTC, Say: func(desk.Entry) desk.Said { return desk.Said{} }, Progress: func(int, float64) { stop() }}
	if n, err := desk.ExportLog(ctx, m, x, &bytes.Buffer{}); !errors.Is(err, context.Canceled) || n != 1 {
		t.Errorf("got %d entries, %v", n, err)
	}
	m.fails = errors.New("disk on fire")
	if _, err := desk.ExportLog(t.Context(), m, x, &bytes.Buffer{}); !errors.Is(err, m.fails) {
		t.Errorf("got %v", err)
	}
}
