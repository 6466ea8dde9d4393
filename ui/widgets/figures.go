package widgets

import "fyne.io/fyne/v2"

// Figure is one number in a card of its own: what it counts, how many, and a line about it.
type Figure struct {
	*fyne.Container
	number, unit, below *Text
}

// NewFigure makes one without a number yet.
func NewFigure(icon fyne.Resource, role Role, label string) *Figure {
	f := &Figure{
		number: NewText("", SizeNumber, ColorText).Bold(),
		unit:   NewText("", SizeCaption, ColorSecond),
		below:  NewText("", SizeCaption, ColorSecond).Cut(),
	}
	f.Container = NewBox(ColorSurface, ColorHairline, RadiusCard, Pad(Gap4, Gap4, Gap4, Gap4, Down(Gap1,
		Across(6, NewIcon(icon, 16, role.Text()), Grow(NewText(label, SizeBody, ColorSecond).Cut())),
		Across(6, f.number, f.unit),
		f.below)))
	return f
}

// Set changes number, unit and the line below; unit may be empty.
func (f *Figure) Set(number, unit, below string) {
	f.number.SetText(number)
	f.unit.SetText(unit)
	f.below.SetText(below)
	f.Refresh()
}

// manyColumns is from how many on a table has no room to waste.
const manyColumns = 10

// NewTable is a small table of figures: the first column at the left, the others at the
// right of theirs. Each row has as many cells as there are headings.
func NewTable(size fyne.ThemeSizeName, headings []string, rows [][]string) *fyne.Container {
	var cells []fyne.CanvasObject
	add := func(s string, first bool, color fyne.ThemeColorName, bold bool) {
		t := NewText(s, size, color).Cut()
		t.SetBold(bold)
		if !first {
			t.Right()
		}
		cells = append(cells, t)
	}
	for i, h := range headings {
		add(h, i == 0, ColorSecond, true)
	}
	for _, row := range rows {
		for i, s := range row {
			add(s, i == 0, ColorText, false)
		}
	}
	gap := Gap2
	if len(headings) > manyColumns {
		gap = 0
	}
	return Columns(gap, len(headings), cells...)
}

// NewLines is a list of words, each with its figure at the right.
func NewLines(lines [][2]string) *fyne.Container {
	var all []fyne.CanvasObject
	for _, l := range lines {
		all = append(all, Across(Gap3, Grow(NewText(l[0], SizeBody, ColorSecond).Cut()), NewText(l[1], SizeBody, ColorText).Bold()))
	}
	return Down(Gap3, all...)
}
