package ui

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"ringback/server/callback"
	"ringback/server/desk"
)

// fakeLog is the event log of a fakeDesk, newest first.
type fakeLog struct {
	entries []desk.Entry
	check   desk.LogCheck
	slow    chan struct{} // each page waits for one, where it is not nil
	window  int           // entries that a page looks through for a text; 0: all
	asked   []desk.EntryQuery
	checks  int
}

func (f *fakeDesk) Entries(ctx context.Context, q desk.EntryQuery) (p desk.EntryPage, err error) {
	if f.log.slow != nil {
		select {
		case <-f.log.slow:
		case <-ctx.Done():
			return p, ctx.Err()
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.log.asked = append(f.log.asked, q)
	seen := 0
	for _, e := range f.log.entries {
		at := e.Place()
		if !q.Before.At.IsZero() && !q.Before.Newer(at) || !q.From.IsZero() && e.At.Before(q.From) || !q.To.IsZero() && !e.At.Before(q.To) ||
			q.Topic != desk.AllTopics && desk.TopicOf(e.Kind) != q.Topic {
			continue
		}
		if seen++; len(p.Entries) == q.Limit || q.Text != "" && f.log.window > 0 && seen > f.log.window {
			p.More = true
			break
		}
		p.Next = at
		if strings.Contains(strings.ToLower(e.Of.Name+e.Body), strings.ToLower(q.Text)) {
			p.Entries = append(p.Entries, e)
		}
	}
	return p, f.broken
}

func (f *fakeDesk) LogSpan(context.Context) (oldest, newest time.Time, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if n := len(f.log.entries); n > 0 {
		oldest, newest = f.log.entries[n-1].At, f.log.entries[0].At
	}
	return oldest, newest, f.broken
}

func (f *fakeDesk) CheckLog(_ context.Context, progress func(done, all int)) (desk.LogCheck, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.log.checks++
	progress(len(f.log.entries)/2, len(f.log.entries))
	return f.log.check, f.broken
}

// happens puts an entry at the top of the log.
func (f *fakeDesk) happens(e desk.Entry) {
	f.change(func() { f.log.entries = append([]desk.Entry{e}, f.log.entries...) })
}

// logged is an entry of a request, or of the shop where r is 0.
func (f *fakeDesk) logged(seq int64, at time.Time, kind callback.Kind, r int64, body map[string]any) desk.Entry {
	text, err := json.Marshal(body)
	if err != nil {
		panic(err)
	}
	e := desk.Entry{LogLine: callback.LogLine{Entry: callback.Entry{Seq: seq, At: at, Request: r, Kind: string(kind), Body: string(text)}}}
	if i := f.index(r); i >= 0 {
		e.Of = f.requests[i]
	}
	return e
}

// loggedShop is a busy shop with a log of a day, like the one of the picture.
func loggedShop() *fakeDesk {
	f := busyShop()
	say := func(seconds int, kind callback.Kind, r int64, body map[string]any) {
		f.log.entries = append(f.log.entries, f.logged(int64(12345-len(f.log.entries)), ago(time.Duration(seconds)*time.Second), kind, r, body))
	}
	type b = map[string]any
	say(8, callback.Key, 12, b{"from": "calling", "status": "connecting", "leg": "a-2", "role": "shop", "phone": "Ann's mobile", "digits": "1"})
	say(10, callback.Answered, 12, b{"status": "calling", "leg": "a-2", "role": "shop", "call": "in-progress", "phone": "Ann's mobile"})
	say(15, callback.Started, 12, b{"status": "calling", "leg": "a-2", "role": "shop", "call": "started", "phone": "Ann's mobile"})
	say(16, callback.LegStatus, 12, b{"status": "calling", "leg": "a-1", "role": "shop", "call": "no-answer", "phone": "Counter"})
	say(41, callback.Started, 12, b{"status": "calling", "leg": "a-1", "role": "shop", "call": "started", "phone": "Counter"})
	say(42, callback.Asked, 12, b{"status": "pending"})
	say(90, callback.Asked, 11, b{"status": "pending"})
	say(630, callback.TextDone, 10, b{"status": "sms_sent", "from": "missed", "text": "b-t1", "role": "shop", "sms": "taken"})
	say(634, callback.LegStatus, 10, b{"status": "missed", "from": "calling", "leg": "b-1", "role": "shop", "call": "no-answer", "phone": "Counter"})
	say(1584, "settings", 0, b{"by": "window", "changed": []b{{"path": "business.line", "from": 1, "to": 2}}})
	say(2289, callback.Dialled, 9, b{"status": "no_answer", "from": "connecting"})
	say(2732, callback.Dialled, 8, b{"status": "completed", "from": "connected"})
	say(2984, callback.Key, 8, b{"from": "calling", "status": "connecting", "leg": "c-1", "role": "shop", "phone": "Counter", "digits": "1"})
	say(3673, callback.Move, 7, b{"status": "scheduled", "from": "pending", "due_at": noon.Add(49 * time.Minute).UnixMilli()})
	say(4835, callback.Dialled, 6, b{"status": "failed", "from": "connecting", "code": 13224})
	say(5760, callback.TickOff, 5, b{"status": "no_answer", "who": "Ann"})
	say(9000, "blocked", 3, b{})
	say(12000, "refused_too_many_requests", 0, b{"count": 14})
	say(27700, "backup", 0, b{"file": "ringback-20261124-030000.db", "anchor": "12000 ab"})
	say(100000, "mode", 0, b{"from": "practice", "to": "live"})
	f.log.check = desk.LogCheck{Entries: 12345, Since: noon.AddDate(0, -7, 0)}
	return f
}

// longLog has n entries, one a minute.
func longLog(n int) *fakeDesk {
	f := busyShop()
	for i := range n {
		f.log.entries = append(f.log.entries, f.logged(int64(n-i), ago(time.Duration(i)*time.Minute), "settings", 0,
			map[string]any{"by": "window", "changed": []map[string]any{{"path": fmt.Sprintf("limits.n%d", n-i)}}}))
	}
	f.log.check = desk.LogCheck{Entries: n, Since: ago(time.Duration(n) * time.Minute)}
	return f
}
