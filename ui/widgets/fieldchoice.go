package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Choice is a labelled list of which one is chosen, with a sentence below like a Field.
type Choice struct {
	widget.BaseWidget
	// OnChosen is called when the user chooses another one.
	OnChosen func()

	values  []string
	chosen  int
	choose  *choiceSelect
	line    *FieldLine
	content *fyne.Container
}

// NewChoice makes a choice among values, which are shown by their words, in the same order.
func NewChoice(label string, values, words []string) *Choice {
	c := &Choice{values: slices.Clone(values), chosen: -1, line: NewFieldLine()}
	c.choose = &choiceSelect{widget.Select{Options: slices.Clone(words), OnChanged: func(string) { c.changed() }, PlaceHolder: " "}}
	c.choose.ExtendBaseWidget(c.choose)
	edge := NewRect(colorNone, RadiusControl) // Fyne gives a list none
	edge.SetStroke(ColorFieldEdge, hairlineWidth)
	c.content = Down(Gap2, fieldLabel(label), Fixed(0, fieldHeight, Over(c.choose, edge)), c.line)
	c.ExtendBaseWidget(c)
	return c
}

func (c *Choice) changed() {
	if now := c.choose.SelectedIndex(); now >= 0 && now != c.chosen {
		c.chosen = now
		callIf(true, c.OnChosen)
	}
}

// Value is the value that is chosen; empty: none yet.
func (c *Choice) Value() string {
	if c.chosen < 0 {
		return ""
	}
	return c.values[c.chosen]
}

// Set chooses a value; one that is not among them is shown as it is. OnChosen is not
// called.
func (c *Choice) Set(value string) {
	i := slices.Index(c.values, value)
	if i < 0 {
		c.values = append(c.values, value)
		c.choose.SetOptions(append(c.choose.Options, value))
		i = len(c.values) - 1
	}
	c.chosen = i
	c.choose.SetSelectedIndex(i)
}

// Choose does what choosing that value by hand does.
func (c *Choice) Choose(value string) { c.choose.SetSelectedIndex(slices.Index(c.values, value)) }

// Say puts a sentence below, as in a Field.
func (c *Choice) Say(role Role, icon fyne.Resource, sentence string) {
	c.line.Say(role, icon, sentence)
}

// Says is the sentence below.
func (c *Choice) Says() string { return c.line.Says() }

// CreateRenderer is called by Fyne.
func (c *Choice) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.content) }

// choiceSelect is a list that is scrolled to when it gets the keyboard.
type choiceSelect struct{ widget.Select }

func (s *choiceSelect) FocusGained() { s.Select.FocusGained(); Reveal(s) }

// Tick is a box with words beside it, that is ticked or not.
type Tick struct {
	press
	// OnTicked is called when the user changes it.
	OnTicked func()

	ticked  bool
	words   *Para
	box     *Rect
	mark    *Icon
	content *fyne.Container
}

// NewTick makes one that is not ticked; mark is the icon in the box.
func NewTick(words string, mark fyne.Resource) *Tick {
	t := &Tick{words: NewPara(words, SizeBody, ColorText), box: NewRect(colorNone, 5), mark: NewIcon(mark, 16, ColorOnAccent)}
	box := Pad(Gap1, 0, 0, 0, Fixed(20, 20, Over(t.box, t.mark)))
	t.content = PadAll(Gap1, AcrossTop(Gap3, box, Grow(Pad(Gap1, 0, Gap1, 0, t.words))))
	t.tapped = func() {
		t.Set(!t.ticked)
		callIf(true, t.OnTicked)
	}
	t.extend(t)
	return t
}

// Words are those beside the box.
func (t *Tick) Words() string { return t.words.Text() }

// Ticked says whether it is.
func (t *Tick) Ticked() bool { return t.ticked }

// Set ticks it, or not; OnTicked is not called.
func (t *Tick) Set(ticked bool) { t.ticked = ticked; t.Refresh() }

// CreateRenderer is called by Fyne.
func (t *Tick) CreateRenderer() fyne.WidgetRenderer {
	return newPressRenderer(&t.press, t, t.content, t.look)
}

func (t *Tick) look() face {
	fill, edge := colorNone, ColorFieldEdge
	if t.ticked {
		fill, edge = ColorAccent, ColorAccent
	}
	if t.Disabled() {
		edge = ColorDisabled
	}
	t.box.SetFill(fill)
	t.box.SetStroke(edge, hairlineWidth)
	t.mark.Hidden = !t.ticked
	t.mark.Refresh()
	return face{radius: RadiusControl}
}
