package callback

import (
	"slices"
	"sort"
	"strconv"
	"testing"
	"time"
)

// The walk visits every state that one request with two shop phones can get into, by
// any order of webhooks, losses, repeats, lost REST answers, crashes between commits,
// cancels and passing deadlines, and checks the invariants in each. What it leaves
// out, to stay finite: more than one trouble with the carrier, and wishes of the owner
// after the end; the random tests have those.
func TestEveryReachableStateKeepsTheInvariants(t *testing.T) {
	for name, c := range map[string]struct {
		plan     Plan
		underWay int // callbacks at once
		atOnce   bool
		writes   bool // the owner texts the visitor, once and at any time
	}{
		"one round, callbacks overtake each other": {Plan{Attempts: 1}, 2, false, false},
		"two rounds": {Plan{Attempts: 2, After: []time.Duration{5 * time.Minute}}, 1, false, false},
		"all at once, and every callback is lost": {Plan{Attempts: 1}, 0, true, false},
		"the owner texts the visitor at any time": {Plan{Attempts: 1}, 0, false, true},
	} {
		t.Run(name, func(t *testing.T) {
			w := &walk{t: t, rules: walkRules(c.plan), underWay: c.underWay, writes: c.writes,
				seen: map[string]bool{}, statuses: map[Status]int{}, quiet: map[string]bool{}}
			w.rules.AtOnce = c.atOnce
			w.explore(w.start())
			t.Logf("%d states seen: %v", len(w.seen), w.statuses)
			for _, s := range []Status{Pending, Scheduled, Calling, Connecting, Connected, Completed, NoAnswer, Missed, SMSSent, Failed, Cancelled} {
				if w.statuses[s] == 0 {
					t.Errorf("the walk never came to %s", s)
				}
			}
		})
	}
}

func walkRules(p Plan) Rules {
	return Rules{
		Phones: []Phone{{"Counter", "+12125550101", 20 * time.Second}, {"Mobile", "+12125550102", 20 * time.Second}},
		TextTo: []string{"+12125550101"}, Retry: p, RetryVisitor: Plan{Attempts: 1}, Line: 1, Talk: time.Hour,
		RingVisitor: 30 * time.Second, From: "+12125550100", Base: "http://practice.invalid",
		Carrier: "test", Open: true, CallsLeft: -1, SpendLeft: -1,
	}
}

// call is one that the carrier really made.
type call struct {
	leg      string
	role     Role
	live     bool
	answered bool
	end      CallStatus
}

// world is one state: the request, its outbox, the carrier, and callbacks under way.
type world struct {
	r       Request
	box     []Effect
	calls   []call
	bag     []Event // status callbacks that the carrier has sent and that have not arrived
	texts   int     // texts that the carrier took for the shop
	written int     // those of the owner's that it took
	now     time.Time
	trouble int
	dialing string
	holder  string // the leg that waits for the other phones to be quiet
	hold    int    // which pause of its
	later   int    // how often key 2 was pressed: a shop may put it off for ever, the walk may not
}

// send puts a callback under way; of more than the walk can bear at once, the oldest is lost.
func (w *walk) send(a *world, ev Event) {
	if w.underWay == 0 {
		return
	}
	if len(a.bag) == w.underWay {
		a.bag = a.bag[1:]
	}
	a.bag = append(slices.Clone(a.bag), ev)
}

type walk struct {
	t        *testing.T
	rules    Rules
	underWay int
	writes   bool
	seen     map[string]bool
	statuses map[Status]int
	quiet    map[string]bool // states of silence that are known to come to rest
}

func (w *walk) start() world {
	now := time.Date(2026, 11, 24, 15, 0, 0, 0, time.UTC)
	r := Request{ID: 1, Salt: "s", Number: "+12125550123", AskedAt: now, Consent: Consent{Kind: "notice"}}
	return w.apply(world{r: r, now: now}, Event{Kind: Asked})
}

func (a world) clone() world {
	a.r = a.r.clone()
	a.box, a.calls, a.bag = slices.Clone(a.box), slices.Clone(a.calls), slices.Clone(a.bag)
	return a
}

// apply is the engine's commit.
func (w *walk) apply(a world, ev Event) world {
	b, _ := w.applyFor(a, ev)
	return b
}

func (w *walk) applyFor(a world, ev Event) (world, Decision) {
	a = a.clone()
	ev.At = a.now
	d := Next(a.r, ev, w.rules)
	if d.Bug != nil {
		w.t.Fatalf("%v\nin %s", d.Bug, a.key())
	}
	w.holds(a.r, d.Request, ev)
	a.r = d.Request
	for _, e := range d.Effects {
		if e.Kind != EffectNotify {
			a.box = append(a.box, e)
		}
	}
	return a, d
}

// holds are the invariants of one step.
func (w *walk) holds(was, r Request, ev Event) {
	w.t.Helper()
	if was.Status != r.Status && !slices.Contains(moves[was.Status], r.Status) && !w.twoMoves(was.Status, r.Status) {
		w.t.Fatalf("%s moved %s to %s", ev.Kind, was.Status, r.Status)
	}
	if (r.Status.Waits() || r.Status.UnderWay()) && r.Deadline.IsZero() {
		w.t.Fatalf("%s: %s has no deadline", ev.Kind, r.Status)
	}
	ringing := map[Role]int{}
	for _, l := range r.Live() {
		if l.Role == VisitorLeg || l.Status != CallWanted {
			ringing[l.Role]++
		}
	}
	if ringing[VisitorLeg] > 1 {
		w.t.Fatalf("%s: the visitor has %d live legs", ev.Kind, ringing[VisitorLeg])
	}
	if was.Status == Scheduled && ev.Kind == Tick && ev.At.Sub(was.DueAt) >= StaleAfter && (r.Status != Missed || r.Reason != Stale) {
		w.t.Fatalf("slept through, it became %s", r.Status)
	}
	if !was.Status.Open() && was.Status != "" && r.Status.Open() {
		w.t.Fatalf("%s: the ended %s became %s", ev.Kind, was.Status, r.Status)
	}
}

// twoMoves are those that Next makes in one step, each of them in the table.
func (w *walk) twoMoves(s, t Status) bool {
	for _, via := range moves[s] {
		if slices.Contains(moves[via], t) && (via == Missed || via == NoAnswer) {
			return true
		}
	}
	return false
}

// key is what tells two states apart; absolute times don't, their order against the
// rules' limits does.
func (a world) key() string {
	r := a.r
	k := make(stateKey, 0, 256)
	k = k.say(string(r.Status), string(r.Reason)).num(r.Rounds, r.Troubles, a.trouble, a.texts, a.written, a.later)
	k = k.is(a.now.Sub(r.Since) >= StaleAfter, r.Round != nil && r.Round.Over).say(a.dialing, a.holder).num(a.hold)
	if r.Round != nil {
		k = k.say(r.Round.Took)
	}
	for i, l := range r.Legs {
		switch {
		case l.Status.Ended() && i != r.current(l.Role):
			k = k.say(string(l.Role)) // over and done with
		case l.Status.Ended():
			k = k.say(l.ID, string(l.Status)).is(l.Bridged, l.Role == VisitorLeg && l.Answer.IsZero())
		default:
			k = k.say(l.ID, string(l.Status)).is(l.SID != "").num(l.Seq)
		}
	}
	for _, t := range r.Texts {
		k = k.say(t.ID, string(t.Status))
	}
	for _, e := range a.box {
		k = k.say(string(e.Kind), e.Leg, e.Text).is(!e.Started.IsZero())
	}
	for _, c := range a.calls {
		if l, _ := r.Leg(c.leg); c.live || !l.Status.Ended() {
			k = k.say(c.leg, string(c.end)).is(c.live, c.answered)
		}
	}
	bag := []string{}
	for _, e := range a.bag {
		bag = append(bag, e.Leg+string(e.Status))
	}
	sort.Strings(bag)
	return string(k.say(bag...))
}

// stateKey is built by hand: there are hundreds of thousands of them.
type stateKey []byte

func (k stateKey) say(words ...string) stateKey {
	for _, w := range words {
		k = append(append(k, w...), '/')
	}
	return append(k, ' ')
}

func (k stateKey) num(ns ...int) stateKey {
	for _, n := range ns {
		k = append(strconv.AppendInt(k, int64(n), 10), '/')
	}
	return k
}

func (k stateKey) is(bs ...bool) stateKey {
	for _, b := range bs {
		k = strconv.AppendBool(k, b)
	}
	return k
}

func (w *walk) explore(first world) {
	todo := []world{first}
	for len(todo) > 0 {
		a := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		k := a.key()
		if w.seen[k] {
			continue
		}
		w.seen[k] = true
		w.statuses[a.r.Status]++
		w.carrierHolds(a)
		w.endsInSilence(a)
		todo = append(todo, w.writing(a)...)
		if a.r.Status.Open() || len(a.box) > 0 || a.rings() {
			todo = append(todo, w.steps(a)...)
			continue
		}
		for _, ev := range a.bag { // at rest: what comes late changes nothing, and there is no more to see
			if b := w.apply(a, ev); b.r.Status != a.r.Status || len(b.box) > 0 {
				w.t.Fatalf("a late %s moved %s to %s", ev.Status, a.r.Status, b.r.Status)
			}
		}
	}
}

// carrierHolds are the invariants that only the carrier's side can tell.
func (w *walk) carrierHolds(a world) {
	made := map[string]int{}
	live := map[Role]int{}
	for _, c := range a.calls {
		made[c.leg]++
		if c.live {
			live[c.role]++
		}
	}
	for leg, n := range made {
		if n > 1 {
			w.t.Fatalf("leg %s was rung %d times\nin %s", leg, n, a.key())
		}
	}
	if live[VisitorLeg] > 1 {
		w.t.Fatalf("the visitor is rung twice at once\nin %s", a.key())
	}
	if a.texts > 1 {
		w.t.Fatalf("the shop was texted %d times\nin %s", a.texts, a.key())
	}
	if a.written > 1 {
		w.t.Fatalf("what the owner wrote was sent %d times\nin %s", a.written, a.key())
	}
}

// writing is the owner's text: refused while a call is on, and else it changes nothing
// but that it is sent.
func (w *walk) writing(a world) []world {
	if !w.writes || slices.ContainsFunc(a.r.Texts, Text.Written) {
		return nil
	}
	ev := Event{Kind: TextedOut, Said: "We open at nine.", At: a.now}
	if d := Next(a.r, ev, w.rules); a.r.Status.UnderWay() {
		if d.Refused == nil || d.Refused.Code != CallIsOn {
			w.t.Fatalf("a text while a call is on: %v\nin %s", d.Refused, a.key())
		}
		return nil
	}
	b := w.apply(a, ev)
	if b.r.Status != a.r.Status || b.r.Reason != a.r.Reason || !b.r.Deadline.Equal(a.r.Deadline) || len(b.box) != len(a.box)+1 {
		w.t.Fatalf("a text of the owner's changes more than that\nin %s", a.key())
	}
	return []world{b}
}

// endsInSilence: from here on no webhook arrives any more; deadlines and questions
// alone must bring the request to rest.
func (w *walk) endsInSilence(a world) {
	a = a.clone()
	a.bag = nil
	for i := range a.calls {
		if a.calls[i].live {
			a.calls[i].live, a.calls[i].end = false, CallNoAnswer
		}
	}
	for range 80 {
		k := a.key()
		if w.quiet[k] {
			return
		}
		w.quiet[k] = true // or the test fails
		switch {
		case !a.r.Status.Open() && len(a.box) == 0:
			return
		case len(a.box) > 0:
			a = w.perform(a, true)
			for i := range a.calls { // nobody answers in the silence
				if a.calls[i].live {
					a.calls[i].live, a.calls[i].end = false, CallNoAnswer
				}
			}
		case a.r.Status == Pending && !a.r.QueuedAt.IsZero() && !a.r.NotBefore.After(a.now):
			a = w.apply(a, Event{Kind: Turn})
		default:
			next := a.r.Deadline
			if a.r.NotBefore.After(a.now) {
				next = sooner(next, a.r.NotBefore)
			}
			if next.After(a.now) {
				a.now = next
			}
			a = w.apply(a, Event{Kind: Tick})
		}
	}
	w.t.Fatalf("in silence it never comes to rest\nin %s", a.key())
}

// rings says that a phone still rings or talks.
func (a world) rings() bool { return slices.ContainsFunc(a.calls, func(c call) bool { return c.live }) }

// steps are all that can happen next.
func (w *walk) steps(a world) []world {
	var out []world
	r := a.r
	if r.Status == Pending && !r.QueuedAt.IsZero() && !r.NotBefore.After(a.now) {
		out = append(out, w.apply(a, Event{Kind: Turn}))
	}
	if !r.Deadline.IsZero() && !slices.ContainsFunc(a.box, func(e Effect) bool { return e.Kind == EffectAsk }) {
		b := a.clone()
		if r.Deadline.After(b.now) {
			b.now = r.Deadline
		}
		out = append(out, w.apply(b, Event{Kind: Tick}))
	}
	if r.Status == Scheduled { // slept through
		b := a.clone()
		b.now = r.DueAt.Add(StaleAfter)
		out = append(out, w.apply(b, Event{Kind: Tick}))
	}
	if r.Status.Open() {
		out = append(out, w.apply(a, Event{Kind: Cancel, By: ByVisitor}))
	}
	out = append(out, w.effects(a)...)
	for i := range a.calls {
		out = append(out, w.progress(a, i)...)
	}
	for i, ev := range a.bag {
		b := a.clone()
		b.bag = slices.Delete(b.bag, i, i+1)
		out = append(out, b) // lost
		out = append(out, w.apply(b, ev), w.apply(a, ev))
	}
	return out
}

// effects are the ways that the first effect in the outbox can go.
func (w *walk) effects(a world) []world {
	if len(a.box) == 0 {
		return nil
	}
	out := []world{w.perform(a, true)}
	e := a.box[0]
	b, ok := w.begin(a)
	if !ok {
		return out
	}
	switch {
	case e.Kind == EffectCall && e.Started.IsZero():
		out = append(out, b)             // a crash, or no answer, and it was not made
		out = append(out, w.makes(b, e)) // made, and the answer or the program was lost
		out = append(out, w.refuse(b, NumberBad))
		if a.trouble < 1 {
			c := w.refuse(b, CarrierDown)
			c.trouble++
			out = append(out, c)
		}
	case e.Kind == EffectText && e.Started.IsZero():
		out = append(out, b)
		c := w.apply(b, Event{Kind: TextFail, Text: e.Text, Refusal: Unreachable})
		c.box = c.box[1:]
		out = append(out, c)
	case e.Kind == EffectAsk:
		c := w.apply(b, Event{Kind: AskFailed, Leg: e.Leg})
		c.box = slices.Delete(c.box, 0, 1)
		out = append(out, c)
	}
	return out
}

// begin is the commit that marks the first effect as started.
func (w *walk) begin(a world) (world, bool) {
	e := a.box[0]
	if !e.Started.IsZero() {
		return a, true
	}
	b, d := w.applyFor(a, Event{Kind: Started, Effect: e.Kind, Leg: e.Leg, Text: e.Text})
	if d.Drop {
		b.box = slices.Delete(b.box, 0, 1)
		return b, false
	}
	b.box[0].Started = b.now
	return b, true
}

// makes lets the carrier take the call; nobody is told yet.
func (w *walk) makes(a world, e Effect) world {
	a = a.clone()
	a.calls = append(a.calls, call{leg: e.Leg, role: ShopLeg, live: true})
	return a
}

func (w *walk) refuse(a world, why Refusal) world {
	e := a.box[0]
	a = w.apply(a, Event{Kind: Refused, Leg: e.Leg, Effect: e.Kind, Refusal: why, Code: 1})
	a.box = slices.Delete(a.box, 0, 1)
	return a
}

// perform does the first effect, and all goes well; one that was started before is
// looked for first.
func (w *walk) perform(a world, wellMeant bool) world {
	e := a.box[0]
	b, ok := w.begin(a)
	if !ok {
		return b
	}
	i := slices.IndexFunc(b.calls, func(c call) bool { return c.leg == e.Leg })
	finish := func(b world) world {
		b = b.clone()
		b.box = slices.Delete(b.box, 0, 1)
		return b
	}
	switch e.Kind {
	case EffectCall:
		l, _ := b.r.Leg(e.Leg)
		switch {
		case !e.Started.IsZero() && (l.SID != "" || l.Status.Ended()):
			return finish(b)
		case !e.Started.IsZero() && i < 0: // looked for three times and not seen
			b = w.apply(b, Event{Kind: NotMade, Leg: e.Leg})
			b.box[0].Started = time.Time{}
			return b
		case !e.Started.IsZero():
			b = w.apply(b, Event{Kind: Placed, Leg: e.Leg, SID: "CA" + e.Leg})
			return finish(w.report(b, i))
		}
		b = w.makes(b, e)
		return finish(w.apply(b, Event{Kind: Placed, Leg: e.Leg, SID: "CA" + e.Leg}))
	case EffectText:
		switch text, _ := b.r.Text(e.Text); {
		case text.Role == ShopLeg:
			b.texts++
		case text.Written():
			b.written++
		}
		return finish(w.apply(b, Event{Kind: TextDone, Text: e.Text, SID: "SM" + e.Text}))
	case EffectHangUp:
		if i >= 0 {
			b = w.hangUp(b, i, CallDone)
		}
		return finish(w.apply(b, Event{Kind: HungUp, Leg: e.Leg}))
	case EffectAsk:
		if i < 0 {
			return finish(w.apply(b, Event{Kind: LegStatus, Leg: e.Leg, Status: CallCanceled, Seq: -1, Asked: true}))
		}
		return finish(w.report(b, i))
	case EffectNotify:
	}
	return finish(b)
}

// report is the carrier's answer to a question.
func (w *walk) report(a world, i int) world {
	c := a.calls[i]
	ev := Event{Kind: LegStatus, Leg: c.leg, SID: "CA" + c.leg, Seq: -1, Asked: true, Status: c.end}
	if c.live {
		ev.Status = CallRinging
		if c.answered {
			ev.Status = CallAnswered
		}
	} else if c.answered {
		ev.Talked = time.Second
	}
	return w.apply(a, ev)
}

// hangUp ends a call at the carrier; a shop leg's end ends the leg that it dials.
func (w *walk) hangUp(a world, i int, how CallStatus) world {
	a = a.clone()
	c := &a.calls[i]
	if !c.live {
		return a
	}
	c.live, c.end = false, how
	w.send(&a, Event{Kind: LegStatus, Leg: c.leg, SID: "CA" + c.leg, Status: how, Seq: 3})
	if c.role == ShopLeg && a.dialing == c.leg {
		for j := range a.calls {
			if a.calls[j].role == VisitorLeg && a.calls[j].live {
				end := CallCanceled
				if a.calls[j].answered {
					end = CallDone
				}
				a = w.hangUp(a, j, end)
			}
		}
	}
	return a
}

// progress is all that a live call can do by itself: be answered, have keys pressed,
// be hung up. What wants an answer is delivered at once, or fails and ends the call.
func (w *walk) progress(a world, i int) []world {
	c := a.calls[i]
	if !c.live {
		return nil
	}
	var out []world
	sid := "CA" + c.leg
	if c.role == VisitorLeg {
		return w.visitorProgress(a, i)
	}
	if !c.answered {
		b := a.clone()
		b.calls[i].answered = true
		w.send(&b, Event{Kind: LegStatus, Leg: c.leg, SID: sid, Status: CallAnswered, Seq: 2})
		out = append(out, w.say(b, i, Event{Kind: Answered, Leg: c.leg, SID: sid, Try: 1}))
		out = append(out, w.hangUp(b, i, CallDone)) // the webhook failed
		return append(out, w.hangUp(a, i, CallNoAnswer))
	}
	out = append(out, w.hangUp(a, i, CallDone))
	if a.dialing == c.leg {
		return append(out, w.shopLeaves(a, i))
	}
	if a.holder == c.leg {
		return append(out, w.say(a, i, Event{Kind: Join, Leg: c.leg, SID: sid, Try: a.hold}))
	}
	for _, digits := range []string{"1", "2", "3", "9"} {
		b := a.clone()
		if digits == "2" {
			if b.later++; b.later > 1 {
				continue
			}
		}
		out = append(out, w.say(b, i, Event{Kind: Key, Leg: c.leg, SID: sid, Digits: digits, Try: Whispers}))
	}
	return out
}

// say delivers a webhook that wants a step, and lets the call do that step.
func (w *walk) say(a world, i int, ev Event) world {
	b, d := w.applyFor(a, ev)
	switch d.Step.Kind {
	case StepWhisper:
		return b
	case StepHold:
		b.holder, b.hold = ev.Leg, d.Step.Try
		return b
	case StepConnect:
		b.dialing, b.holder, b.hold = ev.Leg, "", 0
		b.calls = append(b.calls, call{leg: d.Step.Visitor, role: VisitorLeg, live: true})
		return b
	case StepNone, StepThrough, StepSay, StepHangUp, StepAgain:
	}
	return w.hangUp(b, i, CallDone)
}

// shopLeaves: the shop hangs up while the visitor is dialled; the action comes all the same.
func (w *walk) shopLeaves(a world, i int) world {
	v := a.visitorCall()
	if v < 0 {
		return a
	}
	talked, visitor := a.calls[v].answered, a.calls[v].leg
	leg := a.calls[i].leg
	a = w.hangUp(a, i, CallDone)
	status := CallCanceled
	if talked {
		status = CallDone
	}
	return w.apply(a, Event{Kind: Dialled, Leg: leg, SID: "CA" + leg, Visitor: visitor, Status: status, Bridged: talked, ShopGone: true})
}

func (a world) visitorCall() int {
	return slices.IndexFunc(a.calls, func(c call) bool { return c.role == VisitorLeg })
}

func (w *walk) visitorProgress(a world, i int) []world {
	c := a.calls[i]
	var out []world
	if !c.answered {
		b := a.clone()
		b.calls[i].answered = true
		w.send(&b, Event{Kind: LegStatus, Leg: c.leg, SID: "CA" + c.leg, Status: CallAnswered, Seq: 2})
		out = append(out, b)
		for _, end := range []CallStatus{CallBusy, CallNoAnswer, CallFailed} {
			out = append(out, w.visitEnds(a, i, end)...)
		}
		return out
	}
	return w.visitEnds(a, i, CallDone)
}

// visitEnds: the dialled leg ends, and the Dial action reports it, or is lost.
func (w *walk) visitEnds(a world, i int, how CallStatus) []world {
	c := a.calls[i]
	lost := w.hangUp(a, i, how)
	ev := Event{Kind: Dialled, Leg: a.dialing, SID: "CA" + a.dialing, Visitor: c.leg, Status: how, Bridged: how == CallDone}
	if how == CallFailed {
		ev.Refusal, ev.Code = NumberBad, 13224
	}
	told := w.apply(lost, ev)
	for _, b := range []*world{&lost, &told} {
		s := slices.IndexFunc(b.calls, func(c call) bool { return c.leg == b.dialing })
		*b = w.hangUp(*b, s, CallDone)
	}
	return []world{told, lost}
}
