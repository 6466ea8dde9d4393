package callback

import (
	"slices"
	"time"
)

// lookAhead is how far into the line a turn is looked for, and how many of those who
// wait are told that their place has changed.
const lookAhead = 20

// moveLine gives free lines to those who wait, in order. It runs in the transaction
// that changed something, so that a new request whose turn it is rings at once.
func (u *update) moveLine() error {
	for {
		r, ok, err := u.nextTurn()
		if err != nil || !ok {
			u.settled = len(u.moved)
			return err
		}
		if _, err := u.apply(r, Event{Kind: Turn}); err != nil {
			return err
		}
		if err := u.touchLine(); err != nil {
			return err
		}
	}
}

// nextTurn finds who may be called now.
func (u *update) nextTurn() (Request, bool, error) {
	if u.Carrier == nil {
		return Request{}, false, nil
	}
	ids, err := u.tx.Line(lookAhead)
	if err != nil || len(ids) == 0 {
		return Request{}, false, err
	}
	under, err := u.tx.UnderWay()
	if err != nil {
		return Request{}, false, err
	}
	rules := u.Rules(u.now)
	cameIn, err := u.tx.OnTheLine()
	if err != nil {
		return Request{}, false, err
	}
	full := len(under)+len(cameIn) >= rules.Line
	free, err := u.phoneFree(rules, under, cameIn)
	if err != nil {
		return Request{}, false, err
	}
	if lingers, err := u.lingers(rules); err != nil || lingers {
		return Request{}, false, err
	}
	for _, id := range ids {
		r, err := u.tx.Request(id)
		if err != nil {
			return Request{}, false, err
		}
		if full && !r.Manual {
			return Request{}, false, nil
		}
		if full && !free { // the owner's wish ignores the line, but every phone is on a call of ours
			return Request{}, false, nil
		}
		if wait := r.NotBefore.Sub(u.now); wait > 0 && wait <= longestWait { // longer: the clock was put back since
			if r.Manual {
				continue
			}
			return Request{}, false, nil // trouble is the carrier's: nobody overtakes
		}
		if slices.ContainsFunc(cameIn, func(in Incoming) bool { return in.Number == r.Number }) {
			continue // they may be talking just now
		}
		busy, err := u.rings(r.Number, under)
		if err != nil {
			return Request{}, false, err
		}
		if !busy {
			return r, true, nil
		}
	}
	return Request{}, false, nil
}

// phoneFree says whether some phone of the shop is on no call of ours, so that it would
// not be found busy for sure.
func (u *update) phoneFree(rules Rules, under []int64, cameIn []Incoming) (bool, error) {
	busy := map[string]bool{}
	for _, in := range cameIn {
		busy[in.To] = true
	}
	for _, id := range under {
		r, err := u.tx.Request(id)
		if err != nil {
			return false, err
		}
		for _, l := range r.Live() {
			busy[l.To] = true
		}
	}
	return slices.ContainsFunc(rules.Phones, func(p Phone) bool { return !busy[p.Number] }), nil
}

// lingers says whether whoever talked last is about to put the phone down that would be
// rung first: it would be found busy.
func (u *update) lingers(rules Rules) (bool, error) {
	first := rules.Phones
	if !rules.AtOnce && len(first) > 0 {
		first = first[:1]
	}
	for _, p := range first {
		if lingers, err := u.tx.Lingers(p.Number); err != nil || lingers {
			return lingers, err
		}
	}
	return false, nil
}

// rings says whether a call with that visitor is under way: one person is never rung
// twice at once.
func (u *update) rings(number string, under []int64) (bool, error) {
	for _, id := range under {
		r, err := u.tx.Request(id)
		if err != nil {
			return false, err
		}
		if r.Number == number {
			return true, nil
		}
	}
	return false, nil
}

// touchLine tells those who wait that their place has changed.
func (u *update) touchLine() error {
	ids, err := u.tx.Line(lookAhead)
	if err != nil {
		return err
	}
	for _, id := range ids {
		r, err := u.tx.Request(id)
		if err != nil {
			return err
		}
		was := r
		r.Touch(u.now)
		if err := u.save(was, &r); err != nil {
			return err
		}
	}
	return nil
}

// mayMove says whether somebody's turn may have come by the mere passing of time: every
// change lets the line move by itself, only the end of a wait does not.
func (e *Engine) mayMove(v Reader, now time.Time) (bool, error) {
	first, err := v.Line(1)
	if err != nil || len(first) == 0 {
		return false, err
	}
	under, err := v.UnderWay()
	if err != nil {
		return false, err
	}
	cameIn, err := v.OnTheLine()
	if err != nil || len(under)+len(cameIn) < e.Rules(now).Line {
		return err == nil, err
	}
	r, err := v.Request(first[0])
	return r.Manual, err
}

// sooner is the earlier of two times, of which zero is never.
func sooner(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}
