package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"ringback/server/settings"
	"ringback/ui/view"
	"ringback/ui/widgets"
)

// hoursPage is when the shop is open: what that means now, the week, dates and holidays,
// and what becomes of requests while it is closed. What is typed is checked at once and
// applied when the field is left or Enter is pressed.
type hoursPage struct {
	w       *Window
	content *fyne.Container
	watch   *watch

	kept  settings.Hours // as last read
	read  bool
	plan  *fyne.Container // hidden until it was read: empty, it would say that the shop is closed all week
	today int             // row of the day on which it was read
	now   *hoursHead
	week  *hoursWeek
	dates *hoursDates
	rules *hoursRules
}

func newHoursPage(w *Window) *hoursPage {
	p := &hoursPage{w: w, watch: newWatch(w)}
	p.now, p.week, p.dates, p.rules = newHoursHead(p), newHoursWeek(p), newHoursDates(p), newHoursRules(p)
	title := widgets.NewText(w.words.Say("hours_title"), widgets.SizeTitle, widgets.ColorText).Bold().Cut()
	p.plan = widgets.Down(14, p.week.content, p.dates.content, p.rules.content)
	p.plan.Hide()
	page := widgets.Down(14, title, p.now.content, p.plan)
	p.content = widgets.NewGround(widgets.ColorPage, widgets.Scroll(widgets.Pad(widgets.Gap5, widgets.Gap6, 20, widgets.Gap6, page)))
	return p
}

func (p *hoursPage) body() fyne.CanvasObject { return p.content }

func (p *hoursPage) come() {
	words := p.w.words
	p.watch.look(func(ctx context.Context) (func(), error) {
		set, err := p.w.o.Desk.Settings(ctx)
		if err != nil {
			return nil, err
		}
		page := words.Hours(set.Hours, p.w.o.Now())
		return func() { p.draw(set.Hours, page) }, nil
	})
}

func (p *hoursPage) leave() { p.watch.rest() }

// draw shows what was read. What somebody types just now stays as it is.
func (p *hoursPage) draw(kept settings.Hours, page view.Hours) {
	p.kept, p.read = kept, true
	p.week.show(page.Week)
	p.dates.show(page.Dates)
	p.rules.show()
	now := p.w.o.Now()
	p.today = p.week.tick(now)
	p.rules.tick(now)
	p.plan.Show()
	p.layout()
}

func (p *hoursPage) showShop() {
	p.now.show()
	p.layout()
}

// tick moves the clocks, and reads anew when another day has begun.
func (p *hoursPage) tick(now time.Time) {
	today := p.week.tick(now)
	p.rules.tick(now)
	if p.read && today != p.today {
		p.watch.again()
	}
}

// layout gives each part its place anew, when one has become higher or lower.
func (p *hoursPage) layout() { p.content.Refresh() }

// within is a part of a settings file that changes the hours.
func within(key string, value any) map[string]any {
	return map[string]any{"hours": map[string]any{key: value}}
}

// apply changes the hours and says so in a sentence, with the way back. Where that is
// refused, refused tells it at its place.
func (p *hoursPage) apply(part, back any, sentence string, refused func(why string)) {
	p.w.changeWithUndo(part, back, sentence, refused)
}

// changeWithUndo applies a part of a settings file and says so, with the part that takes it
// back. Where it is refused, refused is told why.
func (w *Window) changeWithUndo(part, back any, sentence string, refused func(why string)) {
	w.change(part, func(faults settings.Faults, _ bool) {
		if len(faults) > 0 {
			refused(w.words.Fault(faults[0]))
			return
		}
		w.message.say(sentence, w.words.Say("undo"), w.o.Now(), func() {
			w.message.hide()
			w.change(back, func(faults settings.Faults, _ bool) {
				if len(faults) > 0 {
					refused(w.words.Fault(faults[0]))
				}
			})
		})
	})
}

// wrong says below a field what is wrong with what stands in it; empty: nothing is.
func (p *hoursPage) wrong(f *widgets.Field, why string) {
	if f.Says() == why {
		return
	}
	f.Say(widgets.Failed, icon("alert"), why)
	p.layout()
}

// check asks Desk what it would refuse, while the field still says the same.
func (p *hoursPage) check(f *widgets.Field, part any) {
	typed := f.Text()
	p.w.check(part, func(faults settings.Faults) {
		if f.Text() == typed && len(faults) > 0 {
			p.wrong(f, p.w.words.Fault(faults[0]))
		}
	})
}
