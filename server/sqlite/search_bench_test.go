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

// BenchmarkList looks for requests in a file that has a million of them, as the window
// does: pages, filters, counts and searches; ms/query is to stay below 10. nothing is the
// least that a question costs here.
func BenchmarkList(b *testing.B) {
	s := open(b, filepath.Join(b.TempDir(), "ringback.db"))
	fillWithNames(b, s, benchRows)
	day := callback.Query{Since: noon.Add(-24 * time.Hour)}
	questions := []struct {
		name string
		ask  func(v callback.Reader) error
	}{
		{"nothing", func(v callback.Reader) error { _, err := v.Request(benchRows / 2); return err }},
		{"page/first", listing(callback.Query{})},
		{"page/middle", listing(callback.Query{Span: callback.Span{At: benchRows / 2}})},
		{"filter/needs-you", listing(callback.Query{ForOwner: true})},
		{"filter/today", listing(day)},
		{"filter/spam", listing(callback.Query{Spam: true})},
		{"count/needs-you", counting(callback.Query{ForOwner: true})},
		{"count/today", counting(day)},
		{"count/all", counting(callback.Query{})},
		{"count/spam", counting(callback.Query{Spam: true})},
	}
	for _, typed := range []string{"j", "jane", "bread", "jane miller", "birthday", "miller gmail", "212", "(212) 555-01", "5550123", "+1 212 555 0123", "nobody", "birthday zelda"} {
		questions = append(questions, struct {
			name string
			ask  func(v callback.Reader) error
		}{"search/" + strings.ReplaceAll(typed, " ", "_"), listing(callback.Query{Search: typed})})
	}
	for _, typed := range []string{"bread", "jane miller", "212"} {
		for name, q := range map[string]callback.Query{"needs-you": {ForOwner: true}, "today": day, "spam": {Spam: true}} {
			q.Search = typed
			questions = append(questions, struct {
				name string
				ask  func(v callback.Reader) error
			}{"search/" + strings.ReplaceAll(typed, " ", "_") + "/" + name, listing(q)})
		}
	}
	for _, q := range questions {
		b.Run(q.name, func(b *testing.B) {
			for b.Loop() {
				if err := s.View(context.Background(), q.ask); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(b.N), "ms/query")
		})
	}
}

func listing(q callback.Query) func(v callback.Reader) error {
	return func(v callback.Reader) error { _, err := v.List(q); return err }
}

func counting(q callback.Query) func(v callback.Reader) error {
	return func(v callback.Reader) error { _, err := v.Count(q); return err }
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
	for i := 0; i < n; {
		err := s.update(b.Context(), func(t *tx) error {
			for range 10_000 {
				i++
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
				if _, err := t.Insert(r); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}
