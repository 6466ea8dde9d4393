package ui

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"ringback/server/callback"
	"ringback/server/desk"
	"ringback/ui/view"
	"ringback/ui/widgets"
)

// pick selects a request as a click on its row does, and waits for its history.
func (o *opened) pick(id int64) {
	o.t.Helper()
	o.requests.list.Select(o.rows.index(id))
	o.until("the request was read", func() bool { return o.detail.ID == id && o.detail.Asked > 0 })
}

// wantDone waits until the desk was asked for this, and for nothing else.
func (o *opened) wantDone(f *fakeDesk, want ...string) {
	o.t.Helper()
	o.until("the desk was asked", func() bool { return len(f.asked()) >= len(want) })
	if got := f.asked(); !slices.Equal(got, want) {
		o.t.Errorf("the desk was asked for %q, want %q", got, want)
	}
}

func TestEachButtonDoesItsWorkThroughDesk(t *testing.T) {
	cases := []struct {
		name  string
		id    int64
		press string
		want  string
	}{
		{"a missed one is called", 10, "Call now", "call 10"},
		{"one in line is called at once", 11, "Call now", "call 11"},
		{"one that talked is called again", 8, "Call again", "call 8"},
		{"a call is ended", 12, "End call", "end 12"},
		{"one is ticked off", 9, "Done", "done  9"},
		{"a tick is taken back", 5, "Take it back", "undo 5"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f := busyShop()
			o := open(t, f)
			o.pick(c.id)
			o.press(c.press)
			o.wantDone(f, c.want)
		})
	}
}

func TestANoteGoesWithTheTick(t *testing.T) {
	f := busyShop()
	o := open(t, f)
	o.pick(10)
	o.requests.detail.note.SetText("  rye on Monday ")
	o.requests.detail.note.OnSubmitted("")
	o.wantDone(f, "done rye on Monday 10")
	o.until("the note was shown", func() bool { return o.says("Ticked off: rye on Monday") })
	if got := o.requests.detail.note.Text; got != "" {
		t.Errorf("the note %q still stands in its field", got)
	}
}

func TestANoteStaysWhileItIsWrittenAndGoesWithItsRequest(t *testing.T) {
	f := busyShop()
	o := open(t, f)
	o.pick(10)
	o.requests.detail.note.SetText("rye")
	f.change(func() { f.shop.NeedsYou = 7 })
	o.until("the change was shown", func() bool { return o.shop.NeedsYou == 7 })
	if got := o.requests.detail.note.Text; got != "rye" {
		t.Errorf("after a change the field holds %q", got)
	}
	o.pick(9)
	if got := o.requests.detail.note.Text; got != "" {
		t.Errorf("the next request's field holds %q", got)
	}
}

func TestDoneCanBeUndoneAndTheNextOneIsShown(t *testing.T) {
	f := busyShop()
	o := open(t, f)
	o.requests.chooseFilter(0)
	o.until("the list was read", func() bool { return o.read && o.chosen == 10 })
	o.pick(10)
	o.press("Done")
	o.until("the notice stands", func() bool { return o.says("Marked as done: (212) 555-0188") })
	if o.chosen != 9 {
		t.Errorf("shown is request %d, want the next one", o.chosen)
	}
	o.press("Undo")
	o.until("it is shown again", func() bool { return o.chosen == 10 && o.rows.index(10) == 0 })
	o.wantDone(f, "done  10", "undo 10")
	o.wantNot("Marked as done: (212) 555-0188")
}

func TestATickThatIsTakenBackPutsItsNoteBackIntoTheField(t *testing.T) {
	f := busyShop()
	o := open(t, f)
	o.pick(10)
	o.requests.detail.note.SetText("rye on Monday")
	o.press("Done")
	o.until("the notice stands", func() bool { return o.says("Marked as done: (212) 555-0188") })
	o.press("Undo")
	o.until("the note is back", func() bool { return o.requests.detail.note.Text == "rye on Monday" })
	o.pick(5)
	o.press("Take it back")
	o.until("an older note is back", func() bool { return o.requests.detail.note.Text == "birthday cake, Tuesday" })
	o.until("the field is there", func() bool { return o.requests.detail.noting.Visible() })
}

func TestTheNumberOfANamelessVisitorIsCopiedBesideIt(t *testing.T) {
	o := open(t, busyShop())
	edge := func(c fyne.CanvasObject) (left, right float32) {
		left = fyne.CurrentApp().Driver().AbsolutePositionForObject(c).X
		return left, left + c.Size().Width
	}
	d := o.requests.detail
	for _, c := range []struct {
		id     int64
		number *widgets.Text
	}{{10, d.bare}, {9, d.number}, {10, d.bare}} {
		o.pick(c.id)
		_, ends := edge(c.number)
		begins, _ := edge(d.copyIt)
		if gap := begins - ends; gap < 0 || gap > widgets.Gap4 {
			t.Errorf("request %d: the sheets stand %v right of the number", c.id, gap)
		}
	}
}

func TestTheLastOneThatIsDoneLeavesAnEmptyList(t *testing.T) {
	f := busyShop()
	f.requests = f.requests[2:3]
	o := open(t, f)
	o.requests.chooseFilter(0)
	o.until("the list was read", func() bool { return o.read && o.chosen == 10 && o.detail.Asked > 0 })
	o.press("Done")
	o.until("nobody is there", func() bool { return o.says("No one is waiting") })
	o.wantSays("Marked as done: (212) 555-0188")
}

func TestWhatWasDoneIsNotSaidForEver(t *testing.T) {
	o := open(t, busyShop())
	o.pick(10)
	o.press("Done")
	o.until("it is said", func() bool { return o.says("Marked as done: (212) 555-0188") })
	o.message.tick(noon.Add(sayFor))
	o.wantSays("Marked as done: (212) 555-0188")
	o.message.tick(noon.Add(sayFor + time.Second))
	o.wantNot("Marked as done: (212) 555-0188")
}

func TestAWishThatIsRefusedIsToldInThreeParts(t *testing.T) {
	f := busyShop()
	f.refuse = &callback.Error{Code: callback.CallIsOn}
	o := open(t, f)
	o.pick(10)
	o.press("Call now")
	o.until("the fault stands", func() bool { return o.says("A call is on for this request") })
	o.wantSays("Nothing was changed: the call goes on, for you and for the visitor. Wait until it is over, and press again.")
	f.change(func() { f.shop.NeedsYou = 7 })
	o.until("a change was shown", func() bool { return o.shop.NeedsYou == 7 })
	o.wantSays("A call is on for this request") // it stays until it is closed
	o.message.hide()
	o.wantNot("A call is on for this request")
}

func TestTheOwnerCallsANumber(t *testing.T) {
	f := busyShop()
	o := open(t, f)
	o.requests.newCall.number.SetText(" (212) 555-0177 ")
	o.press("New call")
	o.until("it is asked for", func() bool {
		return slices.Contains(f.asked(), fmt.Sprintf("new call (212) 555-0177 %d", f.requests[0].ID))
	})
	o.until("it is shown, and the field is empty", func() bool { return o.chosen == f.requests[0].ID && o.requests.newCall.number.Text == "" })
	f.change(func() { f.refuse = desk.ErrNumber })
	o.requests.newCall.number.SetText("555")
	o.press("New call")
	o.until("the fault stands", func() bool { return o.says("That is no number that can be called") })
	if got := o.requests.newCall.number.Text; got != "555" {
		t.Errorf("what was typed is now %q", got)
	}
	before := len(f.asked())
	o.requests.newCall.number.SetText("")
	o.press("New call") // nothing typed: it only takes the keyboard
	if got := len(f.asked()); got != before {
		t.Error("nothing was typed, and something was asked for")
	}
}

func TestANumberThatIsOneTakesBackWhatWasSaidOfOneBefore(t *testing.T) {
	f := busyShop()
	f.refuse = desk.ErrNumber
	o := open(t, f)
	o.requests.newCall.number.SetText("12")
	o.requests.newCall.call()
	o.until("the fault stands", func() bool { return o.says("That is no number that can be called") })
	f.change(func() { f.refuse = nil })
	o.requests.newCall.number.SetText("(212) 555-0177")
	o.requests.newCall.call()
	o.until("it is called", func() bool { return o.requests.newCall.number.Text == "" })
	o.wantNot("That is no number that can be called")
}

func TestAnotherRequestIsShownFromItsBeginning(t *testing.T) {
	f := busyShop()
	f.events[10] = slices.Repeat(f.events[10], 10)
	o := open(t, f)
	o.resize(widgets.MinWidth, widgets.MinHeight)
	o.pick(10)
	o.requests.detail.show()
	scrolled := o.requests.detail.scroll.Objects[0].(*container.Scroll)
	scrolled.ScrollToBottom()
	if scrolled.Offset.Y == 0 {
		t.Fatal("there is nothing to scroll")
	}
	o.requests.detail.show() // the same one stays where it is
	if scrolled.Offset.Y == 0 {
		t.Error("a change of the same request went back to its beginning")
	}
	o.pick(9)
	if scrolled.Offset.Y != 0 {
		t.Errorf("the next one begins at %v", scrolled.Offset.Y)
	}
}

func TestAShopThatCanNotBeReadSaysSoUntilItCan(t *testing.T) {
	f := busyShop()
	o := open(t, f)
	f.change(func() { f.broken = errors.New("disk on fire") })
	o.until("the fault stands", func() bool { return o.says("“Requests” can't be read just now") })
	o.wantSays("Jane Doe")
	f.change(func() { f.broken = nil })
	o.until("the fault is gone", func() bool { return !o.says("“Requests” can't be read just now") })
}

func TestTheNumberIsCopied(t *testing.T) {
	o := open(t, busyShop())
	o.pick(9)
	test.Tap(o.requests.detail.copyIt)
	if got := o.o.App.Clipboard().Content(); got != "+19175550164" {
		t.Errorf("copied is %q", got)
	}
}

func TestTheFormIsOpened(t *testing.T) {
	f := emptyShop(true)
	o := open(t, f)
	o.press("Open the form")
	if got := <-o.urls; got != f.shop.FormURL {
		t.Errorf("opened is %q", got)
	}
}

func TestWithoutABrowserTheAddressIsShown(t *testing.T) {
	o := open(t, emptyShop(false))
	o.noWeb = true
	o.press("Open the form")
	o.until("the fault stands", func() bool { return o.says("The browser could not be opened") })
	o.wantSays("Visitors notice nothing of it. Type this address into a browser: http://127.0.0.1:8787/")
}

func TestAChangeArrivesByItself(t *testing.T) {
	f := busyShop()
	o := open(t, f)
	o.pick(12)
	f.change(func() {
		f.requests[0].Status = callback.Connected
		f.requests[0].TalkFrom = noon
		f.shop.NeedsYou = 1
	})
	o.until("it was shown", func() bool { return o.says("Talking with Ann's mobile") })
	o.wantSays("You are talking", "Today  12", "Needs you  1")
	o.wantNot("Their phone rings", "End call")
}

func TestTheChoiceStaysWhenARowComesInAbove(t *testing.T) {
	f := busyShop()
	o := open(t, f)
	o.pick(10)
	f.change(func() {
		f.requests = slices.Insert(f.requests, 0, callback.Request{ID: 13, Status: callback.Pending, Name: "Newcomer", Number: "+12125550111"})
	})
	o.until("it was shown", func() bool { return o.says("Newcomer") })
	if o.chosen != 10 || o.detail.ID != 10 {
		t.Errorf("shown is request %d, want 10", o.chosen)
	}
	if got := o.requests.list.selected(); got != 3 {
		t.Errorf("row %d is marked, want the fourth", got)
	}
	o.requests.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	if o.chosen != 11 {
		t.Errorf("the arrow leads to request %d, want the one above", o.chosen)
	}
}

func TestWhatIsOnTheScreenStaysWhenRowsComeInAbove(t *testing.T) {
	f := emptyShop(false)
	f.requests = ids(300, 1)
	o := open(t, f)
	o.requests.list.ScrollToOffset(1000)
	first := o.firstRow()
	f.change(func() { f.requests = ids(303, 1) })
	o.until("they are there", func() bool { return o.rows.Count == 303 })
	if got := o.firstRow(); got != first {
		t.Errorf("row %d is now where row %d was", got, first)
	}
}

func TestTheKeyboardRunsThroughTheList(t *testing.T) {
	f := emptyShop(false)
	f.requests = ids(1000, 1)
	o := open(t, f)
	list := o.requests.list
	fits := int64(list.Size().Height / (widgets.RowHeight + 4))
	if fits < 2 {
		t.Fatalf("only %d rows fit on the screen", fits)
	}
	key := func(name fyne.KeyName, want int64) {
		t.Helper()
		list.TypedKey(&fyne.KeyEvent{Name: name})
		if o.chosen != want {
			t.Errorf("%s leads to request %d, want %d", name, o.chosen, want)
		}
	}
	key(fyne.KeyPageDown, 1000-fits)
	key(fyne.KeyPageDown, 1000-2*fits)
	key(fyne.KeyPageUp, 1000-fits)
	list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	o.until("the last one was read", func() bool { return o.chosen == 1 })
	key(fyne.KeyPageDown, 1)
	key(fyne.KeyUp, 2)
	list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	o.until("the first one was read", func() bool { return o.chosen == 1000 })
	key(fyne.KeyPageUp, 1000)
}

// firstRow is the request at the top of the screen.
func (o *opened) firstRow() int64 {
	if r := o.rows.row(o.requests.list.top()); r != nil {
		return r.ID
	}
	return 0
}

func TestTheEndOfALongListIsThereAtOnce(t *testing.T) {
	f := emptyShop(false)
	f.requests = ids(100_000, 1)
	o := open(t, f)
	if got := o.requests.list.count(); got != 100_000 {
		t.Fatalf("the list has %d rows, want one for each request", got)
	}
	f.mu.Lock()
	before := len(f.queries)
	f.mu.Unlock()
	o.requests.list.ScrollToBottom()
	if got := o.firstRow(); got != 0 {
		t.Errorf("before it was read request %d stands there", got)
	}
	o.until("the last one was read", func() bool { return o.rows.index(1) == 99_999 })
	o.until("it is drawn", func() bool { return o.says("Visitor 1") })
	f.mu.Lock()
	defer f.mu.Unlock()
	if reads := len(f.queries) - before; reads > 2 || len(o.rows.Requests) > spanSize {
		t.Errorf("for it %d stretches were read, and %d rows are kept", reads, len(o.rows.Requests))
	}
}

// End, then Enter at once: who stands there is not known yet.
func TestNoWishGoesToAnotherRequestWhileTheChosenOneIsNotKnown(t *testing.T) {
	f := emptyShop(false)
	f.requests = ids(1000, 1)
	o := open(t, f)
	o.requests.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	o.requests.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	o.requests.tickOff()
	o.until("it is known", func() bool { return o.chosen == 1 && o.detail.Asked > 0 })
	if got := f.asked(); len(got) > 0 {
		t.Errorf("the desk was asked for %q", got)
	}
	o.requests.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	o.wantDone(f, "call 1")
}

func TestTheChoiceStaysWhenItIsFarFromTheScreen(t *testing.T) {
	f := emptyShop(false)
	f.requests = ids(2000, 1)
	o := open(t, f)
	o.pick(1995)
	o.requests.list.ScrollToBottom()
	o.until("the end was read", func() bool { return o.rows.index(1) == 1999 })
	f.change(func() { f.requests = ids(2010, 1) })
	o.until("they are there", func() bool { return o.rows.Count == 2010 })
	if got := o.requests.list.selected(); got != 15 || o.chosen != 1995 || o.firstRow() == 0 {
		t.Errorf("request %d is chosen, at %d", o.chosen, got)
	}
	o.requests.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	o.until("the next one was read", func() bool { return o.chosen == 1994 })
}

func TestASearchIsReadOnAsOneGetsToItsEnd(t *testing.T) {
	f := emptyShop(false)
	f.requests = ids(2500, 1)
	o := open(t, f)
	o.requests.search.entry.SetText("visitor")
	o.until("the first were found", func() bool { return o.read && o.rows.Count == mostFound })
	for _, want := range []int{2000, 2500} {
		o.requests.list.ScrollToBottom()
		o.until("more were found", func() bool { return o.rows.Count == want })
	}
}

func TestAfterAChangeTheRowsOnTheScreenAreReadAgain(t *testing.T) {
	f := emptyShop(false)
	f.requests = ids(250, 1)
	o := open(t, f)
	o.requests.list.ScrollTo(150)
	f.change(func() { f.requests[f.index(102)].Name = "Somebody" })
	o.until("the change is seen", func() bool { return o.says("Somebody") })
}

func TestFilters(t *testing.T) {
	f := busyShop()
	o := open(t, f)
	cases := []struct {
		key   fyne.KeyName
		want  desk.Filter
		first int64
	}{{fyne.Key1, desk.NeedsYou, 10}, {fyne.Key3, desk.All, 12}, {fyne.Key2, desk.Today, 12}}
	for _, c := range cases {
		o.requests.chooseFilter(slices.Index(filterKeys, c.key))
		o.until("the list was read", func() bool { return o.read && o.filter == c.want && o.rows.Count > 0 })
		if got := o.rows.Requests[0].ID; got != c.first || filters[o.requests.filters.Selected()] != c.want {
			t.Errorf("filter %d begins with request %d, want %d", c.want, got, c.first)
		}
	}
	test.Tap(o.requests.filters)
	o.requests.filters.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	o.until("the list was read", func() bool { return o.read && o.filter == desk.NeedsYou && o.rows.index(12) < 0 })
}

func TestTheArrowsWalkThroughTheListWhileNothingHasTheFocus(t *testing.T) {
	o := open(t, busyShop())
	canvas := o.Fyne().Canvas()
	for _, c := range []struct {
		key  fyne.KeyName
		want int64
	}{{fyne.KeyUp, 12}, {fyne.KeyDown, 11}, {fyne.KeyDown, 10}, {fyne.KeyUp, 11}, {fyne.KeyF9, 11}} {
		canvas.OnTypedKey()(&fyne.KeyEvent{Name: c.key})
		if o.chosen != c.want {
			t.Errorf("after %s request %d is shown, want %d", c.key, o.chosen, c.want)
		}
	}
}

func TestACallFromTheOwnersListStaysOnTheScreen(t *testing.T) {
	f := busyShop()
	o := open(t, f)
	o.requests.chooseFilter(0)
	o.until("the list was read", func() bool { return o.read && o.chosen == 10 })
	f.change(func() {
		i := f.index(10)
		f.requests[i].Status = callback.Calling
		f.requests = f.requests[i : i+1]
	})
	o.until("it is shown", func() bool { return o.says("Your phone rings") })
	o.wantSays("No one is waiting", "End call")
}

func TestARequestThatIsGoneMakesRoom(t *testing.T) {
	f := busyShop()
	o := open(t, f)
	o.pick(10)
	f.change(func() { f.requests = slices.Delete(f.requests, 2, 3) })
	o.until("another one is shown", func() bool { return o.chosen == 12 && o.detail.Asked > 0 })
	o.wantNot("(212) 555-0188")
}

func TestEmptyThenTheFirstRequest(t *testing.T) {
	f := emptyShop(true)
	o := open(t, f)
	o.wantSays("No one has asked today", "Try it", "Practice: no real call is made and nothing costs money.", "http://127.0.0.1:8787/")
	f.change(func() { f.requests = practiceShop().requests[:1] })
	o.until("it is shown", func() bool { return o.says("Your phone rings") && o.detail.Asked > 0 })
	o.wantNot("No one has asked today")
	if o.chosen != 12 {
		t.Errorf("shown is request %d, want the only one", o.chosen)
	}
}

func TestThePhonesPlayThroughDesk(t *testing.T) {
	shop, visitor := "+12125550101", "+12125550123"
	cases := []struct {
		name  string
		phone int
		state desk.PhoneState
		do    func(o *opened)
		want  string
	}{
		{"the shop answers", 0, desk.Ringing, func(o *opened) { o.requests.strip.shop.OnAnswer() }, "answer " + shop},
		{"the shop declines", 0, desk.Ringing, func(o *opened) { o.requests.strip.shop.OnDecline() }, "decline " + shop},
		{"the shop presses 1 on the keyboard", 0, desk.OnCall, func(o *opened) { o.requests.strip.shop.TypedRune('1') }, "press 1 " + shop},
		{"the shop presses 3", 0, desk.OnCall, func(o *opened) { o.requests.strip.shop.TypedRune('3') }, "press 3 " + shop},
		{"the shop hangs up", 0, desk.OnCall, func(o *opened) { o.requests.strip.shop.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape}) }, "hang up " + shop},
		{"the visitor answers", 1, desk.Ringing, func(o *opened) { o.requests.strip.visitor.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace}) }, "answer " + visitor},
		{"the visitor declines", 1, desk.Ringing, func(o *opened) { o.requests.strip.visitor.OnDecline() }, "decline " + visitor},
		{"the visitor hangs up", 1, desk.OnCall, func(o *opened) { o.requests.strip.visitor.OnHangUp() }, "hang up " + visitor},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f := practiceShop()
			f.phones[c.phone].State, f.phones[c.phone].Keys = c.state, c.state == desk.OnCall
			o := open(t, f)
			c.do(o)
			o.wantDone(f, c.want)
		})
	}
}

func TestThePhonesButtonsWorkOnlyWhenTheyMeanSomething(t *testing.T) {
	f := practiceShop()
	o := open(t, f)
	want := func(p *widgets.Phone, answer, decline, key, hangUp bool) {
		t.Helper()
		s := p.State()
		if got := []bool{s.CanAnswer, s.CanDecline, s.CanKey, s.CanHangUp}; !slices.Equal(got, []bool{answer, decline, key, hangUp}) {
			t.Errorf("answer, decline, key, hang up work: %v", got)
		}
	}
	want(o.requests.strip.shop, true, true, false, false)
	want(o.requests.strip.visitor, false, false, false, false)
	f.change(func() {
		f.phones[0].State, f.phones[0].Keys, f.phones[0].Says = desk.OnCall, true, "Jane Doe is waiting."
		f.phones[1].State = desk.Ringing
	})
	o.until("it is shown", func() bool { return o.requests.strip.shop.State().CanKey })
	want(o.requests.strip.shop, false, false, true, true)
	want(o.requests.strip.visitor, true, true, false, false)
}

func TestPracticeComesAndGoes(t *testing.T) {
	f := practiceShop()
	o := open(t, f)
	if got := o.Fyne().Title(); got != "Ringback – practice" || !o.requests.strip.content.Visible() {
		t.Errorf("the window is called %q", got)
	}
	f.change(func() { f.shop.Practice = false })
	o.until("it is live", func() bool { return !o.shop.Practice })
	if got := o.Fyne().Title(); got != "Ringback" || o.requests.strip.content.Visible() {
		t.Errorf("live, the window is called %q, and the phones are shown: %v", got, o.requests.strip.content.Visible())
	}
	o.wantNot("Practice: no real call is made and nothing costs money.")
	f.change(func() { f.shop.Missing = []string{"Enter the auth token."} })
	o.until("the trouble is told", func() bool { return o.says("Live, but nothing is called by itself: Enter the auth token.") })
}

func TestClocksRunWithoutReading(t *testing.T) {
	f := practiceShop()
	o := open(t, f)
	o.pick(12)
	o.requests.tick(noon.Add(time.Minute))
	o.wantSays("1:04", "rings 1:04")
	if o.says("0:04") {
		t.Error("a clock has stopped")
	}
}

func TestANewAccentIsTaken(t *testing.T) {
	f := busyShop()
	o := open(t, f)
	f.change(func() { f.shop.Accent = "#7a1f5c" })
	o.until("it is taken", func() bool { return o.accent == "#7a1f5c" })
	if got := o.o.App.Settings().Theme().Color(widgets.ColorAccent, 0); got != hex(0x7a1f5c) {
		t.Errorf("the accent is %v", got)
	}
}

func TestAChangeOfThemeRecoloursEverything(t *testing.T) {
	o := open(t, practiceShop())
	light := o.Fyne().Canvas().Capture().At(5, 5)
	dark, err := NewTheme(Dark, "")
	if err != nil {
		t.Fatal(err)
	}
	o.o.App.Settings().SetTheme(dark)
	if now := o.Fyne().Canvas().Capture().At(5, 5); now == light {
		t.Errorf("the side bar is still %v", now)
	}
}

func TestNothingIsWiderThanTheSmallestWindow(t *testing.T) {
	long := strings.Repeat("Featherstonehaugh-Kowalczyk ", 8)
	for _, language := range []string{"en", "es"} {
		for name, f := range map[string]*fakeDesk{"busy": busyShop(), "practice": practiceShop(), "empty": emptyShop(true)} {
			t.Run(language+", "+name, func(t *testing.T) {
				f.shop.Language, f.shop.Name = language, long
				for i := range f.requests {
					f.requests[i].Name, f.requests[i].Message, f.requests[i].Email = long, long, long
					f.requests[i].Page = "https://anns-bakery.example/" + strings.Repeat("long/", 50)
				}
				for i := range f.phones {
					f.phones[i].Label = long
				}
				o := open(t, f)
				o.until("everything was read", func() bool { return len(f.requests) == 0 || o.detail.Asked > 0 })
				o.resize(widgets.MinWidth, widgets.MinHeight)
				if got := o.Fyne().Content().Size(); got != fyne.NewSize(widgets.MinWidth, widgets.MinHeight) {
					t.Fatalf("the content is %v", got)
				}
				o.wantInside()
			})
		}
	}
}

// wantInside checks that no visible part reaches over the window's right edge.
func (o *opened) wantInside() {
	o.t.Helper()
	driver := o.o.App.Driver()
	walk(o.Fyne().Content(), func(c fyne.CanvasObject) bool {
		if t, ok := c.(*widgets.Text); ok {
			if end := driver.AbsolutePositionForObject(t).X + t.Size().Width; end > widgets.MinWidth+0.1 {
				o.t.Errorf("%q ends at %v", t.Text(), end)
			}
		}
		return true
	})
}

func TestEveryRequestCanBeShown(t *testing.T) {
	for _, status := range callback.Statuses {
		t.Run(string(status), func(t *testing.T) {
			f := emptyShop(false)
			f.requests = []callback.Request{{ID: 1, Status: status, Name: "Jane Doe", Number: "+12125550123", AskedAt: noon, UpdatedAt: noon}}
			o := open(t, f)
			o.until("it was read", func() bool { return o.detail.Asked > 0 })
			o.wantSays("Jane Doe", o.words.Row(f.requests[0], nil, noon).Now)
		})
	}
}

func TestTheRolesAreThoseOfTheWidgets(t *testing.T) {
	for _, r := range []view.Role{view.Live, view.Talked, view.Needs, view.Failed, view.Planned, view.Quiet} {
		if !slices.Contains(widgets.Roles(), role(r)) {
			t.Errorf("no widget knows the role %q", r)
		}
	}
}

func TestClosedNothingMoves(t *testing.T) {
	f := busyShop()
	o := open(t, f)
	o.Close()
	o.Close() // again is harmless
	reads := f.reads
	f.change(func() { f.shop.NeedsYou = 99 })
	o.press("End call")
	for len(o.queue) > 0 {
		o.step()
	}
	if f.reads != reads || len(f.asked()) > 0 || o.shop.NeedsYou == 99 {
		t.Errorf("it read %d times more and asked for %q", f.reads-reads, f.asked())
	}
}

func TestAnAccentThatIsNoneIsAnError(t *testing.T) {
	_, err := New(Options{App: test.NewTempApp(t), Desk: busyShop(), Shop: desk.Shop{Accent: "petrol"}})
	if err == nil || !strings.Contains(fmt.Sprint(err), "petrol") {
		t.Errorf("the error is %v", err)
	}
}
