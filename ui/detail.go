package ui

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"ringback/server/desk"
	"ringback/ui/view"
	"ringback/ui/widgets"
)

const (
	quoteHeight = 172 // eight lines; a longer one scrolls, so that the buttons stay near
	mainWidth   = 148 // of the button that stands first
	metaWidth   = 300 // what is told of a request stands beside its number up to this width, else below
)

// detailPane shows the selected request. Its parts change in place, so that neither a
// note that is being written nor the place in the history is lost at a change.
type detailPane struct {
	w       *Window
	content *fyne.Container
	body    *fyne.Container // hidden while nothing is selected
	shown   view.Detail

	title        *widgets.Para // whole: the list cuts a long name
	bare         *widgets.Text // the number, as the title of who gave no name
	number, meta *widgets.Text
	named, below *fyne.Container // the title's line, and the number's
	titled       bool            // the number is the title
	email        *widgets.Text
	chip         *widgets.Chip
	copyIt       *widgets.Button
	quote        *widgets.Quote
	quoted       *fyne.Container // the quote, scrolling where it is long
	call         *widgets.CallCard
	notice       *fyne.Container
	actions      *fyne.Container
	note         *keyEntry
	noting       *fyne.Container // the note and Done, which takes it along
	text         *composer
	ref          *widgets.Text
	history      *widgets.Timeline
	past         *fyne.Container
	more         *widgets.Button
	scroll       *fyne.Container
}

func newDetailPane(w *Window) *detailPane {
	text := widgets.NewText
	d := &detailPane{
		w:       w,
		title:   widgets.NewPara("", widgets.SizeTitle, widgets.ColorText).Bold(),
		number:  text("", widgets.SizeLead, widgets.ColorText),
		bare:    text("", widgets.SizeTitle, widgets.ColorText).Bold(),
		meta:    text("", widgets.SizeCaption, widgets.ColorSecond),
		named:   widgets.Across(widgets.Gap4),
		below:   widgets.Wrap(widgets.Gap2),
		email:   text("", widgets.SizeCaption, widgets.ColorSecond).Cut(),
		chip:    widgets.NewChip(widgets.Quiet, nil, ""),
		quote:   widgets.NewQuote(""),
		call:    widgets.NewCallCard(widgets.StepIcons{Done: icon("check"), Wrong: icon("cross")}),
		notice:  widgets.Over(),
		actions: widgets.Wrap(widgets.Gap3),
		note:    newKeyEntry(w),
		noting:  widgets.Across(widgets.Gap3),
		text:    newComposer(w),
		ref:     text("", widgets.SizeCaption, widgets.ColorSecond),
		history: widgets.NewTimeline(),
	}
	d.copyIt = widgets.NewButton(widgets.Bare, "", icon("copy"), d.copyNumber)
	d.more = widgets.NewButton(widgets.Plain, "", icon("more"), d.showMenu).Large()
	d.note.SetPlaceHolder(w.words.Say("note_hint"))
	d.note.OnSubmitted = func(string) { d.done() }
	d.arrange()
	return d
}

func (d *detailPane) arrange() {
	head := widgets.Down(widgets.Gap1, d.named, d.below, d.email)
	does := widgets.Down(widgets.Gap3, d.actions, d.noting)
	d.quoted = widgets.AtMost(quoteHeight, d.quote)
	d.past = widgets.Down(6, widgets.NewSection(d.w.words.Say("history"), d.ref), d.history)
	d.body = widgets.Pad(18, widgets.Gap6, 20, widgets.Gap6,
		widgets.Down(18, head, d.quoted, d.call, d.notice, does, d.text.content, d.past))
	d.body.Hide()
	d.scroll = widgets.Scroll(d.body)
	d.content = d.scroll
}

// show draws the selected request as the window knows it.
func (d *detailPane) show() {
	if d.w.detail.ID == 0 {
		d.body.Hide()
		d.shown = view.Detail{}
		d.content.Refresh()
		return
	}
	was, now := d.shown, d.w.o.Now()
	v := d.w.words.Detail(d.w.detail, d.w.shop.Line, now)
	if v.ID == was.ID && len(v.History) == 0 {
		v.History = was.History // it is being read
	}
	d.shown = v
	if v.ID != was.ID {
		d.note.SetText("")
		d.text.close()
		d.copyIt.Set(widgets.Bare, "", icon("copy"), d.copyNumber)
		widgets.ScrollToTop(d.scroll)
	}
	d.showHead(v)
	d.showState(v, now)
	d.showActions(was, v)
	if !slices.Equal(v.History, was.History) {
		d.history.Set(moments(v.History))
	}
	d.ref.SetText(v.Ref)
	d.past.Hidden = len(v.History) == 0
	d.body.Show()
	d.content.Refresh()
}

func (d *detailPane) showHead(v view.Detail) {
	d.title.SetText(v.Title)
	d.bare.SetText(v.Title)
	d.number.SetText(v.Number)
	d.meta.SetText(v.Meta)
	d.placeNumber(v.Number == "")
	d.email.SetText(v.Email)
	d.email.Hidden = v.Email == ""
	d.chip.Set(role(v.Chip.Role), icon(v.Chip.Icon), v.Chip.Word)
	d.quote.SetText(v.Quote)
	d.quoted.Hidden = v.Quote == ""
}

// placeNumber puts the number and what copies it side by side: below the name, or as the
// title of who gave none.
func (d *detailPane) placeNumber(isTitle bool) {
	d.copyIt.Hidden = d.shown.E164 == ""
	if d.titled == isTitle && len(d.named.Objects) > 0 {
		return
	}
	d.titled = isTitle
	meta := widgets.Fixed(0, d.copyIt.MinSize().Height, widgets.Down(0, widgets.Space(), d.meta, widgets.Space()))
	d.named.Objects = []fyne.CanvasObject{widgets.Grow(d.title), d.chip}
	d.below.Objects = []fyne.CanvasObject{
		widgets.Across(widgets.Gap2, d.number, d.copyIt), widgets.Grow(widgets.UpTo(metaWidth, meta)),
	}
	if isTitle {
		d.named.Objects = []fyne.CanvasObject{widgets.Across(widgets.Gap2, d.bare, d.copyIt), widgets.Space(), d.chip}
		d.below.Objects = []fyne.CanvasObject{widgets.Grow(widgets.UpTo(metaWidth, d.meta))}
	}
}

// showState draws the call that is on, or else a notice.
func (d *detailPane) showState(v view.Detail, now time.Time) {
	d.call.Hidden, d.notice.Hidden = v.Call == nil, v.Call != nil
	if v.Call == nil {
		n := v.Notice
		d.notice.Objects = []fyne.CanvasObject{widgets.NewNotice(role(n.Role), icon(n.Icon), n.Headline, n.Body)}
		return
	}
	call := widgets.Call{Headline: v.Call.Headline, Sub: v.Call.Sub, Clock: view.Clock(v.Call.Since, now)}
	for _, s := range v.Call.Steps {
		call.Steps = append(call.Steps, widgets.Step{Label: s.Label, Sub: s.Sub, State: stepStates[s.State]})
	}
	d.call.Set(call)
}

var stepStates = map[view.StepState]widgets.StepState{
	view.ToCome: widgets.Todo, view.Now: widgets.Now, view.Past: widgets.Done,
}

// showActions makes the buttons anew only where they are others: one that has the
// keyboard's focus would lose it.
func (d *detailPane) showActions(was, v view.Detail) {
	if was.ID != 0 && slices.Equal(was.Actions, v.Actions) {
		return
	}
	d.actions.Objects, d.noting.Objects = nil, nil
	for i, a := range v.Actions {
		b := d.button(a, i == 0)
		if a.Kind == view.Done {
			d.noting.Objects = []fyne.CanvasObject{widgets.Grow(d.note), b}
			continue
		}
		d.actions.Add(b)
	}
	last := d.actions
	if len(d.actions.Objects) == 0 && len(d.noting.Objects) > 0 {
		last = d.noting // no line for it alone
	}
	last.Add(d.more)
	d.actions.Hidden, d.noting.Hidden = len(d.actions.Objects) == 0, len(d.noting.Objects) == 0
}

func (d *detailPane) button(a view.Action, first bool) fyne.CanvasObject {
	kind := widgets.Plain
	if a.Main {
		kind = widgets.Main
	}
	b := widgets.NewButton(kind, a.Label, icon(a.Icon), func() { d.press(a.Kind) }).Large()
	if a.Kind == view.EndCall {
		b.IconRole(widgets.Failed)
	}
	if !first {
		return b
	}
	return widgets.Fixed(max(mainWidth, b.MinSize().Width), 0, b)
}

func (d *detailPane) press(kind view.ActionKind) {
	id, to := d.shown.ID, d.w.o.Desk
	switch kind {
	case view.CallNow:
		d.w.errand(func(ctx context.Context) error { return to.CallNow(ctx, id) }, nil)
	case view.EndCall:
		d.w.errand(func(ctx context.Context) error { return to.EndCall(ctx, id) }, nil)
	case view.Done:
		d.done()
	case view.Undo:
		d.undo(id, d.noted())
	case view.Text:
		d.text.open(d.w.detail, d.shown)
	case view.Withdraw:
		d.off("", "requests_withdrawn")
	case view.Block:
		d.block(true)
	case view.Unblock:
		d.block(false)
	case view.CopyAll:
		d.w.copy(d.shown.Text())
	case view.Export:
		d.export()
	}
}

// done ticks the request off. On the owner's list the next one takes its place, as
// the list gets shorter by it.
func (d *detailPane) done() { d.off(strings.TrimSpace(d.note.Text), "done_notice") }

func (d *detailPane) off(note, said string) {
	id, who := d.shown.ID, d.shown.Title
	d.w.errand(func(ctx context.Context) error { return d.w.o.Desk.Done(ctx, id, note) }, func() {
		d.note.SetText("")
		d.w.message.say(d.w.words.Say(said, "who", who), d.w.words.Say("undo"), d.w.o.Now(), func() { d.undo(id, note) })
		if d.w.filter == desk.NeedsYou && d.w.chosen == id {
			d.next(id)
		}
	})
}

func (d *detailPane) next(id int64) {
	at := d.w.rows.index(id)
	switch {
	case at >= 0 && at+1 < d.w.rows.Count:
		d.w.requests.chooseAt(at + 1)
	case at > 0:
		d.w.requests.chooseAt(at - 1)
	default:
		d.w.choose(0)
	}
	d.w.requests.showList()
	d.show()
	d.w.look()
}

// undo puts a request back on the list, and its note back into the field.
func (d *detailPane) undo(id int64, note string) {
	d.w.message.hide()
	d.w.errand(func(ctx context.Context) error { return d.w.o.Desk.Undo(ctx, id) }, func() {
		d.w.choose(id)
		d.show()
		if d.note.Text == "" {
			d.note.SetText(note)
		}
		d.w.look()
	})
}

// noted is the note with which the request that is shown was ticked off.
func (d *detailPane) noted() string {
	if mark := d.w.detail.TickedOff; mark != nil {
		return mark.Note
	}
	return ""
}

// copyNumber copies the number, and shows that it did until another one is selected.
func (d *detailPane) copyNumber() {
	d.w.copy(d.shown.E164)
	d.copyIt.Set(widgets.Bare, "", icon("check"), d.copyNumber)
}

func (d *detailPane) tick(now time.Time) {
	if d.shown.Call != nil {
		d.call.SetClock(view.Clock(d.shown.Call.Since, now))
	}
}

func moments(history []view.Moment) []widgets.Moment {
	out := make([]widgets.Moment, len(history))
	for i, m := range history {
		out[i] = widgets.Moment{Time: m.Time, Text: m.Text, Icon: icon(m.Icon), Role: role(m.Role)}
	}
	return out
}
