package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Call is what a CallCard shows.
type Call struct {
	Headline string // what happens now
	Sub      string // what to do meanwhile
	Clock    string // how long it has been going on
	Steps    []Step
}

// CallCard shows a call under way: what happens now, a clock, and the steps.
type CallCard struct {
	widget.BaseWidget
	headline, clock *Text
	sub             *Para
	steps           *Steps
	head, content   *fyne.Container
}

// NewCallCard makes an empty card.
func NewCallCard(icons StepIcons) *CallCard {
	c := &CallCard{
		headline: NewText("", SizeHeadline, Live.Text()).Bold().Cut(),
		sub:      NewPara("", SizeCaption, ColorSecond),
		clock:    NewText("", SizeTitle, Live.Text()).Bold(),
		steps:    NewSteps(icons),
	}
	c.head = Across(Gap4, Grow(Down(0, c.headline, c.sub)), c.clock)
	c.content = NewBox(ColorSurface, Live.Text(), RadiusCard, Pad(Gap4, Gap5, Gap4, Gap5, Down(14, c.head, c.steps)))
	c.ExtendBaseWidget(c)
	return c
}

// Set fills the card.
func (c *CallCard) Set(call Call) {
	c.headline.SetText(call.Headline)
	c.sub.Hidden = call.Sub == ""
	c.sub.SetText(call.Sub)
	c.clock.SetText(call.Clock)
	c.steps.Set(call.Steps)
	c.content.Refresh()
}

// SetClock changes the clock alone. The card is laid out anew only when the
// clock needs another width.
func (c *CallCard) SetClock(clock string) {
	before := c.clock.MinSize()
	c.clock.SetText(clock)
	if c.clock.MinSize() != before {
		c.head.Refresh()
	}
}

// CreateRenderer is called by Fyne.
func (c *CallCard) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.content) }
