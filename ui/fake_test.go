package ui

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"ringback/server/callback"
	"ringback/server/desk"
	"ringback/server/notify"
	"ringback/server/settings"
)

// fakeDesk is a Desk in memory. What it was asked to do stands in done, in words.
type fakeDesk struct {
	mu       sync.Mutex
	shop     desk.Shop
	requests []callback.Request // newest first
	events   map[int64][]callback.Entry
	phones   []desk.PracticePhone
	texts    []desk.PracticeText
	refuse   error // of the owner's wishes
	broken   error // of reading
	done     []string
	reads    int
	queries  []desk.Query
	changed  chan struct{}
	release  int
	blocked  map[string]bool
	set      settings.Settings
	secrets  map[string]bool
	bell     chan notify.Notice
	log      fakeLog
	reports  bool // its reports have figures
	checks   int
	later    bool // what was applied waits for calls
	given    map[string]bool
	backups  []desk.Backup
	there    []string // files that are where a backup would be made
	optedOut map[string]bool
	keys     []string // of the texts that it took
	pretends func()   // makes the pretended request
}

var _ desk.Desk = (*fakeDesk)(nil)

// change does something to the desk and says so to whoever watches.
func (f *fakeDesk) change(do func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	do()
	f.hint()
}

func (f *fakeDesk) hint() {
	if f.changed != nil {
		close(f.changed)
		f.changed = nil
	}
}

func (f *fakeDesk) Changed() (<-chan struct{}, func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.changed == nil {
		f.changed = make(chan struct{})
	}
	return f.changed, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.release++
	}
}

func (f *fakeDesk) Shop(context.Context) (desk.Shop, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.reads++
	shop := f.shop
	shop.Line = slices.Clone(shop.Line)
	if shop.Opening.At.IsZero() {
		shop.Opening = f.opening()
	}
	return shop, f.broken
}

func (f *fakeDesk) Requests(_ context.Context, q desk.Query) (callback.Stretch, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.queries = append(f.queries, q)
	all := f.those(q)
	if q.Search != "" && q.Most > 0 {
		all = all[:min(len(all), q.Most)]
	}
	s := callback.Stretch{Count: len(all)}
	s.Found = slices.IndexFunc(all, func(r callback.Request) bool { return r.ID == q.Find })
	near := slices.IndexFunc(all, func(r callback.Request) bool { return r.ID <= q.Near })
	if near < 0 {
		near = len(all)
	}
	at, limit := q.Place(len(all), near)
	s.At, s.Requests = at, slices.Clone(all[at:min(at+limit, len(all))])
	return s, nil
}

// those are all that a query lists.
func (f *fakeDesk) those(q desk.Query) (all []callback.Request) {
	for _, r := range f.requests {
		if (q.Filter == desk.Spam) != r.Spam || !callback.Seek(q.Search).In(r) {
			continue
		}
		if q.Filter == desk.NeedsYou && (!r.Status.ForOwner() || r.TickedOff != nil) {
			continue
		}
		all = append(all, r)
	}
	return all
}

func (f *fakeDesk) Request(_ context.Context, id int64) (desk.Detail, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	i := f.index(id)
	if i < 0 {
		return desk.Detail{}, callback.ErrNotFound
	}
	return desk.Detail{Request: f.requests[i], Events: slices.Clone(f.events[id]), Asked: 1, Blocked: f.blocked[f.requests[i].Number], OptedOut: f.optedOut[f.requests[i].Number]}, nil
}

func (f *fakeDesk) index(id int64) int {
	return slices.IndexFunc(f.requests, func(r callback.Request) bool { return r.ID == id })
}

// wish notes what was asked for, and changes the request where it is not refused.
func (f *fakeDesk) wish(what string, id int64, do func(*callback.Request)) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.done = append(f.done, fmt.Sprintf("%s %d", what, id))
	if f.refuse != nil {
		return f.refuse
	}
	if i := f.index(id); i >= 0 && do != nil {
		do(&f.requests[i])
	}
	f.hint()
	return nil
}

func (f *fakeDesk) CallNow(_ context.Context, id int64) error { return f.wish("call", id, nil) }
func (f *fakeDesk) NewCall(_ context.Context, typed, _ string) (int64, error) {
	return f.requests[0].ID, f.wish("new call "+typed, f.requests[0].ID, nil)
}
func (f *fakeDesk) EndCall(_ context.Context, id int64) error { return f.wish("end", id, nil) }
func (f *fakeDesk) Done(_ context.Context, id int64, note string) error {
	return f.wish("done "+note, id, func(r *callback.Request) { r.TickedOff = &callback.Mark{Note: note} })
}
func (f *fakeDesk) Undo(_ context.Context, id int64) error {
	return f.wish("undo", id, func(r *callback.Request) { r.TickedOff = nil })
}

func (f *fakeDesk) Block(_ context.Context, id int64) error { return f.bar("block", id, true) }
func (f *fakeDesk) Unblock(_ context.Context, id int64) error {
	return f.bar("unblock", id, false)
}

func (f *fakeDesk) bar(what string, id int64, blocked bool) error {
	return f.wish(what, id, func(r *callback.Request) {
		if f.blocked == nil {
			f.blocked = map[string]bool{}
		}
		f.blocked[r.Number] = blocked
	})
}

func (f *fakeDesk) Practice() desk.Practice {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.shop.Practice {
		return nil
	}
	return fakePractice{f}
}

func (f *fakeDesk) asked() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.done)
}

type fakePractice struct{ f *fakeDesk }

func (p fakePractice) Phones() []desk.PracticePhone {
	p.f.mu.Lock()
	defer p.f.mu.Unlock()
	return slices.Clone(p.f.phones)
}

func (p fakePractice) Texts() []desk.PracticeText {
	p.f.mu.Lock()
	defer p.f.mu.Unlock()
	return slices.Clone(p.f.texts)
}

func (p fakePractice) note(what, number string) {
	p.f.change(func() { p.f.done = append(p.f.done, what+" "+number) })
}
func (p fakePractice) Answer(number string)     { p.note("answer", number) }
func (p fakePractice) Decline(number string)    { p.note("decline", number) }
func (p fakePractice) HangUp(number string)     { p.note("hang up", number) }
func (p fakePractice) Press(number, key string) { p.note("press "+key, number) }

var noon = time.Date(2026, 11, 24, 10, 41, 44, 0, time.UTC)

func ago(d time.Duration) time.Time { return noon.Add(-d) }

// busyShop has one of each kind.
func busyShop() *fakeDesk {
	f := &fakeDesk{shop: desk.Shop{
		Name: "Ann's Bakery", Language: "en", Country: "US", Zone: time.UTC, FormURL: "http://127.0.0.1:8787/",
		Phones: []string{"Counter", "Ann's mobile"}, NeedsYou: 3, Today: 12, Now: noon,
	}}
	round := &callback.Round{N: 1}
	shopLeg := callback.Leg{ID: "a-2", Role: callback.ShopLeg, Round: 1, Phone: "Ann's mobile", Status: callback.CallAnswered, Started: ago(15 * time.Second), Answer: ago(10 * time.Second)}
	theirs := callback.Leg{ID: "a-3", Role: callback.VisitorLeg, Round: 1, Status: callback.CallRinging, Started: ago(7 * time.Second)}
	text := []callback.Text{{Role: callback.ShopLeg, Status: callback.TextTaken}}
	f.requests = []callback.Request{
		{ID: 12, Status: callback.Connecting, Name: "Jane Doe", Number: "+12125550123", Page: "https://anns-bakery.example/catering", Accepted: "Ann's mobile",
			Message: "Do you have rye bread today? I would need six loaves for Monday.", AskedAt: ago(42 * time.Second), Round: round, Legs: []callback.Leg{shopLeg, theirs}},
		{ID: 11, Status: callback.Pending, Name: "Marguerite Featherstonehaugh-Kowalczyk", Number: "+12125550147", AskedAt: ago(90 * time.Second)},
		{ID: 10, Status: callback.SMSSent, Reason: callback.Unanswered, Number: "+12125550188", Message: "Is the sourdough vegan?", Page: "https://anns-bakery.example/bread", AskedAt: ago(11 * time.Minute), Texts: text},
		{ID: 9, Status: callback.NoAnswer, Name: "Omar Haddad", Number: "+19175550164", AskedAt: ago(38 * time.Minute)},
		{ID: 8, Status: callback.Completed, Name: "Li Wei", Number: "+16465550119", AskedAt: ago(50 * time.Minute), Accepted: "Counter", TalkFrom: ago(49 * time.Minute), TalkTo: ago(49*time.Minute - 252*time.Second)},
		{ID: 7, Status: callback.Scheduled, Reason: callback.Chosen, Name: "Priya Nair", Number: "+17185550135", AskedAt: ago(61 * time.Minute), DueAt: noon.Add(49 * time.Minute)},
		{ID: 6, Status: callback.Failed, Code: 13224, Name: "Tom Becker", Number: "+17185550102", AskedAt: ago(80 * time.Minute)},
		{ID: 5, Status: callback.NoAnswer, Name: "Rosa Alvarez", Number: "+12125550176", AskedAt: ago(95 * time.Minute), TickedOff: &callback.Mark{At: ago(time.Hour), Note: "birthday cake, Tuesday"}},
		{ID: 4, Status: callback.Completed, Name: "Sam Okafor", Number: "+16465550151", AskedAt: ago(2 * time.Hour), Accepted: "Ann's mobile", TalkFrom: ago(2 * time.Hour), TalkTo: ago(2*time.Hour - 108*time.Second)},
		{ID: 3, Status: callback.Cancelled, Reason: callback.ByVisitor, Name: "Kim Park", Number: "+12125550109", AskedAt: ago(130 * time.Minute)},
	}
	f.shop.Line = []callback.Request{f.requests[0], f.requests[1]}
	f.events = map[int64][]callback.Entry{
		12: {
			entry(42, callback.Asked, `{"status":"pending"}`),
			entry(41, callback.Started, `{"status":"calling","leg":"a-1","role":"shop","call":"started","phone":"Counter"}`),
			entry(16, callback.LegStatus, `{"status":"calling","leg":"a-1","role":"shop","call":"no-answer","phone":"Counter"}`),
			entry(15, callback.Started, `{"status":"calling","leg":"a-2","role":"shop","call":"started","phone":"Ann's mobile"}`),
			entry(10, callback.Answered, `{"status":"calling","leg":"a-2","role":"shop","call":"in-progress","phone":"Ann's mobile"}`),
			entry(8, callback.Key, `{"from":"calling","status":"connecting","leg":"a-2","role":"shop","phone":"Ann's mobile","digits":"1"}`),
		},
		10: {
			entry(660, callback.Asked, `{"status":"pending"}`),
			entry(659, callback.Started, `{"status":"calling","leg":"b-1","role":"shop","call":"started","phone":"Counter"}`),
			entry(634, callback.LegStatus, `{"status":"missed","from":"calling","reason":"rang","leg":"b-1","role":"shop","call":"no-answer","phone":"Counter"}`),
			entry(630, callback.TextDone, `{"status":"sms_sent","from":"missed","text":"b-t1","role":"shop","sms":"taken"}`),
		},
	}
	return f
}

func entry(secondsAgo int, kind callback.Kind, body string) callback.Entry {
	return callback.Entry{At: ago(time.Duration(secondsAgo) * time.Second), Kind: string(kind), Body: body}
}

// practiceShop has a call whose shop phone rings.
func practiceShop() *fakeDesk {
	f := busyShop()
	f.shop.Practice = true
	f.shop.NeedsYou, f.shop.Today = 2, 4
	leg := callback.Leg{ID: "a-1", Role: callback.ShopLeg, Round: 1, Phone: "Counter", Status: callback.CallRinging, Started: ago(4 * time.Second)}
	jane := f.requests[0]
	jane.Status, jane.Legs, jane.Accepted, jane.Page = callback.Calling, []callback.Leg{leg}, "", "http://127.0.0.1:8787/"
	jane.AskedAt, jane.Message = ago(6*time.Second), "Do you have rye bread?"
	li, omar, priya := f.requests[4], f.requests[3], f.requests[2]
	li.AskedAt, omar.AskedAt = ago(3*time.Minute), ago(5*time.Minute)
	li.ID, omar.ID, priya.ID, priya.Name = 11, 10, 9, "Priya Nair"
	f.requests = []callback.Request{jane, li, omar, priya}
	f.shop.Line = []callback.Request{jane}
	f.events = map[int64][]callback.Entry{12: {
		entry(6, callback.Asked, `{"status":"pending"}`),
		entry(4, callback.Started, `{"status":"calling","leg":"a-1","role":"shop","call":"started","phone":"Counter"}`),
	}}
	f.phones = []desk.PracticePhone{
		{Shop: true, Number: "+12125550101", Label: "Counter", State: desk.Ringing, Since: ago(4 * time.Second), Request: 12},
		{Number: "+12125550123", Label: "Jane Doe", State: desk.Idle},
	}
	return f
}

// emptyShop has had no request yet.
func emptyShop(practice bool) *fakeDesk {
	f := &fakeDesk{shop: busyShop().shop}
	f.shop.Practice, f.shop.NeedsYou, f.shop.Today, f.shop.Line = practice, 0, 0, nil
	if practice {
		f.phones = []desk.PracticePhone{{Shop: true, Number: "+12125550101", Label: "Counter", State: desk.Idle}, {State: desk.Idle}}
	}
	return f
}

// spamShop has something that looks like spam.
func spamShop() *fakeDesk {
	f := busyShop()
	f.shop.Spam, f.shop.All = 1, 12345
	r := f.requests[2]
	r.ID, r.Spam, r.Status, r.Name, r.Texts = 2, true, callback.Missed, "Rob Ot", nil
	f.requests = append(f.requests, r)
	f.events[2] = f.events[10][:1]
	return f
}

// manyShop has large counts, and people with long names and in other scripts.
func manyShop() *fakeDesk {
	f := spamShop()
	f.shop.All, f.shop.NeedsYou, f.shop.Today, f.shop.Spam = 1_234_567, 98, 432, 17
	f.requests[1].Name = "Wolfeschlegelsteinhausenbergerdorff-Montgomery von und zu Hohenlohe"
	f.requests[2].Name = "عبد الرحمن بن محمد"
	f.requests[3].Name = "山田太郎"
	return f
}
