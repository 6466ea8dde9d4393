package widgets

import (
	"image/color"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// longestText is more than any window shows in one line; what is longer is cut
// before it is measured, because measuring takes time with its length.
const longestText = 500

// Text is one line in a colour and a size of the theme, without padding. In a
// box that is too narrow it ends with an ellipsis.
type Text struct {
	widget.BaseWidget
	text  string
	size  fyne.ThemeSizeName
	color fyne.ThemeColorName
	bold  bool
	cut   bool
	align fyne.TextAlign

	whole fyne.Size // natural, as it was measured last; zero: not since the last Refresh
}

// NewText makes a line of text. Line breaks and tabs in it become spaces.
func NewText(s string, size fyne.ThemeSizeName, color fyne.ThemeColorName) *Text {
	t := &Text{text: oneLine(s), size: size, color: color}
	t.ExtendBaseWidget(t)
	return t
}

// Bold makes the text bold, and returns it for use in an expression.
func (t *Text) Bold() *Text { t.SetBold(true); return t }

// Cut lets the text be narrower than its words, and returns it.
func (t *Text) Cut() *Text { t.cut = true; t.Refresh(); return t }

// Right puts the text at the right end of its box, and returns it.
func (t *Text) Right() *Text { t.align = fyne.TextAlignTrailing; t.Refresh(); return t }

// Center puts the text in the middle of its box, and returns it.
func (t *Text) Center() *Text { t.align = fyne.TextAlignCenter; t.Refresh(); return t }

// Text returns the whole text, also when only its beginning is shown.
func (t *Text) Text() string { return t.text }

// Shown returns what is drawn in the present width.
func (t *Text) Shown() string { return t.fitted() }

// SetText changes the words alone. It is cheap enough for a clock: nothing is
// laid out anew, and nothing at all happens when the words are the same.
func (t *Text) SetText(s string) {
	s = oneLine(s)
	if s == t.text {
		return
	}
	t.text = s
	t.Refresh()
}

// SetColor changes the colour.
func (t *Text) SetColor(name fyne.ThemeColorName) {
	if name == t.color {
		return
	}
	t.color = name
	t.Refresh()
}

// SetBold makes the text bold or not.
func (t *Text) SetBold(bold bool) {
	if bold == t.bold {
		return
	}
	t.bold = bold
	t.Refresh()
}

// CreateRenderer is called by Fyne.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	r := &textRenderer{text: t, line: canvas.NewText("", color.Transparent)}
	r.Refresh()
	return r
}

func (t *Text) style() fyne.TextStyle { return fyne.TextStyle{Bold: t.bold} }

func (t *Text) points() float32 { return theme.SizeForWidget(t.size, t) }

// natural is the size of the whole text. It is kept, because a layout asks for it once for
// each box around the text.
func (t *Text) natural() fyne.Size {
	if t.whole.IsZero() {
		t.whole = fyne.MeasureText(t.text, t.points(), t.style())
	}
	return t.whole
}

// MinSize does not go through the renderer, for the same reason.
func (t *Text) MinSize() fyne.Size {
	size := t.natural()
	if t.cut {
		size.Width = min(size.Width, minimumCutWidth)
	}
	return size
}

// Refresh draws the text anew, also in another theme.
func (t *Text) Refresh() {
	t.whole = fyne.Size{}
	t.BaseWidget.Refresh()
}

func (t *Text) fitted() string {
	width := t.Size().Width
	if width <= 0 {
		return t.text // Not laid out yet.
	}
	return fit(t.text, width, func(s string) float32 {
		if s == t.text {
			return t.natural().Width
		}
		return fyne.MeasureText(s, t.points(), t.style()).Width
	})
}

type textRenderer struct {
	text *Text
	line *canvas.Text
}

func (r *textRenderer) MinSize() fyne.Size { return r.text.MinSize() }

func (r *textRenderer) Layout(size fyne.Size) {
	r.line.Text = r.text.fitted()
	r.line.Resize(size)
	r.line.Refresh()
}

func (r *textRenderer) Refresh() {
	r.line.Text = r.text.fitted()
	r.line.TextSize = r.text.points()
	r.line.TextStyle = r.text.style()
	r.line.Color = theme.ColorForWidget(r.text.color, r.text)
	r.line.Alignment = r.text.align
	r.line.Refresh()
}

func (r *textRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.line} }

func (r *textRenderer) Destroy() {}

// fit returns s, or as much of its beginning as has room beside an ellipsis,
// or nothing where not even that has room.
func fit(s string, width float32, measure func(string) float32) string {
	const rounding = 0.05 // what sums of float32 in a layout may lose
	width += rounding
	if measure(s) <= width {
		return s
	}
	runes := []rune(s)
	low, high := -1, len(runes)-1
	for low < high {
		middle := (low + high + 1) / 2
		if measure(string(runes[:middle])+"…") <= width {
			low = middle
		} else {
			high = middle - 1
		}
	}
	if low < 0 {
		return ""
	}
	for low > 0 && joins(runes[low]) {
		low-- // The rune before is only part of a letter.
	}
	return strings.TrimRight(string(runes[:low]), " \u200d") + "…"
}

// joins reports whether the rune belongs to the letter before it: an accent,
// a variation of an emoji, or the joint between two.
func joins(r rune) bool {
	return unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc) || r == '\u200d' || r >= 0x1f3fb && r <= 0x1f3ff
}

func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s)
	if runes := []rune(s); len(runes) > longestText {
		return string(runes[:longestText]) + "…"
	}
	return s
}
