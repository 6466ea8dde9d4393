package ui

import (
	"context"
	"errors"
	"image/png"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ringback/ui/widgets"
)

// opened is a window on a fake desk, whose goroutine is the test's: what the window
// wants done there waits in a queue until the test takes it.
type opened struct {
	*Window
	t     testing.TB
	queue chan func()
	urls  chan string
	noWeb bool

	computer fakeComputer
	played   atomic.Int32
	points   string // what the owner points at when a file or a folder is asked for
	title    string // by which a folder was asked for last
}

func open(t *testing.T, f *fakeDesk) *opened { return openIn(t, f, Light) }

func openIn(t testing.TB, f *fakeDesk, v Variant, change ...func(*Options)) *opened {
	t.Helper()
	o := &opened{t: t, queue: make(chan func(), 1000), urls: make(chan string, 10)}
	shop, _ := f.Shop(context.Background())
	options := Options{
		Desk: f, App: test.NewTempApp(t), Shop: shop, Variant: v,
		Do:      func(do func()) { o.queue <- do },
		OpenURL: o.browse,
		Files:   o, Computer: &o.computer,
		Play: func(Sound) error { o.played.Add(1); return nil },
		Now:  func() time.Time { return noon },
		Log:  slog.New(slog.DiscardHandler),
	}
	for _, c := range change {
		c(&options)
	}
	w, err := New(options)
	if err != nil {
		t.Fatal(err)
	}
	o.Window = w
	t.Cleanup(w.Close)
	w.Fyne().Show()
	o.makeAll()
	o.until("the list was read", func() bool { return w.read })
	return o
}

// makeAll makes every page, which else is done when somebody goes there.
func (o *opened) makeAll() {
	for _, l := range o.places {
		o.made(l)
	}
}

func (o *opened) browse(address string) error {
	if o.noWeb {
		return errors.New("no browser")
	}
	o.urls <- address
	return nil
}

// hung is how long nothing may come of a wish before the test is given up. It is no
// measure of speed: without it a window that never gets there would hold up all others
// until go test's own limit.
const hung = 2 * time.Minute

// until does what the window wants done until it is so.
func (o *opened) until(what string, so func() bool) {
	o.t.Helper()
	patience := time.After(hung)
	for !so() {
		select {
		case do := <-o.queue:
			do()
		case <-patience:
			o.t.Fatalf("never: %s", what)
		case <-o.t.Context().Done():
			o.t.Fatalf("never: %s", what)
		}
	}
}

// step does the next thing that the window wants done.
func (o *opened) step() { (<-o.queue)() }

func (o *opened) resize(width, height float32) {
	o.Fyne().Resize(fyne.NewSize(width, height))
}

// find returns the first visible object on the screen for which want is true.
func find[T fyne.CanvasObject](o *opened, want func(T) bool) (found T, ok bool) {
	walk(o.Fyne().Content(), func(c fyne.CanvasObject) bool {
		if t, is := c.(T); is && !ok && want(t) {
			found, ok = t, true
		}
		return !ok
	})
	return found, ok
}

// walk goes through everything that is visible.
func walk(o fyne.CanvasObject, visit func(fyne.CanvasObject) bool) {
	if !o.Visible() || !visit(o) {
		return
	}
	switch o := o.(type) {
	case *fyne.Container:
		for _, part := range o.Objects {
			walk(part, visit)
		}
	case fyne.Widget:
		for _, part := range test.WidgetRenderer(o).Objects() {
			walk(part, visit)
		}
	}
}

func (o *opened) button(label string) *widgets.Button {
	o.t.Helper()
	b, ok := find(o, func(b *widgets.Button) bool { return b.Label() == label })
	if !ok {
		o.t.Fatalf("there is no button %q", label)
	}
	return b
}

func (o *opened) press(label string) {
	o.t.Helper()
	test.Tap(o.button(label))
}

// says reports whether a text stands on the screen.
func (o *opened) says(text string) bool {
	_, line := find(o, func(t *widgets.Text) bool { return t.Text() == text })
	_, para := find(o, func(p *widgets.Para) bool { return p.Text() == text })
	return line || para
}

func (o *opened) wantSays(texts ...string) {
	o.t.Helper()
	for _, text := range texts {
		if !o.says(text) {
			o.t.Errorf("%q does not stand on the screen", text)
		}
	}
}

func (o *opened) wantNot(texts ...string) {
	o.t.Helper()
	for _, text := range texts {
		if o.says(text) {
			o.t.Errorf("%q stands on the screen", text)
		}
	}
}

// keep leaves a picture in the folder RINGBACK_GALLERY, if that is set.
func (o *opened) keep(name string) {
	o.t.Helper()
	img := o.Fyne().Canvas().Capture()
	folder := os.Getenv("RINGBACK_GALLERY")
	if folder == "" {
		return
	}
	f, err := os.Create(filepath.Join(folder, name+".png"))
	if err != nil {
		o.t.Fatal(err)
	}
	if err := errors.Join(png.Encode(f, img), f.Close()); err != nil {
		o.t.Fatal(err)
	}
}

// settle does what was begun: whatever is asked of Desk is asked in one queue.
func (o *opened) settle() {
	o.t.Helper()
	done := false
	o.errands.add(func(context.Context) { o.o.Do(func() { done = true }) })
	o.until("it was done", func() bool { return done })
}
