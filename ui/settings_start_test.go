package ui

import (
	"errors"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"ringback/server/settings"
	"ringback/ui/widgets"
)

func (o *opened) tickSaying(words string) *widgets.Tick {
	o.t.Helper()
	tick, ok := find(o, func(t *widgets.Tick) bool { return t.Words() == words })
	if !ok {
		o.t.Fatalf("there is no %q", words)
	}
	return tick
}

func TestTheProgramStartsWithTheComputerIfItsOwnerWantsThat(t *testing.T) {
	o := open(t, settledShop())
	o.settingsOf(atStart)
	tick := o.tickSaying("Start with the computer")
	o.until("it was looked how it is", func() bool { return !tick.Disabled() })
	test.Tap(tick)
	o.until("it does", func() bool { along, _ := o.computer.is(); return along })
	test.Tap(tick)
	o.until("it does no more", func() bool { along, _ := o.computer.is(); return !along })
}

func TestADesktopThatRefusesIsToldOf(t *testing.T) {
	o := open(t, settledShop())
	o.computer.refuse = errors.New("no such folder")
	o.settingsOf(atStart)
	tick := o.tickSaying("Start with the computer")
	o.until("it was looked how it is", func() bool { return !tick.Disabled() })
	test.Tap(tick)
	o.until("it is told", func() bool {
		return o.says("The desktop would not take this. Add Ringback to the programs that start by themselves in its own settings.")
	})
	if tick.Ticked() {
		t.Error("it is ticked all the same")
	}
	test.Tap(o.tickSaying("Keep this computer awake while the shop is open"))
	o.until("it is told", func() bool {
		return o.says("The computer would not take this. Switch sleeping off in its own energy settings.")
	})
}

// The fault of a wish that nobody has any more would stand there until the program ends.
func TestWhoWantsTheComputerAwakeNoMoreIsToldOfNoRefusal(t *testing.T) {
	o := open(t, settledShop())
	o.computer.refuse = errors.New("no such service")
	o.settingsOf(atStart)
	const refused = "The computer would not take this. Switch sleeping off in its own energy settings."
	tick := o.tickSaying("Keep this computer awake while the shop is open")
	test.Tap(tick)
	o.until("it is told", func() bool { return o.says(refused) })
	test.Tap(tick)
	o.until("it is told no more", func() bool { return !o.says(refused) })
}

func TestTheComputerIsKeptAwakeWhileTheShopIsOpen(t *testing.T) {
	f := settledShop()
	f.shop.Line = nil
	f.set.Hours = settings.Default("UTC", "US").Hours
	f.set.Hours.Week.Tue = []string{"09:00-17:00"}
	f.set.Hours.PausedUntil = noon.Add(time.Hour).Format(time.RFC3339) // which is short
	o := open(t, f)
	o.settingsOf(atStart)
	o.until("the hours were read", func() bool { return o.wake.known })
	if _, awake := o.computer.is(); awake {
		t.Fatal("it is kept awake unasked")
	}
	test.Tap(o.tickSaying("Keep this computer awake while the shop is open"))
	o.until("it is awake", func() bool { _, awake := o.computer.is(); return awake })
	o.until("it is said", func() bool { return o.says("It is kept awake now; the screen may turn dark.") })

	f.change(func() { f.set.Hours.Week.Tue = []string{"09:00-10:00"} })
	o.until("it may sleep when the shop is closed", func() bool { _, awake := o.computer.is(); return !awake })
	f.change(func() { f.shop.Line = f.requests[:1] })
	o.until("it is awake while a call is on", func() bool { _, awake := o.computer.is(); return awake })
}

func TestWithoutADesktopItIsSaidThatNothingCanBeAsked(t *testing.T) {
	o := open(t, settledShop())
	o.o.Computer = nil
	o.settingsOf(atStart)
	o.wantSays("This desktop can't be asked to start the program or to stay awake.")
}
