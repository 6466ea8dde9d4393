package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Moment is one entry of a Timeline.
type Moment struct {
	Time string
	Text string
	Icon fyne.Resource // nil for a dot
	Role Role          // the colour of the icon
}

// Timeline shows what happened, the oldest first and the newest in bold.
type Timeline struct {
	widget.BaseWidget
	content *fyne.Container
}

// NewTimeline makes a timeline without entries.
func NewTimeline() *Timeline {
	t := &Timeline{content: Down(0)}
	t.ExtendBaseWidget(t)
	return t
}

// Set shows these entries in place of those before.
func (t *Timeline) Set(moments []Moment) {
	width := float32(54)
	times := make([]*Text, len(moments))
	for i, m := range moments {
		times[i] = NewText(m.Time, SizeCaption, ColorSecond)
		width = max(width, times[i].MinSize().Width)
	}
	t.content.Objects = nil
	for i, m := range moments {
		layout := momentParts{timeWidth: width, first: i == 0, last: i == len(moments)-1}
		words := NewPara(m.Text, SizeBody, ColorText)
		if layout.last {
			words.Bold()
		}
		t.content.Add(newContainer(layout, times[i], NewRect(ColorHairline, 0), node(m), words))
	}
	t.content.Refresh()
	t.Refresh()
}

func node(m Moment) fyne.CanvasObject {
	if m.Icon == nil {
		halo := Fixed(14, 14, NewDot(ColorSurface))
		return Over(Centered(halo), Centered(Fixed(8, 8, NewDot(Quiet.Mark()))))
	}
	return Over(NewDot(m.Role.Tint()), NewIcon(m.Icon, 14, m.Role.Text()))
}

// CreateRenderer is called by Fyne.
func (t *Timeline) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.content) }

const (
	momentHeight float32 = 28
	nodeSize     float32 = 20
)

// momentParts places time, line, node and words of one entry. The line runs
// from the node above to the one below, however many lines the words have.
type momentParts struct {
	timeWidth   float32
	first, last bool
}

func (l momentParts) MinSize(p []fyne.CanvasObject) fyne.Size {
	words := p[3].MinSize()
	return fyne.NewSize(l.timeWidth+nodeSize+20+words.Width, max(momentHeight, words.Height+Gap3))
}

func (l momentParts) Layout(p []fyne.CanvasObject, size fyne.Size) {
	when, line, node, words := p[0], p[1], p[2], p[3]
	x := l.timeWidth + 10
	l.line(line, x+nodeSize/2-1, size.Height)
	node.Move(fyne.NewPos(x, (momentHeight-nodeSize)/2))
	node.Resize(fyne.NewSquareSize(nodeSize))
	m := when.MinSize()
	when.Move(fyne.NewPos(0, (momentHeight-m.Height)/2))
	when.Resize(fyne.NewSize(l.timeWidth, m.Height))
	x += nodeSize + 10
	height := heightAt(words, max(0, size.Width-x))
	words.Move(fyne.NewPos(x, max(Gap2, (momentHeight-height)/2)))
}

func (l momentParts) line(line fyne.CanvasObject, x, height float32) {
	from, to := float32(0), height
	if l.first {
		from = momentHeight / 2
	}
	if l.last {
		to = momentHeight / 2
	}
	line.Move(fyne.NewPos(x, from))
	line.Resize(fyne.NewSize(2, to-from))
}
