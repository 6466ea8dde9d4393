package ui

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
)

// tour goes to every page, and to every section of the settings, makes it, has it read and
// drawn, and types, presses and resizes there. does is told what was done by hand, which no
// queue has seen.
func tour(o *opened, does func(what string, do func())) {
	for i := range o.places {
		l := o.places[i]
		goThere := func() { does(fmt.Sprintf("go to page %d", i+1), func() { o.visit(o.made(l)) }) }
		goThere()
		o.idle()
		switch p := l.page.(type) {
		case *settingsPage:
			for n, s := range p.sections {
				does(fmt.Sprintf("go to section %d of the settings", n+1), func() { p.goTo(s) })
				o.idle()
			}
		case *overviewPage:
			for n := range reportDays {
				does(fmt.Sprintf("choose %d days", reportDays[n]), func() { p.period.Select(n); p.read() })
				o.idle()
			}
			for _, c := range []*chart{p.byDay, p.ring, p.when} {
				does("show the numbers of a chart", func() { c.turn() })
				does("show the chart again", func() { c.turn() })
			}
		case *activityPage:
			does("search the log", func() { p.search.SetText("Jane") })
			o.idle()
			does("search it no more", func() { p.search.SetText("") })
			o.idle()
		}
		does("tick", o.tick)
		for _, size := range []fyne.Size{{Width: 800, Height: 560}, {Width: startWidth, Height: startHeight}} {
			does(fmt.Sprintf("resize page %d", i+1), func() { o.resize(size.Width, size.Height) })
		}
	}
}

// idle does what the window wants done until it wants nothing more for a while.
func (o *opened) idle() {
	for {
		select {
		case do := <-o.queue:
			do()
		case <-time.After(2 * atMostEvery):
			return
		}
	}
}
