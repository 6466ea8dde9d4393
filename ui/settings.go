package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ringback/server/desk"
	"ringback/ui/view"
	"ringback/ui/widgets"
)

// settingsPage is everything that the owner can change, a section at a time: one that was
// never looked at is not made, so that the page opens at once. What is typed is checked by
// Desk, and applied when its field is left.
type settingsPage struct {
	w       *Window
	content *fyne.Container

	saved    *widgets.FieldLine
	sections []*section
	at       int // the section that is on the screen
	holder   *fyne.Container
	scroll   *container.Scroll

	watch *watch
	seen  settingsSeen
	read  bool // seen was read at least once

	phones *phoneList // nil before its section is made

	drafts map[string]draft // of the page before, for the controls that are not made yet

	wanted   *settingsField // to be checked next; what it was before is not checked any more
	checking bool
}

// settingsSeen is what the page shows, as it was read last.
type settingsSeen struct {
	desk.Settings
	document view.Document
	backups  []desk.Backup
	place    desk.Home
}

// section is some cards under a name.
type section struct {
	nav  *widgets.NavItem
	make func() []fyne.CanvasObject
	made fyne.CanvasObject
	// shown are drawn anew when something was read.
	shown []shower
}

// shower draws what was read, and leaves alone what is being typed.
type shower interface{ show(seen settingsSeen) }

// showing is a function that is a shower.
type showing func(seen settingsSeen)

func (s showing) show(seen settingsSeen) { s(seen) }

func newSettingsPage(w *Window) *settingsPage {
	p := &settingsPage{w: w, watch: newWatch(w), saved: widgets.NewFieldLine(), holder: widgets.Over()}
	list := widgets.Down(widgets.Gap1)
	for i, s := range p.newSections() {
		s.nav.SetSelected(i == 0)
		p.sections = append(p.sections, s)
		list.Add(s.nav)
	}
	p.scroll = container.NewVScroll(widgets.Pad(1, widgets.Gap4, widgets.Gap6, 1, p.holder)) // a scroll cuts edges off
	title := widgets.AcrossTop(widgets.Gap5, widgets.NewText(w.words.Say("nav_settings"), widgets.SizeTitle, widgets.ColorText).Bold(),
		widgets.Grow(widgets.Pad(widgets.Gap3, 0, 0, 0, p.saved)))
	p.content = widgets.NewGround(widgets.ColorPage, widgets.Pad(widgets.Gap5, widgets.Gap4, 0, widgets.Gap6,
		widgets.Down(widgets.Gap4, title, widgets.Grow(widgets.NewAside(widgets.Down(0, list), p.scroll)))))
	return p
}

// newSection makes the way to a section; what is in it is made when it is gone to.
func (p *settingsPage) newSection(name string, cards func(s *section) []fyne.CanvasObject) *section {
	s := &section{}
	s.make = func() []fyne.CanvasObject { return cards(s) }
	s.nav = widgets.NewSectionItem(name, func() { p.goTo(s) })
	return s
}

func (p *settingsPage) goTo(s *section) {
	for i, other := range p.sections {
		if other.nav.SetSelected(other == s); other == s {
			p.at = i
		}
	}
	p.showSection()
	p.scroll.ScrollToTop()
}

// showSection puts the section on the screen, made where it was not.
func (p *settingsPage) showSection() {
	s := p.sections[p.at]
	if s.made == nil {
		s.made = widgets.Down(widgets.Gap4, s.make()...)
	}
	if p.read {
		p.draw(s)
	}
	p.holder.Objects = []fyne.CanvasObject{s.made}
	p.layOut()
}

// anew forgets what was typed, said and read: the settings are others now.
func (p *settingsPage) anew() {
	for _, s := range p.sections {
		s.made, s.shown = nil, nil
	}
	p.phones, p.drafts, p.wanted, p.read = nil, nil, nil, false
	p.saved.Say(widgets.Quiet, nil, "")
	p.showSection()
	p.watch.again()
}

func (p *settingsPage) draw(s *section) {
	for _, part := range s.shown {
		part.show(p.seen)
	}
}

// layOut gives what changed its height.
func (p *settingsPage) layOut() {
	p.holder.Refresh()
	p.scroll.Refresh()
}

func (p *settingsPage) body() fyne.CanvasObject { return p.content }

func (p *settingsPage) come() {
	if p.sections[p.at].made == nil {
		p.showSection()
	}
	p.watch.look(p.reader())
}

// leave applies what was typed last, as leaving its field does.
func (p *settingsPage) leave() {
	p.watch.rest()
	p.w.win.Canvas().Unfocus()
}

func (p *settingsPage) showShop() {
	if p.read {
		p.draw(p.sections[p.at])
	}
}

func (p *settingsPage) tick(time.Time) {}

func (p *settingsPage) reader() reader {
	d := p.w.o.Desk
	return func(ctx context.Context) (func(), error) {
		var seen settingsSeen
		var err error
		if seen.Settings, err = d.Settings(ctx); err != nil {
			return nil, err
		}
		if seen.backups, err = d.Backups(ctx); err != nil {
			return nil, err
		}
		if seen.place, err = d.Home(ctx); err != nil {
			return nil, err
		}
		seen.document = view.DocumentOf(seen.Settings.Settings)
		return func() {
			p.seen, p.read = seen, true
			p.draw(p.sections[p.at])
			p.layOut()
		}, nil
	}
}

// say tells beside the title what became of a change.
func (p *settingsPage) say(later bool) {
	role, glyph := widgets.Talked, "checkc"
	if later {
		role, glyph = widgets.Planned, "clock"
	}
	p.saved.Say(role, icon(glyph), p.w.words.Saved(later, p.w.o.Now()))
	p.content.Refresh()
	p.watch.again()
}
