package callback

import (
	"time"
)

// lookAhead is how far into the line a turn is looked for, and how many of those who
// wait are told that their place has changed.
const lookAhead = 20

// moveLine gives free lines to those who wait, in order. It runs in the transaction
// that changed something, so that a new request whose turn it is rings at once.
func (u *update) moveLine() error {
	if err := u.followOpening(); err != nil {
		return err
	}
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

// followOpening looks at those who wait for an opening that is none any more, because the
// shop is open, or opens at another time. More than a batch are left to the next pass.
func (u *update) followOpening() error {
	ids, err := u.elsewhen(u.tx, u.now, batch)
	if err != nil {
		return err
	}
	for _, id := range ids {
		r, err := u.tx.Request(id)
		if err != nil {
			return err
		}
		if _, err := u.apply(r, Event{Kind: Tick}); err != nil {
			return err
		}
	}
	return nil
}

// elsewhen are the requests that are scheduled for another opening than that of the rules.
func (e *Engine) elsewhen(v Reader, now time.Time, limit int) ([]int64, error) {
	ids, err := v.ForOpening(time.Time{}, 1)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	at, known := e.Rules(now).opening()
	if !known {
		return nil, nil
	}
	return v.ForOpening(at, limit)
}

// nextTurn finds who may be called now, or, once the shop is closed, who must not wait
// any longer.
func (u *update) nextTurn() (Request, bool, error) {
	ids, err := u.tx.Line(lookAhead)
	if err != nil || len(ids) == 0 {
		return Request{}, false, err
	}
	rules := u.Rules(u.now)
	left, err := u.space(rules)
	if err != nil {
		return Request{}, false, err
	}
	for _, id := range ids {
		r, err := u.tx.Request(id)
		if err != nil {
			return Request{}, false, err
		}
		if rules.closed() && !r.Manual {
			return r, true, nil
		}
		if !left.phone || !left.line && !r.Manual { // the owner's wish ignores the line
			if rules.closed() {
				continue
			}
			return Request{}, false, nil
		}
		if wait := r.NotBefore.Sub(u.now); wait > 0 && wait <= longestWait { // longer: the clock was put back since
			if r.Manual {
				continue
			}
			return Request{}, false, nil // trouble is the carrier's: nobody overtakes
		}
		if !left.with[r.Number] { // one person is never rung twice at once
			return r, true, nil
		}
	}
	return Request{}, false, nil
}

// space is what the shop has left for a further call.
type space struct {
	line  bool            // not all lines are taken
	phone bool            // a carrier, and a phone that would not be found busy for sure
	with  map[string]bool // visitors who are being called, or call
}

func (u *update) space(rules Rules) (space, error) {
	r := space{}
	under, err := u.tx.UnderWay()
	if err != nil {
		return r, err
	}
	cameIn, err := u.tx.OnTheLine()
	if err != nil {
		return r, err
	}
	busy, with, err := u.engaged(under, cameIn)
	if err != nil {
		return r, err
	}
	r.with = with
	r.line = len(under)+len(cameIn) < rules.Line
	lingers, err := u.lingers(rules)
	r.phone = u.Carrier != nil && !lingers && (len(rules.Phones) == 0 || len(free(rules.Phones, busy)) > 0)
	return r, err
}

// engaged are the phones that are on a call of ours, and the visitors who are called or
// call.
func (u *update) engaged(under []int64, cameIn []Incoming) (phones, visitors map[string]bool, err error) {
	phones, visitors = map[string]bool{}, map[string]bool{}
	for _, in := range cameIn {
		phones[in.To], visitors[in.Number] = true, true
	}
	for _, id := range under {
		r, err := u.tx.Request(id)
		if err != nil {
			return nil, nil, err
		}
		visitors[r.Number] = true
		for _, l := range r.Live() {
			phones[l.To] = true
		}
	}
	return phones, visitors, nil
}

// free are the phones that are not busy.
func free(phones []Phone, busy map[string]bool) (left []Phone) {
	for _, p := range phones {
		if !busy[p.Number] {
			left = append(left, p)
		}
	}
	return left
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

// mayMove says whether somebody's turn may have come by the mere passing of time, or
// because the rules have changed: every change of a request lets the line move by itself.
func (e *Engine) mayMove(v Reader, now time.Time) (bool, error) {
	if ids, err := e.elsewhen(v, now, 1); err != nil || len(ids) > 0 {
		return err == nil, err
	}
	first, err := v.Line(1)
	if err != nil || len(first) == 0 {
		return false, err
	}
	if e.Rules(now).closed() {
		return true, nil // they must not wait any longer
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
