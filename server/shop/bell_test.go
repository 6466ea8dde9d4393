package shop_test

import (
	"context"
	"testing"
	"time"

	"ringback/server/desk"
	"ringback/server/notify"
	"ringback/server/shop"
)

// told is the next thing that the owner is told.
func told(t *testing.T, notices <-chan notify.Notice) notify.Notice {
	t.Helper()
	select {
	case n := <-notices:
		return n
	case <-time.After(patience):
		t.Fatal("the owner is told nothing")
	}
	return notify.Notice{}
}

func TestTheOwnerIsToldOfARequestThatIsPretendedInTheWindow(t *testing.T) {
	r := start(t, t.TempDir(), `{"business": {"phones": [{"label": "Counter", "number": "+12125550101"}]}}`, windowed, func(o *shop.Options) { o.ByHand, o.Speed = true, 1 })
	notices, leave := r.shop.Desk().Notices()
	defer leave()
	id, err := r.shop.Desk().Practice().Pretend(context.Background(), "Jane Doe", "Do you have rye bread?")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := told(t, notices), (notify.Notice{Kind: notify.New, Request: id}); got != want {
		t.Errorf("the owner is told %v, want %v", got, want)
	}
	d, err := r.shop.Desk().Request(context.Background(), id)
	if err != nil || d.Name != "Jane Doe" || d.Message != "Do you have rye bread?" || !d.Consent.TextsVisitor() {
		t.Errorf("the request is %+v, %v", d.Request, err)
	}
	r.comes("the shop's phone rings", func(desk.Shop) bool {
		return r.shop.Desk().Practice().Phones()[0].State == desk.Ringing
	})
}

func TestTheWindowKnowsWhetherTheShopIsOpenOrPaused(t *testing.T) {
	r := start(t, t.TempDir(), "", windowed)
	if o := r.shown().Opening; !o.Open || !o.Paused.IsZero() {
		t.Errorf("a fresh shop stands at %+v", o)
	}
	until := time.Now().Add(time.Hour).UTC().Truncate(time.Second)
	r.apply(`{"hours": {"paused_until": "` + until.Format(time.RFC3339) + `"}}`)
	if o := r.shown().Opening; o.Open || !o.Paused.Equal(until) {
		t.Errorf("paused, it stands at %+v", o)
	}
	r.apply(`{"hours": {"paused_until": ""}}`)
	if o := r.shown().Opening; !o.Open || !o.Paused.IsZero() {
		t.Errorf("after the pause it stands at %+v", o)
	}
}
