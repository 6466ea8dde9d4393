package ui

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"ringback/ui/view"
	"ringback/ui/widgets"
)

// hoursDates are the days that are not like their weekday: holidays of a country, and dates
// with hours of their own.
type hoursDates struct {
	p       *hoursPage
	content *fyne.Container
	dates   []view.HoursDate
	list    *fyne.Container
	none    *widgets.Para
	country *widgets.Choice

	edit       *fyne.Container // the two fields in which a date is added or changed
	date, open *widgets.Field
}

func newHoursDates(p *hoursPage) *hoursDates {
	d := &hoursDates{p: p, list: widgets.Down(0)}
	words := p.w.words
	d.none = widgets.NewPara(words.Say("hours_dates_none"), widgets.SizeCaption, widgets.ColorSecond)
	d.date = widgets.NewField(words.Say("hours_date")).Hint(words.Say("hours_date_hint"))
	d.open = widgets.NewField(words.Say("hours_date_open")).Hint(words.Say("hours_closed"))
	d.date.OnEscape, d.open.OnEscape = d.close, d.close
	d.date.OnTyped = func() { d.p.wrong(d.date, "") }
	d.open.OnTyped = d.typed
	d.date.OnEnter, d.open.OnEnter = d.save, d.save
	d.edit = widgets.Down(widgets.Gap3, widgets.Columns(widgets.Gap4, 2, d.date, d.open), widgets.Across(widgets.Gap3, widgets.Space(),
		widgets.NewButton(widgets.Bare, words.Say("hours_cancel"), nil, d.close),
		widgets.NewButton(widgets.Plain, words.Say("hours_date_save"), icon("check"), d.save)))
	d.edit.Hide()
	regions, names := words.HolidayCountries()
	d.country = widgets.NewChoice(words.Say("hours_holidays"), regions, names)
	d.country.OnChosen = d.chosen
	d.content = widgets.NewBox(widgets.ColorSurface, widgets.ColorHairline, widgets.RadiusCard,
		widgets.Pad(10, widgets.Gap4, 14, widgets.Gap5, widgets.Down(widgets.Gap3,
			widgets.NewSection(words.Say("hours_dates"), widgets.NewButton(widgets.Bare, words.Say("hours_date_add"), icon("plus"), d.add)),
			d.edit, d.country, d.none, d.list)))
	return d
}

func (d *hoursDates) show(dates []view.HoursDate) {
	d.country.Set(d.p.kept.Holidays)
	d.none.Hidden = len(dates) > 0
	if slices.EqualFunc(d.dates, dates, func(a, b view.HoursDate) bool { return fmt.Sprint(a) == fmt.Sprint(b) }) {
		return // the rows stay, and so does the keyboard's focus
	}
	d.dates = dates
	d.list.Objects = nil
	for _, date := range dates {
		d.list.Add(d.row(date))
	}
}

func (d *hoursDates) row(date view.HoursDate) fyne.CanvasObject {
	var more *widgets.Button
	more = widgets.NewButton(widgets.Bare, "", icon("more"), func() { d.offer(more, date) })
	return widgets.HoursDateLine(
		widgets.NewText(date.Day, widgets.SizeBody, widgets.ColorText).Cut(),
		widgets.NewText(date.Holiday, widgets.SizeBody, widgets.ColorSecond).Cut(),
		widgets.NewChip(role(date.Chip.Role), icon(date.Chip.Icon), date.Chip.Word), more)
}

// offer opens the menu of a date.
func (d *hoursDates) offer(below fyne.CanvasObject, date view.HoursDate) {
	words := d.p.w.words
	items := []widgets.MenuItem{{Label: words.Say("hours_date_change"), Do: func() { d.ask(date.Day, words.HoursNormal(date.Open)) }}}
	if date.Own && date.Holiday != "" {
		items = append(items, widgets.MenuItem{Label: words.Say("hours_date_holiday"), Do: func() { d.remove(date) }})
	} else if date.Own {
		items = append(items, widgets.MenuItem{Label: words.Say("hours_date_remove"), Do: func() { d.remove(date) }})
	}
	widgets.ShowMenu(below, items...)
}

func (d *hoursDates) add() { d.ask("", "") }

// ask shows the fields with what they begin with.
func (d *hoursDates) ask(date, open string) {
	d.date.SetText(date)
	d.open.SetText(open)
	d.p.wrong(d.date, "")
	d.p.wrong(d.open, "")
	d.edit.Show()
	d.p.layout()
	field := d.date
	if date != "" {
		field = d.open
	}
	d.p.w.win.Canvas().Focus(field.Entry())
}

func (d *hoursDates) close() {
	d.edit.Hide()
	d.p.layout()
}

func (d *hoursDates) typed() {
	_, wrong := d.p.w.words.HoursTyped(d.open.Text())
	if wrong != "" && d.p.w.words.HoursHalf(d.open.Text()) {
		wrong = ""
	}
	d.p.wrong(d.open, wrong)
}

// save gives a date hours of its own, if both can be read.
func (d *hoursDates) save() {
	words, now := d.p.w.words, d.p.w.o.Now()
	date, badDate := words.DateTyped(d.date.Text(), now)
	open, badOpen := words.HoursTyped(d.open.Text())
	d.p.wrong(d.date, badDate)
	d.p.wrong(d.open, badOpen)
	if badDate != "" || badOpen != "" {
		return
	}
	d.edit.Hide()
	d.change(view.HoursDateKey(date), view.HoursKept(open),
		words.Say("hours_changed", "day", words.Day(date, now), "hours", orClosed(words, words.HoursNormal(open))))
}

func (d *hoursDates) remove(date view.HoursDate) {
	d.change(date.Key, nil, d.p.w.words.Say("hours_date_removed", "day", date.Day))
}

// change gives a date those hours; nil: none of its own. The way back is what it had.
func (d *hoursDates) change(key string, open []string, sentence string) {
	entry := func(open []string, own bool) any {
		if !own {
			return within("dates", map[string]any{key: nil})
		}
		return within("dates", map[string]any{key: append([]string{}, open...)})
	}
	was, own := d.p.kept.Dates[key]
	d.p.apply(entry(open, open != nil), entry(was, own), sentence, func(why string) {
		d.edit.Show()
		d.p.wrong(d.open, why)
	})
}

// chosen changes whose holidays are kept.
func (d *hoursDates) chosen() {
	words, region := d.p.w.words, d.country.Value()
	said := words.Say("hours_holidays_off")
	if region != "" {
		said = words.Say("hours_holidays_on", "country", words.CountryName(region))
	}
	d.p.apply(within("holidays", region), within("holidays", d.p.kept.Holidays), said,
		func(why string) { d.country.Say(widgets.Failed, icon("alert"), why); d.p.layout() })
}
