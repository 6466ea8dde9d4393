package callbacktest

import (
	"errors"
	"testing"
	"time"

	"ringback/server/callback"
)

var countRules = []rule{
	{"legs are counted from the moment they were handed to the carrier, of all requests and roles and calls put through", func(t *testing.T, s callback.Store) {
		insert(t, s,
			ask(1, func(r *callback.Request) {
				r.Legs = []callback.Leg{
					{ID: "a", Role: callback.ShopLeg, Started: minute(1)},
					{ID: "b", Role: callback.VisitorLeg, Started: minute(2)},
					{ID: "c", Role: callback.ShopLeg},
				}
			}),
			ask(2, func(r *callback.Request) { r.Legs = []callback.Leg{{ID: "d", Started: minute(3)}} }))
		update(t, s, func(tx callback.Tx) error {
			put := callback.Incoming{SID: "CA1", To: "+12125550150", Started: minute(1)}
			return errors.Join(tx.SaveIncoming(put), tx.SaveIncoming(callback.Incoming{SID: "CA2", Started: minute(3)}))
		})
		count := func(since time.Time) int {
			return read(t, s, func(v callback.Reader) (int, error) { return v.LegsStarted(since) })
		}
		same(t, count(time.Time{}), 4)
		same(t, count(minute(2)), 2)
		same(t, count(minute(2).Add(time.Nanosecond)), 1)
		same(t, count(minute(4)), 0)
	}},
	{"texts are counted from the moment they were handed to the carrier", func(t *testing.T, s callback.Store) {
		insert(t, s,
			ask(1, func(r *callback.Request) {
				r.Texts = []callback.Text{{ID: "a", Started: minute(1)}, {ID: "b"}}
			}),
			ask(2, func(r *callback.Request) { r.Texts = []callback.Text{{ID: "c", Started: minute(2)}} }))
		count := func(since time.Time) int {
			return read(t, s, func(v callback.Reader) (int, error) { return v.TextsStarted(since) })
		}
		same(t, count(time.Time{}), 2)
		same(t, count(minute(2)), 1)
		same(t, count(minute(3)), 0)
	}},
	{"a call is of unknown outcome while it was started and neither SID nor end is known", func(t *testing.T, s callback.Store) {
		const to = "+12125550150"
		for n, c := range []struct {
			name string
			leg  callback.Leg
			want bool
		}{
			{"started", callback.Leg{Status: callback.CallStarted, Started: noon}, true},
			{"only wanted", callback.Leg{Status: callback.CallWanted}, false},
			{"SID known", callback.Leg{Status: callback.CallStarted, Started: noon, SID: "CA1"}, false},
			{"ended", callback.Leg{Status: callback.CallBusy, Started: noon}, false},
			{"never made", callback.Leg{Status: callback.CallNotMade, Started: noon}, false},
		} {
			r := ask(n)
			c.leg.ID, c.leg.To = r.Salt, to
			r.Legs = []callback.Leg{c.leg}
			r.ID = insert(t, s, r)[0]
			unknown := func(to, leg string) bool {
				return read(t, s, func(v callback.Reader) (bool, error) { return v.Unknown(to, leg) })
			}
			if got := unknown(to, ""); got != c.want {
				t.Errorf("%s: got %v, want %v", c.name, got, c.want)
			}
			if unknown(to, c.leg.ID) || unknown("+12125550151", "") {
				t.Errorf("%s: the leg named or another number is of unknown outcome", c.name)
			}
			r.Legs[0].Status = callback.CallDone
			save(t, s, r)
		}
	}},
	{"a leg lingers while it has not ended and its request has no call on any more", func(t *testing.T, s callback.Store) {
		const to = "+12125550150"
		lingers := func(to string) bool {
			return read(t, s, func(v callback.Reader) (bool, error) { return v.Lingers(to) })
		}
		r := ask(1, with(callback.Connected), func(r *callback.Request) {
			r.Legs = []callback.Leg{{ID: "a", To: to, SID: "CA1", Status: callback.CallAnswered, Started: noon}}
		})
		r.ID = insert(t, s, r)[0]
		same(t, lingers(to), false)
		r.Status = callback.Completed
		save(t, s, r)
		same(t, lingers(to), true)
		same(t, lingers("+12125550151"), false)
		same(t, read(t, s, callback.Reader.OnThePhone), []int64{r.ID})
		r.Legs[0].Status = callback.CallDone
		save(t, s, r)
		same(t, lingers(to), false)
		same(t, read(t, s, callback.Reader.OnThePhone), []int64(nil))
	}},
	{"SIDs are those of all legs to the number made since, oldest first", func(t *testing.T, s callback.Store) {
		const to = "+12125550150"
		insert(t, s,
			ask(1, func(r *callback.Request) {
				r.Legs = []callback.Leg{
					{ID: "a", To: to, SID: "CA4", Started: minute(4)},
					{ID: "b", To: to, SID: "CA1", Started: minute(1)},
					{ID: "c", To: to, Started: minute(5)},
				}
			}),
			ask(2, func(r *callback.Request) {
				r.Legs = []callback.Leg{
					{ID: "d", To: to, SID: "CA3", Started: minute(3), Status: callback.CallDone},
					{ID: "e", To: "+12125550151", SID: "CA9", Started: minute(3)},
				}
			}))
		sids := func(since time.Time) []string {
			return read(t, s, func(v callback.Reader) ([]string, error) { return v.SIDs(to, since) })
		}
		same(t, sids(noon), []string{"CA1", "CA3", "CA4"})
		same(t, sids(minute(3)), []string{"CA3", "CA4"})
		same(t, sids(minute(5)), []string(nil))
	}},
	{"a number is barred when the owner blocked it or it opted out, until that is taken back", func(t *testing.T, s callback.Store) {
		barred := func(number string, want ...bool) {
			t.Helper()
			got := read(t, s, func(v callback.Reader) ([]bool, error) {
				blocked, optedOut, err := v.Barred(number)
				return []bool{blocked, optedOut}, err
			})
			same(t, got, want)
		}
		update(t, s, func(tx callback.Tx) error {
			return errors.Join(
				tx.Bar("+12125550101", callback.BarBlock, noon), tx.Bar("+12125550101", callback.BarBlock, noon),
				tx.Bar("+12125550102", callback.BarOptOut, noon), tx.Bar("+12125550104", callback.BarOptOut, noon),
				tx.Bar("+12125550104", callback.BarBlock, noon))
		})
		barred("+12125550101", true, false)
		barred("+12125550102", false, true)
		barred("+12125550103", false, false)
		update(t, s, func(tx callback.Tx) error {
			return errors.Join(tx.Unbar("+12125550101", callback.BarBlock), tx.Unbar("+12125550104", callback.BarOptOut), tx.Unbar("+12125550103", callback.BarBlock))
		})
		barred("+12125550101", false, false)
		barred("+12125550102", false, true)
		barred("+12125550104", true, false)
	}},
	{"a bar that was not committed does not hold", func(t *testing.T, s callback.Store) {
		refused := errors.New("no")
		err := s.Update(t.Context(), func(tx callback.Tx) error {
			return errors.Join(tx.Bar("+12125550101", callback.BarBlock, noon), refused)
		})
		if !errors.Is(err, refused) {
			t.Errorf("got %v", err)
		}
		if read(t, s, func(v callback.Reader) (bool, error) {
			blocked, _, err := v.Barred("+12125550101")
			return blocked, err
		}) {
			t.Error("it is barred")
		}
	}},
	{"no number at all can't be barred", func(t *testing.T, s callback.Store) {
		if s.Update(t.Context(), func(tx callback.Tx) error { return tx.Bar("", callback.BarBlock, noon) }) == nil {
			t.Error("got no error")
		}
	}},
	{"requests are counted from when they were asked, spam too, of all numbers or of one", func(t *testing.T, s callback.Store) {
		const number = "+12125550150"
		of := func(r *callback.Request) { r.Number = number }
		spam := func(r *callback.Request) { r.Number, r.Spam = number, true }
		insert(t, s, ask(1, of), ask(2), ask(3, spam), ask(4, of))
		count := func(since time.Time, number string) int {
			return read(t, s, func(v callback.Reader) (int, error) { return v.AskedSince(since, number) })
		}
		same(t, count(noon, ""), 4)
		same(t, count(minute(2), ""), 3)
		same(t, count(noon, number), 3)
		same(t, count(minute(3), number), 2)
		same(t, count(minute(4).Add(time.Nanosecond), number), 0)
	}},
}
