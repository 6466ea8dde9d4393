package ui

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ringback/server/callback"
	"ringback/ui/widgets"
)

// writes opens the text to the visitor of a request.
func (o *opened) writes(id int64) *composer {
	o.t.Helper()
	o.pick(id)
	o.press("Text")
	return o.requests.detail.text
}

func TestTheOwnerTextsAVisitor(t *testing.T) {
	f := busyShop()
	f.shop.Public = "+12125550199"
	o := open(t, f)
	c := o.writes(9)
	o.wantSays("Text to Omar Haddad, (917) 555-0164")
	if want := "Ann's Bakery: we tried to call you. When can we reach you? Our phone: +1 212-555-0199"; c.words.Text != want {
		t.Errorf("offered is %q, want %q", c.words.Text, want)
	}
	if o.focused() != c.words {
		t.Errorf("%T has the keyboard, want what is written", o.focused())
	}
	c.words.SetText("We open at nine.")
	o.wantSays("Length 16, one text")
	o.press("Send")
	o.wantDone(f, "text “We open at nine.” 9")
	o.until("it is told", func() bool { return o.says("The text to Omar Haddad goes out") })
	if c.content.Visible() || c.words.Text != "" {
		t.Error("it is still open")
	}
	if f.requests[f.index(9)].Status != callback.NoAnswer {
		t.Error("the request has changed")
	}
}

// A double click, or Enter and a click.
func TestATextIsSentOnceHoweverOftenItIsPressed(t *testing.T) {
	f := busyShop()
	o := open(t, f)
	c := o.writes(9)
	c.words.SetText("We open at nine.")
	send := o.button("Send")
	test.Tap(send)
	test.Tap(send)
	c.words.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	o.until("it is told", func() bool { return o.says("The text to Omar Haddad goes out") })
	o.wantDone(f, "text “We open at nine.” 9")
}

func TestATextThatWasRefusedStaysAndIsTheSameOneAgain(t *testing.T) {
	f := busyShop()
	f.refuse = &callback.Error{Code: callback.TextUnderWay}
	o := open(t, f)
	c := o.writes(9)
	c.words.SetText("We open at nine.")
	key := c.key
	o.press("Send")
	o.until("the fault stands", func() bool { return o.says("The text before is still on its way") })
	o.wantSays("Nothing was texted. Wait until the history says what became of it, and send again.")
	if c.words.Text != "We open at nine." || !c.content.Visible() {
		t.Error("what was written is gone")
	}
	f.change(func() { f.refuse = nil })
	o.press("Send")
	o.until("it is told", func() bool { return o.says("The text to Omar Haddad goes out") })
	if !slices.Equal(f.keys, []string{key}) {
		t.Errorf("its keys are %q, want %q", f.keys, key)
	}
	if c.open(o.detail, o.requests.detail.shown); c.key == key {
		t.Error("the next text has the same key, and would never be sent")
	}
}

func TestATextThatIsTooLongIsNotSent(t *testing.T) {
	f := busyShop()
	o := open(t, f)
	c := o.writes(9)
	for _, typed := range []string{strings.Repeat("a", 460), " "} {
		c.words.SetText(typed)
		if !o.button("Send").Disabled() {
			t.Errorf("%d letters can be sent", len(typed))
		}
		c.words.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
	c.words.SetText(strings.Repeat("a", 460))
	o.wantSays("Too long by 1: at most 3 texts are sent at once.")
	c.words.SetText("fits")
	o.press("Send")
	o.wantDone(f, "text “fits” 9")
}

func TestATextIsNotOfferedToWhoWantsNone(t *testing.T) {
	f := busyShop()
	f.optedOut = map[string]bool{"+19175550164": true}
	o := open(t, f)
	c := o.writes(9)
	o.wantSays("This number has texted STOP and gets no more texts",
		"Nothing was texted. Call it from your own phone, or wait until it texts START.")
	if c.content.Visible() {
		t.Error("it can be written to all the same")
	}
}

func TestATextIsClosedWithItsRequestAndByEscape(t *testing.T) {
	o := open(t, busyShop())
	c := o.writes(9)
	c.words.SetText("half a")
	o.press("Text")
	if c.words.Text != "half a" {
		t.Errorf("a second press on Text leaves %q", c.words.Text)
	}
	o.pick(10)
	if c.content.Visible() {
		t.Error("it stands below another request")
	}
	o.press("Text")
	o.wantSays("Text to (212) 555-0188")
	c.words.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if c.content.Visible() {
		t.Error("Escape does not close it")
	}
	o.press("Text")
	o.press("Cancel")
	if c.content.Visible() {
		t.Error("Cancel does not close it")
	}
}

func TestATextIsWrittenByTheKeyboard(t *testing.T) {
	f := busyShop()
	o := open(t, f)
	o.pick(12) // a call is on
	o.shortcuts["CustomDesktop:Control+T"]()
	if o.requests.detail.text.content.Visible() {
		t.Error("a text is offered while a call is on")
	}
	o.pick(9)
	o.shortcuts["CustomDesktop:Control+T"]()
	test.Type(o.requests.detail.text.words, "!")
	o.requests.detail.text.words.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnter})
	o.until("it was sent", func() bool { return len(f.asked()) == 1 && strings.HasPrefix(f.asked()[0], "text “") })
}

// The card of a text fits into the smallest window, in Spanish and with a long name.
func TestATextFitsIntoTheSmallestWindow(t *testing.T) {
	f := busyShop()
	f.shop.Language = "es"
	o := open(t, f)
	o.resize(800, 560)
	o.pick(11)
	o.press("SMS")
	c := o.requests.detail.text
	c.words.SetText(strings.Repeat("a", 461))
	pane := o.requests.detail.content
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(c.send)
	if bottom := at.Y + c.send.Size().Height; bottom > 560 {
		t.Errorf("Send ends at %v, below the window's edge", bottom)
	}
	if got, room := c.content.MinSize().Width, pane.Size().Width-2*widgets.Gap6; got > room {
		t.Errorf("the card is %v wide, want at most %v", got, room)
	}
}
