package ui

import (
	"bytes"
	"image/png"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"ringback/assets"
	"ringback/server/desk"
	"ringback/server/notify"
	"ringback/ui/widgets"
)

// onDesktop is a window whose desktop is the test.
type onDesktop struct {
	*opened
	tray    *fakeTray
	did     []string // minimise, raise, quit
	toasted chan Toast
}

// seenApp makes windows of which one can tell whether they are seen: Fyne's for tests
// can't.
type seenApp struct{ fyne.App }

type seenWindow struct {
	fyne.Window
	hidden bool
}

func (a seenApp) NewWindow(title string) fyne.Window {
	return &seenWindow{Window: a.App.NewWindow(title)}
}
func (w *seenWindow) Hide() { w.hidden = true }
func (w *seenWindow) Show() { w.hidden = false; w.Window.Show() }

func (d *onDesktop) visible() bool { return !d.Fyne().(*seenWindow).hidden }

type fakeTray struct {
	there   bool
	shown   int
	icon    fyne.Resource
	tooltip string
	menu    *fyne.Menu
}

func (f *fakeTray) There() bool { return f.there }
func (f *fakeTray) Show(icon fyne.Resource, tooltip string, menu *fyne.Menu) {
	f.shown++
	f.icon, f.tooltip, f.menu = icon, tooltip, menu
}

func openOnDesktop(t *testing.T, f *fakeDesk) *onDesktop {
	t.Helper()
	d := &onDesktop{tray: &fakeTray{there: true}, toasted: make(chan Toast, 10)}
	note := func(what string) func() { return func() { d.did = append(d.did, what) } }
	d.opened = openIn(t, f, Light, func(o *Options) {
		o.App = seenApp{o.App}
		o.Tray, o.Minimise, o.Raise, o.Quit = d.tray, note("minimise"), note("raise"), note("quit")
		o.Toast = func(toast Toast) { d.toasted <- toast }
	})
	return d
}

// item is an entry of the tray's menu, by the labels that lead to it.
func (d *onDesktop) item(labels ...string) *fyne.MenuItem {
	d.t.Helper()
	menu := d.tray.menu
	var item *fyne.MenuItem
	for _, label := range labels {
		i := slices.IndexFunc(menu.Items, func(m *fyne.MenuItem) bool { return m.Label == label })
		if i < 0 {
			d.t.Fatalf("the tray's menu has no %q", label)
		}
		item = menu.Items[i]
		menu = item.ChildMenu
	}
	return item
}

func (d *onDesktop) labels() (labels []string) {
	for _, item := range d.tray.menu.Items {
		if !item.IsSeparator {
			labels = append(labels, item.Label)
		}
	}
	return labels
}

// answer presses a button of the question that stands over the window.
func (d *onDesktop) answer(label string) {
	d.t.Helper()
	if d.question == nil {
		d.t.Fatalf("nothing is asked, so there is no %q", label)
	}
	var pressed bool
	walk(d.question.Content, func(o fyne.CanvasObject) bool {
		if b, ok := o.(*widgets.Button); ok && b.Label() == label && !pressed {
			pressed = true
			test.Tap(b)
		}
		return !pressed
	})
	if !pressed {
		d.t.Fatalf("the question has no button %q", label)
	}
}

func (d *onDesktop) wantDid(want ...string) {
	d.t.Helper()
	if !slices.Equal(d.did, want) {
		d.t.Errorf("the desktop was asked for %q, want %q", d.did, want)
	}
}

func TestTheTrayNamesWhoWaitsAndLeadsThere(t *testing.T) {
	d := openOnDesktop(t, busyShop())
	d.until("the tray has them", func() bool { return len(d.labels()) > 5 })
	want := []string{
		"Marguerite Featherstonehaugh-Kowalczyk – In line", "(212) 555-0188 – Texted you", "Omar Haddad – No answer", "Tom Becker – Failed",
		"Open Ringback", "Pause for…", "Sound with notifications", "Quit Ringback",
	}
	if got := d.labels(); !slices.Equal(got, want) {
		t.Errorf("the menu is\n%q, want\n%q", got, want)
	}
	d.item("Omar Haddad – No answer").Action()
	d.wantDid("raise")
	if d.chosen != 9 || d.filter != desk.All {
		t.Errorf("the request %d of the filter %d is shown", d.chosen, d.filter)
	}
	d.until("its history was read", func() bool { return d.detail.ID == 9 && d.detail.Asked > 0 })
}

func TestTheTrayPausesAndResumesThroughDesk(t *testing.T) {
	f := emptyShop(false)
	f.shop.Opening = desk.Opening{At: noon, Open: true, Tomorrow: noon.Add(22 * time.Hour)}
	d := openOnDesktop(t, f)
	d.item("Pause for…", "15 minutes").Action()
	d.wantDone(f, `apply {"hours":{"paused_until":"2026-11-24T10:56:44Z"}}`)
	d.item("Pause for…", "1 hour").Action()
	d.item("Pause for…", "Until tomorrow").Action()
	d.until("both were asked for", func() bool { return len(f.asked()) == 3 })
	if got := f.asked()[2]; got != `apply {"hours":{"paused_until":"2026-11-25T08:41:44Z"}}` {
		t.Errorf("until tomorrow asks for %s", got)
	}
	f.change(func() { f.shop.Opening = desk.Opening{At: noon, Paused: noon.Add(time.Hour)} })
	d.until("it can be resumed", func() bool { return slices.Contains(d.labels(), "Resume") })
	d.item("Resume").Action()
	d.until("it was asked for", func() bool { return len(f.asked()) == 4 })
	if got := f.asked()[3]; got != `apply {"hours":{"paused_until":""}}` {
		t.Errorf("resuming asks for %s", got)
	}
}

func TestAMenuThatWouldSayTheSameStays(t *testing.T) {
	f := busyShop()
	d := openOnDesktop(t, f)
	d.until("the tray has them", func() bool { return len(d.labels()) > 5 })
	shown, reads := d.tray.shown, 0
	f.change(func() { f.shop.Today++; reads = f.reads })
	d.until("it was read again, twice", func() bool { f.mu.Lock(); defer f.mu.Unlock(); return f.reads > reads+1 })
	f.change(func() { f.shop.NeedsYou++ })
	d.until("it says more", func() bool { return d.tray.shown > shown })
	if d.tray.shown != shown+1 {
		t.Errorf("the menu was made %d times for one change", d.tray.shown-shown)
	}
}

func TestTheTrayFollowsTheHoursByItself(t *testing.T) {
	f := emptyShop(false)
	f.shop.Opening = desk.Opening{At: noon, Open: true, Next: noon.Add(time.Hour)}
	d := openOnDesktop(t, f)
	d.until("it is open", func() bool { return strings.Contains(d.tray.tooltip, "open, closes at 11:41") })
	f.mu.Lock()
	f.shop.Opening = desk.Opening{At: noon.Add(time.Hour)} // as time passes, nobody hints at it
	f.mu.Unlock()
	d.Window.tray.tick(noon.Add(time.Hour + time.Second))
	d.until("it is closed", func() bool { return d.tray.tooltip == "Ringback: closed" })
}

func TestClosingStaysInTheTrayAndSaysSoOnce(t *testing.T) {
	d := openOnDesktop(t, emptyShop(false))
	d.closing()
	if !d.visible() {
		t.Fatal("the window is gone before it said where to")
	}
	d.answer("Close the window")
	if d.visible() {
		t.Error("the window stays")
	}
	d.Fyne().Show()
	d.closing()
	if d.visible() || d.question != nil {
		t.Error("it says so again")
	}
	d.wantDid()
}

func TestWhereThereIsNoTrayTheOwnerChooses(t *testing.T) {
	d := openOnDesktop(t, emptyShop(false))
	d.tray.there = false
	d.closing()
	d.answer("Minimise")
	d.closing()
	d.answer("Quit")
	d.wantDid("minimise", "quit")
	if !d.visible() {
		t.Error("the window is hidden and can never come back")
	}
}

func TestAHiddenWindowComesBackWhenTheTrayGoes(t *testing.T) {
	d := openOnDesktop(t, emptyShop(false))
	d.closing()
	d.answer("Close the window")
	d.TrayGone()
	if !d.visible() {
		t.Error("the window is lost")
	}
}

func TestQuitAsksOnlyWhileACallIsOn(t *testing.T) {
	quiet := openOnDesktop(t, emptyShop(false))
	quiet.item("Quit Ringback").Action()
	quiet.wantDid("quit")

	busy := openOnDesktop(t, busyShop()) // a visitor's phone rings
	busy.quit()
	busy.answer("Stay")
	busy.wantDid("raise")
	busy.quit()
	busy.quit() // asked again, it is one question
	busy.answer("Quit anyway")
	busy.wantDid("raise", "raise", "raise", "quit")
}

func TestSoundIsSilencedInTheTrayAndComesBackAsItWas(t *testing.T) {
	f := busyShop()
	d := openOnDesktop(t, f)
	d.setSound("bell")
	heard := func() Sound {
		f.ring(notify.Notice{Kind: notify.New, Request: 11})
		return (<-d.toasted).Sound
	}
	if s := heard(); s.Name != "bell" || !bytes.Equal(s.WAV, assets.Sound("bell")) {
		t.Errorf("the first sounds like %q", s.Name)
	}
	d.item("Sound with notifications").Action()
	d.until("the menu shows it", func() bool { return !d.item("Sound with notifications").Checked })
	if s := heard(); !s.None() {
		t.Errorf("silenced, it sounds like %q", s.Name)
	}
	d.item("Sound with notifications").Action()
	d.until("the menu shows it", func() bool { return d.item("Sound with notifications").Checked })
	if s := heard(); s.Name != "bell" {
		t.Errorf("in the end it sounds like %q", s.Name)
	}
}

func TestASoundThatThisVersionDoesNotHaveIsTheUsualOne(t *testing.T) {
	for _, name := range []string{"", "foghorn"} {
		if s := soundNamed(name); s.Name != "chime" || s.WAV == nil {
			t.Errorf("%q is %q", name, s.Name)
		}
	}
}

func TestAClickOnANotificationOpensItsRequest(t *testing.T) {
	f := busyShop()
	d := openOnDesktop(t, f)
	f.ring(notify.Notice{Kind: notify.New, Request: 99}) // it is gone: not spoken of
	f.ring(notify.Notice{Kind: notify.Missed, Request: 9})
	toast := <-d.toasted
	if toast.Title != "Omar Haddad needs you" || toast.About != "request 9" {
		t.Errorf("it says %+v", toast)
	}
	toast.Open()
	d.until("it is shown", func() bool { return d.detail.ID == 9 && d.detail.Asked > 0 })
	d.wantDid("raise")
}

func TestEachStateHasAnIconThatATrayTakes(t *testing.T) {
	test.NewTempApp(t)
	seen := map[string]string{}
	for _, state := range []string{"open", "closed", "paused", "trouble", "waiting"} {
		icon := trayIcon(state, "linux")
		picture, err := png.Decode(bytes.NewReader(icon.Content()))
		if err != nil {
			t.Fatalf("%s: %v", state, err)
		}
		if got := picture.Bounds().Dx(); got != traySide {
			t.Errorf("%s is %d pixels wide", state, got)
		}
		if _, _, _, alpha := picture.At(0, 0).RGBA(); alpha != 0 {
			t.Errorf("%s has a ground in its corner", state)
		}
		if other := seen[string(icon.Content())]; other != "" {
			t.Errorf("%s looks like %s", state, other)
		}
		seen[string(icon.Content())] = state
		if trayIcon(state, "linux") != icon {
			t.Errorf("%s is made anew each time", state)
		}
	}
}

func TestASystemThatPaintsItsTrayGetsEachStateInOneColour(t *testing.T) {
	test.NewTempApp(t)
	seen := map[string]string{}
	for _, state := range []string{"open", "closed", "paused", "trouble", "waiting"} {
		icon := trayIcon(state, "darwin")
		if _, themed := icon.(*theme.ThemedResource); !themed {
			t.Errorf("%s is %T, which is drawn as it is", state, icon)
		}
		content := string(icon.Content())
		if !strings.Contains(content, "<path") || strings.Contains(content, "<rect") {
			t.Errorf("%s is no shape without a ground: %.80s", state, content)
		}
		if other := seen[content]; other != "" {
			t.Errorf("%s looks like %s", state, other)
		}
		seen[content] = state
		if trayIcon(state, "darwin") != icon {
			t.Errorf("%s is made anew each time", state)
		}
	}
}
