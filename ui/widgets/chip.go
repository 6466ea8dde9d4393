package widgets

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Chip is a state in one word: an icon and a word on the tint of a role.
type Chip struct {
	widget.BaseWidget
	ground *Rect
	icon   *Icon
	word   *Text
	line   *fyne.Container
}

// NewChip makes a chip. The icon may be nil.
func NewChip(role Role, icon fyne.Resource, word string) *Chip {
	c := &Chip{
		ground: NewRect(role.Tint(), radiusFull),
		icon:   NewIcon(icon, 14, role.Text()),
		word:   NewText(word, SizeCaption, role.Text()).Bold(),
	}
	c.icon.Hidden = icon == nil
	c.line = Over(c.ground, Pad(2, 9, 3, 7, Across(5, c.icon, c.word)))
	c.ExtendBaseWidget(c)
	return c
}

// Set changes the chip, and reports whether it may have another width now, in
// which case the line it stands in must be laid out anew.
func (c *Chip) Set(role Role, icon fyne.Resource, word string) (resized bool) {
	before := c.MinSize()
	c.ground.SetFill(role.Tint())
	c.icon.SetColor(role.Text())
	c.icon.SetResource(icon)
	c.icon.Hidden = icon == nil
	c.word.SetColor(role.Text())
	c.word.SetText(word)
	return c.MinSize() != before
}

// Word returns the word.
func (c *Chip) Word() string { return c.word.Text() }

// CreateRenderer is called by Fyne.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.line) }

// badge is a count on a tint. Of nothing there is none.
type badge struct {
	widget.BaseWidget
	text *Text
	line *fyne.Container
}

func newBadge() *badge {
	b := &badge{text: NewText("", SizeCaption, Needs.Text()).Bold()}
	b.line = Over(NewRect(Needs.Tint(), radiusFull), Pad(0, 7, 1, 7, b.text))
	b.ExtendBaseWidget(b)
	b.Hide()
	return b
}

func (b *badge) set(n int) {
	b.text.SetText(strconv.Itoa(n))
	if n > 0 {
		b.Show()
		return
	}
	b.Hide()
}

// CreateRenderer is called by Fyne.
func (b *badge) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(b.line) }
