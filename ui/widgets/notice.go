package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Quote shows somebody's own words, with a bar of the accent at their left.
type Quote struct {
	widget.BaseWidget
	words   *Para
	content *fyne.Container
}

// NewQuote makes a quote.
func NewQuote(words string) *Quote {
	q := &Quote{words: NewPara(words, SizeLead, ColorText)}
	bar := Fixed(3, 1, NewRect(ColorAccent, 1.5))
	q.content = AcrossFull(Gap5, bar, Grow(Pad(1, 0, 1, 0, q.words)))
	q.ExtendBaseWidget(q)
	return q
}

// SetText changes the words.
func (q *Quote) SetText(words string) { q.words.SetText(words); q.content.Refresh() }

// CreateRenderer is called by Fyne.
func (q *Quote) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(q.content) }

// NewNotice tells what came of something: an icon, a bold line and a sentence
// on the tint of a role, with actions at the right.
func NewNotice(role Role, icon fyne.Resource, headline, body string, actions ...fyne.CanvasObject) *fyne.Container {
	words := []fyne.CanvasObject{NewPara(headline, SizeBody, role.Text()).Bold()}
	if body != "" {
		words = append(words, NewPara(body, SizeCaption, ColorText))
	}
	parts := append([]fyne.CanvasObject{NewIcon(icon, 22, role.Text()), Grow(Down(Gap2, words...))}, actions...)
	return NewBox(role.Tint(), colorNone, RadiusCard, Pad(Gap4, Gap5, Gap4, 14, AcrossTop(Gap4, parts...)))
}

// NewBanner is a strip over the whole width: an icon, a sentence, and actions
// at the right, best of kind Outline.
func NewBanner(role Role, icon fyne.Resource, sentence string, actions ...fyne.CanvasObject) *fyne.Container {
	parts := append([]fyne.CanvasObject{NewIcon(icon, 18, role.Text()), Grow(NewPara(sentence, SizeBody, role.Text()))}, actions...)
	return NewGround(role.Tint(), Down(0, Pad(6, Gap4, 5, Gap5, Across(10, parts...)), NewHairline()))
}

// bubbleWords is how high the words of a bubble get before they scroll: a long text
// must not push the list out of a small window.
const bubbleWords float32 = 152

// NewBubble shows what a phone says or a visitor reads.
func NewBubble(role Role, icon fyne.Resource, headline, words string) *Bubble {
	b := &Bubble{
		icon:     NewIcon(icon, 14, role.Text()),
		headline: NewPara(headline, SizeCaption, role.Text()).Bold(),
		words:    NewPara(words, SizeBody, ColorText),
	}
	parts := Down(3, AcrossTop(6, Pad(1, 0, 0, 0, b.icon), Grow(b.headline)), AtMost(bubbleWords, b.words))
	b.flat = NewPara(headline+": "+words, SizeCaption, role.Text())
	lines := AtMost(bubbleLines, b.flat)
	lines.Hide()
	b.content = Over(NewBox(ColorSurface, ColorHairline, RadiusCard, Pad(9, Gap4, 11, Gap4, parts)), lines)
	b.ExtendBaseWidget(b)
	return b
}

// Bubble is a small card with a headline and words that change.
type Bubble struct {
	widget.BaseWidget
	icon     *Icon
	headline *Para
	words    *Para
	flat     *Para // both in a line or two
	content  *fyne.Container
}

// bubbleLines is how high the words are before they scroll where the bubble is flat.
const bubbleLines float32 = 33

// Flat makes it a line or two without a card, for a window that is too low for one.
func (b *Bubble) Flat(on bool) {
	card, lines := b.content.Objects[0], b.content.Objects[1]
	if lines.Visible() == on {
		return
	}
	card.(*fyne.Container).Hidden, lines.(*fyne.Container).Hidden = on, !on
	b.content.Refresh()
}

// Set changes the bubble.
func (b *Bubble) Set(role Role, icon fyne.Resource, headline, words string) {
	b.flat.SetText(headline + ": " + words)
	b.flat.SetColor(role.Text())
	b.icon.SetResource(icon)
	b.icon.SetColor(role.Text())
	b.headline.SetColor(role.Text())
	b.headline.SetText(headline)
	b.words.SetText(words)
	b.content.Refresh()
}

// CreateRenderer is called by Fyne.
func (b *Bubble) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(b.content) }

// NewSection is the bold headline above a part of a page, with what belongs
// to it at the right.
func NewSection(title string, right ...fyne.CanvasObject) *fyne.Container {
	return Across(Gap3, append([]fyne.CanvasObject{Grow(NewText(title, SizeBody, ColorText).Bold().Cut())}, right...)...)
}
