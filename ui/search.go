package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"ringback/ui/widgets"
)

// searchWidth is the least for what is searched, beside the filters in the smallest window.
const searchWidth = 96

// search is where the owner types what the requests are searched for, as one types.
type search struct {
	w       *Window
	page    *requestsPage
	entry   *keyEntry
	content fyne.CanvasObject
}

func newSearch(w *Window, p *requestsPage) *search {
	s := &search{w: w, page: p, entry: newKeyEntry(w)}
	s.entry.SetPlaceHolder(w.words.Say("requests_search"))
	s.entry.SetText(w.search)
	s.entry.OnChanged = s.typed
	s.entry.OnSubmitted = func(string) { p.focus() }
	s.entry.key = func(name fyne.KeyName) bool {
		switch name {
		case fyne.KeyEscape:
			s.end()
		case fyne.KeyDown:
			p.focus()
		default:
			return false
		}
		return true
	}
	s.entry.Icon = theme.NewThemedResource(icon("search"))
	s.content = widgets.Fixed(searchWidth, 36, s.entry)
	return s
}

func (s *search) focus() { s.w.win.Canvas().Focus(s.entry) }

// typed looks for it from the newest on.
func (s *search) typed(text string) {
	text = strings.TrimSpace(text)
	if text == s.w.search {
		return
	}
	s.w.search = text
	s.page.anew()
}

// end shows everything again, and gives the keyboard back to the list.
func (s *search) end() {
	s.entry.SetText("")
	s.page.focus()
}
