package shop_test

import (
	"context"
	"encoding/json"
	"net/http"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"ringback/server/callback"
	"ringback/server/shop"
	"ringback/server/sqlite"
	"ringback/server/twilio/twiliotest"
)

// inBubble runs f with a Twilio and a live shop that is connected to it. All of both is
// real, the client and the database too; only the sockets are not, so that everything
// may take its time as in life, of which none passes outside.
func inBubble(t *testing.T, set string, f func(e *exchange, r *running)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e := &exchange{wires: &wires{}}
		l, err := e.wires.Listen(t.Context(), "tcp", "")
		if err != nil {
			t.Fatal(err)
		}
		e.Server = twiliotest.NewOn(l, e, nil)
		e.open(t, 1)
		data := t.TempDir()
		r := startLive(t, e, data, set, func(o *shop.Options) { o.Wires = e.wires })
		transport := &http.Transport{DialContext: e.wires.DialContext}
		r.web.Transport, r.long = transport, 2*time.Hour
		r.data = data
		f(e, r)
		transport.CloseIdleConnections()
		r.closed()
	})
}

// closed ends the shop and returns what the audit of its log found.
func (r *running) closed() map[int64]history {
	r.t.Helper()
	if err := r.shop.Close(); err != nil {
		r.t.Fatal(err)
	}
	return audit(r.t, r.data)
}

// move is what an entry of the event log says of its request.
type move struct {
	Status callback.Status     `json:"status"`
	From   callback.Status     `json:"from"`
	Leg    string              `json:"leg"`
	Call   callback.CallStatus `json:"call"`
	Text   string              `json:"text"`
	SMS    callback.TextStatus `json:"sms"`
	Digits string              `json:"digits"`
	Count  int                 `json:"count"`
	kind   callback.Kind
}

// history is a request and what the event log has of it.
type history struct {
	callback.Request
	log []move
}

// audit opens the database of a live shop that has been closed, and says what is wrong
// with its event log: the chain must be whole, and each request's entries must lead from
// its asking to where it, its legs and its texts stand, by moves that there are.
// It returns what it read by request; 0 is no request's.
func audit(t testing.TB, data string) map[int64]history {
	t.Helper()
	store, err := sqlite.Open(context.Background(), sqlite.Options{Path: filepath.Join(data, "ringback.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	}()
	if log, err := store.Verify(context.Background(), nil); log.Entries == 0 || log.Bad != 0 || err != nil {
		t.Errorf("the event log: %d entries are whole, the first bad one is %d, %v", log.Entries, log.Bad, err)
	}
	all := map[int64]history{}
	err = store.View(context.Background(), func(v callback.Reader) error {
		refused, err := v.Events(0, 10000)
		if err != nil {
			return err
		}
		all[0] = history{log: moves(t, refused)}
		requests, err := v.List(callback.Query{Span: callback.Span{Limit: 1000}})
		if err != nil {
			return err
		}
		for _, r := range requests.Requests {
			entries, err := v.Events(r.ID, 10000)
			if err != nil {
				return err
			}
			all[r.ID] = history{r, moves(t, entries)}
			follow(t, r, all[r.ID].log)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func moves(t testing.TB, entries []callback.Entry) []move {
	t.Helper()
	var all []move
	for _, e := range entries {
		m := move{kind: callback.Kind(e.Kind)}
		if err := json.Unmarshal([]byte(e.Body), &m); err != nil {
			t.Errorf("entry %d: %v", e.Seq, err)
		}
		all = append(all, m)
	}
	return all
}

// follow goes along a request's entries.
func follow(t testing.TB, r callback.Request, log []move) {
	t.Helper()
	var at callback.Status
	own := false // not of one that follows another
	legs, texts, started := map[string]callback.CallStatus{}, map[string]callback.TextStatus{}, map[string]int{}
	for i, m := range log {
		if m.Status == "" {
			continue // a note that moves nothing
		}
		if i == 0 && m.kind != callback.Asked && m.kind != "follows" {
			t.Errorf("request %d: its log begins with %s", r.ID, m.kind)
		}
		if i > 0 && log[0].kind == "follows" && !own {
			at = m.Status // until then it showed what the other one's log says
		}
		own = own || m.kind == callback.Asked || m.kind == "takes_place"
		if was := m.From; m.Status != at && was != at || !at.CanBecome(m.Status) && at != "" {
			t.Errorf("request %d: its log goes from %s to %s (%s), and says it came from %q", r.ID, at, m.Status, m.kind, m.From)
		}
		at = m.Status
		if m.Leg != "" {
			if was := legs[m.Leg]; m.Call == callback.CallStarted && (was == "" || was == callback.CallWanted) {
				started[m.Leg]++
			}
			legs[m.Leg] = m.Call
		}
		if m.Text != "" {
			texts[m.Text] = m.SMS
		}
		if m.kind == callback.NotMade {
			started[m.Leg]--
		}
	}
	if !own {
		return // it was withdrawn by itself
	}
	if at != r.Status {
		t.Errorf("request %d is %s, its log ends with %s", r.ID, r.Status, at)
	}
	for _, l := range r.Legs {
		if l.Role == callback.VisitorLeg {
			continue // where reports are lost the Dial action alone tells of it, whose entry names the shop leg
		}
		untold := l.Status == callback.CallNotMade || l.Status == callback.CallWanted // nothing has happened to it
		if !untold && legs[l.ID] != l.Status {
			t.Errorf("request %d: leg %s is %s, its log ends with %q", r.ID, l.ID, l.Status, legs[l.ID])
		}
		if !l.Started.IsZero() && started[l.ID] != 1 {
			t.Errorf("request %d: leg %s was rung, and its log says %d times that it was about to be", r.ID, l.ID, started[l.ID])
		}
	}
	for _, x := range r.Texts {
		if x.Status != callback.TextWanted && texts[x.ID] != x.Status {
			t.Errorf("request %d: text %s is %s, its log ends with %q", r.ID, x.ID, x.Status, texts[x.ID])
		}
	}
	implied(t, r, log)
}

// implied is what must have happened before a request can be where it is.
func implied(t testing.TB, r callback.Request, log []move) {
	t.Helper()
	happened := map[callback.Kind]bool{}
	for _, m := range log {
		happened[m.kind] = true
		if m.Digits == "1" {
			happened["pressed 1"] = true
		}
	}
	if happened["takes_place"] {
		return // it happened to the one before it
	}
	happened[callback.TextDone] = happened[callback.TextDone] || happened[callback.TextInfo] // its answer was lost
	needs := map[callback.Status][]callback.Kind{
		callback.Completed: {callback.Turn, callback.Started, "pressed 1"},
		callback.NoAnswer:  {callback.Turn, callback.Started, "pressed 1"},
		callback.SMSSent:   {callback.TextDone},
		callback.Cancelled: {callback.Cancel},
	}
	for _, k := range needs[r.Status] {
		if !happened[k] {
			t.Errorf("request %d is %s, and its log has no %q", r.ID, r.Status, k)
		}
	}
}
