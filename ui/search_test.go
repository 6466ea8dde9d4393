package ui

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"ringback/server/callback"
	"ringback/server/desk"
)

func (o *opened) focused() any { return o.Fyne().Canvas().Focused() }

func TestWhatIsTypedIsSearchedAsOneTypes(t *testing.T) {
	f := busyShop()
	o := open(t, f)
	o.requests.typeSearch()
	if o.focused() != fyne.Focusable(o.requests.search.entry) {
		t.Fatalf("after Ctrl+F %T has the keyboard", o.focused())
	}
	test.Type(o.requests.search.entry, "jane")
	o.until("she is found, and shown", func() bool { return o.read && o.search == "jane" && o.rows.Count == 1 && o.chosen == 12 })
	o.requests.search.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	if o.focused() != fyne.Focusable(o.requests.list) {
		t.Errorf("after an arrow %T has the keyboard", o.focused())
	}
	o.requests.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	o.until("everything is there again", func() bool { return o.read && o.search == "" && o.rows.Count == len(f.requests) })
	if got := o.requests.search.entry.Text; got != "" {
		t.Errorf("the field still holds %q", got)
	}
}

func TestTheShortcutsWorkWhileAFieldHasTheKeyboard(t *testing.T) {
	f := busyShop()
	o := open(t, f)
	o.pick(10)
	press := func(e *keyEntry, key fyne.KeyName) {
		o.Fyne().Canvas().Focus(e)
		e.TypedShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault})
	}
	o.requests.detail.note.SetText("rye")
	press(o.requests.detail.note, fyne.KeyD)
	o.wantDone(f, "done rye 10")
	press(o.requests.detail.note, fyne.KeyF)
	if o.focused() != fyne.Focusable(o.requests.search.entry) {
		t.Errorf("after Ctrl+F %T has the keyboard", o.focused())
	}
	press(o.requests.search.entry, fyne.KeyN)
	if o.focused() != fyne.Focusable(o.requests.newCall.number) {
		t.Errorf("after Ctrl+N %T has the keyboard", o.focused())
	}
	press(o.requests.newCall.number, fyne.Key4)
	if o.filter != desk.Spam {
		t.Errorf("after Ctrl+4 the filter is %d", o.filter)
	}
	o.requests.newCall.number.SetText("abc")
	o.requests.newCall.number.TypedShortcut(&fyne.ShortcutSelectAll{}) // an entry's own
	if got := o.requests.newCall.number.SelectedText(); got != "abc" {
		t.Errorf("selected is %q", got)
	}
}

func TestASearchGoesWithTheFilterAndSaysWhatToDoWhereNothingIsFound(t *testing.T) {
	f := busyShop()
	o := open(t, f)
	o.requests.chooseFilter(0)
	o.until("the list was read", func() bool { return o.read && o.chosen == 10 })
	o.requests.search.entry.SetText("jane")
	o.until("nobody is found", func() bool { return o.says("Nothing found for “jane”") })
	f.mu.Lock()
	last := f.queries[len(f.queries)-1]
	f.mu.Unlock()
	if last.Search != "jane" || last.Filter != desk.NeedsYou {
		t.Errorf("the desk was asked for %+v", last)
	}
	o.press("Show all")
	o.until("she is found", func() bool { return o.read && o.rows.Count == 1 && o.filter == desk.All })
	o.requests.search.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	o.until("everything is there again", func() bool { return o.read && o.rows.Count == len(f.requests) })
}

func TestWhatLooksLikeSpamStandsApartAndCanBeCalled(t *testing.T) {
	f := busyShop()
	f.shop.Spam, f.shop.All = 1, 2345
	f.requests = append(f.requests, callback.Request{ID: 2, Status: callback.Missed, Spam: true, Name: "Rob Ot", Number: "+12125550166", AskedAt: noon})
	o := open(t, f)
	o.wantSays("Looks like spam  1", "All  2,345")
	o.wantNot("Rob Ot")
	o.requests.filterByKey(3)
	o.until("it is shown", func() bool { return o.says("Rob Ot") && o.detail.Asked > 0 })
	o.press("Call now")
	o.wantDone(f, "call 2")
}

func TestWithoutSpamThePageSaysWhatWouldBeThere(t *testing.T) {
	o := open(t, busyShop())
	o.requests.filterByKey(3)
	o.until("nothing is there", func() bool { return o.says("Nothing looks like spam") })
}

// choose picks from the menu of the request that is shown.
func (o *opened) pickMenu(label string) {
	o.t.Helper()
	items := o.requests.detail.menu().Items
	i := slices.IndexFunc(items, func(m *fyne.MenuItem) bool { return m.Label == label })
	if i < 0 {
		o.t.Fatalf("there is no %q in the menu", label)
	}
	items[i].Action()
}

func TestANumberIsBlockedAndUnblocked(t *testing.T) {
	f := busyShop()
	o := open(t, f)
	o.pick(10)
	o.pickMenu("Block this number")
	o.until("it is said", func() bool { return o.says("Blocked: (212) 555-0188 can't ask any more") && o.detail.Blocked })
	o.pickMenu("Unblock this number")
	o.until("it is said", func() bool { return o.says("Unblocked: (212) 555-0188") && !o.detail.Blocked })
	o.press("Undo")
	o.until("it is blocked again", func() bool { return o.detail.Blocked })
	o.wantDone(f, "block 10", "unblock 10", "block 10")
}

func TestARequestThatWaitsIsCancelledAndTakenBack(t *testing.T) {
	f := busyShop()
	o := open(t, f)
	o.pick(11)
	o.requests.detail.note.SetText("not for this")
	o.pickMenu("Cancel this request")
	o.until("it is said", func() bool { return len(f.asked()) == 1 && o.message.toast.Visible() })
	o.press("Undo")
	o.wantDone(f, "done  11", "undo 11")
}

func TestARequestIsCopiedWhole(t *testing.T) {
	o := open(t, busyShop())
	o.pick(12)
	o.pickMenu("Copy all")
	if got := o.o.App.Clipboard().Content(); !strings.HasPrefix(got, "Jane Doe  (212) 555-0123\n") {
		t.Errorf("copied is %q", got)
	}
}

func TestAHistoryIsSaved(t *testing.T) {
	o := open(t, busyShop())
	o.pick(12)
	o.points = t.TempDir()
	o.pickMenu("Save the history…")
	o.until("it is said", func() bool { return o.says("Saved: request-12.txt") })
	if o.title != "Save the history into which folder?" {
		t.Errorf("it asks %q", o.title)
	}
	if b, err := os.ReadFile(filepath.Join(o.points, "request-12.txt")); err != nil || !strings.Contains(string(b), "Ringing Ann's mobile") {
		t.Errorf("saved is %q, %v", b, err)
	}
	o.pickMenu("Save the history…")
	o.until("the first one stays", func() bool { return o.says("Saved: request-12-2.txt") })
	o.points = filepath.Join(o.points, "nowhere")
	o.pickMenu("Save the history…")
	o.until("the fault stands", func() bool { return o.says("The file could not be written") })
}

func TestTheMenuOpensAtItsButton(t *testing.T) {
	o := open(t, busyShop())
	o.pick(10)
	test.Tap(o.requests.detail.more)
	if o.Fyne().Canvas().Overlays().Top() == nil {
		t.Error("there is no menu")
	}
}

func TestTheKeyboardDoesWhatTheButtonsDo(t *testing.T) {
	f := busyShop()
	o := open(t, f)
	o.pick(10)
	o.requests.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	o.wantDone(f, "call 10")
	o.requests.copyNumber()
	if got := o.o.App.Clipboard().Content(); got != "+12125550188" {
		t.Errorf("Ctrl+Shift+C copied %q", got)
	}
	o.requests.tickOff()
	o.wantDone(f, "call 10", "done  10")
	o.pick(8) // they talked: nothing is likeliest, and nothing is to be ticked off
	o.requests.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	o.requests.tickOff()
	o.requests.typeNewCall()
	if o.focused() != fyne.Focusable(o.requests.newCall.number) {
		t.Errorf("after Ctrl+N %T has the keyboard", o.focused())
	}
	o.requests.newCall.number.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if o.requests.newCall.typing.Visible() || !o.requests.search.content.Visible() || o.focused() != fyne.Focusable(o.requests.list) {
		t.Error("after Escape the number's field is still there")
	}
	o.wantDone(f, "call 10", "done  10")
}
