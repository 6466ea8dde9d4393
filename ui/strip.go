package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"ringback/server/desk"
	"ringback/ui/view"
	"ringback/ui/widgets"
)

// strip are the two phones of practice, each with what its owner hears or reads.
type strip struct {
	w       *Window
	content *fyne.Container
	shown   view.Strip

	shop, visitor *widgets.Phone
	says, reads   *widgets.Bubble

	drawn, lines *fyne.Container // the two forms, of which content has one
	low          bool
}

func newStrip(w *Window) *strip {
	s := &strip{w: w}
	s.shop = s.phone(func() string { return s.shown.Shop.Number })
	s.visitor = s.phone(func() string { return s.shown.Visitor.Number })
	s.says = widgets.NewBubble(widgets.Quiet, icon("talk"), "", "")
	s.reads = widgets.NewBubble(widgets.Quiet, icon("talk"), "", "")
	s.drawn = widgets.NewBottomStrip(widgets.Columns(28, 2,
		widgets.Across(14, s.shop, widgets.Grow(s.says)),
		widgets.Across(14, s.visitor, widgets.Grow(s.reads))))
	s.lines = widgets.NewLowStrip(widgets.Columns(widgets.Gap5, 2,
		widgets.Down(widgets.Gap1, s.shop, widgets.Pad(0, widgets.Gap3, 0, widgets.Gap3, s.says)),
		widgets.Down(widgets.Gap1, s.visitor, widgets.Pad(0, widgets.Gap3, 0, widgets.Gap3, s.reads))))
	s.content = widgets.Over(s.drawn)
	s.content.Hide()
	return s
}

// fit draws the phones, or where the page is low has a line for each.
func (s *strip) fit(low bool) {
	if low == s.low {
		return
	}
	s.low = low
	for _, p := range []*widgets.Phone{s.shop, s.visitor} {
		p.Flat(low)
	}
	for _, b := range []*widgets.Bubble{s.says, s.reads} {
		b.Flat(low)
	}
	s.content.Objects = []fyne.CanvasObject{s.drawn}
	if low {
		s.content.Objects = []fyne.CanvasObject{s.lines}
	}
	s.content.Refresh()
}

// phone makes one that is played through Desk, by the number that it has when a
// button is pressed.
func (s *strip) phone(number func() string) *widgets.Phone {
	say := s.w.words.Say
	p := widgets.NewPhone(widgets.PhoneWords{
		RingIcon: icon("phonering"), AnswerIcon: icon("phone"), HangUpIcon: icon("hangup"),
		Answer: say("phone_answer"), Decline: say("phone_decline"), HangUp: say("phone_hang_up"),
	})
	p.OnAnswer = func() { s.play(number(), desk.Practice.Answer) }
	p.OnDecline = func() { s.play(number(), desk.Practice.Decline) }
	p.OnHangUp = func() { s.play(number(), desk.Practice.HangUp) }
	p.OnKey = func(digit rune) {
		s.play(number(), func(to desk.Practice, number string) { to.Press(number, string(digit)) })
	}
	return p
}

func (s *strip) play(number string, do func(desk.Practice, string)) {
	s.w.errand(func(context.Context) error {
		if p := s.w.o.Desk.Practice(); p != nil { // it may have gone live meanwhile
			do(p, number)
		}
		return nil
	}, nil)
}

func (s *strip) show(stage view.Stage) {
	if on := s.w.shop.Practice; on != s.content.Visible() {
		s.content.Hidden = !on
		s.w.requests.content.Refresh()
	}
	if !s.w.shop.Practice {
		s.shown = view.Strip{}
		return
	}
	was := s.shown
	s.shown = s.w.words.Strip(stage, s.w.o.Now())
	s.shop.Set(phoneState(s.shown.Shop))
	s.visitor.Set(phoneState(s.shown.Visitor))
	setBubble(s.says, s.shown.Says)
	setBubble(s.reads, s.shown.Reads)
	if was.Says != s.shown.Says || was.Reads != s.shown.Reads {
		s.content.Refresh() // the bubbles may be higher now
	}
}

func setBubble(b *widgets.Bubble, v view.Bubble) {
	sign := "talk"
	if v.Role == view.Needs {
		sign = "text" // it came as one
	}
	b.Set(role(v.Role), icon(sign), v.Headline, v.Words)
}

func phoneState(p view.Phone) widgets.PhoneState {
	return widgets.PhoneState{
		Title: p.Title, Who: p.Who, Line: p.Line, Role: role(p.Role), Ringing: p.Ringing,
		CanAnswer: p.CanAnswer, CanDecline: p.CanDecline, CanKey: p.CanKey, CanHangUp: p.CanHangUp,
	}
}

func (s *strip) tick(now time.Time) {
	shop, visitor := s.w.words.Lines(s.shown, now)
	if s.shown.Shop.Running {
		s.shop.SetLine(shop)
	}
	if s.shown.Visitor.Running {
		s.visitor.SetLine(visitor)
	}
}
