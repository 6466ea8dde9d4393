package sqlite

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ringback/server/callback"
)

const benchRows = 1_000_000

// listAim is what a list, a filter, a count or a search may take.
const listAim = 10 * time.Millisecond

// BenchmarkList looks for requests in a file that has a million of them, as the window
// does: stretches, filters, counts and searches. nothing is the least that a question costs
// here.
func BenchmarkList(b *testing.B) {
	s := open(b, filepath.Join(b.TempDir(), "ringback.db"))
	fillWithNames(b, s, benchRows)
	benchmarkLists(b, s, "j", "jane", "bread", "jane miller", "birthday", "miller gmail", "212", "(212) 555-01", "5550123", "+1 212 555 0123", "nobody", "birthday zelda")
}

// question is something that the window asks.
type question struct {
	name string
	ask  func(v callback.Reader) error
}

// benchmarkLists asks a file with a million requests what the window asks.
func benchmarkLists(b *testing.B, s *Store, typed ...string) {
	b.Helper()
	day := callback.Query{Since: noon.Add(-24 * time.Hour)}
	span := func(at int, near int64) callback.Query {
		return callback.Query{Span: callback.Span{At: at, Near: near, Above: 45, Limit: 120, Find: benchRows / 3}}
	}
	questions := []question{
		{"nothing", func(v callback.Reader) error { _, err := v.Request(benchRows / 2); return err }},
		{"page/first", listing(callback.Query{})},
		{"page/middle", listing(callback.Query{Span: callback.Span{At: benchRows / 2}})},
		{"page/last", listing(callback.Query{Span: callback.Span{At: benchRows}})},
		{"screen/middle", listing(span(benchRows/2, 0))},
		{"screen/around", listing(span(0, benchRows/2))},
		{"filter/needs-you", listing(callback.Query{ForOwner: true})},
		{"filter/today", listing(day)},
		{"filter/spam", listing(callback.Query{Spam: true})},
		{"count/needs-you", counting(callback.Query{ForOwner: true})},
		{"count/today", counting(day)},
		{"count/all", counting(callback.Query{})},
		{"count/spam", counting(callback.Query{Spam: true})},
	}
	for _, t := range typed {
		questions = append(questions, question{"search/" + strings.ReplaceAll(t, " ", "_"), listing(callback.Query{Search: t})})
	}
	for _, t := range typed {
		for _, q := range []struct {
			name string
			q    callback.Query
		}{{"needs-you", callback.Query{ForOwner: true}}, {"today", day}, {"spam", callback.Query{Spam: true}}} {
			q.q.Search = t
			questions = append(questions, question{"search/" + strings.ReplaceAll(t, " ", "_") + "/" + q.name, listing(q.q)})
		}
	}
	for _, q := range questions {
		b.Run(q.name, func(b *testing.B) {
			for b.Loop() {
				if err := s.View(context.Background(), q.ask); err != nil {
					b.Fatal(err)
				}
			}
			against(b, listAim)
		})
	}
}

// against prints what it took in milliseconds beside what it is to take at most.
func against(b *testing.B, aim time.Duration) {
	b.Helper()
	b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(b.N), "ms")
	b.ReportMetric(float64(aim.Milliseconds()), "ms-aim")
}

func listing(q callback.Query) func(v callback.Reader) error {
	return func(v callback.Reader) error { _, err := v.List(q); return err }
}

func counting(q callback.Query) func(v callback.Reader) error {
	return func(v callback.Reader) error { _, err := v.Count(q); return err }
}

// inBulk fills a store in a few large transactions; the words of the requests are gathered
// in memory meanwhile, for there are a hundred million of them.
func inBulk(b *testing.B, s *Store, n int, insert func(t *tx, i int) error) {
	b.Helper()
	const atOnce = 100_000
	gather := func(bytes int) error {
		return s.update(b.Context(), func(t *tx) error {
			_, err := t.exec("INSERT INTO search (search, rank) VALUES ('hashsize', ?)", bytes)
			return err
		})
	}
	if err := gather(256 << 20); err != nil {
		b.Fatal(err)
	}
	for from := 0; from < n; from += atOnce {
		err := s.update(b.Context(), func(t *tx) error {
			for i := from; i < min(n, from+atOnce); i++ {
				if err := insert(t, i+1); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	if err := gather(1 << 20); err != nil { // as it is in each file
		b.Fatal(err)
	}
}

// What people are called and what they ask for, the common before the rare.
var (
	given  = strings.Fields("Jane John Maria José Ann Li Omar Priya Zoë Grace Ada Alan Edsger Barbara Linus Margaret Dennis Ken Rob Fatima")
	family = strings.Fields("Miller Smith Garcia Nguyen Doe Hopper Lovelace Turing Novak Kowalski Müller Øster Haddad Nair Chen Ito Costa Rossi Weber Diaz")
	wishes = []string{"Do you have rye bread today?", "A birthday cake for Saturday, please", "Is it vegan?", "Please call about the catering",
		"When is the next appointment?", "Two loaves of bread and a dozen rolls", "", "About my order number %d"}
)

// fillWithNames puts n requests into the store, one each minute up to noon; a few are spam, a few
// on the owner's list. The same each time.
func fillWithNames(b *testing.B, s *Store, n int) {
	b.Helper()
	dice := rand.New(rand.NewPCG(1, 2))
	pick := func(of []string) string {
		i := dice.IntN(len(of))
		return of[min(i, dice.IntN(len(of)))]
	}
	inBulk(b, s, n, func(t *tx, i int) error {
		r := ask(i)
		r.Name = pick(given) + " " + pick(family)
		r.Number = fmt.Sprintf("+1%03d%07d", []int{212, 917, 718, 646}[dice.IntN(4)], dice.IntN(10_000_000))
		r.Email = fmt.Sprintf("%s%d@gmail.com", pick(family), dice.IntN(1000))
		if r.Message = pick(wishes); strings.Contains(r.Message, "%d") {
			r.Message = fmt.Sprintf(r.Message, dice.IntN(100_000))
		}
		r.Status, r.AskedAt = callback.Completed, noon.Add(-time.Duration(n-i)*time.Minute)
		switch dice.IntN(2000) {
		case 0, 1, 2:
			r.Status = callback.Missed
		case 3:
			r.Spam = true
		}
		_, err := t.Insert(r)
		return err
	})
}
