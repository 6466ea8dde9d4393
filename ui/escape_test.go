package ui

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"ringback/ui/widgets"
)

func (o *opened) escapes() {
	key := &fyne.KeyEvent{Name: fyne.KeyEscape}
	if focused := o.Fyne().Canvas().Focused(); focused != nil {
		focused.TypedKey(key)
		return
	}
	o.Fyne().Canvas().OnTypedKey()(key)
}

func TestEscapeClosesAQuestionAndNothingIsAsked(t *testing.T) {
	o := open(t, busyShop())
	did := false
	o.ask("Sure?", "It can't be undone.", "Yes", "No", func() { did = true }, func() { did = true })
	o.escapes()
	if o.Fyne().Canvas().Overlays().Top() != nil || o.question != nil || did {
		t.Errorf("over the window is %v, the question is %v, answered: %v", o.Fyne().Canvas().Overlays().Top(), o.question, did)
	}
}

func TestEscapeClosesTheQuestionBeforeARestore(t *testing.T) {
	f := settledShop()
	o := open(t, f)
	p := o.settingsOf(atShop)
	p.askRestore("x.db", "x.db")
	o.escapes()
	if o.Fyne().Canvas().Overlays().Top() != nil {
		t.Error("it stands yet")
	}
}

func TestEscapeTakesAwayWhatWasSaidAndThenEndsTheSearch(t *testing.T) {
	o := open(t, busyShop())
	o.message.tell("Saved: x", noon)
	o.requests.search.entry.SetText("Jane")
	o.requests.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	o.wantNot("Saved: x")
	if o.requests.search.entry.Text != "Jane" {
		t.Error("the search has ended, too")
	}
	o.requests.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if o.requests.search.entry.Text != "" {
		t.Error("the search goes on")
	}
}

func TestEscapeInAnHoursFieldClosesIt(t *testing.T) {
	o := open(t, settledShop())
	o.goHours()
	o.hours.now.askUntil()
	o.escapes()
	if o.hours.now.ask.Visible() {
		t.Error("the end of a pause is still asked for")
	}
	o.hours.dates.ask("", "")
	o.escapes()
	if o.hours.dates.edit.Visible() {
		t.Error("the date is still asked for")
	}
}

func TestWhatWasSaidStaysWhileTheMouseOrTheKeyboardIsOnIt(t *testing.T) {
	o := open(t, busyShop())
	at := noon
	o.message.say("Marked as done", "Undo", at, func() {})
	toast, _ := find(o, func(*widgets.UnderMouse) bool { return true })
	toast.MouseIn(&desktop.MouseEvent{})
	at = at.Add(time.Minute)
	o.message.tick(at)
	o.wantSays("Marked as done")
	toast.MouseOut()
	o.Fyne().Canvas().Focus(o.button("Undo"))
	at = at.Add(time.Minute)
	o.message.tick(at)
	o.wantSays("Marked as done")
	o.Fyne().Canvas().Unfocus()
	o.message.tick(at.Add(sayFor))
	o.wantSays("Marked as done")
	o.message.tick(at.Add(sayFor + time.Second))
	o.wantNot("Marked as done")
}
