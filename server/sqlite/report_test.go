package sqlite

import (
	"cmp"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ringback/server/callback"
)

func TestTheFiguresOfTheLastDays(t *testing.T) {
	s := open(t, Memory)
	put := func(n int, after time.Duration, change func(r *callback.Request)) {
		t.Helper()
		r := ask(n)
		r.AskedAt = noon.Add(after)
		change(&r)
		if err := s.Update(t.Context(), func(tx callback.Tx) error { _, err := tx.Insert(r); return err }); err != nil {
			t.Fatal(err)
		}
	}
	rung := func(r *callback.Request, took time.Duration, bill callback.Bill) {
		r.Legs = append(r.Legs, callback.Leg{ID: r.PublicID, Role: callback.ShopLeg, Started: r.AskedAt.Add(took), Bill: bill})
	}
	put(1, -time.Millisecond, func(r *callback.Request) { r.Status = callback.Completed; rung(r, time.Second, callback.Bill{Cost: 1}) })
	put(2, 0, func(r *callback.Request) {
		r.Status = callback.Completed
		rung(r, 4*time.Second, callback.Bill{Cost: 20, Priced: true})
	})
	put(3, 14*time.Minute, func(r *callback.Request) {
		r.Status = callback.Completed
		rung(r, 6*time.Second, callback.Bill{Cost: 30})
	})
	put(4, 14*time.Minute, func(r *callback.Request) {
		r.Status = callback.Missed
		r.Texts = []callback.Text{{ID: "t", Role: callback.ShopLeg, Started: noon.Add(14 * time.Minute), Bill: callback.Bill{Cost: 8, Priced: true}}}
	})
	put(5, 15*time.Minute, func(r *callback.Request) {
		r.Status = callback.Scheduled
		r.PreferredAt = noon.Add(time.Hour)
		rung(r, time.Hour, callback.Bill{})
	})
	put(6, time.Hour, func(r *callback.Request) { r.Spam = true })
	put(7, time.Hour, func(r *callback.Request) { r.Follows = 5 })
	got, err := s.Report(t.Context(), noon, noon)
	if err != nil {
		t.Fatal(err)
	}
	quarter := noon.Add(15 * time.Minute)
	if want := []callback.Tally{{At: noon, Status: callback.Completed, N: 2}, {At: noon, Status: callback.Missed, N: 1}, {At: quarter, Status: callback.Scheduled, N: 1}}; !slices.Equal(got.Requests, want) {
		t.Errorf("requests: got %v, want %v", got.Requests, want)
	}
	if want := []callback.Wait{{Asked: noon, Took: 4 * time.Second}, {Asked: noon.Add(14 * time.Minute), Took: 6 * time.Second}}; !slices.Equal(got.Waits, want) {
		t.Errorf("waits: got %v, want %v", got.Waits, want)
	}
	want := []callback.Expense{
		{At: noon, N: 3, Cost: 51, Estimated: 31}, // the call of before noon began after it
		{At: noon, Texts: true, N: 1, Cost: 8},
		{At: noon.Add(75 * time.Minute), N: 1},
	}
	if !slices.Equal(got.Expenses, want) {
		t.Errorf("expenses: got %v, want %v", got.Expenses, want)
	}
}

// A report must not cost more the more there is from before it.
func TestAReportReadsNothingFromBeforeIt(t *testing.T) {
	s := open(t, Memory)
	err := s.update(t.Context(), func(tx *tx) error {
		for _, ask := range []func() error{
			func() error { _, err := tx.tallies(noon); return err },
			func() error { _, err := tx.waits(noon); return err },
			func() error { _, err := tx.expenses(noon); return err },
		} {
			before := maps.Clone(tx.stmts)
			if err := ask(); err != nil {
				return err
			}
			for _, query := range slices.Sorted(maps.Keys(tx.stmts)) { // a plan is a statement, too
				if before[query] != nil || strings.HasPrefix(query, "EXPLAIN") {
					continue
				}
				lines, err := plan(tx, query)
				if err != nil {
					return err
				}
				searches := 0
				for _, line := range lines {
					if strings.Contains(line, "started>") || strings.Contains(line, "asked_at>") {
						searches++
					}
					if m := scan.FindStringSubmatch(line); m != nil && m[1] != "CONSTANT" {
						t.Errorf("%s\n\n%s", query, line)
					}
				}
				if searches == 0 {
					t.Errorf("%s\n\n%q", query, lines)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// millionVariable is where a file with a million requests is left, for whoever wants to
// start the program with it.
const millionVariable = "RINGBACK_MILLION"

// BenchmarkMillion has a database with a million requests that came evenly over three years:
// it opens that, against one with none, and makes lists and the longest reports of it. All
// its numbers are of one town and begin alike.
func BenchmarkMillion(b *testing.B) {
	path := cmp.Or(os.Getenv(millionVariable), filepath.Join(b.TempDir(), "ringback.db"))
	s := open(b, path)
	fill(b, s, 1_000_000, 3*365*24*time.Hour)
	benchmarkReport(b, s)
	benchmarkLists(b, s, "visitor", "visitor 99", "212", "(212) 555-01", "5550123", "+1 212 555 0123", "9171212")
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	none := filepath.Join(b.TempDir(), "none.db")
	if err := open(b, none).Close(); err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct{ name, path string }{{"open/none", none}, {"open/million", path}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				s, err := Open(b.Context(), Options{Path: c.path})
				if err != nil {
					b.Fatal(err)
				}
				b.StopTimer() // closing folds the write-ahead log into the file
				if err := s.Close(); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
			}
		})
	}
}

// reportAim is what somebody waits for without noticing.
const reportAim = 100 * time.Millisecond

func benchmarkReport(b *testing.B, s *Store) {
	b.Helper()
	for _, days := range []int{7, 90} {
		b.Run(map[int]string{7: "report/days=7", 90: "report/days=90"}[days], func(b *testing.B) {
			since := noon.AddDate(0, 0, -days)
			for b.Loop() {
				if _, err := s.Report(b.Context(), since, since); err != nil {
					b.Fatal(err)
				}
			}
			against(b, reportAim)
		})
	}
}
