package widgets

import "fyne.io/fyne/v2"

// Wrap puts parts side by side, each in its own size, and goes on in the next
// line where the width is used up: for buttons, whose words are longer in
// other languages. What is wrapped in Grow takes what is left of its line, and
// best stands last.
func Wrap(gap float32, parts ...fyne.CanvasObject) *fyne.Container {
	return newContainer(&wrap{gap: gap}, parts...)
}

// wrap remembers the width it was last given, because its height follows from
// that.
type wrap struct{ gap, width float32 }

func (l *wrap) MinSize(parts []fyne.CanvasObject) fyne.Size {
	widest := float32(0)
	for _, p := range parts {
		if p.Visible() {
			widest = max(widest, p.MinSize().Width)
		}
	}
	return fyne.NewSize(widest, l.each(parts, func(fyne.CanvasObject, fyne.Position, fyne.Size) {}))
}

func (l *wrap) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.each(parts, func(p fyne.CanvasObject, at fyne.Position, m fyne.Size) {
		p.Move(at)
		p.Resize(m)
	})
}

// each finds the place of each part and returns the height of all lines.
// Before the first width everything stands in one line.
func (l *wrap) each(parts []fyne.CanvasObject, put func(fyne.CanvasObject, fyne.Position, fyne.Size)) float32 {
	var at fyne.Position
	line := float32(0) // the height of this line
	for _, p := range parts {
		if !p.Visible() {
			continue
		}
		m := p.MinSize()
		if at.X > 0 && l.width > 0 && at.X+m.Width > l.width {
			at = fyne.NewPos(0, at.Y+line+l.gap)
			line = 0
		}
		if grows(p) && l.width > 0 {
			m.Width = max(m.Width, l.width-at.X)
		}
		put(p, at, m)
		at.X += m.Width + l.gap
		line = max(line, m.Height)
	}
	return at.Y + line
}
