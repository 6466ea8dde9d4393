package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ringback/server/callback"
	"ringback/ui/widgets"
)

// firstShop is an empty practice shop whose pretended request comes to be.
func firstShop() *fakeDesk {
	f := emptyShop(true)
	f.pretends = func() {
		jane := practiceShop().requests[0]
		jane.ID, jane.Name, jane.Number = 1, "Alex Visitor", "+12125550147"
		f.requests = []callback.Request{jane}
		f.events = nil
		f.phones = practiceShop().phones
		f.shop.Line, f.shop.Today = f.requests, 1
	}
	return f
}

func TestAnEmptyPracticeShopLeadsThroughOneRequest(t *testing.T) {
	f := firstShop()
	o := open(t, f)
	o.press("Pretend a request")
	o.wantDone(f, `pretend Alex Visitor "Do you have rye bread today?" 1`)
	o.until("it is led on", func() bool { return o.says("Your first call, only pretended") && o.chosen == 1 })
	o.wantSays("Somebody has asked on your website, so your phone rings. Press Answer on the shop’s phone below.")
	for _, c := range []struct {
		status callback.Status
		says   string
	}{
		{callback.Connecting, "Now the visitor’s phone rings. Press Answer on it, too."},
		{callback.Connected, "The two are talking. Hang up one of the phones when you have heard enough."},
		{callback.Completed, "That was a whole call"},
	} {
		f.change(func() { f.requests[0].Status, f.shop.Line = c.status, nil })
		o.until(string(c.status), func() bool { return o.says(c.says) })
	}
	o.press("Got it")
	o.wantNot("That was a whole call")
	f.change(func() { f.shop.Today = 2 })
	o.until("it was read again", func() bool { return o.shop.Today == 2 })
	o.wantNot("That was a whole call") // it is remembered
}

func TestAFirstRequestThatWasMissedIsTriedOnceMore(t *testing.T) {
	f := firstShop()
	o := open(t, f)
	o.press("Pretend a request")
	o.until("it is led on", func() bool { return o.says("Your first call, only pretended") })
	f.change(func() {
		f.requests[0].Status, f.requests[0].Reason, f.shop.Line = callback.Missed, callback.Unanswered, nil
	})
	o.until("it says so", func() bool { return o.says("This time you did not talk") })
	o.press("Pretend another")
	o.until("another was pretended", func() bool { return len(f.asked()) == 2 })
}

func TestWhoWantsNotToBeLedIsNot(t *testing.T) {
	f := firstShop()
	o := open(t, f)
	o.press("Pretend a request")
	o.until("it is led on", func() bool { return o.says("Your first call, only pretended") })
	test.Tap(o.requests.firstRun.drop)
	o.wantNot("Your first call, only pretended")
}

func TestALiveShopPretendsNothing(t *testing.T) {
	f := emptyShop(false)
	o := open(t, f)
	if _, ok := find(o, func(b *widgets.Button) bool { return b.Label() == "Pretend a request" }); ok {
		t.Error("a live shop offers it")
	}
	o.pretend() // the shop went live while the button was pressed
	o.press("New call")
	if got := f.asked(); len(got) != 0 {
		t.Errorf("the desk was asked for %q", got)
	}
}

func TestTheFirstRunFitsTheSmallestWindowInSpanish(t *testing.T) {
	f := firstShop()
	f.shop.Language = "es"
	o := openIn(t, f, Dark)
	o.resize(widgets.MinWidth, widgets.MinHeight)
	o.press("Simular una solicitud")
	o.until("it is led on", func() bool { return o.requests.firstRun.content.Visible() })
	for _, status := range []callback.Status{callback.Calling, callback.Missed, callback.Completed} {
		f.change(func() { f.requests[0].Status = status })
		o.until("it is drawn", func() bool { return o.rows.Count > 0 && o.rows.Requests[0].Status == status })
		if got := o.Fyne().Canvas().Content().MinSize(); got.Width > widgets.MinWidth || got.Height > widgets.MinHeight {
			t.Errorf("%s: the window is at least %v", status, got)
		}
	}
}

// Beside its buttons the last sentence takes two lines.
func TestTheStepsStandBelowTheSentence(t *testing.T) {
	f := firstShop()
	o := open(t, f)
	o.press("Pretend a request")
	o.until("it is led on", func() bool { return o.says("Your first call, only pretended") })
	f.change(func() { f.requests[0].Status, f.shop.Line = callback.Completed, nil })
	o.until("it is over", func() bool { return o.says("That was a whole call") })
	driver := fyne.CurrentApp().Driver()
	lead := o.requests.firstRun
	bottom := driver.AbsolutePositionForObject(lead.text).Y + lead.text.MinSize().Height
	if top := driver.AbsolutePositionForObject(lead.steps).Y; top < bottom {
		t.Errorf("the sentence ends at %v, the steps begin at %v", bottom, top)
	}
}
