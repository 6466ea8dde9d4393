package callbacktest

import (
	"cmp"
	"slices"
	"time"

	"ringback/server/callback"
)

// fakeReader looks through everything each time: the tests that use it have a
// handful of requests.
type fakeReader struct{ *data }

// find returns a copy of the first request that fits.
func (v fakeReader) find(fits func(r callback.Request) bool) (callback.Request, error) {
	i := slices.IndexFunc(v.requests, fits)
	if i < 0 {
		return callback.Request{}, callback.ErrNotFound
	}
	return kept(v.requests[i]), nil
}

// all returns the requests that fit, oldest first. They are not copies.
func (v fakeReader) all(fits func(r callback.Request) bool) []callback.Request {
	var found []callback.Request
	for _, r := range v.requests {
		if fits(r) {
			found = append(found, r)
		}
	}
	return found
}

func ids(requests []callback.Request) []int64 {
	var found []int64
	for _, r := range requests {
		found = append(found, r.ID)
	}
	return found
}

func (v fakeReader) Request(id int64) (callback.Request, error) {
	return v.find(func(r callback.Request) bool { return r.ID == id })
}

func (v fakeReader) ByPublicID(id string) (callback.Request, error) {
	return v.find(func(r callback.Request) bool { return r.PublicID == id })
}

func (v fakeReader) ByLeg(leg string) (callback.Request, error) {
	return v.find(func(r callback.Request) bool { _, ok := r.Leg(leg); return ok })
}

func (v fakeReader) ByText(text string) (callback.Request, error) {
	return v.find(func(r callback.Request) bool { _, ok := r.Text(text); return ok })
}

func (v fakeReader) ByKey(key string) (callback.Request, error) {
	return v.find(func(r callback.Request) bool { return key != "" && r.Key == key })
}

func (v fakeReader) OpenFor(number string) (callback.Request, error) {
	return v.find(func(r callback.Request) bool {
		return r.Number == number && r.Status.Open() && r.Follows == 0 && !r.Spam
	})
}

func (v fakeReader) Followers(id int64) ([]int64, error) {
	return ids(v.all(func(r callback.Request) bool { return id != 0 && r.Follows == id })), nil
}

func (v fakeReader) UnderWay() ([]int64, error) {
	return ids(v.all(func(r callback.Request) bool { return r.Status.UnderWay() && r.Follows == 0 })), nil
}

func (v fakeReader) Line(limit int) ([]int64, error) {
	line := v.all(hasPlace)
	slices.SortFunc(line, byPlace)
	return ids(line[:min(len(line), max(limit, 0))]), nil
}

func (v fakeReader) NextTry(now time.Time) (next time.Time, err error) {
	for _, r := range v.all(hasPlace) {
		if r.NotBefore.After(now) && (next.IsZero() || r.NotBefore.Before(next)) {
			next = r.NotBefore
		}
	}
	return next, nil
}

func (v fakeReader) Ahead(r callback.Request) (int, error) {
	if !hasPlace(r) {
		return 0, nil
	}
	r = kept(r)
	return len(v.all(func(other callback.Request) bool { return hasPlace(other) && byPlace(other, r) < 0 })), nil
}

func hasPlace(r callback.Request) bool {
	return r.Status == callback.Pending && !r.QueuedAt.IsZero()
}

// byPlace orders the line: the owner's own calls first, then by time and id.
func byPlace(a, b callback.Request) int {
	if a.Manual != b.Manual {
		if a.Manual {
			return -1
		}
		return 1
	}
	return cmp.Or(a.QueuedAt.Compare(b.QueuedAt), cmp.Compare(a.ID, b.ID))
}

func (v fakeReader) ForOpening(other time.Time, limit int) ([]int64, error) {
	found := v.all(func(r callback.Request) bool {
		return r.Status == callback.Scheduled && r.Reason == callback.Opening && r.Follows == 0 && !r.DueAt.Equal(other)
	})
	return ids(found[:min(len(found), max(limit, 0))]), nil
}

func (v fakeReader) Overdue(now time.Time, limit int) ([]int64, time.Time, error) {
	waiting := v.all(func(r callback.Request) bool { return !r.Deadline.IsZero() })
	slices.SortStableFunc(waiting, func(a, b callback.Request) int { return a.Deadline.Compare(b.Deadline) })
	passed, next := split(waiting, now, func(r callback.Request) time.Time { return r.Deadline })
	return ids(passed[:min(len(passed), max(limit, 0))]), next, nil
}

func (v fakeReader) Due(now time.Time, limit int) ([]callback.Effect, time.Time, error) {
	var firsts []callback.Effect
	begun := map[int64]bool{}
	for _, e := range v.effects {
		if e.Done.IsZero() && !begun[e.Request] {
			begun[e.Request] = true
			firsts = append(firsts, e)
		}
	}
	slices.SortStableFunc(firsts, func(a, b callback.Effect) int { return a.Due.Compare(b.Due) })
	due, next := split(firsts, now, func(e callback.Effect) time.Time { return e.Due })
	return slices.Clone(due[:min(len(due), max(limit, 0))]), next, nil
}

// split cuts what is sorted by time into what is not after now and the time of
// the first that is.
func split[T any](sorted []T, now time.Time, at func(T) time.Time) (passed []T, next time.Time) {
	n := slices.IndexFunc(sorted, func(x T) bool { return at(x).After(now) })
	if n < 0 {
		return sorted, time.Time{}
	}
	return sorted[:n], at(sorted[n])
}

func (v fakeReader) Effect(id int64) (callback.Effect, error) {
	return v.effect(func(e callback.Effect) bool { return e.ID == id })
}

func (v fakeReader) EffectFor(kind callback.EffectKind, id string) (callback.Effect, error) {
	return v.effect(func(e callback.Effect) bool {
		return id != "" && e.Kind == kind && (e.Leg == id || e.Text == id) && e.Done.IsZero()
	})
}

func (v fakeReader) effect(fits func(e callback.Effect) bool) (callback.Effect, error) {
	i := slices.IndexFunc(v.effects, fits)
	if i < 0 {
		return callback.Effect{}, callback.ErrNotFound
	}
	return v.effects[i], nil
}

func (v fakeReader) Webhook(keys []string) (callback.Step, error) {
	for _, key := range keys {
		if step, ok := v.webhooks[key]; ok {
			return step, nil
		}
	}
	return callback.Step{}, callback.ErrNotFound
}

func (v fakeReader) LegsStarted(t time.Time) (int, error) {
	n := len(v.legs(func(l callback.Leg) bool { return startedSince(l.Started, t) }))
	for _, in := range v.incoming {
		if in.To != "" && startedSince(in.Started, t) {
			n++
		}
	}
	return n, nil
}

func (v fakeReader) TextsStarted(t time.Time) (int, error) {
	n := 0
	for _, r := range v.requests {
		for _, text := range r.Texts {
			if startedSince(text.Started, t) {
				n++
			}
		}
	}
	return n, nil
}

func startedSince(started, t time.Time) bool { return !started.IsZero() && !started.Before(t) }

func (v fakeReader) legs(fits func(l callback.Leg) bool) []callback.Leg {
	var found []callback.Leg
	for _, r := range v.requests {
		for _, l := range r.Legs {
			if fits(l) {
				found = append(found, l)
			}
		}
	}
	return found
}

func (v fakeReader) Unknown(to, leg string) (bool, error) {
	unknown := v.legs(func(l callback.Leg) bool {
		return l.To == to && l.ID != leg && !l.Started.IsZero() && l.SID == "" && !l.Status.Ended()
	})
	return len(unknown) > 0, nil
}

func (v fakeReader) Lingers(to string) (bool, error) {
	lingering := v.all(func(r callback.Request) bool {
		return (!r.Status.UnderWay() || r.Follows != 0) && slices.ContainsFunc(r.Legs, func(l callback.Leg) bool {
			return l.To == to && !l.Started.IsZero() && !l.Status.Ended()
		})
	})
	return len(lingering) > 0, nil
}

func (v fakeReader) OnThePhone() ([]int64, error) {
	return ids(v.all(func(r callback.Request) bool {
		return slices.ContainsFunc(r.Legs, func(l callback.Leg) bool { return !l.Started.IsZero() && !l.Status.Ended() })
	})), nil
}

func (v fakeReader) SIDs(to string, t time.Time) ([]string, error) {
	legs := v.legs(func(l callback.Leg) bool { return l.To == to && l.SID != "" && startedSince(l.Started, t) })
	slices.SortFunc(legs, func(a, b callback.Leg) int {
		return cmp.Or(a.Started.Compare(b.Started), cmp.Compare(a.ID, b.ID))
	})
	var sids []string
	for _, l := range legs {
		sids = append(sids, l.SID)
	}
	return sids, nil
}

func (v fakeReader) Barred(number string) (blocked, optedOut bool, err error) {
	return slices.Contains(v.bars, bar{number, callback.BarBlock}), slices.Contains(v.bars, bar{number, callback.BarOptOut}), nil
}

func (v fakeReader) Looks(now time.Time, limit int) ([]callback.Look, time.Time, error) {
	type timed struct {
		callback.Look
		at time.Time
	}
	var all []timed
	add := func(at time.Time, l callback.Look) {
		if !at.IsZero() {
			all = append(all, timed{l, at})
		}
	}
	for _, r := range v.requests {
		for _, l := range r.Legs {
			add(l.LookAt, callback.Look{Request: r.ID, Leg: l.ID, SID: l.SID})
		}
		for _, t := range r.Texts {
			add(t.LookAt, callback.Look{Request: r.ID, Text: t.ID, SID: t.SID})
		}
	}
	for _, in := range v.incoming {
		add(in.LookAt, callback.Look{Request: in.Request, Incoming: true, SID: in.SID})
	}
	slices.SortStableFunc(all, func(a, b timed) int { return a.at.Compare(b.at) })
	passed, next := split(all, now, func(t timed) time.Time { return t.at })
	var looks []callback.Look
	for _, t := range passed[:min(len(passed), max(limit, 0))] {
		looks = append(looks, t.Look)
	}
	return looks, next, nil
}

func (v fakeReader) Spent(t time.Time) (int64, error) {
	var sum int64
	for _, r := range v.requests {
		for _, l := range r.Legs {
			if startedSince(l.Started, t) {
				sum += l.Cost
			}
		}
		for _, text := range r.Texts {
			if startedSince(text.Started, t) {
				sum += text.Cost
			}
		}
	}
	for _, in := range v.incoming {
		if startedSince(in.Started, t) {
			sum += in.Cost
		}
	}
	return sum, nil
}

func (v fakeReader) Incoming(sid string) (callback.Incoming, error) {
	i := slices.IndexFunc(v.incoming, func(in callback.Incoming) bool { return in.SID == sid })
	if i < 0 {
		return callback.Incoming{}, callback.ErrNotFound
	}
	return v.incoming[i], nil
}

func (v fakeReader) OnTheLine() ([]callback.Incoming, error) {
	var found []callback.Incoming
	for _, in := range v.incoming {
		if in.End.IsZero() && in.To != "" {
			found = append(found, in)
		}
	}
	slices.SortStableFunc(found, func(a, b callback.Incoming) int { return a.Started.Compare(b.Started) })
	return found, nil
}

func (v fakeReader) Unsettled(number string) ([]int64, error) {
	return ids(v.all(func(r callback.Request) bool {
		return r.Number == number && r.Follows == 0 && !r.Spam && (r.Status.Open() || r.Status.ForOwner() && r.TickedOff == nil)
	})), nil
}

func (v fakeReader) Newest(number string) (callback.Request, error) {
	all := v.all(func(r callback.Request) bool { return r.Number == number && r.Follows == 0 && !r.Spam })
	if len(all) == 0 {
		return callback.Request{}, callback.ErrNotFound
	}
	return kept(all[len(all)-1]), nil
}

func (v fakeReader) AskedSince(t time.Time, number string) (int, error) {
	return len(v.all(func(r callback.Request) bool {
		return !r.AskedAt.Before(t) && (number == "" || r.Number == number)
	})), nil
}

func (v fakeReader) Events(request int64, limit int) ([]callback.Entry, error) {
	var found []callback.Entry
	for _, e := range v.events {
		if e.Request == request {
			found = append(found, e)
		}
	}
	return slices.Clone(found[len(found)-min(len(found), max(limit, 0)):]), nil
}

func (v fakeReader) List(q callback.Query) (callback.Stretch, error) {
	sought := callback.Seek(q.Search)
	all := v.all(func(r callback.Request) bool { return wanted(q, r) && sought.In(r) })
	slices.Reverse(all)
	if q.Most == 0 {
		q.Most = 1000
	}
	if len(sought) > 0 {
		all = all[:min(len(all), q.Most)]
	}
	s := callback.Stretch{Count: len(all)}
	s.Found = slices.IndexFunc(all, func(r callback.Request) bool { return r.ID == q.Find })
	near := slices.IndexFunc(all, func(r callback.Request) bool { return r.ID <= q.Near })
	if near < 0 {
		near = len(all)
	}
	at, limit := q.Place(len(all), near)
	for s.At = at; len(s.Requests) < limit && at < len(all); at++ {
		s.Requests = append(s.Requests, kept(all[at]))
	}
	return s, nil
}

func (v fakeReader) Count(q callback.Query) (int, error) {
	return len(v.all(func(r callback.Request) bool { return wanted(q, r) })), nil
}

func wanted(q callback.Query, r callback.Request) bool {
	if r.Spam != q.Spam || r.Follows != 0 || r.AskedAt.Before(q.Since) {
		return false
	}
	return !q.ForOwner || r.Status.ForOwner() && r.TickedOff == nil
}
