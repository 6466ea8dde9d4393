package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"ringback/server/desk"
	"ringback/ui/widgets"
)

// pauseFor pauses the shop for a while from now.
func (w *Window) pauseFor(d time.Duration) { w.pause(w.o.Now().Add(d)) }

// pause pauses the shop until then and says so; the zero time ends the pause. Both can be
// taken back.
func (w *Window) pause(until time.Time) {
	said := w.words.Say("hours_resumed")
	if !until.IsZero() {
		said = w.words.Say("hours_paused", "when", w.words.Until(until, w.o.Now()))
	}
	w.changeWithUndo(desk.Pause(until), desk.Pause(w.shop.Opening.Paused), said, func(why string) {
		w.o.Log.Error("a pause was refused", "why", why)
	})
}

// offerPauses opens the menu of the pauses.
func (w *Window) offerPauses(below fyne.CanvasObject) {
	widgets.ShowMenu(below,
		widgets.MenuItem{Label: w.words.Say("hours_pause_quarter"), Do: func() { w.pauseFor(15 * time.Minute) }},
		widgets.MenuItem{Label: w.words.Say("hours_pause_hour"), Do: func() { w.pauseFor(time.Hour) }},
		widgets.MenuItem{Label: w.words.Say("hours_pause_tomorrow"), Do: w.pauseUntilTomorrow},
		widgets.MenuItem{Label: w.words.Say("hours_pause_until"), Do: func() {
			w.goTo(w.made(w.places[hoursPlace]))
			w.hours.now.askUntil()
		}})
}

func (w *Window) pauseUntilTomorrow() { w.pause(w.shop.Opening.Tomorrow) }

// pauseButton is the card's way to a pause and back: a quarter of an hour with one click,
// the others in the menu beside it.
type pauseButton struct {
	w       *Window
	content *fyne.Container
	main    *widgets.Button
	more    *widgets.Button
	paused  bool
}

func newPauseButton(w *Window) *pauseButton {
	b := &pauseButton{w: w}
	b.main = widgets.NewButton(widgets.Plain, w.words.Say("hours_busy"), nil, func() { w.pauseFor(15 * time.Minute) })
	b.more = widgets.NewButton(widgets.Plain, "", icon("chevron"), func() { w.offerPauses(b.more) })
	b.content = widgets.Across(widgets.Gap1, widgets.Grow(b.main), b.more)
	return b
}

func (b *pauseButton) show(o desk.Opening) {
	if paused := !o.Paused.IsZero(); paused != b.paused {
		b.paused = paused
		if paused {
			b.main.Set(widgets.Plain, b.w.words.Say("hours_resume"), icon("callback"), func() { b.w.pause(time.Time{}) })
		} else {
			b.main.Set(widgets.Plain, b.w.words.Say("hours_busy"), nil, func() { b.w.pauseFor(15 * time.Minute) })
		}
		b.content.Refresh()
	}
}

// hoursHead says what the hours mean now, what visitors read of it, and has the pauses.
type hoursHead struct {
	p                       *hoursPage
	content                 *fyne.Container
	ground, dot             *widgets.Rect
	headline, sub, visitors *widgets.Para
	pauses, resume          *fyne.Container
	until                   *widgets.Field
	ask                     *fyne.Container // the field, and the button beside it
	untilMenu               *widgets.Button
}

// hoursIndent is where the words begin, right of the dot.
const hoursIndent = 28

func newHoursHead(p *hoursPage) *hoursHead {
	h := &hoursHead{
		p: p, ground: widgets.NewRect(widgets.Quiet.Tint(), widgets.RadiusCard), dot: widgets.NewDot(widgets.Quiet.Mark()),
		headline: widgets.NewPara("", widgets.SizeHeadline, widgets.Quiet.Text()).Bold(),
		sub:      widgets.NewPara("", widgets.SizeBody, widgets.ColorText),
		visitors: widgets.NewPara("", widgets.SizeCaption, widgets.ColorSecond),
	}
	h.makePauses()
	words := widgets.AcrossTop(widgets.Gap4, widgets.Pad(7, 0, 0, 3, widgets.Fixed(13, 13, h.dot)),
		widgets.Grow(widgets.Down(0, h.headline, h.sub)))
	h.content = widgets.Over(h.ground, widgets.Pad(widgets.Gap4, 14, widgets.Gap4, widgets.Gap5, widgets.Down(widgets.Gap3,
		widgets.Apart(widgets.Gap3, words, widgets.Over(h.pauses, h.resume)), h.ask, widgets.Pad(0, 0, 0, hoursIndent, h.visitors))))
	return h
}

func (h *hoursHead) makePauses() {
	w := h.p.w
	button := func(label string, do func()) *widgets.Button {
		return widgets.NewButton(widgets.Outline, label, nil, do)
	}
	h.untilMenu = button(w.words.Say("hours_pause_until"), h.toggleUntil)
	h.pauses = widgets.Across(widgets.Gap3,
		widgets.NewText(w.words.Say("hours_pause"), widgets.SizeBody, widgets.ColorText),
		button(w.words.Say("hours_pause_quarter"), func() { w.pauseFor(15 * time.Minute) }),
		button(w.words.Say("hours_pause_hour"), func() { w.pauseFor(time.Hour) }),
		button(w.words.Say("hours_pause_tomorrow"), w.pauseUntilTomorrow), h.untilMenu)
	h.resume = widgets.Across(0, widgets.NewButton(widgets.Main, w.words.Say("hours_resume"), icon("callback"), func() { w.pause(time.Time{}) }))
	h.resume.Hide()
	h.until = widgets.NewField("").Hint(w.words.Say("hours_until_hint"))
	h.until.OnTyped = func() { h.p.wrong(h.until, "") }
	h.until.OnEnter = h.pauseUntil
	h.until.OnEscape = h.toggleUntil
	h.ask = widgets.AcrossTop(widgets.Gap3, widgets.Grow(h.until),
		button(w.words.Say("hours_pause_do"), h.pauseUntil),
		widgets.NewButton(widgets.Bare, "", icon("cross"), h.toggleUntil))
	h.ask.Hide()
}

// show draws how the hours stand.
func (h *hoursHead) show() {
	o, words := h.p.w.shop.Opening, h.p.w.words
	s := words.Opening(o)
	h.ground.SetFill(role(s.Role).Tint())
	h.dot.SetFill(role(s.Role).Mark())
	h.headline.SetColor(role(s.Role).Text())
	h.headline.SetText(s.Headline)
	h.sub.SetText(s.Sub)
	h.visitors.SetText(words.Say("hours_visitors_read", "words", o.Website))
	h.visitors.Hidden = o.Website == ""
	paused := !o.Paused.IsZero()
	h.pauses.Hidden, h.resume.Hidden = paused, !paused
}

func (h *hoursHead) toggleUntil() {
	if h.ask.Visible() {
		h.ask.Hide()
		h.p.layout()
		return
	}
	h.askUntil()
}

// askUntil shows the field in which the end of a pause is typed.
func (h *hoursHead) askUntil() {
	h.until.SetText("")
	h.until.Say(widgets.Quiet, nil, "")
	h.ask.Show()
	h.p.layout()
	h.p.w.win.Canvas().Focus(h.until.Entry())
}

func (h *hoursHead) pauseUntil() {
	w := h.p.w
	until, wrong := w.words.PauseTyped(h.until.Text(), w.o.Now())
	if wrong != "" {
		h.p.wrong(h.until, wrong)
		return
	}
	h.ask.Hide()
	h.p.layout()
	w.pause(until)
}
