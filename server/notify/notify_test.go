package notify

import (
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"ringback/server/callback"
)

// heard is a bell and what one listener heard of it.
type heard struct {
	*Bell
	t      *testing.T
	listen <-chan Notice
}

func bell(t *testing.T) *heard {
	b := &Bell{Log: slog.New(slog.DiscardHandler)}
	listen, leave := b.Listen()
	t.Cleanup(leave)
	return &heard{Bell: b, t: t, listen: listen}
}

func (h *heard) notify(kind callback.NoticeKind, request int64, decided time.Time) {
	h.t.Helper()
	if err := h.Notify(h.t.Context(), callback.Notice{Kind: kind, Request: request, At: decided}); err != nil {
		h.t.Fatal(err)
	}
}

// see looks at a part once a second, for that long.
func (h *heard) see(p Part, well bool, seconds int) {
	for range seconds {
		h.See(p, well)
		time.Sleep(time.Second)
	}
}

func (h *heard) want(want ...Notice) {
	h.t.Helper()
	time.Sleep(2 * gather)
	synctest.Wait()
	var got []Notice
	for len(h.listen) > 0 {
		got = append(got, <-h.listen)
	}
	if diff := cmp.Diff(got, want); diff != "" {
		h.t.Errorf("heard, and wanted:\n%s", diff)
	}
}

func in(t *testing.T, do func(t *testing.T, h *heard)) {
	synctest.Test(t, func(t *testing.T) { do(t, bell(t)) })
}

func TestEachRequestIsTold(t *testing.T) {
	in(t, func(_ *testing.T, h *heard) {
		h.notify(callback.NoticeNew, 1, time.Now())
		h.notify(callback.NoticeNew, 2, time.Now())
		time.Sleep(2 * gather)
		h.notify(callback.NoticeMissed, 1, time.Now())
		time.Sleep(2 * gather)
		got := []Notice{<-h.listen, <-h.listen, <-h.listen}
		if got[2] != (Notice{Kind: Missed, Request: 1}) || got[0].Kind != New || got[1].Kind != New || got[0].Request+got[1].Request != 3 {
			t.Errorf("heard %v", got)
		}
	})
}

func TestARequestThatIsMissedAtOnceIsToldOnce(t *testing.T) {
	in(t, func(_ *testing.T, h *heard) {
		h.notify(callback.NoticeNew, 1, time.Now())
		h.notify(callback.NoticeMissed, 1, time.Now())
		h.want(Notice{Kind: Missed, Request: 1})
	})
}

func TestWhatACrashHasHeldUpIsNoNews(t *testing.T) {
	in(t, func(_ *testing.T, h *heard) {
		h.notify(callback.NoticeNew, 1, time.Now().Add(-old-time.Second))
		h.notify(callback.NoticeMissed, 2, time.Now().Add(-old))
		h.want(Notice{Kind: Missed, Request: 2})
	})
}

func TestTroubleAndItsEndAreToldOnce(t *testing.T) {
	in(t, func(_ *testing.T, h *heard) {
		h.see(Phone, true, 5)
		h.see(Phone, false, 60)
		h.want(Notice{Kind: Trouble, Part: Phone})
		h.see(Phone, true, 60)
		h.want(Notice{Kind: Over, Part: Phone})
	})
}

func TestTroubleThatIsGoneInAMomentIsNone(t *testing.T) {
	in(t, func(_ *testing.T, h *heard) {
		h.see(Disk, true, 1)
		for range 5 {
			h.see(Disk, false, 9)
			h.see(Disk, true, 1)
		}
		h.want()
	})
}

func TestPartsAreToldApart(t *testing.T) {
	in(t, func(_ *testing.T, h *heard) {
		h.See(Disk, true)
		h.See(Website, true)
		h.see(Disk, false, 12)
		h.see(Website, false, 12)
		h.want(Notice{Kind: Trouble, Part: Disk}, Notice{Kind: Trouble, Part: Website})
	})
}

func TestTroubleThatIsThereAtTheStartIsNoNewsButItsEndIs(t *testing.T) {
	in(t, func(_ *testing.T, h *heard) {
		h.see(Website, false, 60)
		h.want()
		h.see(Website, true, 60)
		h.want(Notice{Kind: Over, Part: Website})
	})
}

func TestAnOwnerWhoDoesNotWantToBeToldIsNot(t *testing.T) {
	in(t, func(_ *testing.T, h *heard) {
		wanted := false
		h.Wanted = func() bool { return wanted }
		h.notify(callback.NoticeNew, 1, time.Now())
		h.see(Phone, true, 1)
		h.see(Phone, false, 60)
		h.want()
		wanted = true
		h.see(Phone, false, 60)
		h.want() // it was trouble before: no news
	})
}

func TestWhoLeftIsNotToldAndWhoLagsHoldsNobodyUp(t *testing.T) {
	in(t, func(t *testing.T, h *heard) {
		other, leave := h.Listen()
		for i := range waiting + 5 {
			h.notify(callback.NoticeNew, int64(i), time.Now())
		}
		time.Sleep(2 * gather)
		if got := len(h.listen); got != waiting {
			t.Errorf("%d notices wait, want %d", got, waiting)
		}
		for range waiting {
			<-h.listen
			<-other
		}
		leave()
		h.notify(callback.NoticeNew, 500, time.Now())
		h.want(Notice{Kind: New, Request: 500})
		if len(other) > 0 {
			t.Error("who left is told still")
		}
	})
}
