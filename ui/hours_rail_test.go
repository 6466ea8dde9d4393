package ui

import (
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"ringback/ui/widgets"
)

func TestTheNarrowBarShowsTheWholeCardAndPauses(t *testing.T) {
	f := busyShop()
	o := open(t, f)
	o.resize(widgets.MinWidth, widgets.MinHeight)
	card := o.frame.state[1]
	if end := o.o.App.Driver().AbsolutePositionForObject(card).Y + card.MinSize().Height; end > widgets.MinHeight {
		t.Errorf("the card ends at %v", end)
	}
	o.wantSays("Open", "to 12:30", "site", "phone")
	pause, ok := find(o, func(b *widgets.Button) bool { return b == o.frame.railPause })
	if !ok {
		t.Fatal("there is no way to pause")
	}
	test.Tap(pause)
	o.menu(2)
	if got, want := o.changedHours(f, 1), `{"hours":{"paused_until":"`+noon.Add(time.Hour).Format(time.RFC3339)+`"}}`; got != want {
		t.Errorf("applied %s, want %s", got, want)
	}
}

func TestAPauseCanBeTakenBack(t *testing.T) {
	f := busyShop()
	o := open(t, f)
	o.press("Busy for 15 min")
	o.changedHours(f, 1)
	o.until("it is said", func() bool { return o.says("Paused to 10:56") })
	o.press("Undo")
	if got := o.changedHours(f, 2); got != `{"hours":{"paused_until":""}}` {
		t.Errorf("undone by %s", got)
	}
	o.until("it is open again", func() bool { return o.says("Open to 12:30") && o.button("Busy for 15 min") != nil })
}
