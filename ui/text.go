package ui

import (
	"context"
	"crypto/rand"

	"fyne.io/fyne/v2"

	"ringback/server/desk"
	"ringback/ui/view"
	"ringback/ui/widgets"
)

// composer is where the owner writes a text to the visitor of the request that is shown,
// below its buttons. What is written stays until it is taken, or another request is shown.
type composer struct {
	w       *Window
	content *fyne.Container
	to      *widgets.Text
	words   *keyEntry
	size    *widgets.Para
	send    *widgets.Button

	request int64  // the one that it writes to; 0: closed
	who     string // its visitor
	key     string // of the text that is being written: it is sent once
	sending bool
}

// composerHeight is four lines.
const composerHeight = 96

func newComposer(w *Window) *composer {
	c := &composer{
		w: w, words: newKeyEntry(w),
		to:   widgets.NewText("", widgets.SizeBody, widgets.ColorText).Bold().Cut(),
		size: widgets.NewPara("", widgets.SizeCaption, widgets.ColorSecond),
	}
	c.words.MultiLine, c.words.Wrapping = true, fyne.TextWrapWord
	c.words.SetPlaceHolder(w.words.Say("text_hint"))
	c.words.OnChanged = func(string) { c.measure() }
	c.words.key = c.typed
	c.send = widgets.NewButton(widgets.Plain, w.words.Say("text_send"), icon("text"), c.submit)
	cancel := widgets.NewButton(widgets.Bare, w.words.Say("text_cancel"), nil, c.close)
	c.content = widgets.NewCard(c.to, widgets.Fixed(0, composerHeight, c.words),
		widgets.Across(widgets.Gap3, widgets.Grow(c.size), cancel, c.send))
	c.content.Hide()
	return c
}

// open offers a sentence to the visitor of a request; where there can be none it says why.
// What is being written to that visitor stays.
func (c *composer) open(d desk.Detail, v view.Detail) {
	if why, not := c.w.words.NotTextable(d); not {
		c.w.message.fault(c.w.words, why, c.w.message.hide)
		return
	}
	if c.request != d.ID {
		c.request, c.who, c.key = d.ID, v.Title, rand.Text()
		c.to.SetText(c.w.words.TextTo(v))
		c.words.SetText(c.w.words.Draft(d.Request, c.w.shop.Public))
	}
	c.measure()
	c.content.Show()
	c.w.requests.detail.content.Refresh()
	widgets.ScrollInto(c.w.requests.detail.scroll, c.content)
	c.w.win.Canvas().Focus(c.words)
	c.words.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown}) // to the end of what is offered
}

// close throws away what was written. Closing it again is harmless.
func (c *composer) close() {
	if c.request == 0 {
		return
	}
	c.request, c.key = 0, ""
	c.words.SetText("")
	c.content.Hide()
	c.w.requests.detail.content.Refresh()
	if c.w.win.Canvas().Focused() == fyne.Focusable(c.words) {
		c.w.requests.focus()
	}
}

// typed: Enter sends, for a text has no lines; Escape closes.
func (c *composer) typed(name fyne.KeyName) bool {
	switch name {
	case fyne.KeyReturn, fyne.KeyEnter:
		c.submit()
	case fyne.KeyEscape:
		c.close()
	default:
		return false
	}
	return true
}

// measure says how long the text is.
func (c *composer) measure() view.Size {
	size := c.w.words.Size(c.words.Text)
	c.size.SetText(size.Line)
	c.size.SetColor(widgets.ColorSecond)
	if size.Wrong {
		c.size.SetColor(widgets.Failed.Text())
	}
	if size.Sends && !c.sending {
		c.send.Enable()
	} else {
		c.send.Disable()
	}
	return size
}

// submit asks for it once, however often it is pressed; what was written stays until it
// is taken.
func (c *composer) submit() {
	if c.request == 0 || c.sending || !c.measure().Sends {
		return
	}
	id, who, key, words := c.request, c.who, c.key, c.words.Text
	c.sending = true
	c.measure()
	var refused error
	c.w.errand(func(ctx context.Context) error {
		refused = c.w.o.Desk.Text(ctx, id, key, words)
		return nil
	}, func() {
		c.sending = false
		c.measure()
		if refused != nil {
			c.w.o.Log.Error("a text was not taken", "request", id, "err", refused)
			c.w.message.fault(c.w.words, c.w.words.NotTexted(refused), c.w.message.hide)
			return
		}
		c.w.message.tell(c.w.words.Say("text_sent", "who", who), c.w.o.Now())
		if c.key == key {
			c.close()
		}
	})
}
