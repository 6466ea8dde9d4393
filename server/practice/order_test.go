package practice_test

import (
	"testing"
	"testing/synctest"
	"time"

	"ringback/server/callback"
	"ringback/server/practice"
	"ringback/server/twilio"
)

// order is what a REST request would ask for.
func order(to string) practice.Order {
	return practice.Order{To: to, From: ours, URL: twilio.WhisperURL(practice.DefaultBase, "a-1"),
		Reports: twilio.StatusURL(practice.DefaultBase, "a-1"), Events: []string{"initiated", "completed"}, Ring: ring}
}

func (s *site) place(o practice.Order) string {
	s.t.Helper()
	sid, err := s.net.Place(o)
	if err != nil {
		s.t.Fatal(err)
	}
	return sid
}

func (s *site) record(sid string) practice.Record {
	s.t.Helper()
	r, ok := s.net.Record(sid)
	if !ok {
		s.t.Fatal("the network does not know the call")
	}
	return r
}

func TestAnOrderReportsOnlyTheEventsItNames(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, home)
		defer s.close()
		s.place(order(shopBusy))
		over()
		if got := s.reports["a-1"]; len(got) != 2 {
			t.Errorf("got the reports %v, want initiated and completed", got)
		}
	})
}

func TestAnOrderEndsAtItsLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, home)
		defer s.close()
		s.net.Word = 10 * time.Minute // a whisper that does not end by itself
		o := order(shopVoicemail)
		o.Limit = time.Minute
		r := s.record(func() string { sid := s.place(o); over(); return sid }())
		if got := r.Ended.Sub(r.Answered); got != time.Minute || r.Status != callback.CallDone {
			t.Errorf("got %s and answered for %s, want completed after a minute", r.Status, got)
		}
	})
}

func TestAQueuedCallCanBeEndedBeforeItRings(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, home)
		defer s.close()
		s.net.Faults.Queues = func(string) time.Duration { return time.Hour }
		sid := s.place(order(shopAccepts))
		synctest.Wait()
		if got := s.record(sid).Status; got != callback.CallQueued {
			t.Errorf("got %s, want queued", got)
		}
		if err := s.net.HangUp(t.Context(), sid); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if got := s.record(sid).Status; got != callback.CallCanceled {
			t.Errorf("got %s, want canceled", got)
		}
	})
}

func TestRecordsTellWhoDialledWhom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, home)
		defer s.close()
		sid := s.place(order(shopAccepts))
		over()
		all := s.net.Records()
		if len(all) != 2 || all[0].SID != sid || all[0].Parent != "" || all[1].Parent != sid || all[1].To != home {
			t.Errorf("got %+v, want the order and the call that it dialled", all)
		}
	})
}

func TestATextIsKnownByTheStationItReached(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, home)
		defer s.close()
		s.net.Faults.Deliver = func(string) int { return 30003 }
		if _, err := s.net.Send(home, ours, "hello", twilio.TextStatusURL(practice.DefaultBase, "t-1")); err != nil {
			t.Fatal(err)
		}
		over()
		sent := s.net.Sent()
		if len(sent) != 1 || sent[0].Station != "undelivered" || sent[0].Code != 30003 {
			t.Errorf("got %+v, want one text that is undelivered with 30003", sent)
		}
	})
}
