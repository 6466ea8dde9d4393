package callback_test

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"ringback/server/callback"
	"ringback/server/callback/callbacktest"
)

// shared is a value that a test changes while others look at it.
type shared[T any] struct {
	mu sync.Mutex
	v  T
}

func (s *shared[T]) get() T {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.v
}

func (s *shared[T]) set(v T) { s.change(func(old *T) { *old = v }) }

func (s *shared[T]) change(f func(v *T)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f(&s.v)
}

// shop is an engine on a store in memory, with an exchange for a carrier. It can be
// pulled out of the wall and started again.
type shop struct {
	t        *testing.T
	store    *gate
	running  atomic.Pointer[callback.Engine]
	carrier  callback.Carrier
	exchange *exchange
	rules    shared[callback.Rules]
	skew     atomic.Int64 // the computer's clock against the bubble's, in nanoseconds
	stop     context.CancelFunc
	ended    chan struct{}
	told     shared[[]callback.Notice]
	log      io.Writer // from the next start on; nil: nobody reads it
}

func newShop(t *testing.T) *shop {
	s := &shop{t: t, store: &gate{Store: callbacktest.NewFake()}}
	s.rules.set(plainRules())
	s.exchange = &exchange{shop: s, calls: map[string]*phoneCall{}, made: map[string]int{}}
	s.exchange.person.set(pressOne)
	s.carrier = s.exchange
	s.start()
	t.Cleanup(func() { // a bubble must not end before its goroutines
		s.crash()
		s.exchange.endAll()
		time.Sleep(time.Minute)
	})
	return s
}

func plainRules() callback.Rules {
	return callback.Rules{
		Business: "Ann's Bakery", Language: "en", Open: true, Line: 1, Talk: time.Hour, RingVisitor: 30 * time.Second,
		Phones: []callback.Phone{{Label: "Counter", Number: "+12125550101", Ring: 20 * time.Second}, {Label: "Mobile", Number: "+12125550102", Ring: 20 * time.Second}},
		TextTo: []string{"+12125550101"}, Retry: callback.Plan{Attempts: 2, After: []time.Duration{5 * time.Minute}},
		RetryVisitor: callback.Plan{Attempts: 1}, From: "+12125550100", Base: "http://practice.invalid",
		Account: "AC1", Carrier: "exchange", Zone: time.UTC,
	}
}

func (s *shop) now() time.Time { return time.Now().Add(time.Duration(s.skew.Load())) }

// start makes a new engine on what the store kept.
func (s *shop) start() {
	life := s.store.newLife()
	e := &callback.Engine{
		Store: life, Carrier: s.carrier, Now: s.now, Notifier: s,
		Rules: func(time.Time) callback.Rules { return s.rules.get() },
		Log:   slog.New(slog.DiscardHandler),
	}
	if s.log != nil {
		e.Log = slog.New(slog.NewTextHandler(s.log, nil))
	}
	s.run(e)
}

func (s *shop) engine() *callback.Engine { return s.running.Load() }

// crash is kill -9: what was not committed by now never happened.
func (s *shop) crash() {
	s.store.kill()
	s.stop()
	<-s.ended
}

func (s *shop) Notify(_ context.Context, n callback.Notice) error {
	s.told.change(func(told *[]callback.Notice) { *told = append(*told, n) })
	return nil
}

func (s *shop) ask(number string) (callback.Standing, error) {
	return s.engine().Submit(context.Background(), callback.Ask{Number: number, Name: "Jane Doe", Message: "rye bread?",
		Language: "en", Consent: callback.Consent{Kind: "notice"}, Trace: "t1"})
}

func (s *shop) mustAsk(number string) callback.Standing {
	s.t.Helper()
	r, err := s.ask(number)
	if err != nil {
		s.t.Fatalf("ask: %v", err)
	}
	return r
}

func (s *shop) request(id int64) (r callback.Request) {
	err := s.store.View(context.Background(), func(v callback.Reader) (err error) {
		r, err = v.Request(id)
		return err
	})
	if err != nil {
		panic(err)
	}
	return r
}

func (s *shop) all() (rs []callback.Request) {
	_ = s.store.View(context.Background(), func(v callback.Reader) error {
		for id := int64(1); ; id++ {
			r, err := v.Request(id)
			if err != nil {
				return nil
			}
			rs = append(rs, r)
		}
	})
	return rs
}

// wantStatus waits until all is quiet and compares.
func (s *shop) wantStatus(id int64, want callback.Status) callback.Request {
	s.t.Helper()
	synctest.Wait()
	r := s.request(id)
	if r.Status != want {
		s.t.Fatalf("status is %s (%s), want %s", r.Status, r.Reason, want)
	}
	return r
}

// gate lets only the present life of the program reach the store.
type gate struct {
	callback.Store
	mu   sync.Mutex
	life int
	slow atomic.Int64 // how long after it has read a View returns
	full atomic.Bool  // nothing can be saved; where nothing is written, nothing is wrong
}

var errDead = errors.New("this process is dead")

func (g *gate) newLife() callback.Store {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.life++
	return &life{gate: g, n: g.life}
}

func (g *gate) kill() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.life++
}

type life struct {
	*gate
	n int
}

func (l *life) alive() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.n == l.life
}

func (l *life) View(ctx context.Context, f func(callback.Reader) error) error {
	err := l.Store.View(ctx, f)
	time.Sleep(time.Duration(l.slow.Load()))
	return err
}

func (l *life) Update(ctx context.Context, f func(callback.Tx) error) error {
	return l.Store.Update(ctx, func(tx callback.Tx) error {
		if !l.alive() {
			return errDead
		}
		w := &written{Tx: tx}
		if err := f(w); err != nil {
			return err
		}
		if w.any && l.full.Load() {
			return fmt.Errorf("commit: %w: no space left on device", callback.ErrNotSaved)
		}
		return nil
	})
}

// written is a transaction that knows whether anything was written in it.
type written struct {
	callback.Tx
	any bool
}

func (w *written) Save(r callback.Request) error {
	w.any = true
	return w.Tx.Save(r)
}

func (w *written) Insert(r callback.Request) (int64, error) {
	w.any = true
	return w.Tx.Insert(r)
}

func (w *written) SaveEffect(e callback.Effect) error {
	w.any = true
	return w.Tx.SaveEffect(e)
}

// exchange is a carrier that really knows which calls were made, and misbehaves as it
// is told to.
type exchange struct {
	shop      *shop
	mu        sync.Mutex
	calls     map[string]*phoneCall // by SID
	order     []string
	made      map[string]int // how often each leg was rung
	texts     []string       // ids of those that it took
	words     []string       // of the owner's among them
	sids      int
	person    shared[func(x *exchange, c *phoneCall)]   // plays the shop's phone
	fault     shared[func(point, number string) string] // what goes wrong at a point; nil: nothing
	price     int64                                     // of each call and text
	currency  string                                    // empty: it tells no price
	beforeEnd shared[func()]                            // holds up the end of a shop's call whose answer said to hang up; nil: nothing does
	both      int                                       // most live calls to one visitor at once
	known     []string                                  // what the last search left out
	asked     int                                       // how often it was asked or searched
}

type phoneCall struct {
	sid, leg, to string
	status       callback.CallStatus
	ended        chan struct{}
	answered     bool
	visitor      *phoneCall
}

func (x *exchange) Name() string { return "exchange" }

func (x *exchange) wrong(point, number string) string {
	fault := x.fault.get()
	if fault == nil {
		return ""
	}
	return fault(point, number)
}

func (x *exchange) Call(_ context.Context, c callback.Call) (string, error) {
	switch x.wrong("call", c.To) {
	case "lost before":
		time.Sleep(10 * time.Second)
		return "", errors.New("timeout")
	case "refused":
		return "", &callback.CarrierError{Refusal: callback.NumberBad, Code: 21211}
	case "down":
		return "", &callback.CarrierError{Refusal: callback.CarrierDown}
	case "lost after":
		x.ring(c)
		time.Sleep(10 * time.Second)
		return "", errors.New("timeout")
	}
	return x.ring(c).sid, nil
}

func (x *exchange) ring(c callback.Call) *phoneCall {
	call := x.add(c.Leg, c.To)
	go x.person.get()(x, call)
	return call
}

func (x *exchange) add(leg, to string) *phoneCall {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.sids++
	call := &phoneCall{sid: fmt.Sprintf("CA%d", x.sids), leg: leg, to: to, status: callback.CallRinging, ended: make(chan struct{})}
	x.calls[call.sid] = call
	x.order = append(x.order, call.sid)
	x.made[leg]++
	live := 0
	for _, o := range x.calls {
		if o.to == to && !o.status.Ended() {
			live++
		}
	}
	if !strings.HasPrefix(to, "+1212555010") { // the shop's own phones
		x.both = max(x.both, live)
	}
	return call
}

func (x *exchange) HangUp(_ context.Context, sid string) error {
	if x.wrong("hang up", sid) == "down" {
		return errors.New("timeout")
	}
	x.mu.Lock()
	c := x.calls[sid]
	x.mu.Unlock()
	if c != nil {
		x.end(c, callback.CallDone)
	}
	return nil
}

func (x *exchange) Ask(_ context.Context, sid string) (callback.Report, error) {
	if x.wrong("ask", sid) == "down" {
		return callback.Report{}, errors.New("timeout")
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.asked++
	c := x.calls[sid]
	if c == nil {
		return callback.Report{}, callback.ErrNotFound
	}
	r := c.report()
	if r.Status.Ended() {
		r.Price, r.Currency = x.price, x.currency
	}
	return r, nil
}

func (c *phoneCall) report() callback.Report {
	r := callback.Report{SID: c.sid, Status: c.status}
	if c.answered && c.status.Ended() {
		r.Talked = time.Second
	}
	return r
}

func (x *exchange) Find(_ context.Context, c callback.Call, since time.Time, known []string) (callback.Report, error) {
	switch x.wrong("find", c.To) {
	case "down":
		return callback.Report{}, errors.New("timeout")
	case "lags":
		return callback.Report{}, callback.ErrNotFound
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.asked++
	x.known = known
	for _, sid := range x.order {
		if o := x.calls[sid]; o.leg == c.Leg && !slices.Contains(known, sid) {
			return o.report(), nil
		}
	}
	return callback.Report{}, callback.ErrNotFound
}

func (x *exchange) Text(_ context.Context, m callback.Message) (string, error) {
	switch x.wrong("text", m.To) {
	case "lost before":
		return "", errors.New("timeout")
	case "refused":
		return "", &callback.CarrierError{Refusal: callback.Unreachable, Code: 30003}
	case "down":
		return "", &callback.CarrierError{Refusal: callback.CarrierDown}
	case "lost after":
		x.sent(m)
		return "", errors.New("timeout")
	case "slow":
		time.Sleep(10 * time.Second)
	}
	return x.sent(m), nil
}

func (x *exchange) sent(m callback.Message) string {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.texts = append(x.texts, m.Text)
	if m.Words != "" {
		x.words = append(x.words, m.To+" "+m.Words)
	}
	return "SM" + m.Text
}

func (x *exchange) AskText(_ context.Context, sid string) (callback.TextReport, error) {
	switch x.wrong("ask text", sid) {
	case "down":
		return callback.TextReport{}, errors.New("timeout")
	case "undelivered":
		return callback.TextReport{Status: callback.TextLost, Code: 30003}, nil
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	return callback.TextReport{Status: callback.TextDelivered, Price: x.price, Currency: x.currency}, nil
}

func (x *exchange) FindText(_ context.Context, m callback.Message, _ time.Time) (string, error) {
	if x.wrong("find text", m.To) == "down" {
		return "", errors.New("timeout")
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if slices.Contains(x.texts, m.Text) {
		return "SM" + m.Text, nil
	}
	return "", callback.ErrNotFound
}

// end ends a call once, and what it dials with it.
func (x *exchange) end(c *phoneCall, how callback.CallStatus) {
	x.mu.Lock()
	if c.status.Ended() {
		x.mu.Unlock()
		return
	}
	c.status = how
	close(c.ended)
	visitor := c.visitor
	x.mu.Unlock()
	x.report(c, how, 3)
	if visitor != nil {
		x.end(visitor, callback.CallCanceled)
	}
}

func (x *exchange) endAll() {
	x.mu.Lock()
	calls := slices.Collect(maps.Values(x.calls))
	x.mu.Unlock()
	for _, c := range calls {
		x.end(c, callback.CallDone)
	}
}

// attempts is how often each leg was rung.
func (x *exchange) attempts() map[string]int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return maps.Clone(x.made)
}

// all are the calls as they stand, oldest first.
func (x *exchange) all() (calls []phoneCall) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, sid := range x.order {
		calls = append(calls, *x.calls[sid])
	}
	return calls
}

func (x *exchange) atOnce() int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.both
}

// report is a status callback: it may be lost, or come late, or twice.
func (x *exchange) report(c *phoneCall, s callback.CallStatus, seq int) {
	ev := callback.Event{Kind: callback.LegStatus, Leg: c.leg, SID: c.sid, Status: s, Seq: seq, Account: "AC1",
		Once: []string{fmt.Sprintf("%s|%s|%d", c.sid, s, seq)}}
	deliver := func() { _, _ = x.shop.engine().Handle(context.Background(), ev) }
	switch x.wrong("callback", c.to+string(s)) {
	case "lost":
	case "late":
		time.AfterFunc(7*time.Second, deliver)
	case "twice":
		go deliver()
		time.AfterFunc(time.Second, deliver)
	default:
		go deliver()
	}
}

// say delivers a webhook that wants a step; a lost one ends the call, as it does at
// the carrier.
func (x *exchange) say(c *phoneCall, ev callback.Event) (callback.Step, bool) {
	ev.Leg, ev.SID, ev.Account = c.leg, c.sid, "AC1"
	ev.Once = []string{fmt.Sprintf("%s|%s|%s|%d", c.leg, ev.Kind, ev.Digits, ev.Try)}
	if x.wrong("webhook", c.to+string(ev.Kind)) == "lost" {
		x.end(c, callback.CallDone)
		return callback.Step{}, false
	}
	step, err := x.shop.engine().Handle(context.Background(), ev)
	if err != nil {
		x.end(c, callback.CallDone)
		return callback.Step{}, false
	}
	return step, true
}

// picksUp answers a call that still rings.
func (x *exchange) picksUp(c *phoneCall) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	if c.status.Ended() {
		return false
	}
	c.status, c.answered = callback.CallAnswered, true
	return true
}

// answer picks up a shop phone and says whether the whisper is heard.
func (x *exchange) answer(c *phoneCall) bool {
	if !x.picksUp(c) {
		return false
	}
	x.report(c, callback.CallAnswered, 2)
	step, ok := x.say(c, callback.Event{Kind: callback.Answered, Try: 1})
	if !ok || step.Kind != callback.StepWhisper {
		x.end(c, callback.CallDone)
		return false
	}
	return true
}

// press presses a key and does what the answer says; talk is how long a joined visitor
// talks, 0: the visitor does not pick up.
func (x *exchange) press(c *phoneCall, digits string, talk time.Duration) {
	step, ok := x.say(c, callback.Event{Kind: callback.Key, Digits: digits, Try: callback.Whispers})
	for ok && step.Kind == callback.StepHold && x.wait(c, time.Second) {
		step, ok = x.say(c, callback.Event{Kind: callback.Join, Try: step.Try})
	}
	if !ok || step.Kind != callback.StepConnect {
		if wait := x.beforeEnd.get(); wait != nil {
			wait()
		}
		x.end(c, callback.CallDone)
		return
	}
	v := x.add(step.Visitor, step.To)
	x.mu.Lock()
	c.visitor = v
	x.mu.Unlock()
	x.report(v, callback.CallRinging, 1)
	if !x.wait(v, 4*time.Second) {
		x.dialEnds(c, v, callback.CallCanceled, false)
		return
	}
	if talk == 0 || !x.picksUp(v) {
		x.end(v, callback.CallNoAnswer)
		x.dialEnds(c, v, callback.CallNoAnswer, false)
		return
	}
	x.report(v, callback.CallAnswered, 2)
	x.wait(v, talk)
	x.end(v, callback.CallDone)
	x.dialEnds(c, v, callback.CallDone, true)
}

// wait waits while the call is live and says whether it still is.
func (x *exchange) wait(c *phoneCall, d time.Duration) bool {
	select {
	case <-c.ended:
		return false
	case <-time.After(d):
		return true
	}
}

// dialEnds is the Dial action: it comes also when the shop has hung up.
func (x *exchange) dialEnds(c, v *phoneCall, how callback.CallStatus, bridged bool) {
	x.mu.Lock()
	gone := c.status.Ended()
	x.mu.Unlock()
	x.say(c, callback.Event{Kind: callback.Dialled, Visitor: v.leg, Status: how, Bridged: bridged, ShopGone: gone})
	x.end(c, callback.CallDone)
}

// pressOne answers after 2 s, presses 1 after 2 more, and the visitor talks for 5 s.
func pressOne(x *exchange, c *phoneCall) {
	x.report(c, callback.CallRinging, 1)
	if x.wait(c, 2*time.Second) && x.answer(c) && x.wait(c, 2*time.Second) {
		x.press(c, "1", 5*time.Second)
	}
}

// nobody lets it ring.
func nobody(x *exchange, c *phoneCall) {
	if x.wait(c, 20*time.Second) {
		x.end(c, callback.CallNoAnswer)
	}
}

func (x *exchange) call(sid string) *phoneCall {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.calls[sid]
}

func (x *exchange) questions() int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.asked
}

func (x *exchange) leftOut() []string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.known
}

func (x *exchange) sentTexts() []string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return slices.Clone(x.texts)
}

// timesSent is how often each text was sent.
func (x *exchange) timesSent() map[string]int {
	x.mu.Lock()
	defer x.mu.Unlock()
	sent := map[string]int{}
	for _, id := range x.texts {
		sent[id]++
	}
	return sent
}

func (x *exchange) shopTexts() (n int) {
	x.mu.Lock()
	defer x.mu.Unlock()
	return len(x.texts)
}

// bubble runs f with a shop whose clock is the test's.
func bubble(t *testing.T, f func(s *shop)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { f(newShop(t)) })
}

func TestAPressedOneJoinsThem(t *testing.T) {
	bubble(t, func(s *shop) {
		r := s.mustAsk("+12125550123")
		s.wantStatus(r.ID, callback.Calling)
		time.Sleep(5 * time.Second)
		s.wantStatus(r.ID, callback.Connecting)
		time.Sleep(5 * time.Second)
		s.wantStatus(r.ID, callback.Connected)
		time.Sleep(6 * time.Second)
		got := s.wantStatus(r.ID, callback.Completed)
		if got.Accepted != "Counter" || got.TalkTo.Sub(got.TalkFrom) < 4*time.Second {
			t.Errorf("accepted by %q, talked %v", got.Accepted, got.TalkTo.Sub(got.TalkFrom))
		}
	})
}

func TestNobodyAtTheShop(t *testing.T) {
	bubble(t, func(s *shop) {
		s.exchange.person.set(nobody)
		r := s.mustAsk("+12125550123")
		time.Sleep(time.Minute)
		got := s.wantStatus(r.ID, callback.Scheduled)
		if s.exchange.shopTexts() != 1 || got.Reason != callback.NextRound {
			t.Errorf("%d texts, reason %s: want one text after the first round, then the next round", s.exchange.shopTexts(), got.Reason)
		}
		time.Sleep(6 * time.Minute)
		got = s.wantStatus(r.ID, callback.SMSSent)
		if got.Rounds != 2 || len(s.exchange.attempts()) != 4 {
			t.Errorf("%d rounds, %d attempts, want 2 and 4", got.Rounds, len(s.exchange.attempts()))
		}
		if n := s.exchange.shopTexts(); n != 2 { // one to the shop, one to the visitor after the last round
			t.Errorf("%d texts, want 2", n)
		}
	})
}

func TestTheSecondCallerWaitsInLine(t *testing.T) {
	bubble(t, func(s *shop) {
		a, b := s.mustAsk("+12125550123"), s.mustAsk("+12125550124")
		if b.Status != callback.Pending || b.Place != 1 || b.Ahead != 1 {
			t.Errorf("the second is %s, place %d behind %d, want pending, place 1 behind 1", b.Status, b.Place, b.Ahead)
		}
		time.Sleep(14 * time.Second)
		s.wantStatus(a.ID, callback.Completed)
		s.wantStatus(b.ID, callback.Calling)
	})
}

func TestASecondWishForANumberFollowsTheFirst(t *testing.T) {
	bubble(t, func(s *shop) {
		a, b := s.mustAsk("+12125550123"), s.mustAsk("+12125550123")
		if a.PublicID == b.PublicID || b.Follows != a.ID {
			t.Fatalf("b follows %d under the id of a: %v, want its own id following %d", b.Follows, a.PublicID == b.PublicID, a.ID)
		}
		time.Sleep(5 * time.Second)
		s.wantStatus(b.ID, callback.Connecting)
		if _, err := s.engine().Withdraw(context.Background(), b.PublicID, ""); err != nil {
			t.Fatal(err)
		}
		s.wantStatus(b.ID, callback.Cancelled)
		s.wantStatus(a.ID, callback.Connecting)
		time.Sleep(20 * time.Second)
		s.wantStatus(a.ID, callback.Completed)
		s.wantStatus(b.ID, callback.Cancelled)
		if n := len(s.exchange.all()); n != 2 {
			t.Errorf("%d calls, want the shop's and the visitor's", n)
		}
	})
}

func TestTheFirstWishIsWithdrawnAndTheSecondStays(t *testing.T) {
	bubble(t, func(s *shop) {
		s.mustAsk("+12125550199") // takes the line
		a, b := s.mustAsk("+12125550123"), s.mustAsk("+12125550123")
		if _, err := s.engine().Withdraw(context.Background(), a.PublicID, ""); err != nil {
			t.Fatal(err)
		}
		s.wantStatus(a.ID, callback.Cancelled)
		s.wantStatus(b.ID, callback.Pending)
		time.Sleep(time.Minute)
		s.wantStatus(b.ID, callback.Completed)
	})
}

// It was saved without a status before it was asked for anew, and /metrics counted that.
func TestTheSecondWishComesToNoStatusThatIsNone(t *testing.T) {
	bubble(t, func(s *shop) {
		var seen shared[[]callback.Moved]
		synctest.Wait()
		s.engine().Watch = func(m callback.Moved) {
			seen.change(func(all *[]callback.Moved) { *all = append(*all, m) })
		}
		s.mustAsk("+12125550199") // takes the line
		a, b := s.mustAsk("+12125550123"), s.mustAsk("+12125550123")
		if _, err := s.engine().Withdraw(context.Background(), a.PublicID, ""); err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, m := range seen.get() {
			if !slices.Contains(callback.Statuses, m.Request.Status) {
				t.Errorf("request %d came to %q", m.Request.ID, m.Request.Status)
			}
			if m.Request.ID == b.ID {
				n++
			}
		}
		if n != 1 {
			t.Errorf("the second wish came %d times to a status, want once: to pending, where it stays", n)
		}
	})
}

func TestACancelEndsTheRinging(t *testing.T) {
	bubble(t, func(s *shop) {
		s.exchange.person.set(nobody)
		r := s.mustAsk("+12125550123")
		time.Sleep(time.Second)
		if _, err := s.engine().Withdraw(context.Background(), r.PublicID, ""); err != nil {
			t.Fatal(err)
		}
		s.wantStatus(r.ID, callback.Cancelled)
		time.Sleep(time.Second)
		for _, c := range s.exchange.all() {
			if !c.status.Ended() {
				t.Errorf("%s still rings", c.to)
			}
		}
	})
}

func TestACancelIsRefusedWhileTheyTalk(t *testing.T) {
	bubble(t, func(s *shop) {
		r := s.mustAsk("+12125550123")
		time.Sleep(10 * time.Second)
		s.wantStatus(r.ID, callback.Connected)
		var refused *callback.Error
		if _, err := s.engine().Withdraw(context.Background(), r.PublicID, ""); !errors.As(err, &refused) || refused.Code != callback.TooLate {
			t.Errorf("cancel says %v, want %s", err, callback.TooLate)
		}
	})
}

// The commit that marks a call as started comes before the call. Without it this test
// fails: after the crash nothing would tell that the shop had been rung.
func TestACrashAfterTheCarrierTookTheCallDoesNotRingTwice(t *testing.T) {
	bubble(t, func(s *shop) {
		s.exchange.fault.set(func(point, _ string) string {
			if point == "call" {
				return "lost after"
			}
			return ""
		})
		s.exchange.person.set(nobody)
		r := s.mustAsk("+12125550123")
		synctest.Wait() // the call is made, its answer on the way
		s.crash()
		s.exchange.fault.set(nil)
		s.start()
		time.Sleep(30 * time.Second)
		for leg, n := range s.exchange.attempts() {
			if n != 1 {
				t.Errorf("attempt %s was rung %d times", leg, n)
			}
		}
		got := s.request(r.ID)
		if got.Legs[0].SID == "" {
			t.Error("the first attempt's call was never found")
		}
	})
}

func TestACallThatWasNeverMadeIsMadeAfterThreeLooks(t *testing.T) {
	bubble(t, func(s *shop) {
		var lost atomic.Bool
		s.exchange.fault.set(func(point, _ string) string {
			if point == "call" && lost.CompareAndSwap(false, true) {
				return "lost before"
			}
			return ""
		})
		r := s.mustAsk("+12125550123")
		time.Sleep(20 * time.Second)
		if n := len(s.exchange.attempts()); n != 0 {
			t.Fatalf("rung %d times before the third look", n)
		}
		time.Sleep(30 * time.Second)
		s.wantStatus(r.ID, callback.Completed)
	})
}

// The carrier answers questions, but each call is lost on its way to it.
func TestAWishForNowGoesStaleWhileEachCallIsLost(t *testing.T) {
	for name, atOnce := range map[string]bool{"in turn": false, "at once": true} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(s *shop) {
				s.rules.change(func(r *callback.Rules) { r.AtOnce = atOnce })
				s.exchange.fault.set(goesWrong(map[string]string{"call": "lost before"}))
				r := s.mustAsk("+12125550123")
				time.Sleep(17 * time.Minute)
				got := s.wantStatus(r.ID, callback.Missed)
				if got.Reason != callback.Stale || s.exchange.shopTexts() != 1 {
					t.Errorf("reason %s, %d texts", got.Reason, s.exchange.shopTexts())
				}
			})
		})
	}
}

func TestAWishForNowGoesStaleWhileTheCarrierIsDown(t *testing.T) {
	bubble(t, func(s *shop) {
		s.exchange.fault.set(func(point, _ string) string {
			if point == "call" {
				return "down"
			}
			return ""
		})
		r := s.mustAsk("+12125550123")
		time.Sleep(14 * time.Minute)
		s.wantStatus(r.ID, callback.Pending)
		time.Sleep(2 * time.Minute)
		if got := s.wantStatus(r.ID, callback.Missed); got.Reason != callback.Stale {
			t.Errorf("reason %s, want stale", got.Reason)
		}
		if n := s.exchange.shopTexts(); n != 1 {
			t.Errorf("%d texts, want one to the shop", n)
		}
	})
}

func TestWaitingBehindACallIsNoReasonToGoStale(t *testing.T) {
	bubble(t, func(s *shop) {
		s.exchange.person.set(func(x *exchange, c *phoneCall) {
			if x.answer(c) {
				x.press(c, "1", 40*time.Minute)
			}
		})
		s.mustAsk("+12125550199")
		b := s.mustAsk("+12125550123")
		time.Sleep(41 * time.Minute)
		s.wantStatus(b.ID, callback.Connected)
	})
}

func TestNobodyIsRungOutOfTheBlueAfterASleep(t *testing.T) {
	bubble(t, func(s *shop) {
		s.exchange.person.set(nobody)
		s.mustAsk("+12125550199")
		b := s.mustAsk("+12125550123")
		synctest.Wait()
		s.skew.Add(int64(time.Hour))
		time.Sleep(30 * time.Second)
		if got := s.wantStatus(b.ID, callback.Missed); got.Reason != callback.Stale {
			t.Errorf("reason %s, want stale", got.Reason)
		}
	})
}

func TestATimeThatIsSleptThroughIsMissed(t *testing.T) {
	for name, through := range map[string]func(s *shop, d time.Duration){
		"the computer sleeps": func(s *shop, d time.Duration) { s.skew.Add(int64(d)) },
		"the program is off": func(s *shop, d time.Duration) {
			s.crash()
			time.Sleep(d)
			s.start()
		},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(s *shop) {
				chosen := s.now().Add(time.Hour)
				r, err := s.engine().Submit(context.Background(), callback.Ask{Number: "+12125550123", PreferredAt: chosen})
				if err != nil {
					t.Fatal(err)
				}
				through(s, 10*time.Hour)
				time.Sleep(time.Minute)
				if got := s.wantStatus(r.ID, callback.Missed); got.Reason != callback.Stale || got.Rounds != 0 || s.exchange.shopTexts() != 1 {
					t.Errorf("%s after %d rounds, %d texts to the shop", got.Reason, got.Rounds, s.exchange.shopTexts())
				}
			})
		})
	}
}

func TestTheDaysCallsAreSpent(t *testing.T) {
	bubble(t, func(s *shop) {
		s.rules.change(func(r *callback.Rules) { r.CallsDay = 3 })
		a := s.mustAsk("+12125550123")
		time.Sleep(20 * time.Second)
		s.wantStatus(a.ID, callback.Completed)
		b := s.mustAsk("+12125550124")
		if b.Reason != callback.Budget || b.Status != callback.Missed {
			t.Errorf("the next is %s (%s), want missed at once (budget): one leg is left, a call needs two", b.Status, b.Reason)
		}
		time.Sleep(time.Second)
		s.wantStatus(b.ID, callback.SMSSent)
		if n := len(s.exchange.all()); n != 2 {
			t.Errorf("%d calls were made, the limit is 3 legs", n)
		}
		time.Sleep(24 * time.Hour)
		c := s.mustAsk("+12125550125")
		s.wantStatus(c.ID, callback.Calling)
	})
}

func TestTheDaysTextsAreSpent(t *testing.T) {
	bubble(t, func(s *shop) {
		s.rules.change(func(r *callback.Rules) { r.TextsDay, r.Retry = 1, callback.Plan{Attempts: 1} })
		s.exchange.person.set(nobody)
		a := s.mustAsk("+12125550123")
		time.Sleep(time.Minute)
		s.wantStatus(a.ID, callback.SMSSent)
		b := s.mustAsk("+12125550124")
		time.Sleep(time.Minute)
		s.wantStatus(b.ID, callback.Missed)
		if n := s.exchange.shopTexts(); n != 1 {
			t.Errorf("%d texts, the limit is 1", n)
		}
	})
}

func TestKeys(t *testing.T) {
	for key, want := range map[string]callback.Status{"2": callback.Scheduled, "3": callback.SMSSent} {
		t.Run("key "+key, func(t *testing.T) {
			bubble(t, func(s *shop) {
				s.exchange.person.set(func(x *exchange, c *phoneCall) {
					if x.answer(c) {
						x.press(c, key, 0)
					}
				})
				r := s.mustAsk("+12125550123")
				time.Sleep(5 * time.Second)
				got := s.wantStatus(r.ID, want)
				if key == "2" && got.DueAt.Sub(got.AskedAt).Round(time.Minute) != 15*time.Minute {
					t.Errorf("due %v after asking, want 15 min", got.DueAt.Sub(got.AskedAt))
				}
			})
		})
	}
}

func TestARepeatedWebhookGetsTheAnswerItGot(t *testing.T) {
	bubble(t, func(s *shop) {
		s.exchange.person.set(func(x *exchange, c *phoneCall) { x.answer(c) })
		s.mustAsk("+12125550123")
		time.Sleep(time.Second)
		c := s.exchange.all()[0]
		ev := callback.Event{Kind: callback.Key, Leg: c.leg, SID: c.sid, Digits: "1", Try: 1, Once: []string{"key"}}
		first, err := s.engine().Handle(context.Background(), ev)
		if err != nil || first.Kind != callback.StepConnect {
			t.Fatalf("key 1 gives %v, %v", first.Kind, err)
		}
		second, err := s.engine().Handle(context.Background(), ev)
		if err != nil || second != first {
			t.Errorf("the repeat gives %+v, %v, want the same dial of the same leg", second, err)
		}
	})
}

func TestAWebhookOfAnotherCallChangesNothing(t *testing.T) {
	bubble(t, func(s *shop) {
		s.exchange.person.set(nobody)
		r := s.mustAsk("+12125550123")
		time.Sleep(time.Second)
		leg := s.request(r.ID).Legs[0].ID
		before := s.request(r.ID)
		for name, ev := range map[string]callback.Event{
			"another SID":     {Kind: callback.LegStatus, Leg: leg, SID: "CA999", Status: callback.CallDone},
			"another account": {Kind: callback.LegStatus, Leg: leg, SID: "CA1", Account: "AC2", Status: callback.CallDone},
		} {
			if _, err := s.engine().Handle(context.Background(), ev); !errors.Is(err, callback.ErrForeign) {
				t.Errorf("%s: %v, want ErrForeign", name, err)
			}
		}
		if after := s.request(r.ID); after.Status != before.Status || after.Legs[0].Status != before.Legs[0].Status {
			t.Errorf("it moved to %s, %s", after.Status, after.Legs[0].Status)
		}
	})
}

func TestAfterARestartTheCarrierIsAskedAtOnce(t *testing.T) {
	for name, pause := range map[string]func(s *shop){
		"a restart": func(s *shop) { s.crash(); s.exchange.endAll(); s.start() },
		"a sleep":   func(s *shop) { s.exchange.endAll(); s.skew.Add(int64(10 * time.Minute)); time.Sleep(16 * time.Second) },
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(s *shop) {
				s.exchange.person.set(func(x *exchange, c *phoneCall) {
					if x.answer(c) {
						x.press(c, "1", time.Hour)
					}
				})
				r := s.mustAsk("+12125550123")
				time.Sleep(10 * time.Second)
				s.wantStatus(r.ID, callback.Connected)
				// Every report of the end is lost with the program.
				s.exchange.fault.set(func(point, _ string) string {
					if point == "callback" || point == "webhook" {
						return "lost"
					}
					return ""
				})
				pause(s)
				time.Sleep(time.Second)
				s.wantStatus(r.ID, callback.Completed)
			})
		})
	}
}

func TestCallNowOvertakesTheLineAndRingsBesideACall(t *testing.T) {
	bubble(t, func(s *shop) {
		s.exchange.person.set(nobody)
		a := s.mustAsk("+12125550123")
		b, c := s.mustAsk("+12125550124"), s.mustAsk("+12125550125")
		if err := s.engine().Owner(context.Background(), c.ID, callback.Event{Kind: callback.CallNow}); err != nil {
			t.Fatal(err)
		}
		s.wantStatus(a.ID, callback.Calling)
		s.wantStatus(b.ID, callback.Pending)
		s.wantStatus(c.ID, callback.Calling)
	})
}

func TestCallNowOnAnEndedRequestMakesANewOne(t *testing.T) {
	bubble(t, func(s *shop) {
		a := s.mustAsk("+12125550123")
		time.Sleep(time.Minute)
		s.wantStatus(a.ID, callback.Completed)
		if err := s.engine().Owner(context.Background(), a.ID, callback.Event{Kind: callback.CallNow}); err != nil {
			t.Fatal(err)
		}
		s.wantStatus(a.ID, callback.Completed)
		b := s.wantStatus(a.ID+1, callback.Calling)
		if b.From != a.ID || b.Number != a.Number {
			t.Errorf("the new one comes from %d", b.From)
		}
	})
}

func TestAWishOfTheOwnersForAFollowerIsForTheOneItFollows(t *testing.T) {
	bubble(t, func(s *shop) {
		s.mustAsk("+12125550199") // takes the line
		a, b := s.mustAsk("+12125550123"), s.mustAsk("+12125550123")
		if err := s.engine().Owner(context.Background(), b.ID, callback.Event{Kind: callback.TickOff}); err != nil {
			t.Fatal(err)
		}
		s.wantStatus(a.ID, callback.Cancelled)
		s.wantStatus(b.ID, callback.Cancelled)
	})
}

// bars bars a number without the engine, as if it had crashed between two commits.
func (s *shop) bars(number string, why callback.Bar) {
	s.t.Helper()
	err := s.store.Update(context.Background(), func(tx callback.Tx) error { return tx.Bar(number, why, s.now()) })
	if err != nil {
		s.t.Fatal(err)
	}
}

func TestABarredNumberIsNotRung(t *testing.T) {
	for _, why := range []callback.Bar{callback.BarBlock, callback.BarOptOut} {
		t.Run(string(why), func(t *testing.T) {
			bubble(t, func(s *shop) {
				s.mustAsk("+12125550199") // takes the line
				r := s.mustAsk("+12125550123")
				s.bars("+12125550123", why)
				time.Sleep(time.Minute)
				s.wantStatus(r.ID, callback.Cancelled)
				if n := len(s.exchange.all()); n != 2 {
					t.Errorf("%d calls, want only those of the other request", n)
				}
			})
		})
	}
}

func TestABlockedNumberCanNotAsk(t *testing.T) {
	bubble(t, func(s *shop) {
		s.bars("+12125550123", callback.BarBlock)
		var refused *callback.Error
		if _, err := s.ask("+12125550123"); !errors.As(err, &refused) || refused.Code != callback.NumberBlocked {
			t.Errorf("the post is answered %v", err)
		}
	})
}

// otherCarrier is the exchange under another name: another account, say.
type otherCarrier struct{ *exchange }

func (otherCarrier) Name() string { return "other" }

func TestAnEffectOfAnotherCarriersIsNeverRun(t *testing.T) {
	bubble(t, func(s *shop) {
		s.exchange.fault.set(func(point, _ string) string {
			if point == "call" {
				return "lost after"
			}
			return ""
		})
		s.exchange.person.set(nobody)
		r := s.mustAsk("+12125550123")
		synctest.Wait()
		s.crash()
		s.exchange.fault.set(nil)
		s.carrier = otherCarrier{s.exchange}
		s.rules.change(func(r *callback.Rules) { r.Carrier = "other" })
		s.start()
		time.Sleep(5 * time.Second)
		got := s.request(r.ID)
		if len(got.Legs) < 2 || !got.Legs[0].Status.Ended() || got.Legs[0].SID != "" {
			t.Errorf("the first attempt is %+v; want it ended, never looked for, and the next phone rung", got.Legs)
		}
	})
}

func TestATextIsTriedAgainWhileTheCarrierIsDown(t *testing.T) {
	bubble(t, func(s *shop) {
		var up atomic.Bool
		s.exchange.fault.set(func(point, _ string) string {
			if point == "text" && !up.Load() {
				return "down"
			}
			return ""
		})
		s.rules.change(func(r *callback.Rules) { r.Retry = callback.Plan{Attempts: 1} })
		s.exchange.person.set(nobody)
		r := s.mustAsk("+12125550123")
		time.Sleep(50 * time.Second)
		s.wantStatus(r.ID, callback.Missed)
		up.Store(true)
		time.Sleep(time.Minute)
		s.wantStatus(r.ID, callback.SMSSent)
	})
}

func TestAHangUpIsTriedAgain(t *testing.T) {
	bubble(t, func(s *shop) {
		var tries atomic.Int32
		s.exchange.fault.set(func(point, _ string) string {
			if point == "hang up" && tries.Add(1) < 3 {
				return "down"
			}
			return ""
		})
		s.exchange.person.set(nobody)
		r := s.mustAsk("+12125550123")
		time.Sleep(time.Second)
		if _, err := s.engine().Withdraw(context.Background(), r.PublicID, ""); err != nil {
			t.Fatal(err)
		}
		time.Sleep(10 * time.Second)
		for _, c := range s.exchange.all() {
			if !c.status.Ended() {
				t.Errorf("%s still rings after %d tries", c.to, tries.Load())
			}
		}
	})
}

func TestLegsThatACallMayStillNeedAreReserved(t *testing.T) {
	bubble(t, func(s *shop) {
		s.rules.change(func(r *callback.Rules) { r.Line, r.CallsDay = 2, 3 })
		s.exchange.person.set(nobody)
		a, b := s.mustAsk("+12125550123"), s.mustAsk("+12125550124")
		s.wantStatus(a.ID, callback.Calling)
		s.wantStatus(b.ID, callback.SMSSent) // two of three legs are promised to the first
	})
}

func TestNothingIsAcceptedThatIsNotOnDisk(t *testing.T) {
	bubble(t, func(s *shop) {
		fake := s.store.Store.(*callbacktest.Fake)
		s.mustAsk("+12125550199") // the line is taken: nothing else happens meanwhile
		synctest.Wait()
		fake.FailCommit = func() error { return errors.New("no space left on device") }
		if _, err := s.ask("+12125550123"); !errors.Is(err, callback.ErrNotSaved) {
			t.Errorf("the post is answered %v, want ErrNotSaved", err)
		}
		fake.FailCommit = nil
		if n := len(s.all()); n != 1 {
			t.Errorf("%d requests are kept, want 1", n)
		}
	})
}

// The carrier's list lags: it does not show the call yet when the phone is picked up.
func TestACallThatAWebhookToldOfIsNotMadeAgain(t *testing.T) {
	bubble(t, func(s *shop) {
		var ringing atomic.Pointer[phoneCall]
		var looks atomic.Int32
		s.exchange.fault.set(func(point, _ string) string {
			switch point {
			case "call":
				return "lost after"
			case "find":
				if looks.Add(1) == 3 {
					s.exchange.answer(ringing.Load())
				}
				return "lags"
			}
			return ""
		})
		s.exchange.person.set(func(_ *exchange, c *phoneCall) { ringing.Store(c) })
		r := s.mustAsk("+12125550123")
		time.Sleep(40 * time.Second)
		s.wantStatus(r.ID, callback.Calling)
		if n := s.exchange.attempts()[ringing.Load().leg]; looks.Load() != 3 || n != 1 {
			t.Errorf("after %d looks the attempt was rung %d times", looks.Load(), n)
		}
	})
}

// The visitor takes back a wish that is on the owner's list; another one of the same
// number, from a second tab, must not ring anybody out of the blue.
func TestTheEndOfAMissedWishIsNoNewWish(t *testing.T) {
	bubble(t, func(s *shop) {
		s.rules.change(func(r *callback.Rules) { r.Retry = callback.Plan{Attempts: 1} })
		s.exchange.person.set(nobody)
		a, b, c := s.mustAsk("+12125550123"), s.mustAsk("+12125550123"), s.mustAsk("+12125550123")
		time.Sleep(time.Hour)
		s.wantStatus(a.ID, callback.SMSSent)
		if _, err := s.engine().Withdraw(context.Background(), a.PublicID, ""); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		s.wantStatus(a.ID, callback.Cancelled)
		if got := s.wantStatus(b.ID, callback.SMSSent); got.Follows != 0 {
			t.Errorf("it follows %d, want none: it stands on the owner's list itself", got.Follows)
		}
		if got := s.wantStatus(c.ID, callback.SMSSent); got.Follows != b.ID {
			t.Errorf("the third follows %d, want %d", got.Follows, b.ID)
		}
		if n := len(s.exchange.all()); n != 2 {
			t.Errorf("%d calls, want the round's two", n)
		}
	})
}

// The runner's timer stood still while the computer slept, so that a webhook can be
// handled before the runner notices: the webhook notices by itself.
func TestAWebhookRightAfterASleepRingsNobodyOutOfTheBlue(t *testing.T) {
	bubble(t, func(s *shop) {
		s.exchange.fault.set(func(point, _ string) string {
			if point == "callback" {
				return "lost"
			}
			return ""
		})
		s.exchange.person.set(func(x *exchange, c *phoneCall) {
			if x.answer(c) {
				x.press(c, "1", 40*time.Minute)
			}
		})
		s.mustAsk("+12125550199")
		b := s.mustAsk("+12125550123")
		time.Sleep(time.Minute)
		s.skew.Add(int64(time.Hour))
		s.exchange.endAll() // its Dial action is the first thing to arrive
		synctest.Wait()
		if got := s.request(b.ID); got.Rounds != 0 {
			t.Errorf("it was rung: %s", got.Status)
		}
		time.Sleep(30 * time.Second)
		if got := s.wantStatus(b.ID, callback.Missed); got.Reason != callback.Stale {
			t.Errorf("reason %s, want stale", got.Reason)
		}
	})
}

// A computer that starts with its clock ahead has it put right a moment later.
func TestAClockThatIsPutBackHoldsNobodyUp(t *testing.T) {
	for trouble, after := range map[string]time.Duration{"lost before": 11 * time.Second, "down": time.Second} {
		t.Run("the first call was "+trouble, func(t *testing.T) {
			bubble(t, func(s *shop) {
				var tries atomic.Int32
				s.exchange.fault.set(func(point, _ string) string {
					if point == "call" && tries.Add(1) == 1 {
						return trouble
					}
					return ""
				})
				r := s.mustAsk("+12125550123")
				time.Sleep(after)
				s.skew.Add(-int64(5 * time.Hour))
				time.Sleep(90 * time.Second)
				s.wantStatus(r.ID, callback.Completed)
			})
		})
	}
}

// The line is not free yet while the phone of the call before is being put down: a wish
// that has waited behind that call for just fifteen minutes is not stale.
func TestAPhoneThatIsBeingPutDownIsACallBeforeToo(t *testing.T) {
	bubble(t, func(s *shop) {
		slow := make(chan struct{})
		s.exchange.beforeEnd.set(func() { <-slow })
		s.exchange.person.set(func(x *exchange, c *phoneCall) {
			if x.wait(c, 10*time.Second) && x.answer(c) && x.wait(c, 10*time.Second) {
				x.press(c, "3", 0)
			}
		})
		s.mustAsk("+12125550199")
		time.Sleep(time.Second)
		b := s.mustAsk("+12125550123")
		time.Sleep(callback.StaleAfter + time.Second)
		if got := s.request(b.ID); got.Status != callback.Pending {
			t.Errorf("it is %s (%s), want pending", got.Status, got.Reason)
		}
		s.exchange.beforeEnd.set(nil)
		close(slow)
		time.Sleep(time.Minute)
		s.wantStatus(b.ID, callback.SMSSent)
	})
}

// Two requests of one number must not both wait: the visitor would be called twice.
func TestTheOwnerCantMakeOnePersonWaitTwice(t *testing.T) {
	owner := func(s *shop, id int64, k callback.Kind) {
		if err := s.engine().Owner(context.Background(), id, callback.Event{Kind: k}); err != nil {
			s.t.Error(err)
		}
	}
	for name, wish := range map[string]func(s *shop, first callback.Standing) callback.Standing{
		"Call now on a missed one, while a newer one waits": func(s *shop, first callback.Standing) callback.Standing {
			time.Sleep(time.Minute) // missed
			s.exchange.person.set(pressOne)
			s.mustAsk("+12125550199")
			second := s.mustAsk("+12125550123")
			owner(s, first.ID, callback.CallNow)
			return second
		},
		"undo of a withdrawn one, while a newer one waits": func(s *shop, first callback.Standing) callback.Standing {
			s.mustAsk("+12125550199") // takes the line
			waits := s.mustAsk("+12125550124")
			owner(s, waits.ID, callback.TickOff)
			second := s.mustAsk("+12125550124")
			owner(s, waits.ID, callback.Undo)
			if got := s.request(waits.ID); got.Status != second.Status || got.Follows != second.ID {
				s.t.Errorf("it is %s and follows %d, want %s and %d", got.Status, got.Follows, second.Status, second.ID)
			}
			return second
		},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(s *shop) {
				s.t = t
				s.rules.change(func(r *callback.Rules) { r.Retry = callback.Plan{Attempts: 1} })
				s.exchange.person.set(nobody)
				second := wish(s, s.mustAsk("+12125550123"))
				s.exchange.person.set(pressOne)
				time.Sleep(5 * time.Minute)
				s.wantStatus(second.ID, callback.Completed)
				n := 0
				for _, c := range s.exchange.all() {
					if c.to == second.Number {
						n++
					}
				}
				if n != 1 {
					t.Errorf("the visitor was rung %d times", n)
				}
			})
		})
	}
}

// story is what the random test tells: what happens when, and what goes wrong.
type story struct {
	Acts   []act
	Faults []int
}

type act struct {
	What   string
	Number int
	After  time.Duration
}

func drawStory(t *rapid.T) story {
	acts := []string{"ask", "ask", "ask", "cancel", "crash", "sleep", "clock back", "call now", "tick off", "undo", "settings", "block", "close", "open", "write", "write twice"}
	return story{
		Acts: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) act {
			return act{
				What:   rapid.SampledFrom(acts).Draw(t, "what"),
				Number: rapid.IntRange(0, 3).Draw(t, "number"),
				After:  time.Duration(rapid.IntRange(0, 60).Draw(t, "after")) * time.Second,
			}
		}), 1, 25).Draw(t, "acts"),
		Faults: rapid.SliceOfN(rapid.IntRange(0, 19), 20, 60).Draw(t, "faults"),
	}
}

var faults = map[string][]string{
	"call":      {"lost before", "lost after", "refused", "down"},
	"text":      {"lost before", "lost after", "refused", "down"},
	"ask":       {"down"},
	"find":      {"down"},
	"find text": {"down"},
	"hang up":   {"down"},
	"callback":  {"lost", "late", "twice"},
	"webhook":   {"lost"},
}

// tell plays the story and then lets all go well for a while.
func (st story) tell(s *shop) []string {
	var calm atomic.Bool
	seen := map[string]int{}
	var mu sync.Mutex
	// What goes wrong depends on the point, the number and how often it came there, not
	// on the order of goroutines, so that a story that failed fails again.
	draw := func(point, number string) int {
		mu.Lock()
		defer mu.Unlock()
		seen[point+number]++
		h := fnv.New32()
		_, _ = fmt.Fprintf(h, "%s %s %d", point, number, seen[point+number])
		return st.Faults[int(h.Sum32()%uint32(len(st.Faults)))]
	}
	s.exchange.fault.set(func(point, number string) string {
		if kinds := faults[point]; !calm.Load() && len(kinds) > 0 {
			if i := draw(point, number); i < len(kinds) {
				return kinds[i]
			}
		}
		return ""
	})
	s.exchange.person.set(func(x *exchange, c *phoneCall) {
		x.report(c, callback.CallRinging, 1)
		i := draw("person", c.to)
		if !x.wait(c, time.Duration(i)*time.Second) {
			return
		}
		if i%4 == 0 || !x.answer(c) {
			x.end(c, callback.CallNoAnswer)
			return
		}
		if x.wait(c, 3*time.Second) {
			x.press(c, []string{"1", "1", "1", "2", "3", "9"}[i%6], time.Duration(i%3)*20*time.Second)
		}
	})
	for _, a := range st.Acts {
		s.act(a)
		time.Sleep(a.After)
	}
	calm.Store(true)
	s.opens()
	time.Sleep(4 * time.Hour)
	synctest.Wait()
	return s.broken()
}

func (s *shop) act(a act) {
	ctx := context.Background()
	number := fmt.Sprintf("+1212555014%d", a.Number)
	all := s.all()
	owner := func(ev callback.Event) {
		if len(all) > 0 {
			_ = s.engine().Owner(ctx, all[a.Number%len(all)].ID, ev)
		}
	}
	switch a.What {
	case "ask":
		_, _ = s.ask(number)
	case "cancel":
		if len(all) > 0 {
			_, _ = s.engine().Withdraw(ctx, all[a.Number%len(all)].PublicID, "")
		}
	case "crash":
		s.crash()
		time.Sleep(a.After)
		s.start()
	case "sleep":
		s.skew.Add(int64(a.After) * 40)
	case "clock back":
		s.skew.Add(-int64(a.After) * 20)
	case "close":
		s.closes(s.now().Add(time.Duration(48+a.Number)*time.Hour), func(r *callback.Rules) {
			r.AfterHours = []callback.AfterHours{callback.TextAndSchedule, callback.TextAndSchedule, callback.TextOnly, callback.CallAnyway}[a.Number]
		})
	case "open":
		s.opens()
	case "block":
		_ = s.engine().Block(ctx, number)
	case "call now":
		owner(callback.Event{Kind: callback.CallNow})
	case "tick off":
		owner(callback.Event{Kind: callback.TickOff})
	case "undo":
		owner(callback.Event{Kind: callback.Undo})
	case "write", "write twice":
		if len(all) == 0 {
			return
		}
		key := fmt.Sprint("key ", s.now().UnixNano())
		for range strings.Count(a.What, " ") + 1 {
			_ = s.engine().Write(ctx, all[a.Number%len(all)].ID, key, "We call you back at five.")
		}
	case "settings":
		rules := plainRules()
		rules.Line = 1 + a.Number%2
		rules.Retry.Attempts = 1 + a.Number
		rules.Phones = rules.Phones[:1+a.Number%2]
		rules.CallsDay = []int{0, 0, 6, 40}[a.Number]
		s.rules.set(rules)
	}
}

// broken are the invariants of the package doc that don't hold.
func (s *shop) broken() (faults []string) {
	fault := func(f string, args ...any) { faults = append(faults, fmt.Sprintf(f, args...)) }
	for leg, n := range s.exchange.attempts() {
		if n > 1 {
			fault("attempt %s was rung %d times", leg, n)
		}
	}
	if both := s.exchange.atOnce(); both > 1 {
		fault("a visitor was rung by %d calls at once", both)
	}
	for text, n := range s.exchange.timesSent() {
		if n > 1 {
			fault("text %s was sent %d times", text, n)
		}
	}
	open := map[string]int64{}
	for _, r := range s.all() {
		if first := open[r.Number]; first != 0 && r.Status.Open() && r.Follows == 0 {
			fault("requests %d and %d of one number both wait", first, r.ID)
		} else if r.Status.Open() && r.Follows == 0 {
			open[r.Number] = r.ID
		}
		for _, l := range r.Live() {
			if !l.Started.IsZero() {
				fault("request %d is %s, and its %s leg has not ended: %s", r.ID, r.Status, l.Role, l.Status)
			}
		}
		shop, visitor := 0, 0
		for _, t := range r.Texts {
			switch {
			case t.Role == callback.ShopLeg:
				shop++
			case !t.Written():
				visitor++
			case t.Status == callback.TextWanted || t.Status == callback.TextStarted:
				fault("request %d: what the owner wrote is still %s after four calm hours", r.ID, t.Status)
			}
		}
		if shop > len(s.rules.get().TextTo) || visitor > 1 {
			fault("request %d: %d texts to the shop, %d to the visitor", r.ID, shop, visitor)
		}
		if r.Follows != 0 {
			leader := s.request(r.Follows)
			if leader.Status != r.Status {
				fault("request %d is %s and follows one that is %s", r.ID, r.Status, leader.Status)
			}
			continue
		}
		if r.Status.UnderWay() || r.Status == callback.Pending {
			fault("request %d is still %s (%s) after four calm hours: %+v", r.ID, r.Status, r.Reason, r.Legs)
		}
		if r.Status == callback.Scheduled && r.Reason == callback.Opening {
			fault("request %d waits for the opening of a shop that is open", r.ID)
		}
		if r.Status == callback.Scheduled && !r.Deadline.After(s.now()) {
			fault("request %d is scheduled and overdue", r.ID)
		}
	}
	for _, c := range s.exchange.all() {
		if !c.status.Ended() {
			fault("%s still rings or talks", c.to)
		}
	}
	return faults
}

func TestWhateverHappensTheInvariantsHold(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		st := drawStory(rt)
		var faults []string
		ok := t.Run("", func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { faults = st.tell(newShop(t)) })
		})
		if len(faults) > 0 || !ok {
			rt.Fatalf("%v", faults)
		}
	})
}

// A phone that is about to be put down would be found busy, and the attempt be wasted.
func TestTheNextCallWaitsUntilThePhoneIsDown(t *testing.T) {
	for name, lost := range map[string]bool{"its end is reported": false, "every report of its end is lost": true} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(s *shop) {
				s.exchange.person.set(func(x *exchange, c *phoneCall) {
					if x.answer(c) {
						x.press(c, "2", 0) // called again in 15 minutes; meanwhile the next in line
					}
				})
				slow := make(chan struct{})
				s.exchange.beforeEnd.set(func() { <-slow })
				if lost {
					s.exchange.fault.set(func(point, _ string) string {
						if point == "callback" {
							return "lost"
						}
						return ""
					})
				}
				s.mustAsk("+12125550123")
				b := s.mustAsk("+12125550124")
				time.Sleep(3 * time.Second)
				s.wantStatus(b.ID, callback.Pending)
				s.exchange.beforeEnd.set(nil)
				close(slow)
				time.Sleep(40 * time.Second)
				s.wantStatus(b.ID, callback.Scheduled)
			})
		})
	}
}
