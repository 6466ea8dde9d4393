package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ringback/server/desk"
	"ringback/server/settings"
	"ringback/ui/widgets"
)

// hoursOpen is a window that shows the hours.
func hoursOpen(t *testing.T, f *fakeDesk) *opened {
	t.Helper()
	o := open(t, f)
	o.goHours()
	return o
}

func (o *opened) goHours() {
	o.t.Helper()
	o.goTo(o.hours)
	o.until("the hours were read", func() bool { return o.hours.read })
}

// types writes into a field as somebody does, and leaves it.
func (o *opened) types(f *widgets.Field, text string) {
	o.t.Helper()
	canvas := o.Fyne().Canvas()
	canvas.Focus(f.Entry())
	f.Type(text)
	canvas.Unfocus()
}

// menu takes the nth thing of the menu that is open, by the keyboard.
func (o *opened) menu(n int) {
	o.t.Helper()
	canvas := o.Fyne().Canvas()
	menu, ok := canvas.Focused().(*widget.PopUpMenu)
	if !ok {
		o.t.Fatalf("no menu is open, but %T", canvas.Focused())
	}
	for range n {
		menu.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
	menu.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
}

// changedHours waits for the next change that Desk was asked for and returns it.
func (o *opened) changedHours(f *fakeDesk, n int) string {
	o.t.Helper()
	o.until("a change was applied", func() bool { return len(f.asked()) >= n })
	if got := f.asked(); len(got) > n {
		o.t.Fatalf("it asked for %q", got)
	}
	return strings.TrimPrefix(f.asked()[n-1], "apply ")
}

func (o *opened) day(i int) *hoursRow { return o.hours.week.rows[i] }

func TestHoursThatWereTypedHoldWhenTheFieldIsLeft(t *testing.T) {
	f := busyShop()
	o := hoursOpen(t, f)
	if got := o.day(0).field.Text(); got != "9–12:30, 13:30–18" {
		t.Errorf("Monday shows %q", got)
	}
	o.types(o.day(0).field, "9am - 5pm")
	if got, want := o.changedHours(f, 1), `{"hours":{"week":{"mon":["09:00-17:00"]}}}`; got != want {
		t.Errorf("applied %s, want %s", got, want)
	}
	o.until("it is said", func() bool { return o.says("Monday is now: 9–17.") })
	o.until("the strip shows it", func() bool {
		return fmt.Sprint(o.day(0).strip.Bars()) == "[{540 1020}]" && o.day(0).field.Text() == "9–17"
	})
	o.press("Undo")
	if got, want := o.changedHours(f, 2), `{"hours":{"week":{"mon":["09:00-12:30","13:30-18:00"]}}}`; got != want {
		t.Errorf("undone by %s, want %s", got, want)
	}
	o.until("it shows what was", func() bool { return o.day(0).field.Text() == "9–12:30, 13:30–18" })
}

func TestEnterAppliesToo(t *testing.T) {
	f := busyShop()
	o := hoursOpen(t, f)
	field := o.day(6).field
	o.Fyne().Canvas().Focus(field.Entry())
	field.Type("10-14")
	field.Entry().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got, want := o.changedHours(f, 1), `{"hours":{"week":{"sun":["10:00-14:00"]}}}`; got != want {
		t.Errorf("applied %s, want %s", got, want)
	}
}

func TestHalfTypedHoursAreNeverApplied(t *testing.T) {
	f := busyShop()
	o := hoursOpen(t, f)
	field := o.day(1).field
	o.Fyne().Canvas().Focus(field.Entry())
	for _, c := range []struct{ typed, says string }{
		{"9-1", ""},
		{"9-12, 1", ""},
		{"nine", "“nine” is no time from and to. Write 9–17, 9am–5pm, closed or 24h."},
		{"9-12, 10-14", "9–12 and 10–14 overlap. One of the two times is wrong."},
		{"9-", ""},
	} {
		field.Type(c.typed)
		if got := field.Says(); got != c.says {
			t.Errorf("while %q stands there, it says %q, want %q", c.typed, got, c.says)
		}
	}
	o.Fyne().Canvas().Unfocus()
	o.wantSays("“” is no time of day. Write 9, 9:30, 17 or 5pm.")
	f.change(func() { f.shop.NeedsYou = 7 })
	o.until("something else changed", func() bool { return o.shop.NeedsYou == 7 })
	if field.Text() != "9-" || len(f.asked()) > 0 {
		t.Errorf("the field shows %q, and %q was applied", field.Text(), f.asked())
	}
	o.types(field, "9-12:30, 13:30-18") // as it was
	if field.Says() != "" || len(f.asked()) > 0 {
		t.Errorf("of what holds already it says %q and applies %q", field.Says(), f.asked())
	}
}

func TestWhatDeskRefusesStandsBelowTheField(t *testing.T) {
	f := busyShop()
	o := hoursOpen(t, f)
	fault := settings.Fault{Path: "hours.week.mon", Message: "not on a Monday"}
	f.change(func() { f.refuse = settings.Faults{fault} })
	o.types(o.day(0).field, "closed")
	o.until("the field says why", func() bool { return o.day(0).field.Says() == o.words.Fault(fault) })
	if o.says("Undo") {
		t.Error("what was refused can be undone")
	}
}

func TestAnotherDayIsReadWhenItBegins(t *testing.T) {
	o := hoursOpen(t, busyShop())
	clock := noon
	o.o.Now = func() time.Time { return clock }
	clock = noon.AddDate(0, 0, 1)
	o.tick()
	if o.day(2).strip.Now() != 10*60+41 || o.day(1).strip.Now() >= 0 {
		t.Error("the line of now did not go to Wednesday")
	}
	o.until("it was read again", func() bool { return o.hours.today == 2 })
}

func TestADayIsCopied(t *testing.T) {
	for n, c := range []struct{ days, says string }{
		{"mon tue wed thu fri", "The hours of Friday hold for all of these days: 7–18."},
		{"mon tue wed thu fri sat sun", "The hours of Friday hold for all of these days: 7–18."},
	} {
		f := busyShop()
		o := hoursOpen(t, f)
		test.Tap(o.day(4).copy)
		o.menu(n + 1)
		o.changedHours(f, 1)
		o.until("it is said", func() bool { return o.says(c.says) })
		week := f.rules().Hours.Week
		for i, day := range [][]string{week.Mon, week.Tue, week.Wed, week.Thu, week.Fri, week.Sat, week.Sun} {
			if copied := slices.Equal(day, []string{"07:00-18:00"}); copied != (i < len(strings.Fields(c.days))) {
				t.Errorf("day %d has %q", i, day)
			}
		}
		o.press("Undo")
		o.changedHours(f, 2)
		o.until("it is undone", func() bool { return o.day(2).field.Text() == "9–12:30" && o.day(6).field.Text() == "" })
	}
}

func TestADayThatIsTypedWrongIsNotCopied(t *testing.T) {
	f := busyShop()
	o := hoursOpen(t, f)
	o.types(o.day(4).field, "9am-12pm 2pm-2am")
	o.day(4).copyTo(7)
	if got := o.day(4).field.Text(); got != "9am-12pm 2pm-2am" || o.day(4).field.Says() == "" {
		t.Errorf("the field holds %q and says %q", got, o.day(4).field.Says())
	}
	if got := f.asked(); len(got) > 0 {
		t.Errorf("the desk was asked for %q", got)
	}
}

func TestADateIsAddedChangedAndRemoved(t *testing.T) {
	f := busyShop()
	o := hoursOpen(t, f)
	o.press("Add a date")
	d := o.hours.dates
	o.press("Save the date")
	o.wantSays("“” is no date. Write Dec 24 or 2026-12-24.")
	o.types(d.date, "12/24")
	o.types(d.open, "7-1pm")
	o.press("Save the date")
	if got, want := o.changedHours(f, 1), `{"hours":{"dates":{"2026-12-24":["07:00-13:00"]}}}`; got != want {
		t.Errorf("applied %s, want %s", got, want)
	}
	o.until("it stands in the list", func() bool { return o.says("Thu, Dec 24") && o.says("7–13") })
	o.pressMore("Thu, Dec 24")
	o.menu(1)
	if d.date.Text() != "Thu, Dec 24" || d.open.Text() != "7–13" {
		t.Errorf("to be changed are %q and %q", d.date.Text(), d.open.Text())
	}
	o.types(d.open, "closed")
	o.press("Save the date")
	if got, want := o.changedHours(f, 2), `{"hours":{"dates":{"2026-12-24":[]}}}`; got != want {
		t.Errorf("applied %s, want %s", got, want)
	}
	o.until("it is closed", func() bool { return o.says("closed") })
	o.pressMore("Thu, Dec 24")
	o.menu(2)
	if got, want := o.changedHours(f, 3), `{"hours":{"dates":{"2026-12-24":null}}}`; got != want {
		t.Errorf("applied %s, want %s", got, want)
	}
	o.until("it is gone", func() bool { return !o.says("Thu, Dec 24") })
	o.press("Undo")
	o.until("it is back", func() bool { return o.says("Thu, Dec 24") })
	o.press("Add a date")
	o.press("Cancel")
	if d.edit.Visible() {
		t.Error("the fields still stand there")
	}
}

// pressMore presses the button of the line that begins with a day.
func (o *opened) pressMore(day string) {
	o.t.Helper()
	for i, date := range o.hours.dates.dates {
		if date.Day == day {
			line := o.hours.dates.list.Objects[i].(*fyne.Container).Objects[0].(*fyne.Container)
			test.Tap(line.Objects[len(line.Objects)-1].(*widgets.Button))
			return
		}
	}
	o.t.Fatalf("%s is not in the list", day)
}

func TestHolidaysAreThoseOfACountry(t *testing.T) {
	f := busyShop()
	o := hoursOpen(t, f)
	o.wantSays("No holidays are kept, and no date has hours of its own.")
	o.hours.dates.country.Choose("US")
	if got, want := o.changedHours(f, 1), `{"hours":{"holidays":"US"}}`; got != want {
		t.Errorf("applied %s, want %s", got, want)
	}
	o.until("they are listed", func() bool { return o.says("Thanksgiving Day") && o.says("Thu, Nov 26") })
	o.pressMore("Thu, Nov 26")
	o.menu(1)
	o.types(o.hours.dates.open, "8-12")
	o.press("Save the date")
	o.until("the holiday is open", func() bool { return o.says("8–12") && o.says("Thanksgiving Day") })
	o.pressMore("Thu, Nov 26")
	o.menu(2)
	o.until("it is closed again", func() bool { return !o.says("8–12") && o.says("Thanksgiving Day") })
	o.hours.dates.country.Choose("")
	o.until("there are none", func() bool { return !o.says("Thanksgiving Day") })
}

func TestWhatBecomesOfARequestWhileClosedIsChosen(t *testing.T) {
	f := busyShop()
	o := hoursOpen(t, f)
	o.wantSays("Visitors read when you open. You get a text, and the call comes by itself at opening time.")
	o.hours.rules.after.Choose("call_anyway")
	if got, want := o.changedHours(f, 1), `{"hours":{"after_hours":"call_anyway"}}`; got != want {
		t.Errorf("applied %s, want %s", got, want)
	}
	o.until("it is explained", func() bool {
		return o.hours.rules.after.Says() == "Your phone rings at any hour, but not during a pause."
	})
}

func TestAZoneHoldsOnlyIfItIsOne(t *testing.T) {
	f := busyShop()
	o := hoursOpen(t, f)
	zone := o.hours.rules.zone
	o.types(zone, "New York")
	o.wantSays("“New York” is no time zone. Write America/New_York or Europe/Madrid.")
	o.types(zone, "America/New_York")
	if got, want := o.changedHours(f, 1), `{"hours":{"timezone":"America/New_York"}}`; got != want {
		t.Errorf("applied %s, want %s", got, want)
	}
	o.until("its clock is shown", func() bool { return zone.Says() == "There it is 05:41 now." })
}

func TestThePauses(t *testing.T) {
	for _, c := range []struct {
		name  string
		press func(o *opened)
		until time.Time
	}{
		{"a quarter of an hour, on the page", func(o *opened) { o.press("15 min") }, noon.Add(15 * time.Minute)},
		{"an hour, on the page", func(o *opened) { o.press("1 h") }, noon.Add(time.Hour)},
		{"until tomorrow, on the page", func(o *opened) { o.press("Until tomorrow") }, time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)},
		{"until a time that is typed", func(o *opened) {
			o.press("Until…")
			o.hours.now.until.Type("later")
			o.press("Pause until then")
			o.wantSays("“later” is no time of day. Write 9, 9:30, 17 or 5pm.")
			o.hours.now.until.Type("2pm")
			o.press("Pause until then")
		}, time.Date(2026, 11, 24, 14, 0, 0, 0, time.UTC)},
		{"until a time, with Enter", func(o *opened) {
			o.press("Until…")
			o.hours.now.until.Type("12:30")
			o.Fyne().Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		}, time.Date(2026, 11, 24, 12, 30, 0, 0, time.UTC)},
		{"a quarter of an hour, on the card", func(o *opened) { o.press("Busy for 15 min") }, noon.Add(15 * time.Minute)},
		{"a quarter of an hour, in the card's menu", func(o *opened) { test.Tap(o.frame.pause.more); o.menu(1) }, noon.Add(15 * time.Minute)},
		{"an hour, in the card's menu", func(o *opened) { test.Tap(o.frame.pause.more); o.menu(2) }, noon.Add(time.Hour)},
		{"until tomorrow, in the card's menu", func(o *opened) { test.Tap(o.frame.pause.more); o.menu(3) }, time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := busyShop()
			o := hoursOpen(t, f)
			c.press(o)
			if got, want := o.changedHours(f, 1), fmt.Sprintf(`{"hours":{"paused_until":%q}}`, c.until.Format(time.RFC3339)); got != want {
				t.Errorf("applied %s, want %s", got, want)
			}
			o.until("the page says it", func() bool { return o.says("Resume") || !o.shop.Opening.Paused.IsZero() })
			when := o.words.Until(c.until, noon)
			o.until("it is said", func() bool { return o.says("Paused until " + when + ". No request rings you before that.") })
			o.wantSays("Paused until " + when)
			o.press("Resume")
			if got := o.changedHours(f, 2); got != `{"hours":{"paused_until":""}}` {
				t.Errorf("resumed by %s", got)
			}
			o.until("it is over", func() bool { return o.says("The pause is over.") && o.says("Open now, closes 12:30") })
		})
	}
}

func TestTheCardsMenuLeadsToTheFieldForAnyTime(t *testing.T) {
	o := open(t, busyShop())
	test.Tap(o.frame.pause.more)
	o.menu(4)
	if o.here != page(o.hours) || !o.hours.now.ask.Visible() || o.Fyne().Canvas().Focused() != o.hours.now.until.Entry() {
		t.Errorf("it leads to %T", o.here)
	}
	o.press("Until…")
	if o.hours.now.ask.Visible() {
		t.Error("pressed again, the field still stands there")
	}
}

func TestThePageSaysWhatTheHoursMeanNowAndWhatVisitorsRead(t *testing.T) {
	o := hoursOpen(t, busyShop())
	o.wantSays("Open now, closes 12:30", "opens again 13:30", "Visitors read: “Open now, until 12:30”", "Open to 12:30", "10:41")
	if row := o.day(1); row.strip.Now() != 10*60+41 || o.day(0).strip.Now() >= 0 {
		t.Errorf("now stands at %d on Tuesday", row.strip.Now())
	}
}

func TestTheCardMovesByItselfWhenTheClockPassesClosing(t *testing.T) {
	f := busyShop()
	o := open(t, f)
	clock := noon
	o.o.Now = func() time.Time { return clock }
	o.wantSays("Open to 12:30")
	o.tick()
	clock = time.Date(2026, 11, 24, 12, 30, 0, 0, time.UTC)
	f.mu.Lock() // no change of Desk's tells of it
	f.shop.Opening = desk.OpeningOf(f.rules().Hours.Plan(), clock)
	f.mu.Unlock()
	o.tick()
	o.until("the card says closed", func() bool { return o.says("Closed") && o.says("opens 13:30") })
}

func TestTheHoursFitTheSmallestWindow(t *testing.T) {
	for _, language := range []string{"en", "es"} {
		f := busyShop()
		f.shop.Language = language
		f.rules()
		f.set.Hours.Holidays = "US"
		f.set.Hours.PausedUntil = noon.AddDate(0, 2, 0).Format(time.RFC3339)
		o := hoursOpen(t, f)
		o.resize(widgets.MinWidth, widgets.MinHeight)
		o.hours.now.askUntil()
		o.hours.dates.add()
		o.types(o.day(0).field, "9-12, 11-15")
		if got := o.Fyne().Content().Size(); got != fyne.NewSize(widgets.MinWidth, widgets.MinHeight) {
			t.Fatalf("the content is %v", got)
		}
		o.wantInside()
	}
}

func TestHoursThatWereNotReadYetAreNotSaidToBeClosed(t *testing.T) {
	o := open(t, busyShop())
	o.goTo(o.hours)
	if row, there := find(o, func(f *widgets.Field) bool { return f == o.day(0).field }); there {
		t.Errorf("a day says %q before the hours were read", row.Text())
	}
	o.goHours()
	if _, there := find(o, func(f *widgets.Field) bool { return f == o.day(0).field }); !there {
		t.Error("no day is shown after the hours were read")
	}
}
