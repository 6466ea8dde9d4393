package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// RowHeight is the height of a Row at the usual text size. With the gap between two it is a
// multiple of 16, which a float32 holds exactly far down: the millionth row stands where the
// list thinks that it does.
const RowHeight float32 = 76

// RowContent is what a Row shows.
type RowContent struct {
	Title  string // bold, cut where it is too long
	Age    string // at the right: how long ago, or a running clock
	Live   bool   // the age is a running clock
	Second string // what happens now
	Third  string // beside the chip

	ChipRole Role
	ChipIcon fyne.Resource
	ChipWord string
}

// Row is an entry of a list in three lines, made to be used again for another
// entry, as Fyne's List does. List draws the choice and the hover.
type Row struct {
	widget.BaseWidget
	title, age, second, third *Text
	chip                      *Chip
	top, bottom, content      *fyne.Container
	shown                     RowContent
}

// NewRow makes an empty row.
func NewRow() *Row {
	r := &Row{
		title:  NewText("", SizeBody, ColorText).Bold().Cut(),
		age:    NewText("", SizeCaption, ColorSecond),
		second: NewText("", SizeCaption, ColorText).Cut(),
		third:  NewText("", SizeCaption, ColorSecond).Cut(),
		chip:   NewChip(Quiet, nil, ""),
	}
	r.top = Across(Gap3, Grow(r.title), r.age)
	r.bottom = Across(Gap3, Grow(r.third), r.chip)
	r.content = Fixed(0, RowHeight, Pad(Gap3, Gap4, 5, Gap4, Down(1, r.top, r.second, Fixed(0, 22, r.bottom))))
	r.ExtendBaseWidget(r)
	return r
}

// Set fills the row; with the same again it does nothing.
func (r *Row) Set(c RowContent) {
	if c == r.shown {
		return
	}
	r.shown = c
	r.title.SetText(c.Title)
	r.second.SetText(c.Second)
	r.third.SetText(c.Third)
	r.age.SetColor(ColorSecond)
	if c.Live {
		r.age.SetColor(Live.Text())
	}
	r.age.SetBold(c.Live)
	r.SetAge(c.Age)
	r.chip.Hidden = c.ChipWord == ""
	r.chip.Set(c.ChipRole, c.ChipIcon, c.ChipWord)
	r.top.Refresh()
	r.bottom.Refresh()
}

// SetAge changes the age alone, for a clock that runs. The line is laid out
// anew only when the age needs another width.
func (r *Row) SetAge(age string) {
	before := r.age.MinSize()
	r.shown.Age = age
	r.age.SetText(age)
	if r.age.MinSize() != before {
		r.top.Refresh()
	}
}

// CreateRenderer is called by Fyne.
func (r *Row) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.content) }
