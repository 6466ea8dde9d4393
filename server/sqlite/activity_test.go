package sqlite

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ringback/server/callback"
)

// happened writes entries: a time in minutes after noon, a request and a kind each.
func happened(t *testing.T, s *Store, entries ...happening) {
	t.Helper()
	for _, e := range entries {
		body := map[string]any{}
		if e.phone != "" {
			body["phone"] = e.phone
		}
		note(t, s, noon.Add(time.Duration(e.minute)*time.Minute), e.request, callback.Note{Kind: e.kind, Body: body})
	}
}

type happening struct {
	minute  int
	request int64
	kind    string
	phone   string
}

func note(t *testing.T, s *Store, at time.Time, request int64, n callback.Note) {
	t.Helper()
	if err := s.Update(t.Context(), func(tx callback.Tx) error { return tx.Log(at, request, n) }); err != nil {
		t.Fatal(err)
	}
}

// named stores a request.
func named(t *testing.T, s *Store, n int, name, message string) int64 {
	t.Helper()
	r := ask(n)
	r.Name, r.Message, r.Number = name, message, fmt.Sprintf("+1212555%04d", n)
	err := s.Update(t.Context(), func(tx callback.Tx) (err error) {
		r.ID, err = tx.Insert(r)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return r.ID
}

// leafed goes through the whole log, page after page, and returns the kinds that it met.
func leafed(t *testing.T, s *Store, q callback.LogQuery) (kinds []string) {
	t.Helper()
	for range 1000 {
		p, err := s.Entries(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range p.Lines {
			kinds = append(kinds, l.Kind)
		}
		if !p.More {
			return kinds
		}
		q.Before = p.Next
	}
	t.Fatal("the log has no end")
	return nil
}

func TestTheLogIsReadNewestFirstAndWholePageAfterPage(t *testing.T) {
	s := open(t, Memory)
	jane := named(t, s, 1, "Jane Doe", "Do you have rye?")
	li := named(t, s, 2, "Li Wei", "")
	happened(t, s,
		happening{0, jane, "asked", ""}, happening{1, jane, "started", "Counter"}, happening{1, jane, "key", "Counter"},
		happening{2, 0, "settings", ""}, happening{3, li, "asked", ""},
		happening{1, li, "cancel", ""}, // the clock was put back
		happening{9, 404, "asked", ""}, // of a request that is gone
	)
	all := []string{"asked", "asked", "settings", "cancel", "key", "started", "asked"}
	cases := []struct {
		name string
		q    callback.LogQuery
		want []string
	}{
		{"all of it", callback.LogQuery{}, all},
		{"one at a time", callback.LogQuery{Limit: 1}, all},
		{"two at a time", callback.LogQuery{Limit: 2}, all},
		{"of one kind", callback.LogQuery{Kinds: []string{"asked"}, Limit: 1}, []string{"asked", "asked", "asked"}},
		{"of several kinds, in the order of time", callback.LogQuery{Kinds: []string{"key", "settings", "started"}, Limit: 2}, []string{"settings", "key", "started"}},
		{"of a kind that there is none of", callback.LogQuery{Kinds: []string{"mode"}}, nil},
		{"only the shop's own", callback.LogQuery{Shop: true}, []string{"settings"}},
		{"only the shop's own of some kinds", callback.LogQuery{Shop: true, Kinds: []string{"asked", "settings"}}, []string{"settings"}},
		{"from a time on", callback.LogQuery{From: noon.Add(2 * time.Minute)}, []string{"asked", "asked", "settings"}},
		{"up to a time, which is outside", callback.LogQuery{To: noon.Add(time.Minute)}, []string{"asked"}},
		{"between two times", callback.LogQuery{From: noon.Add(time.Minute), To: noon.Add(2 * time.Minute), Limit: 2}, []string{"cancel", "key", "started"}},
		{"of a name, however it is written", callback.LogQuery{Text: " jANE"}, []string{"key", "started", "asked"}},
		{"of a message", callback.LogQuery{Text: "rye", Limit: 1}, []string{"key", "started", "asked"}},
		{"of a number", callback.LogQuery{Text: "(212) 555-0001"}, []string{"key", "started", "asked"}},
		{"of a phone", callback.LogQuery{Text: "counter"}, []string{"key", "started"}},
		{"of a word that only the program uses", callback.LogQuery{Text: "phone"}, nil},
		{"of a name and a kind", callback.LogQuery{Text: "jane", Kinds: []string{"asked"}}, []string{"asked"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := leafed(t, s, c.q); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestAnEntryTellsWhoseItIs(t *testing.T) {
	s := open(t, Memory)
	jane := named(t, s, 1, "Jane Doe", "")
	happened(t, s, happening{0, jane, "asked", ""}, happening{1, 404, "asked", ""}, happening{2, 0, "mode", ""})
	p, err := s.Entries(t.Context(), callback.LogQuery{})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"", "", "Jane Doe"} {
		if got := p.Lines[i].Of; got.Name != want || (got.ID != 0) != (want != "") {
			t.Errorf("entry %d is of %q, request %d", i, got.Name, got.ID)
		}
	}
	if l := p.Lines[2]; l.Of.Number != "+12125550001" || !l.At.Equal(noon) || l.Request != jane {
		t.Errorf("read %+v", l)
	}
}

func TestARareWordIsLookedForAPieceAtATime(t *testing.T) {
	s := open(t, Memory)
	err := s.Update(t.Context(), func(tx callback.Tx) error {
		for n := range 2*logWindow + 10 {
			kind := callback.Note{Kind: "settings", Body: map[string]any{"by": "window"}}
			if n == 3 {
				kind.Body = map[string]any{"by": "needle"}
			}
			if err := tx.Log(noon.Add(time.Duration(n)*time.Second), 0, kind); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	q := callback.LogQuery{Text: "needle"}
	for page, want := range []callback.LogPage{{More: true}, {More: true}, {Lines: make([]callback.LogLine, 1)}} {
		got, err := s.Entries(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Lines) != len(want.Lines) || got.More != want.More {
			t.Fatalf("piece %d has %d entries, more: %v", page, len(got.Lines), got.More)
		}
		q.Before = got.Next
	}
}

func TestTheSpanOfTheLog(t *testing.T) {
	s := open(t, Memory)
	if from, to, err := s.LogSpan(t.Context()); err != nil || !from.IsZero() || !to.IsZero() {
		t.Errorf("an empty log spans %v to %v, %v", from, to, err)
	}
	happened(t, s, happening{5, 0, "mode", ""}, happening{1, 0, "mode", ""}, happening{3, 0, "mode", ""})
	from, to, err := s.LogSpan(t.Context())
	if err != nil || !from.Equal(noon.Add(time.Minute)) || !to.Equal(noon.Add(5*time.Minute)) {
		t.Errorf("it spans %v to %v, %v", from, to, err)
	}
}

// No page of the log may cost more the longer the log is.
func TestAPageOfTheLogIsFoundByAnIndex(t *testing.T) {
	s := open(t, Memory)
	for _, q := range []callback.LogQuery{{}, {Shop: true}, {Kinds: []string{"a", "b"}}, {Kinds: []string{"a"}, Shop: true}} {
		err := s.update(t.Context(), func(tx *tx) error {
			query, _ := logSelect(q, 100)
			lines, err := plan(tx, query)
			for _, line := range lines {
				if m := scan.FindStringSubmatch(line); m != nil && m[1] == "events" || strings.Contains(line, "SEARCH events") && !strings.Contains(line, "at>") {
					t.Errorf("%+v: %s", q, line)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// million is a store with a million entries of 250,000 requests, four each, over three years.
func million(b *testing.B) *Store {
	b.Helper()
	s := open(b, filepath.Join(b.TempDir(), "ringback.db"))
	fill(b, s, 250_000, 3*365*24*time.Hour)
	return s
}

// fill stores requests that come evenly over a time before noon, each with two legs, a text
// and four entries of the log, straight in SQL.
func fill(b *testing.B, s *Store, requests int, over time.Duration) {
	b.Helper()
	statements := []string{
		"DROP TRIGGER events_insert",
		fmt.Sprintf(`CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) SELECT i, %d + (i - 1) * (%d / %d) AS at FROM n`,
			requests, milliseconds(noon.Add(-over)), over.Milliseconds(), requests),
	}
	r := ask(1)
	columns := append([]column{{name: "id"}}, requestRow(&r)...)
	var picked []string
	for _, c := range columns {
		switch c.name {
		case "id":
			picked = append(picked, "i")
		case "public_id":
			picked = append(picked, "'p' || i")
		case "request_key":
			picked = append(picked, "''")
		case "asked_at", "updated_at", "since":
			picked = append(picked, "at")
		case "number":
			picked = append(picked, "'+1212' || (5550000 + i % 9999)")
		case "name":
			picked = append(picked, "'Visitor ' || i")
		case "status":
			picked = append(picked, "CASE i % 10 WHEN 0 THEN 'missed' WHEN 1 THEN 'cancelled' WHEN 2 THEN 'no_answer' ELSE 'completed' END")
		case "deadline", "in_line", "under_way", "open_for_number", "for_owner", "follows", "spam":
			picked = append(picked, "0")
		default:
			picked = append(picked, "(SELECT "+c.name+" FROM requests LIMIT 1)")
		}
	}
	if err := s.Update(context.Background(), func(tx callback.Tx) error {
		r := ask(1)
		_, err := tx.Insert(r)
		return err
	}); err != nil {
		b.Fatal(err)
	}
	statements = append(statements,
		"CREATE TEMP TABLE first AS SELECT * FROM requests",
		"DELETE FROM requests",
		"INSERT INTO requests ("+names(columns)+") SELECT "+strings.ReplaceAll(strings.Join(picked, ", "), "FROM requests LIMIT", "FROM first LIMIT")+" FROM n",
	)
	for place, role := range []string{"shop", "visitor"} {
		statements = append(statements, fmt.Sprintf(`
			INSERT INTO legs (id, request, place, role, round, phone, to_number, from_number, sid, status, seq, code, started, answered, ended, bridged, live, unknown_end, cost, priced)
			SELECT 'l%d-' || i, i, %d, '%s', 1, 'Counter', '+12125550101', '', 'CA%d' || i, 'completed', 0, 0, at + 4000 + (i %% 7) * 1000, at + 9000, at + 90000, 1, 0, 0, 40000, i %% 2 FROM n`,
			place, place, role, place))
	}
	statements = append(statements, `
		INSERT INTO texts (id, request, place, role, to_number, from_number, sid, status, code, started, cost, priced)
		SELECT 't' || i, i, 0, 'shop', '+12125550101', '', 'SM' || i, 'delivered', 0, at + 100000, 8000, 1 FROM n WHERE i % 10 = 0`)
	for n, kind := range []string{"asked", "started", "key", "dialled"} {
		statements = append(statements, fmt.Sprintf(`
			INSERT INTO events (seq, at, request, kind, salt, body, body_hash, hash)
			SELECT (i - 1) * 4 + %d, at + %d, i, '%s', zeroblob(16), '{"status":"calling","phone":"Counter"}', zeroblob(32), zeroblob(32) FROM n`, n+1, n*1000, kind))
	}
	if err := s.update(context.Background(), func(tx *tx) error { return run(tx, statements...) }); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkLog reads a page of an event log of a million entries.
func BenchmarkLog(b *testing.B) {
	s := million(b)
	middle := noon.AddDate(-1, -6, 0)
	for _, c := range []struct {
		name string
		q    callback.LogQuery
	}{
		{"newest", callback.LogQuery{}},
		{"in the middle", callback.LogQuery{Before: callback.LogPlace{At: middle, Seq: 1}}},
		{"of three kinds", callback.LogQuery{Kinds: []string{"asked", "key", "dialled"}, Before: callback.LogPlace{At: middle, Seq: 1}}},
		{"of a kind that there is none of", callback.LogQuery{Kinds: []string{"mode"}}},
		{"of the shop", callback.LogQuery{Shop: true}},
		{"of one day", callback.LogQuery{From: middle, To: middle.AddDate(0, 0, 1)}},
		{"of a text that is nowhere", callback.LogQuery{Text: "needle"}},
		{"of a text that is everywhere", callback.LogQuery{Text: "visitor"}},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Entries(b.Context(), c.q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
