package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"ringback/ui/widgets"
)

// page is what stands right of the side bar; one of them is on the screen.
type page interface {
	// body is made once.
	body() fyne.CanvasObject
	// come and leave: it is on the screen from now on, or no longer. A page that reads
	// more of Desk than the window does begins and ends its watch there.
	come()
	leave()
	// showShop draws what the window's shop and words say now.
	showShop()
	// tick moves the clocks, and nothing else.
	tick(now time.Time)
}

// place is a page and the way to it. The page is made when somebody goes there for the first
// time: a window opens sooner with one page than with all of them.
type place struct {
	page  // nil: nobody went there yet
	make  func() page
	label string
	nav   [2]*widgets.NavItem // in the side bar and in the rail
}

// newPlace makes the way to a page: an icon and a word.
func (w *Window) newPlace(glyph, label string, make func() page) *place {
	l := &place{make: make, label: label}
	goThere := w.o.timed(func() { w.visit(w.made(l)) })
	l.nav[0] = widgets.NewNavItem(icon(glyph), label, goThere)
	l.nav[1] = widgets.NewRailItem(icon(glyph), label, goThere)
	return l
}

// hoursPlace is where the hours are among the places.
const hoursPlace = 2

// newPlaces makes the pages, in the order of the side bar.
func (w *Window) newPlaces() []*place {
	w.requests, w.hours = newRequestsPage(w), nil
	return []*place{
		w.newPlace("inbox", w.words.Say("nav_requests"), func() page { return w.requests }),
		w.newPlace("chart", w.words.Say("nav_overview"), func() page { return newOverviewPage(w) }),
		w.newPlace("clock", w.words.Say("nav_hours"), func() page {
			w.hours = newHoursPage(w)
			return w.hours
		}),
		w.newPlace("log", w.words.Say("nav_activity"), func() page { return newActivityPage(w) }),
		w.newPlace("sliders", w.words.Say("nav_settings"), func() page {
			before := w.settings
			w.settings = newSettingsPage(w)
			w.settings.inherit(before)
			return w.settings
		}),
	}
}

// made is the page of a place, made where it was not.
func (w *Window) made(l *place) page {
	if l.page == nil {
		l.page = l.make()
		l.body().Hide()
		w.pages.Add(l.body())
	}
	return l.page
}

// called is what the way to a page is called.
func (w *Window) called(p page) string {
	for _, l := range w.places {
		if l.page == p {
			return l.label
		}
	}
	return ""
}

// visit goes to a page, and gives it the keyboard where it is there already.
func (w *Window) visit(p page) {
	if f, ok := p.(interface{ focus() }); ok && w.here == p {
		f.focus()
	}
	w.goTo(p)
}

// goTo puts a page on the screen, if it is not there.
func (w *Window) goTo(p page) {
	if w.here == p {
		return
	}
	if w.here != nil {
		w.here.leave()
	}
	w.here = p
	for _, l := range w.places {
		for _, n := range l.nav {
			n.SetSelected(l.page == p)
		}
		if l.page != nil && l.page != p {
			l.body().Hide()
		}
	}
	p.body().Show()
	widgets.LayOut(w.pages)
	w.message.hide()
	p.showShop()
	p.come()
}
