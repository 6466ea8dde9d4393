package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"ringback/ui/view"
	"ringback/ui/widgets"
)

// check walks the log in a goroutine of its own, for as long as the page is on the screen.
func (p *activityPage) check() {
	p.stop()
	ctx, stop := context.WithCancel(p.w.ended)
	p.stop, p.checked = stop, true
	p.checkAgain.Disable()
	p.showState(p.w.words.Checking(0, 0))
	w := p.w
	on := func(do func()) {
		w.o.Do(func() {
			if ctx.Err() == nil {
				do()
			}
		})
	}
	w.done.Go(func() {
		found, err := w.o.Desk.CheckLog(ctx, func(done, all int) {
			on(func() { p.showState(w.words.Checking(done, all)) })
		})
		if ctx.Err() != nil {
			w.o.Do(func() { p.checked = false }) // looked away: it begins anew next time
			return
		}
		on(func() {
			p.checkAgain.Enable()
			if err != nil {
				w.o.Log.Error("the event log could not be checked", "err", err)
				p.showState(w.words.Unchecked())
				return
			}
			p.showState(w.words.Checked(found, w.o.Now()))
		})
	})
}

func (p *activityPage) showState(s view.LogState) {
	p.state.Set(role(s.Chip.Role), icon(s.Chip.Icon), s.Chip.Word)
	p.state.Show()
	p.head.Refresh()
	if s.Broke == nil && !p.broken.Visible() {
		return
	}
	p.broken.Hidden = s.Broke == nil
	p.broken.Objects = nil
	if s.Broke != nil {
		p.broken.Objects = []fyne.CanvasObject{widgets.NewNotice(widgets.Failed, icon("alert"), s.Broke.What, s.Broke.Means+" "+s.Broke.Do)}
	}
	p.content.Refresh()
}
