package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"ringback/ui/widgets"
)

// newCall is where the owner types a number: the shop's phone rings, then that one. The
// field for it takes the place of another one while it is used.
type newCall struct {
	w      *Window
	number *keyEntry
	usual  fyne.CanvasObject // stands in the field's place at other times
	typing fyne.CanvasObject
	field  *fyne.Container
	button *widgets.Button
}

func newNewCall(w *Window, usual fyne.CanvasObject) *newCall {
	c := &newCall{w: w, number: newKeyEntry(w), usual: usual}
	c.number.SetPlaceHolder(w.words.Say("new_call_hint"))
	c.number.OnSubmitted = func(string) { c.call() }
	c.number.key = func(name fyne.KeyName) bool {
		if name != fyne.KeyEscape {
			return false
		}
		c.number.SetText("")
		c.close()
		w.requests.focus()
		return true
	}
	c.typing = widgets.Fixed(searchWidth, 36, c.number)
	c.typing.Hide()
	c.field = widgets.Over(usual, c.typing)
	c.button = widgets.NewButton(widgets.Plain, w.words.Say("new_call"), icon("phone"), c.call)
	return c
}

// focus shows the field and gives the keyboard to it.
func (c *newCall) focus() {
	c.usual.Hide()
	c.typing.Show()
	c.field.Refresh()
	c.w.win.Canvas().Focus(c.number)
}

func (c *newCall) close() {
	c.typing.Hide()
	c.usual.Show()
	c.field.Refresh()
}

// call asks for it; what was typed stays until it is taken.
func (c *newCall) call() {
	typed := strings.TrimSpace(c.number.Text)
	if typed == "" {
		c.focus()
		return
	}
	var id int64
	c.w.errand(func(ctx context.Context) (err error) {
		id, err = c.w.o.Desk.NewCall(ctx, typed, "")
		return err
	}, func() {
		c.w.message.hide() // of a number before that was none
		c.number.SetText("")
		c.close()
		c.w.requests.search.entry.SetText("") // it would hide the new one
		c.w.requests.chooseFilter(1)          // today, where it stands now
		c.w.choose(id)
		c.w.requests.showDetail()
		c.w.look()
	})
}
