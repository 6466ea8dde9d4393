package ui

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"ringback/server/desk"
)

// blank is a page that counts how often it came and went.
type blank struct {
	object     fyne.CanvasObject
	came, left int
}

func (b *blank) body() fyne.CanvasObject { return b.object }
func (b *blank) come()                   { b.came++ }
func (b *blank) leave()                  { b.left++ }
func (b *blank) showShop()               {}
func (b *blank) tick(time.Time)          {}

// with adds a blank page to a window.
func (o *opened) with() *blank {
	b := &blank{object: canvas.NewRectangle(nil)}
	o.places = append(o.places, o.newPlace("info", "Blank", func() page { return b }))
	o.made(o.places[len(o.places)-1])
	return b
}

func TestOnePageIsOnTheScreen(t *testing.T) {
	o := open(t, busyShop())
	b := o.with()
	if o.here != page(o.requests) {
		t.Fatal("the window does not begin with the requests")
	}
	o.visit(b)
	o.visit(b) // it is there already
	if b.came != 1 || b.left != 0 || !b.body().Visible() || o.requests.body().Visible() {
		t.Errorf("the page came %d times and left %d times", b.came, b.left)
	}
	o.requests.filterByKey(2) // leads back, from wherever one is
	if b.left != 1 || o.here != page(o.requests) || o.filter != desk.All {
		t.Errorf("Ctrl+3 led to %T and the filter %d", o.here, o.filter)
	}
}

func TestAPageIsReadWhileItIsOnTheScreen(t *testing.T) {
	f := busyShop()
	o := open(t, f)
	x := newWatch(o.Window)
	reads := make(chan int, 100)
	drawn, n := 0, 0
	x.look(func(context.Context) (func(), error) {
		n++
		reads <- n
		return func() { drawn++ }, nil
	})
	o.until("it was drawn", func() bool { return drawn == 1 })
	f.change(func() { f.shop.NeedsYou = 7 })
	o.until("a change was drawn", func() bool { return drawn == 2 })
	x.again()
	o.until("it was drawn when asked", func() bool { return drawn == 3 })
	other := false
	x.look(func(context.Context) (func(), error) { return func() { other = true }, nil })
	o.until("something else is read", func() bool { return other })
	if drawn != 3 {
		t.Error("what is not looked at any more was drawn")
	}
	x.rest()
	x.rest() // again is harmless
	x.again()
}

func TestAPageThatCanNotBeReadSaysSo(t *testing.T) {
	o := open(t, busyShop())
	x := newWatch(o.Window)
	x.look(func(context.Context) (func(), error) { return nil, errors.New("disk on fire") })
	o.until("the fault stands", func() bool { return o.says("“Requests” can't be read just now") })
	x.rest()
}

func TestOnlyWhoCouldNotReadTakesItsFaultAway(t *testing.T) {
	const says = "“Requests” can't be read just now"
	f := busyShop()
	o := open(t, f)
	x := newWatch(o.Window)
	var fails atomic.Bool
	fails.Store(true)
	x.look(func(context.Context) (func(), error) {
		if fails.Load() {
			return nil, errors.New("disk on fire")
		}
		return func() {}, nil
	})
	o.until("the fault stands", func() bool { return o.says(says) })
	o.show(sight{shop: o.shop, glance: glance{filter: o.filter}}) // the requests can be read
	o.wantSays(says)
	fails.Store(false)
	x.again()
	o.until("the fault is gone", func() bool { return !o.says(says) })
	x.rest()
}

func TestAnotherLanguageIsSpokenAtOnce(t *testing.T) {
	f := busyShop()
	o := open(t, f)
	o.pick(10)
	f.change(func() { f.shop.Language = "es" })
	o.until("Spanish is spoken", func() bool { return o.says("Solicitudes") && o.says("(212) 555-0188") })
	o.wantNot("Requests")
}

func TestAPageIsMadeWhenSomebodyGoesThere(t *testing.T) {
	o := open(t, busyShop())
	o.furnish()
	for _, l := range o.places[1:] {
		if l.page != nil {
			t.Errorf("%T is made, and nobody went there", l.page)
		}
	}
	for i, l := range o.places {
		o.resize(900+float32(i), 600) // those that are hidden keep the size they had
		l.nav[0].Tapped(nil)
		if o.here != l.page || !l.body().Visible() || l.body().Size() != o.pages.Size() {
			t.Errorf("%T has the size %v of %v", l.page, l.body().Size(), o.pages.Size())
		}
		made := l.page
		if o.made(l) != made {
			t.Errorf("%T is made anew", made)
		}
	}
}
