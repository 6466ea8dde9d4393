package ui

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringback/server/settings"
	"ringback/ui/view"
	"ringback/ui/widgets"
)

const (
	mostPhones  = 10 // that the settings take
	ringSeconds = "20"
)

// phoneList is the shop's phones, in the order in which they are rung. A list is replaced
// whole: what is typed in one place goes with what is kept of all others, so that something
// wrong in one row keeps nobody from changing another.
type phoneList struct {
	p     *settingsPage
	rows  []*phoneRow
	kept  []map[string]any // the phones as the settings file has them
	draft bool             // the last row is new: nothing is kept of it before it has a number
	from  int              // how many were kept when it was made
	list  *fyne.Container
	none  *widgets.Para
	add   *widgets.Button
	line  *widgets.FieldLine
}

// phoneRow is the phone at a place of the list.
type phoneRow struct {
	fields                 section // of this row alone
	label, number, seconds *settingsField
	more                   *widgets.Button
	line                   *widgets.FieldLine
	content                *fyne.Container
}

func (p *settingsPage) phoneCards(s *section) []fyne.CanvasObject {
	say := p.w.words.Say
	p.phones = p.newPhoneList()
	s.shown = append(s.shown, p.phones)
	ring := p.choice(s, "business.ring", say("settings_ring"),
		[]string{settings.InTurn, settings.AllAtOnce}, []string{say("settings_in_turn"), say("settings_at_once")})
	return []fyne.CanvasObject{
		widgets.NewFieldCard(say("settings_phones"), say("settings_phones_about"), p.phones.add, p.phones.none, p.phones.list, p.phones.line),
		widgets.NewFieldCard(say("settings_ringing"), say("settings_ringing_about"), nil,
			two(ring, p.field(s, "business.line", view.TypedFigure, say("settings_line"), say("settings_line_help"))),
			p.field(s, "business.sms_numbers", view.TypedNumbers, say("settings_texts_to"), say("settings_texts_to_help"))),
	}
}

func (p *settingsPage) newPhoneList() *phoneList {
	say := p.w.words.Say
	l := &phoneList{p: p, list: widgets.Down(widgets.Gap3), line: widgets.NewFieldLine()}
	l.none = widgets.NewPara(say("settings_no_phone"), widgets.SizeBody, widgets.ColorSecond)
	l.add = widgets.NewButton(widgets.Bare, say("settings_add_phone"), icon("plus"), l.addDraft)
	return l
}

func (l *phoneList) show(seen settingsSeen) {
	l.kept = nil
	phones, _ := seen.document.At("business.phones").([]any)
	for _, phone := range phones {
		if phone, ok := phone.(map[string]any); ok {
			l.kept = append(l.kept, phone)
		}
	}
	l.fill()
	for _, row := range l.rows {
		for _, f := range row.fields.shown {
			f.show(seen)
		}
	}
}

// fill makes a row for each phone that is kept, and one more while a new one is typed.
func (l *phoneList) fill() {
	var typed *phoneRow
	if _, ok := l.p.drafts[phonePath(len(l.kept), "number")]; ok {
		l.draft, l.from = true, len(l.kept)
	}
	switch {
	case l.draft && len(l.kept) > l.from:
		l.draft = false // it is kept now
	case l.draft && len(l.kept) < l.from && len(l.rows) > l.from:
		typed, l.from = l.rows[l.from], len(l.kept) // one before it is gone
		l.rows = l.rows[:len(l.kept)]
	}
	want := len(l.kept)
	if l.draft {
		want++
	}
	l.rows = l.rows[:min(len(l.rows), want)]
	for len(l.rows) < want {
		l.rows = append(l.rows, l.newRow(len(l.rows)))
	}
	if l.draft {
		l.rows[want-1].take(typed)
	}
	l.list.Objects = nil
	for _, row := range l.rows {
		l.list.Add(row.content)
	}
	l.list.Hidden, l.none.Hidden = len(l.rows) == 0, len(l.rows) > 0
	l.add.Hidden = l.draft || want >= mostPhones
}

func (l *phoneList) newRow(i int) *phoneRow {
	row := &phoneRow{line: widgets.NewFieldLine()}
	row.label = l.field(row, i, "label", view.TypedText)
	row.label.Hint(l.p.w.words.Say("settings_phone_hint", "n", strconv.Itoa(i+1)))
	row.number = l.field(row, i, "number", view.TypedNumber)
	row.number.Hint(l.p.w.words.Say("settings_phone_number_hint"))
	row.seconds = l.field(row, i, "ring_seconds", view.TypedFigure)
	row.more = widgets.NewButton(widgets.Bare, "", icon("more"), func() {
		widget.ShowPopUpMenuAtRelativePosition(l.menu(i), l.p.w.win.Canvas(), fyne.NewPos(0, row.more.Size().Height), row.more)
	})
	place := widgets.NewText(strconv.Itoa(i+1), widgets.SizeBody, widgets.ColorSecond).Bold()
	unit := widgets.NewText(l.p.w.words.Say("settings_seconds"), widgets.SizeCaption, widgets.ColorSecond)
	row.content = widgets.Down(widgets.Gap1,
		widgets.Across(widgets.Gap3, widgets.Fixed(14, 0, place), widgets.Grow(row.label.Field), widgets.Fixed(152, 0, row.number.Field),
			widgets.Fixed(52, 0, row.seconds.Field), unit, row.more),
		widgets.Pad(0, 0, 0, 14+widgets.Gap3, row.line))
	return row
}

// field is one for a value of the phone at a place. What is wrong with any of a row's is
// said below the row, which has more room than its fields.
func (l *phoneList) field(row *phoneRow, i int, key string, as view.Typing) *settingsField {
	words := l.p.w.words
	f := l.p.bind(&row.fields, &settingsField{
		Field: widgets.NewField("").Alone(), path: phonePath(i, key),
		part: func(typed string) any {
			if i >= len(l.kept) {
				return l.with(append(slices.Clone(l.kept), row.phone(words)))
			}
			phones := slices.Clone(l.kept)
			phones[i] = maps.Clone(phones[i])
			phones[i][key] = words.Meant(as, typed)
			return l.with(phones)
		},
		value: func(settingsSeen) (string, bool) {
			if i >= len(l.kept) {
				return "", false
			}
			return words.Typed(as, l.kept[i][key]), true
		},
	})
	f.ready = func() bool { return i < len(l.kept) || row.number.Text() != "" }
	f.told = row.tell
	return f
}

func phonePath(i int, key string) string { return fmt.Sprintf("business.phones[%d].%s", i, key) }

// take lets the row of a new phone be typed in; what was typed in another place comes along.
func (r *phoneRow) take(typed *phoneRow) {
	for i, f := range []*settingsField{r.label, r.number, r.seconds} {
		fresh := f.empty
		f.empty = false
		switch {
		case typed != nil:
			f.SetText([]*settingsField{typed.label, typed.number, typed.seconds}[i].Text())
		case f.resume():
		case fresh && f == r.seconds:
			f.shown = ringSeconds
			f.SetText(ringSeconds)
		}
	}
}

// phone is what stands in the row of a new one.
func (r *phoneRow) phone(words view.Words) map[string]any {
	phone := map[string]any{
		"number":       words.Meant(view.TypedNumber, r.number.Text()),
		"ring_seconds": words.Meant(view.TypedFigure, r.seconds.Text()),
	}
	if label := words.Meant(view.TypedText, r.label.Text()); label != "" {
		phone["label"] = label
	}
	return phone
}

func (r *phoneRow) tell() {
	for _, f := range []*settingsField{r.number, r.label, r.seconds} {
		if f.Says() != "" {
			r.line.Say(widgets.Failed, icon("alert"), f.Says())
			return
		}
	}
	r.line.Say(widgets.Quiet, nil, "")
}

// with is the settings file that has these phones in place of all others.
func (l *phoneList) with(phones []map[string]any) any {
	if phones == nil {
		phones = []map[string]any{}
	}
	return view.Part("business.phones", phones)
}

// addDraft makes room for one more.
func (l *phoneList) addDraft() {
	l.draft, l.from = true, len(l.kept)
	l.fill()
	row := l.rows[l.from]
	l.p.layOut()
	l.p.w.win.Canvas().Focus(row.label.Entry())
}

// menu is what can be done with the phone at a place.
func (l *phoneList) menu(i int) *fyne.Menu {
	say := l.p.w.words.Say
	up := fyne.NewMenuItem(say("settings_up"), func() { l.move(i, i-1) })
	down := fyne.NewMenuItem(say("settings_down"), func() { l.move(i, i+1) })
	up.Disabled = i == 0 || i >= len(l.kept)
	down.Disabled = i+1 >= len(l.kept)
	return fyne.NewMenu("", up, down, fyne.NewMenuItem(say("settings_remove"), func() { l.remove(i) }))
}

func (l *phoneList) move(from, to int) {
	phones := slices.Clone(l.kept)
	phones[from], phones[to] = phones[to], phones[from]
	l.replace(phones)
}

// remove takes a phone out of the list; a new one is only typed no more.
func (l *phoneList) remove(i int) {
	if i >= len(l.kept) {
		l.draft = false
		l.fill()
		l.p.layOut()
		return
	}
	l.replace(slices.Delete(slices.Clone(l.kept), i, i+1))
}

// replace puts other phones into the places: what was typed in one belongs to none of them.
func (l *phoneList) replace(phones []map[string]any) {
	l.p.w.change(l.with(phones), func(faults settings.Faults, later bool) {
		words := ""
		if fault, ok := view.FaultOf(faults, "business.phones"); ok {
			words = l.p.w.words.Fault(fault)
		}
		if l.line.Say(widgets.Failed, icon("alert"), words); words == "" {
			l.rows, l.draft = nil, false
			l.p.say(later)
		}
		l.p.layOut()
	})
}
