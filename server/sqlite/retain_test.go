package sqlite

import (
	"bytes"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"ringback/server/callback"
)

// Until then is too old, in these tests; from then on is not.
var until = noon

// lead is a request that tells much of a person, and has been at rest for too long.
func lead(n int) callback.Request {
	r := ask(n)
	r.Status, r.Salt = callback.Completed, fmt.Sprint("salt", n)
	r.UpdatedAt = until.Add(-time.Millisecond)
	r.Name, r.Email, r.Message, r.Page = "Zebulon", "zq@mail.example", "xylophone", "https://shop.example/secret"
	r.Key, r.Trace = fmt.Sprint("zebulons-key-", n), "zebulons-post"
	r.Consent = callback.Consent{Kind: "tick", Ticked: true, Version: "v7"}
	r.Legs = []callback.Leg{
		{ID: fmt.Sprint("shop", n), Role: callback.ShopLeg, To: "+12125550101", Status: callback.CallDone, Started: noon.Add(-time.Hour), End: noon.Add(-time.Hour)},
		{ID: fmt.Sprint("visitor", n), Role: callback.VisitorLeg, To: r.Number, SID: "CA1", Status: callback.CallDone, Started: noon.Add(-time.Hour), End: noon.Add(-time.Hour)},
	}
	r.Texts = []callback.Text{
		{ID: fmt.Sprint("to", n), Role: callback.VisitorLeg, To: r.Number},
		{ID: fmt.Sprint("from", n), Role: callback.VisitorLeg, From: r.Number, Came: noon.Add(-time.Hour), Said: "it is Zebulon"},
		{ID: fmt.Sprint("written", n), Role: callback.VisitorLeg, To: r.Number, Status: callback.TextDelivered, Said: "good day, Zebulon"},
	}
	return r
}

// keepLead stores a request with two lines of its log, and returns it with its id.
func keepLead(t *testing.T, s *Store, r callback.Request) callback.Request {
	t.Helper()
	err := s.Update(t.Context(), func(tx callback.Tx) (err error) {
		if r.ID, err = tx.Insert(r); err != nil {
			return err
		}
		for _, kind := range []string{"asked", "bridge"} {
			if err := tx.Log(r.AskedAt, r.ID, callback.Note{Kind: kind, Body: map[string]any{"trace": r.Trace, "phone": "Counter"}}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func again(t *testing.T, s *Store, r callback.Request) callback.Request {
	t.Helper()
	err := s.View(t.Context(), func(v callback.Reader) (err error) {
		r, err = v.Request(r.ID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func retain(t *testing.T, s *Store, r Retention) Retained {
	t.Helper()
	gone, err := s.Retain(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return gone
}

func TestWhoIsErased(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(r *callback.Request)
		erased bool
	}{
		{"one that was completed too long ago", func(*callback.Request) {}, true},
		{"one that was completed just in time", func(r *callback.Request) { r.UpdatedAt = until }, false},
		{"one that was never ticked off", func(r *callback.Request) { r.Status = callback.Missed }, true},
		{"one that was withdrawn", func(r *callback.Request) { r.Status = callback.Cancelled }, true},
		{"one that is scheduled", func(r *callback.Request) { r.Status = callback.Scheduled }, false},
		{"one that waits", func(r *callback.Request) { r.Status = callback.Pending }, false},
		{"one whose visitor talks", func(r *callback.Request) { r.Status = callback.Connected }, false},
		{"one whose phone has not been put down", func(r *callback.Request) {
			r.Legs[1].Status, r.Legs[1].End = callback.CallAnswered, time.Time{}
		}, false},
		{"one that followed another", func(r *callback.Request) { r.Follows = 77 }, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := open(t, Memory)
			r := lead(1)
			c.change(&r)
			r = keepLead(t, s, r)
			gone := retain(t, s, Retention{People: until})
			if got := again(t, s, r).Number == ""; got != c.erased || gone.People == 1 != c.erased {
				t.Errorf("erased: %t, counted %d; want %t", got, gone.People, c.erased)
			}
		})
	}
}

func TestOneWithSomethingLeftToBeDoneIsNotErased(t *testing.T) {
	s := open(t, Memory)
	r := keepLead(t, s, lead(1))
	var e callback.Effect
	err := s.Update(t.Context(), func(tx callback.Tx) (err error) {
		e = callback.Effect{Request: r.ID, Kind: callback.EffectHangUp, Leg: "visitor1"}
		e.ID, err = tx.Add(e)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := retain(t, s, Retention{People: until}); got.People != 0 {
		t.Error("erased while a hang-up was to be made")
	}
	e.Done = noon
	if err := s.Update(t.Context(), func(tx callback.Tx) error { return tx.SaveEffect(e) }); err != nil {
		t.Fatal(err)
	}
	if got := retain(t, s, Retention{People: until}); got.People != 1 {
		t.Error("not erased once it was made")
	}
}

func TestNothingInTheFileTellsOfAnErasedPerson(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "ringback.db")
	s := open(t, path)
	r := lead(1)
	r.Status, r.TickedOff = callback.Missed, &callback.Mark{By: "Ann", At: noon, Note: "Zebulon came by"}
	r = keepLead(t, s, r)
	err := s.Update(t.Context(), func(tx callback.Tx) error {
		if err := tx.SaveIncoming(callback.Incoming{SID: "CA9", Number: r.Number, Request: r.ID, Started: noon.Add(-time.Hour), End: noon.Add(-time.Hour)}); err != nil {
			return err
		}
		return tx.Record([]string{"key"}, r.ID, noon.Add(-time.Hour), callback.Step{Name: r.Name, Number: r.Number, Message: r.Message})
	})
	if err != nil {
		t.Fatal(err)
	}
	retain(t, s, Retention{People: until, Traces: until})

	got := again(t, s, r)
	if got.PublicID != r.PublicID || got.Status != callback.Missed || len(got.Legs) != 2 || got.Legs[0].To != "+12125550101" || got.TickedOff.By != "Ann" {
		t.Errorf("what tells of no person is gone too: %+v", got)
	}
	var entries []callback.Entry
	err = s.View(t.Context(), func(v callback.Reader) (err error) {
		entries, err = v.Events(r.ID, 10)
		return err
	})
	if err != nil || len(entries) != 2 || entries[0].Kind != "asked" || entries[0].Body != "" {
		t.Errorf("its log: got %+v, %v, want two entries without bodies", entries, err)
	}
	intact(t, s, 3)
	// A backup is the file as it is read, without what lies between the rows.
	if _, err := Backup(t.Context(), path, filepath.Join(dir, "copy.db")); err != nil {
		t.Fatal(err)
	}
	closed(t, s)
	for _, name := range []string{"copy.db", "ringback.db"} {
		file := contents(t, filepath.Join(dir, name))
		for _, telling := range []string{"Zebulon", "zebulon", "ebulon", r.Number, r.Number[7:], "zq@mail", "xylophone", "secret", "v7"} {
			if bytes.Contains(file, []byte(telling)) {
				t.Errorf("%s still holds %q", name, telling)
			}
		}
	}
}

// Nobody is left to be called, so the owner's list must not ask for it.
func TestAnErasedRequestLeavesTheOwnersList(t *testing.T) {
	s := open(t, Memory)
	r := lead(1)
	r.Status = callback.Missed
	keepLead(t, s, r)
	retain(t, s, Retention{People: until})
	err := s.View(t.Context(), func(v callback.Reader) error {
		n, err := v.Count(callback.Query{ForOwner: true})
		if n != 0 {
			t.Errorf("%d requests are on the owner's list, want none", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestSpamGoesWholeAndItsLogStaysWhole(t *testing.T) {
	s := open(t, Memory)
	old, young, real := lead(1), lead(2), lead(3)
	old.Spam, old.AskedAt = true, until.Add(-time.Millisecond)
	young.Spam, young.AskedAt = true, until
	keepLead(t, s, old)
	keepLead(t, s, young)
	keepLead(t, s, real)
	if got := retain(t, s, Retention{Spam: until}); got != (Retained{Spam: 1}) {
		t.Errorf("got %+v, want one of spam", got)
	}
	if stored(t, s, 1) || !stored(t, s, 2) || !stored(t, s, 3) {
		t.Error("not the old spam alone is gone")
	}
	intact(t, s, 7)
}

func TestTheEventLogLosesItsFrontAndIsStillWhole(t *testing.T) {
	old, young := until.Add(-time.Millisecond), until
	for _, c := range []struct {
		name string
		at   []time.Time
		gone int
	}{
		{"nothing is too old", []time.Time{young, young}, 0},
		{"two of three are", []time.Time{old, old, young}, 2},
		{"all are", []time.Time{old, old}, 2},
		{"there is nothing", nil, 0},
		{"a clock that was wrong once keeps what is behind it", []time.Time{old, young, old, young}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := open(t, Memory)
			for _, at := range c.at {
				if err := s.Update(t.Context(), func(tx callback.Tx) error { return tx.Log(at, 7, callback.Note{Kind: "asked"}) }); err != nil {
					t.Fatal(err)
				}
			}
			if got := retain(t, s, Retention{Events: until}); got.Events != c.gone {
				t.Errorf("%d are gone, want %d", got.Events, c.gone)
			}
			noted := 0 // that something went is an entry itself
			if c.gone > 0 {
				noted = 1
			}
			intact(t, s, len(c.at)-c.gone+noted)
		})
	}
}

func TestOldTracesGo(t *testing.T) {
	s := open(t, Memory)
	r := keepLead(t, s, lead(1))
	old := until.Add(-time.Millisecond)
	err := s.Update(t.Context(), func(tx callback.Tx) error {
		for _, done := range []time.Time{{}, old, until} {
			if _, err := tx.Add(callback.Effect{Request: r.ID, Kind: callback.EffectNotify, Due: old, Done: done}); err != nil {
				return err
			}
		}
		for n, end := range []time.Time{{}, old, until} {
			if err := tx.SaveIncoming(callback.Incoming{SID: fmt.Sprint("CA", n), To: "+12125550101", Started: old, End: end}); err != nil {
				return err
			}
		}
		for n, at := range []time.Time{old, until} {
			if err := tx.Record([]string{fmt.Sprint("key", n)}, r.ID, at, callback.Step{}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := retain(t, s, Retention{Traces: until}); got != (Retained{Traces: 3}) {
		t.Errorf("got %+v, want one effect, one call and one answer", got)
	}
	err = s.view(t.Context(), func(v *reader) error {
		for table, want := range map[string]int{"effects": 2, "incoming": 2, "webhooks": 1} {
			if got, err := v.number("SELECT count(*) FROM " + table); got != want || err != nil {
				t.Errorf("%s: %d are left, %v, want %d", table, got, err, want)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestWithoutALimitAllStays(t *testing.T) {
	s := open(t, Memory)
	r := keepLead(t, s, lead(1))
	if got := retain(t, s, Retention{}); got != (Retained{}) || again(t, s, r).Name == "" {
		t.Errorf("got %+v", got)
	}
	intact(t, s, 2)
}

// Calls wait for the writer: no transaction of the care's may touch more than some hundred
// rows, whatever has piled up.
func TestRetentionGoesInSmallSteps(t *testing.T) {
	s := open(t, Memory)
	err := s.Update(t.Context(), func(tx callback.Tx) error {
		for n := range 5 * stepRequests {
			id, err := tx.Insert(lead(n))
			for range 10 {
				if err == nil {
					err = tx.Log(until.Add(-time.Hour), id, callback.Note{Kind: "asked"})
				}
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		step func(tx *tx, until int64) (int, error)
		want int
	}{
		{"people", s.erasePeople, 5 * stepRequests},
		{"events", (*tx).removeFront, 50 * stepRequests},
	} {
		got, err := s.steps(t.Context(), until, func(tx *tx, until int64) (int, error) {
			before, err := tx.number("SELECT total_changes()")
			if err != nil {
				return 0, err
			}
			n, err := c.step(tx, until)
			if err != nil {
				return 0, err
			}
			after, err := tx.number("SELECT total_changes()")
			if after-before > 500 {
				t.Errorf("%s: a step changed %d rows", c.name, after-before)
			}
			return n, err
		})
		if got != c.want || err != nil {
			t.Errorf("%s: got %d, %v, want %d", c.name, got, err, c.want)
		}
	}
	intact(t, s, 0)
}
