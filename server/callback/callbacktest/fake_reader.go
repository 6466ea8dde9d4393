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
	return len(v.legs(func(l callback.Leg) bool { return startedSince(l.Started, t) })), nil
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
	return v.blocked[number], v.optedOut[number], nil
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

func (v fakeReader) List(q callback.Query) ([]callback.Request, error) {
	found := v.all(func(r callback.Request) bool { return wanted(q, r) && (q.Before == 0 || r.ID < q.Before) })
	slices.Reverse(found)
	if q.Limit <= 0 {
		q.Limit = 100
	}
	found = found[:min(len(found), q.Limit)]
	for i := range found {
		found[i] = kept(found[i])
	}
	return found, nil
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
