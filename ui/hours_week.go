package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"ringback/server/hours"
	"ringback/ui/view"
	"ringback/ui/widgets"
)

// hoursWeek is a strip and a field for each day.
type hoursWeek struct {
	p       *hoursPage
	content *fyne.Container
	axis    *widgets.DayAxis
	rows    [7]*hoursRow
}

type hoursRow struct {
	week  *hoursWeek
	day   view.HoursDay
	name  *widgets.Text
	strip *widgets.DayStrip
	field *widgets.Field
	copy  *widgets.Button
}

func newHoursWeek(p *hoursPage) *hoursWeek {
	k := &hoursWeek{p: p, axis: widgets.NewDayAxis()}
	door := widgets.NewText(p.w.words.Say("hours_as_on_the_door"), widgets.SizeCaption, widgets.ColorSecond).Cut()
	head := widgets.DayLine(widgets.Over(), k.axis, widgets.Pad(0, 0, 0, widgets.Gap3, door), widgets.Over())
	lines := widgets.Down(widgets.Gap3, head)
	for i := range k.rows {
		k.rows[i] = k.newRow()
		lines.Add(k.rows[i].line())
	}
	k.content = widgets.NewBox(widgets.ColorSurface, widgets.ColorHairline, widgets.RadiusCard,
		widgets.Pad(14, widgets.Gap4, 14, widgets.Gap5, lines))
	return k
}

func (k *hoursWeek) newRow() *hoursRow {
	r := &hoursRow{week: k, name: widgets.NewText("", widgets.SizeBody, widgets.ColorText).Cut(), strip: widgets.NewDayStrip()}
	r.field = widgets.NewField("").Hint(k.p.w.words.Say("hours_closed"))
	r.field.OnTyped, r.field.OnLeft = r.typed, r.left
	r.copy = widgets.NewButton(widgets.Bare, "", icon("copy"), r.offerCopies)
	return r
}

func (r *hoursRow) line() fyne.CanvasObject { return widgets.DayLine(r.name, r.strip, r.field, r.copy) }

func (k *hoursWeek) show(days [7]view.HoursDay) {
	for i, r := range k.rows {
		r.day = days[i]
		r.name.SetText(days[i].Abbr)
		if !r.field.Focused() && r.field.Says() == "" {
			r.normal()
		}
	}
}

// tick moves the line of now, and returns the row on which it stands.
func (k *hoursWeek) tick(now time.Time) (today int) {
	today, minute, clock := k.p.w.words.HoursNow(now)
	k.axis.Set(minute, clock)
	for i, r := range k.rows {
		at := -1
		if i == today {
			at = minute
		}
		r.name.SetBold(i == today)
		r.strip.Set(at, bars(r.day.Bars)...)
	}
	return today
}

func bars(open []hours.Interval) (all []widgets.Span) {
	for _, i := range open {
		all = append(all, widgets.Span{From: i.From, To: i.To})
	}
	return all
}

// normal shows the hours that hold, in the normal form.
func (r *hoursRow) normal() {
	if text := r.week.p.w.words.HoursNormal(r.day.Open); r.field.Text() != text {
		r.field.SetText(text)
	}
	r.week.p.wrong(r.field, "")
}

// typed says what is wrong as soon as typing on can't put it right.
func (r *hoursRow) typed() {
	p := r.week.p
	open, wrong := p.w.words.HoursTyped(r.field.Text())
	if wrong != "" && p.w.words.HoursHalf(r.field.Text()) {
		wrong = ""
	} else if wrong == "" {
		p.check(r.field, r.part(open))
	}
	p.wrong(r.field, wrong)
}

// left applies what was typed, if it can be read.
func (r *hoursRow) left() {
	p := r.week.p
	if !p.read {
		return
	}
	words := p.w.words
	open, wrong := words.HoursTyped(r.field.Text())
	if wrong != "" {
		p.wrong(r.field, wrong)
		return
	}
	was, now := words.HoursNormal(r.day.Open), words.HoursNormal(open)
	if was == now {
		r.normal()
		return
	}
	back := r.part(r.day.Open)
	r.day.Open = open
	r.normal()
	p.apply(r.part(open), back, words.Say("hours_changed", "day", r.day.Name, "hours", orClosed(words, now)),
		func(why string) { p.wrong(r.field, why) })
}

func orClosed(words view.Words, normal string) string {
	if normal == "" {
		return words.Say("hours_closed")
	}
	return normal
}

func (r *hoursRow) part(open []hours.Interval) any {
	return within("week", map[string]any{r.day.Key: view.HoursKept(open)})
}

func (r *hoursRow) offerCopies() {
	words := r.week.p.w.words
	widgets.ShowMenu(r.copy,
		widgets.MenuItem{Label: words.Say("hours_copy_weekdays"), Do: func() { r.copyTo(5) }},
		widgets.MenuItem{Label: words.Say("hours_copy_all"), Do: func() { r.copyTo(7) }})
}

// copyTo gives the first n days of the week the hours of this one; not while what is typed
// there is wrong, for it would be lost and other hours copied.
func (r *hoursRow) copyTo(n int) {
	p := r.week.p
	if !p.read {
		return
	}
	if _, wrong := p.w.words.HoursTyped(r.field.Text()); wrong != "" {
		p.wrong(r.field, wrong)
		p.w.win.Canvas().Focus(r.field.Entry())
		return
	}
	week, back := map[string]any{}, map[string]any{}
	for _, other := range r.week.rows[:n] {
		week[other.day.Key], back[other.day.Key] = view.HoursKept(r.day.Open), view.HoursKept(other.day.Open)
		p.wrong(other.field, "")
	}
	words := p.w.words
	p.apply(within("week", week), within("week", back),
		words.Say("hours_copied", "day", r.day.Name, "hours", orClosed(words, words.HoursNormal(r.day.Open))),
		func(why string) { p.wrong(r.field, why) })
}
