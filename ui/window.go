package ui

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringback/server/desk"
	"ringback/ui/view"
	"ringback/ui/widgets"
)

// Size of the window when it opens.
const (
	startWidth  = 1100
	startHeight = 760
)

// Options is what a window needs.
type Options struct {
	Desk     desk.Desk
	App      fyne.App
	Do       func(func())               // runs a function on the window's goroutine, and does not wait for it
	OpenURL  func(address string) error // in the browser; never called on the window's goroutine
	Now      func() time.Time           // time.Now when nil
	Files    Files                      // Fyne's dialogs when nil
	Computer Computer                   // nil: nothing is asked of it
	Language string                     // en or es; empty: the shop's, as Shop says
	Shop     desk.Shop                  // as it stands when the window opens
	Variant  Variant
	Log      *slog.Logger // for what lies behind an error on the screen; slog.Default when nil

	Toast    func(Toast)       // shows a notification on the desktop; never called on the window's goroutine; nil: there are none
	Play     func(Sound) error // plays a sound and returns at its end; never called on the window's goroutine; nil: none can be heard
	Tray     Tray              // nil: there can be none, and closing the window ends the program
	Minimise func()            // to the desktop's list of windows; needed with a Tray
	Raise    func()            // brings the window to the front, minimised or not; nil: as Fyne does
	Quit     func()            // ends the program; the App's own when nil

	// Slow is told of each piece of work on the window's goroutine, by its name in the code,
	// and how long it took; nil: nothing is measured.
	Slow func(what string, took time.Duration)
}

// Window is the program's window. All of it but Close belongs to the window's
// goroutine; what it asks of Desk is done in goroutines of its own.
type Window struct {
	o       Options
	win     fyne.Window
	feed    *feed
	errands *errands
	wake    *wakefulness

	shortcuts map[string]func() // by their name, what they do

	words   view.Words
	speaks  string // the language that everything in the window was made in
	shop    desk.Shop
	accent  string
	filter  desk.Filter
	search  string // what was typed; empty: everything that the filter shows
	chosen  int64  // the selected request; 0: none
	detail  desk.Detail
	rows    rows
	read    bool // the list was read at least once
	frame   *frame
	message *message
	banner  *banner
	tray    *tray

	playing bool // a sound is heard that the owner wanted to hear

	question *widget.PopUp // stands over the window; nil: none

	holder   *fyne.Container // banner, message and pages: laid out anew when one of them comes or goes
	pages    *fyne.Container // those that were made
	places   []*place
	here     page // which is on the screen
	requests *requestsPage
	hours    *hoursPage    // nil: nobody went there yet
	settings *settingsPage // the last one that was made; nil: none

	cancel context.CancelFunc
	ended  context.Context
	done   sync.WaitGroup
}

// New makes the window and starts to read; it is not shown yet. The error is that of
// a shop's accent or a variant that is none.
func New(o Options) (*Window, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if do := o.Do; o.Slow != nil {
		o.Do = func(f func()) { do(o.timed(f)) }
	}
	if o.Quit == nil {
		o.Quit = o.App.Quit
	}
	look, err := NewTheme(o.Variant, o.Shop.Accent)
	if err != nil {
		return nil, err
	}
	o.App.Settings().SetTheme(look)
	w := &Window{o: o, accent: o.Shop.Accent, shop: o.Shop, words: view.For(o.Shop, o.Language), filter: desk.Today}
	if w.o.Files == nil {
		w.o.Files = dialogs{}
	}
	w.errands = newErrands()
	w.feed = newFeed(o.Desk, o.Do, w.show, w.tick)
	w.ended, w.cancel = context.WithCancel(context.Background())
	w.wake = newWakefulness(w)
	w.build()
	w.start()
	return w, nil
}

func (w *Window) build() {
	w.win = w.o.App.NewWindow(w.words.Title())
	w.win.SetPadded(false)
	w.furnish()
	w.win.Resize(fyne.NewSize(startWidth, startHeight))
	w.tray = newTray(w)
	if w.o.Tray != nil {
		w.win.SetCloseIntercept(w.closing)
	}
}

// furnish makes everything in the window, in the language of now. It is done anew when
// that is another one; the same page stays on the screen.
func (w *Window) furnish() {
	at := max(0, slices.IndexFunc(w.places, func(l *place) bool { return l.page == w.here }))
	if w.here != nil {
		w.here.leave()
		w.here = nil
	}
	w.speaks = w.words.Language
	w.pages = widgets.One()
	w.message, w.banner = newMessage(w.pages), newBanner(w)
	w.places = w.newPlaces()
	w.frame = newFrame(w)
	w.holder = widgets.Down(0, w.banner.content, w.message.content, widgets.Grow(widgets.Over(w.pages, w.message.float)))
	w.message.holder = w.holder
	w.message.inUse = func() bool {
		focused, ok := w.win.Canvas().Focused().(fyne.CanvasObject)
		return ok && widgets.Within(focused, w.message.toast)
	}
	w.win.SetContent(widgets.NewShell(w.frame.sidebar, w.frame.rail, w.holder))
	w.keys()
	w.goTo(w.made(w.places[at]))
	w.showShop()
}

func (w *Window) start() {
	w.done.Go(func() { w.feed.run(w.ended) })
	w.done.Go(func() { w.errands.run(w.ended) })
	w.wake.start()
	if w.o.Toast != nil {
		w.done.Go(func() { w.hearNotices(w.ended) })
	}
	w.tray.start()
}

// Fyne is the window to be shown.
func (w *Window) Fyne() fyne.Window { return w.win }

// Close ends the window's goroutines and returns when they have ended; the window
// stays as it is. Closing again is harmless.
func (w *Window) Close() {
	w.cancel()
	w.done.Wait()
}

func (w *Window) closed() bool { return w.ended.Err() != nil }

// look tells the feed what is on the screen now.
func (w *Window) look() {
	w.feed.look(w.requests.glance())
}

// show draws what the feed has seen.
func (w *Window) show(s sight) {
	if w.closed() {
		return
	}
	if s.err != nil {
		w.cantRead(w.requests, w.feed, s.err)
		return
	}
	w.message.over(w.feed)
	w.shop = s.shop
	w.words = view.For(s.shop, w.o.Language)
	w.takeRows(s)
	w.takeDetail(s)
	if w.words.Language != w.speaks {
		w.furnish()
	}
	w.showShop()
	w.requests.strip.show(view.Stage{Phones: s.phones, Texts: s.texts, Line: s.shop.Line, Newest: s.newest})
	w.requests.firstRun.show(s.recent)
	w.requests.showList()
	w.requests.showDetail()
	w.look()
}

// cantRead says that what stands on a page may be old, until whoever read it, the feed or
// a watch, has read again.
func (w *Window) cantRead(at page, by any, err error) {
	w.o.Log.Error("the window can't read the shop", "err", err)
	w.message.fault(w.words, w.words.Unread(w.called(at)), w.message.hide)
	w.message.of = by
}

// takeRows keeps the requests that were seen, unless they are of another list, or of
// another part of it than what is on the screen by now and is known.
func (w *Window) takeRows(s sight) {
	if s.glance.filter != w.filter || s.glance.search != w.search {
		return
	}
	now := rows{Stretch: s.rows, find: s.glance.selected}
	if w.requests.take(&now, s.glance) {
		w.rows = now
		w.read = true
	}
}

// takeDetail keeps the selected request; where nothing is selected, or what was is
// gone, the first on the screen is.
func (w *Window) takeDetail(s sight) {
	if s.glance.selected == w.chosen {
		w.detail = desk.Detail{}
		if s.detail != nil {
			w.detail = *s.detail
		} else {
			w.chosen = 0
		}
	}
	w.requests.settle()
}

// choose selects a request. Until the feed has seen its history, what the list knows
// of it is shown.
func (w *Window) choose(id int64) {
	w.chosen = id
	w.detail = desk.Detail{}
	if r := w.rows.row(w.rows.index(id)); r != nil {
		w.detail.Request = *r
	}
}

func (w *Window) showShop() {
	if w.shop.Accent != w.accent {
		w.accent = w.shop.Accent
		look, err := NewTheme(w.o.Variant, w.accent)
		if err != nil { // settings let no such accent pass
			w.o.Log.Error("the shop's accent can't be used", "err", err)
		} else {
			w.o.App.Settings().SetTheme(look)
		}
	}
	if w.win.Title() != w.words.Title() {
		w.win.SetTitle(w.words.Title())
	}
	w.frame.show(w.words, w.shop)
	w.banner.show()
	w.here.showShop()
}

// tick moves the clocks, and reads anew how the hours stand when the clock has passed
// their end.
func (w *Window) tick() {
	if !w.closed() {
		if o := w.shop.Opening; !o.At.IsZero() && o.Over(w.o.Now()) {
			w.feed.again()
		}
		w.here.tick(w.o.Now())
		w.message.tick(w.o.Now())
		w.wake.tick(w.o.Now())
		w.tray.tick(w.o.Now())
	}
}

// errand asks something of Desk and does then afterwards, on the window's goroutine;
// where it was refused, the window says why instead.
func (w *Window) errand(ask func(context.Context) error, then func()) {
	w.errands.add(func(ctx context.Context) {
		err := ask(ctx)
		w.feed.again()
		w.o.Do(func() {
			switch {
			case w.closed():
			case err != nil:
				w.o.Log.Error("a wish of the owner's was not carried out", "err", err)
				w.message.fault(w.words, w.words.Refused(err), w.message.hide)
			case then != nil:
				then()
			}
		})
	})
}

// openForm opens the form in the browser; where that fails, the window says what to
// do by hand.
func (w *Window) openForm() {
	address := w.shop.FormURL
	w.errands.add(func(context.Context) {
		if err := w.o.OpenURL(address); err != nil {
			w.o.Do(func() {
				w.o.Log.Error("the form was not opened", "err", err)
				w.message.fault(w.words, w.words.Unopened(address), w.message.hide)
			})
		}
	})
}

func (w *Window) copy(text string) { w.o.App.Clipboard().SetContent(text) }
