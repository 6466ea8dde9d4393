package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Para is text that wraps at words, without the padding of Fyne's Label. Its
// height is known only after it has been given a width: the layouts of this
// package give the width first and ask then.
type Para struct {
	widget.BaseWidget
	segment *widget.TextSegment
	rich    *widget.RichText
}

// NewPara makes a paragraph in a size and a colour of the theme.
func NewPara(s string, size fyne.ThemeSizeName, color fyne.ThemeColorName) *Para {
	p := &Para{segment: &widget.TextSegment{
		Text:  s,
		Style: widget.RichTextStyle{SizeName: size, ColorName: color},
	}}
	p.rich = widget.NewRichText(p.segment)
	p.rich.Wrapping = fyne.TextWrapWord
	p.ExtendBaseWidget(p)
	return p
}

// Bold makes the paragraph bold, and returns it for use in an expression.
func (p *Para) Bold() *Para { p.segment.Style.TextStyle.Bold = true; p.Refresh(); return p }

// Center puts the lines in the middle, and returns the paragraph.
func (p *Para) Center() *Para {
	p.segment.Style.Alignment = fyne.TextAlignCenter
	p.Refresh()
	return p
}

// Text returns the text.
func (p *Para) Text() string { return p.segment.Text }

// SetText changes the text. Whoever holds the paragraph lays out anew if its
// height may have changed.
func (p *Para) SetText(s string) {
	if s == p.segment.Text {
		return
	}
	p.segment.Text = s
	p.Refresh()
}

// SetColor changes the colour.
func (p *Para) SetColor(name fyne.ThemeColorName) {
	if name == p.segment.Style.ColorName {
		return
	}
	p.segment.Style.ColorName = name
	p.Refresh()
}

// CreateRenderer is called by Fyne.
func (p *Para) CreateRenderer() fyne.WidgetRenderer { return &paraRenderer{p} }

type paraRenderer struct{ para *Para }

// padding is what RichText adds on each side and cannot be told not to.
func (r *paraRenderer) padding() float32 {
	return theme.SizeForWidget(theme.SizeNameInnerPadding, r.para)
}

func (r *paraRenderer) MinSize() fyne.Size {
	size, both := r.para.rich.MinSize(), 2*r.padding()
	return fyne.NewSize(max(size.Width-both, minimumCutWidth), size.Height-both)
}

func (r *paraRenderer) Layout(size fyne.Size) {
	p := r.padding()
	r.para.rich.Move(fyne.NewPos(-p, -p))
	r.para.rich.Resize(fyne.NewSize(size.Width+2*p, size.Height+2*p))
}

func (r *paraRenderer) Refresh()                     { r.para.rich.Refresh() }
func (r *paraRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.para.rich} }
func (r *paraRenderer) Destroy()                     {}
