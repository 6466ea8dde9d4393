package callbacktest

import (
	"testing"
	"time"

	"ringback/server/callback"
)

var clockRules = []rule{
	{"the open request of a number is the one that waits or is under way", func(t *testing.T, s callback.Store) {
		for n, status := range callback.Statuses {
			id := insert(t, s, ask(n, func(r *callback.Request) { r.Status = status }))[0]
			find := func(v callback.Reader) (callback.Request, error) { return v.OpenFor(ask(n).Number) }
			if !status.Open() {
				notFound(t, s, find)
				continue
			}
			if got := read(t, s, find); got.ID != id {
				t.Errorf("%s: got request %d, want %d", status, got.ID, id)
			}
		}
	}},
	{"followers and spam are not the open request of their number", func(t *testing.T, s callback.Store) {
		const number = "+12125550199"
		insert(t, s,
			ask(1, func(r *callback.Request) { r.Number, r.Follows = number, 9 }),
			ask(2, func(r *callback.Request) { r.Number, r.Spam = number, true }))
		find := func(v callback.Reader) (callback.Request, error) { return v.OpenFor(number) }
		notFound(t, s, find)
		id := insert(t, s, ask(3, func(r *callback.Request) { r.Number = number }))[0]
		if got := read(t, s, find); got.ID != id {
			t.Errorf("got request %d, want %d", got.ID, id)
		}
	}},
	{"a request that ended is open no more", func(t *testing.T, s callback.Store) {
		r := ask(1)
		r.ID = insert(t, s, r)[0]
		r.Status = callback.Completed
		save(t, s, r)
		notFound(t, s, func(v callback.Reader) (callback.Request, error) { return v.OpenFor(r.Number) })
	}},
	{"followers are those of the one request, oldest first", func(t *testing.T, s callback.Store) {
		follow := func(id int64) func(r *callback.Request) {
			return func(r *callback.Request) { r.Follows = id }
		}
		ids := insert(t, s, ask(1), ask(2), ask(3, follow(1)), ask(4, follow(2)), ask(5, follow(1)))
		followers := func(id int64) []int64 {
			return read(t, s, func(v callback.Reader) ([]int64, error) { return v.Followers(id) })
		}
		same(t, followers(ids[0]), []int64{ids[2], ids[4]})
		same(t, followers(ids[4]), []int64(nil))
		same(t, followers(0), []int64(nil))
	}},
	{"under way are the requests that have a call on, oldest first, those that follow one left out", func(t *testing.T, s callback.Store) {
		var want []int64
		for n, status := range callback.Statuses {
			id := insert(t, s, ask(n, func(r *callback.Request) { r.Status = status }))[0]
			if status.UnderWay() {
				want = append(want, id)
				insert(t, s, ask(100+n, func(r *callback.Request) { r.Status, r.Follows = status, id }))
			}
		}
		same(t, read(t, s, callback.Reader.UnderWay), want)
	}},
	{"the line is pending requests with a place: the owner's own, then by time of queueing and id", func(t *testing.T, s callback.Store) {
		queued := func(n, at int, changes ...func(r *callback.Request)) callback.Request {
			r := ask(n, changes...)
			r.QueuedAt = minute(at)
			return r
		}
		manual := func(r *callback.Request) { r.Manual = true }
		requests := []callback.Request{
			queued(0, 19), // last but one
			queued(1, 19), // last: the same time and a later id
			queued(2, 18),
			ask(3), // no place
			queued(4, 17, manual),
			queued(5, 16, manual),                 // first
			queued(6, 15, with(callback.Calling)), // its turn has come
			queued(7, 14, func(r *callback.Request) { r.NotBefore = minute(1000) }),    // keeps its place
			queued(8, 13, func(r *callback.Request) { r.Status = callback.Scheduled }), // waits for a time, not in line
		}
		for i, id := range insert(t, s, requests...) {
			requests[i].ID = id
		}
		var want []int64
		for place, n := range []int{5, 4, 7, 2, 0, 1} {
			want = append(want, requests[n].ID)
			same(t, ahead(t, s, requests[n]), place)
		}
		same(t, line(t, s, 10), want)
		same(t, line(t, s, 2), want[:2])
		same(t, line(t, s, 0), []int64(nil))
		next := func(after time.Time) time.Time {
			return read(t, s, func(v callback.Reader) (time.Time, error) { return v.NextTry(after) })
		}
		same(t, next(noon), minute(1000))
		same(t, next(minute(1000)), time.Time{})
		same(t, ahead(t, s, requests[3]), 0)
		same(t, ahead(t, s, requests[6]), 0)
	}},
	{"a place in line is given and taken by saving", func(t *testing.T, s callback.Store) {
		r := ask(1)
		r.ID = insert(t, s, r)[0]
		r.QueuedAt = noon
		save(t, s, r)
		same(t, line(t, s, 10), []int64{r.ID})
		r.QueuedAt = time.Time{}
		save(t, s, r)
		same(t, line(t, s, 10), []int64(nil))
	}},
	{"for another opening are those scheduled for an opening at another time, oldest first, those that follow one left out", func(t *testing.T, s callback.Store) {
		due := func(n, at int, changes ...func(r *callback.Request)) callback.Request {
			r := ask(n, with(callback.Scheduled))
			r.Reason, r.DueAt = callback.Opening, minute(at)
			for _, change := range changes {
				change(&r)
			}
			return r
		}
		ids := insert(t, s, due(0, 9), due(1, 7), due(2, 9),
			due(3, 7, func(r *callback.Request) { r.Reason = callback.Chosen }),
			due(4, 7, func(r *callback.Request) { r.Follows = 1 }),
			due(5, 7, with(callback.Cancelled)))
		other := func(than time.Time, limit int) []int64 {
			return read(t, s, func(v callback.Reader) ([]int64, error) { return v.ForOpening(than, limit) })
		}
		same(t, other(time.Time{}, 10), ids[:3])
		same(t, other(time.Time{}, 1), ids[:1])
		same(t, other(minute(9), 10), ids[1:2])
		same(t, other(minute(7), 10), []int64{ids[0], ids[2]})
		same(t, other(minute(7), 0), []int64(nil))
	}},
	{"overdue are the requests whose deadline has come, the earliest first", func(t *testing.T, s callback.Store) {
		until := func(n int) func(r *callback.Request) {
			return func(r *callback.Request) { r.Deadline = minute(n) }
		}
		ids := insert(t, s, ask(1, until(7)), ask(2, until(5)), ask(3), ask(4, until(9)), ask(5, until(5)))
		for _, c := range []struct {
			now   time.Time
			limit int
			want  []int64
			next  time.Time
		}{
			{minute(5).Add(-time.Millisecond), 10, nil, minute(5)},
			{minute(5), 10, []int64{ids[1], ids[4]}, minute(7)},
			{minute(8), 10, []int64{ids[1], ids[4], ids[0]}, minute(9)},
			{minute(8), 2, []int64{ids[1], ids[4]}, minute(9)},
			{minute(8), 0, nil, minute(9)},
			{minute(9), 10, []int64{ids[1], ids[4], ids[0], ids[3]}, time.Time{}},
		} {
			overdue, next := overdue(t, s, c.now, c.limit)
			same(t, overdue, c.want)
			same(t, next, c.next)
		}
	}},
	{"a request at rest is never overdue", func(t *testing.T, s callback.Store) {
		r := ask(1)
		r.Deadline = noon
		r.ID = insert(t, s, r)[0]
		r.Deadline = time.Time{}
		save(t, s, r)
		ids, next := overdue(t, s, minute(1000), 10)
		same(t, ids, []int64(nil))
		same(t, next, time.Time{})
	}},
}

func with(status callback.Status) func(r *callback.Request) {
	return func(r *callback.Request) { r.Status = status }
}

func overdue(t *testing.T, s callback.Store, now time.Time, limit int) (ids []int64, next time.Time) {
	t.Helper()
	ids = read(t, s, func(v callback.Reader) (ids []int64, err error) {
		ids, next, err = v.Overdue(now, limit)
		return ids, err
	})
	return ids, next
}

func line(t *testing.T, s callback.Store, limit int) []int64 {
	t.Helper()
	return read(t, s, func(v callback.Reader) ([]int64, error) { return v.Line(limit) })
}

func ahead(t *testing.T, s callback.Store, r callback.Request) int {
	t.Helper()
	return read(t, s, func(v callback.Reader) (int, error) { return v.Ahead(r) })
}
