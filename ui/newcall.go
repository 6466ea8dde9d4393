package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringback/ui/widgets"
)

// numberWidth has room for a number as people write it, and for the hint.
const numberWidth = 176

// newCall is where the owner types a number: the shop's phone rings, then that one.
type newCall struct {
	w       *Window
	number  *widget.Entry
	content fyne.CanvasObject
}

func newNewCall(w *Window) *newCall {
	c := &newCall{w: w, number: widget.NewEntry()}
	c.number.SetPlaceHolder(w.words.Say("new_call_hint"))
	c.number.OnSubmitted = func(string) { c.call() }
	c.content = widgets.Across(widgets.Gap2,
		widgets.Fixed(numberWidth, 36, c.number),
		widgets.NewButton(widgets.Plain, w.words.Say("new_call"), icon("phone"), c.call))
	return c
}

// focus gives the keyboard to the number.
func (c *newCall) focus() { c.w.win.Canvas().Focus(c.number) }

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
		c.number.SetText("")
		c.w.requests.chooseFilter(1) // today, where it stands now
		c.w.choose(id)
		c.w.requests.showDetail()
		c.w.look()
	})
}
