package widgets

import "fyne.io/fyne/v2"

// NavItem leads to a page. In the side bar it is a line, in the rail an icon
// above a short word.
type NavItem struct {
	press
	selected bool
	icon     *Icon
	label    *Text
	count    *badge
	content  *fyne.Container
}

// NewNavItem makes the line for the side bar.
func NewNavItem(icon fyne.Resource, label string, tapped func()) *NavItem {
	n := &NavItem{
		icon:  NewIcon(icon, 18, ColorSecond),
		label: NewText(label, SizeBody, ColorText).Cut(),
		count: newBadge(),
	}
	n.content = Fixed(0, 36, Pad(0, 10, 0, 10, Across(10, n.icon, Grow(n.label), n.count)))
	return n.finish(tapped)
}

// NewRailItem makes the icon above a word for the rail.
func NewRailItem(icon fyne.Resource, label string, tapped func()) *NavItem {
	n := &NavItem{
		icon:  NewIcon(icon, 20, ColorSecond),
		label: NewText(label, SizeRail, ColorSecond).Cut().Center(),
		count: newBadge(),
	}
	glyph := Over(n.icon, newContainer(corner{}, n.count))
	n.content = Fixed(0, 50, Pad(6, 2, 4, 2, Down(0, glyph, n.label)))
	return n.finish(tapped)
}

func (n *NavItem) finish(tapped func()) *NavItem {
	n.tapped = tapped
	n.extend(n)
	return n
}

// SetSelected marks the page that is shown.
func (n *NavItem) SetSelected(selected bool) {
	if selected == n.selected {
		return
	}
	n.selected = selected
	n.Refresh()
}

// Label returns the word.
func (n *NavItem) Label() string { return n.label.Text() }

// Selected reports whether this is the page that is shown.
func (n *NavItem) Selected() bool { return n.selected }

// SetCount shows how many wait there; of 0 no number is shown.
func (n *NavItem) SetCount(count int) {
	n.count.set(count)
	n.content.Refresh()
}

// CreateRenderer is called by Fyne.
func (n *NavItem) CreateRenderer() fyne.WidgetRenderer {
	return newPressRenderer(&n.press, n, n.content, n.look)
}

func (n *NavItem) look() face {
	f, icon, words := face{radius: RadiusControl}, ColorSecond, ColorText
	if n.label.size == SizeRail {
		words = ColorSecond
	}
	if n.selected {
		f.fill, icon, words = ColorAccentTint, ColorAccent, ColorText
	}
	n.icon.SetColor(icon)
	n.label.SetColor(words)
	n.label.SetBold(n.selected)
	return f
}

// corner puts its one part over the right upper corner of what lies below.
type corner struct{}

func (corner) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (corner) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	m := parts[0].MinSize()
	parts[0].Resize(m)
	parts[0].Move(fyne.NewPos(min(size.Width/2+4, size.Width-m.Width), -4))
}
