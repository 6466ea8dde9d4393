package callbacktest

import (
	"testing"
	"time"

	"ringback/server/callback"
)

// billed gives a call or text its bill.
func billed(cost int64, look time.Time) callback.Bill { return callback.Bill{Cost: cost, LookAt: look} }

var billRules = []rule{
	{"what is to be asked about comes in the order of its time, with what is still to come", func(t *testing.T, s callback.Store) {
		ids := insert(t, s, ask(1, func(r *callback.Request) {
			r.Legs = []callback.Leg{{ID: "a", SID: "CA1", Bill: billed(0, minute(3))}, {ID: "b", SID: "CA2"}}
			r.Texts = []callback.Text{{ID: "c", SID: "SM1", Bill: billed(0, minute(1))}}
		}))
		update(t, s, func(tx callback.Tx) error {
			return tx.SaveIncoming(callback.Incoming{SID: "CA3", Request: 9, Bill: billed(0, minute(2))})
		})
		for _, c := range []struct {
			now   time.Time
			limit int
			want  []callback.Look
			next  time.Time
		}{
			{noon, 9, nil, minute(1)},
			{minute(1), 9, []callback.Look{{Request: ids[0], Text: "c", SID: "SM1"}}, minute(2)},
			{minute(3), 2, []callback.Look{{Request: ids[0], Text: "c", SID: "SM1"}, {Request: 9, Incoming: true, SID: "CA3"}}, time.Time{}},
			{minute(4), 9, []callback.Look{{Request: ids[0], Text: "c", SID: "SM1"}, {Request: 9, Incoming: true, SID: "CA3"}, {Request: ids[0], Leg: "a", SID: "CA1"}}, time.Time{}},
		} {
			var next time.Time
			got := read(t, s, func(v callback.Reader) (looks []callback.Look, err error) {
				looks, next, err = v.Looks(c.now, c.limit)
				return looks, err
			})
			same(t, got, c.want)
			same(t, next, c.next)
		}
	}},
	{"what was spent is the sum of what was handed to the carrier since, and of calls put through", func(t *testing.T, s callback.Store) {
		insert(t, s,
			ask(1, func(r *callback.Request) {
				r.Legs = []callback.Leg{{ID: "a", Started: minute(1), Bill: billed(1, time.Time{})}, {ID: "b", Bill: billed(100, time.Time{})}}
				r.Texts = []callback.Text{{ID: "c", Started: minute(2), Bill: billed(20, time.Time{})}}
			}))
		update(t, s, func(tx callback.Tx) error {
			return tx.SaveIncoming(callback.Incoming{SID: "CA3", Started: minute(3), Bill: billed(300, time.Time{})})
		})
		spent := func(since time.Time) int64 {
			return read(t, s, func(v callback.Reader) (int64, error) { return v.Spent(since) })
		}
		same(t, spent(noon), int64(321))
		same(t, spent(minute(2)), int64(320))
		same(t, spent(minute(3)), int64(300))
		same(t, spent(minute(4)), int64(0))
	}},
}

var incomingRules = []rule{
	{"a call that came in is stored by its SID, with all that is known of it", func(t *testing.T, s callback.Store) {
		find := func(v callback.Reader) (callback.Incoming, error) { return v.Incoming("CA1") }
		notFound(t, s, find)
		for from := range 2 {
			want := filled[callback.Incoming](100 * from)
			want.SID = "CA1"
			update(t, s, func(tx callback.Tx) error { return tx.SaveIncoming(want) })
			same(t, read(t, s, find), want)
		}
	}},
	{"one without a SID can't be stored", func(t *testing.T, s callback.Store) {
		if s.Update(t.Context(), func(tx callback.Tx) error { return tx.SaveIncoming(callback.Incoming{}) }) == nil {
			t.Error("got no error")
		}
	}},
	{"on the line are those that were put through and last, oldest first", func(t *testing.T, s callback.Store) {
		update(t, s, func(tx callback.Tx) error {
			for _, in := range []callback.Incoming{
				{SID: "CA1", To: "+12125550101", Started: minute(2)},
				{SID: "CA2", To: "+12125550101", Started: minute(1)},
				{SID: "CA3", To: "+12125550101", Started: minute(1), End: minute(2)},
				{SID: "CA4", Started: minute(1)},
			} {
				if err := tx.SaveIncoming(in); err != nil {
					return err
				}
			}
			return nil
		})
		var got []string
		for _, in := range read(t, s, callback.Reader.OnTheLine) {
			got = append(got, in.SID)
		}
		same(t, got, []string{"CA2", "CA1"})
	}},
	{"unsettled are a number's requests that are open or on the owner's list", func(t *testing.T, s callback.Store) {
		const number = "+12125550150"
		var want []int64
		for n, status := range callback.Statuses {
			id := insert(t, s, ask(n, with(status), func(r *callback.Request) { r.Number = number }))[0]
			if status.Open() || status.ForOwner() {
				want = append(want, id)
			}
		}
		insert(t, s,
			ask(50, with(callback.Missed), func(r *callback.Request) { r.Number, r.TickedOff = number, &callback.Mark{} }),
			ask(51, func(r *callback.Request) { r.Number, r.Follows = number, 1 }),
			ask(52, func(r *callback.Request) { r.Number, r.Spam = number, true }), ask(53))
		same(t, read(t, s, func(v callback.Reader) ([]int64, error) { return v.Unsettled(number) }), want)
	}},
	{"a number's newest request is the last one, whatever became of it", func(t *testing.T, s callback.Store) {
		const number = "+12125550150"
		newest := func(v callback.Reader) (callback.Request, error) { return v.Newest(number) }
		notFound(t, s, newest)
		of := func(r *callback.Request) { r.Number = number }
		ids := insert(t, s, ask(1, of), ask(2, of, with(callback.Completed)),
			ask(3, of, func(r *callback.Request) { r.Follows = 1 }), ask(4, of, func(r *callback.Request) { r.Spam = true }), ask(5))
		same(t, read(t, s, newest).ID, ids[1])
	}},
}
