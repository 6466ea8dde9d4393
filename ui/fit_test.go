package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"ringback/server/callback"
	"ringback/server/desk"
	"ringback/ui/widgets"
)

// rowsSeen is how many whole rows the list has room for.
func (o *opened) rowsSeen() int {
	const between = 4
	return int((o.requests.list.Size().Height + between) / (widgets.RowHeight + between))
}

func TestFourRowsAreSeenInTheSmallestWindowWhilePracticeLeadsOn(t *testing.T) {
	for _, language := range []string{"en", "es"} {
		f := practiceShop()
		f.shop.Language = language
		for i := range f.requests { // nobody has talked yet, so somebody new is led on
			f.requests[i].Status = callback.Missed
		}
		f.phones[0].State = desk.OnCall
		f.phones[0].Says = "A call from your website. Jane Doe, from New York, is waiting. Do you have rye bread? Press 1 to talk, 2 to be called in 15 minutes, 3 to get a text."
		o := openIn(t, f, Light)
		o.resize(widgets.MinWidth, widgets.MinHeight)
		for _, status := range []callback.Status{callback.Calling, callback.Connecting, callback.Connected, callback.Missed, callback.Completed} {
			f.change(func() { f.requests[0].Status = status })
			o.until("it is drawn", func() bool { return o.rows.Count > 0 && o.rows.Requests[0].Status == status })
			if !o.requests.firstRun.content.Visible() || !o.requests.strip.content.Visible() {
				t.Fatalf("%s: nobody is led on, or there is no strip", language)
			}
			if got := o.rowsSeen(); got < 4 {
				t.Errorf("%s in %s: %d rows are seen, the list is %v high", status, language, got, o.requests.list.Size().Height)
			}
			o.keep("page-practice-low-" + language + "-" + string(status))
		}
	}
}

func TestTheFlatPhonesOfALowWindowArePlayedLikeTheDrawnOnes(t *testing.T) {
	f := practiceShop()
	o := open(t, f)
	o.resize(widgets.MinWidth, widgets.MinHeight)
	low := o.requests.strip.shop.Size().Height
	o.requests.strip.shop.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	o.wantDone(f, "answer +12125550101")
	o.resize(startWidth, startHeight)
	if got := o.requests.strip.shop.Size().Height; got < 2*low {
		t.Errorf("in a high window the phone is %v high, in a low one %v", got, low)
	}
}
