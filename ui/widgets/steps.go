package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// StepState says how far a step of a call is.
type StepState int

// The states of a step.
const (
	Todo StepState = iota
	Now
	Done
	Wrong
)

// Step is one part of a call on its way.
type Step struct {
	Label string
	Sub   string // below the label, may be empty
	State StepState
}

// StepIcons are the signs in the circles.
type StepIcons struct{ Done, Wrong fyne.Resource }

// Steps shows how far a call is, as circles along a line.
type Steps struct {
	widget.BaseWidget
	icons StepIcons
	steps []*stepMark
	line  *fyne.Container
}

// NewSteps makes a line without steps.
func NewSteps(icons StepIcons) *Steps {
	s := &Steps{icons: icons, line: newContainer(stepLine{})}
	s.ExtendBaseWidget(s)
	return s
}

// Set shows these steps. Set again with as many, they change in place.
func (s *Steps) Set(steps []Step) {
	for len(s.steps) < len(steps) {
		s.steps = append(s.steps, newStepMark(s.icons))
	}
	s.steps = s.steps[:len(steps)]
	s.line.Objects = s.line.Objects[:0]
	for i, step := range steps {
		s.steps[i].show(step)
		s.steps[i].join.Hidden = i == len(steps)-1
		s.line.Add(s.steps[i].content)
	}
	s.line.Refresh()
	s.Refresh()
}

// CreateRenderer is called by Fyne.
func (s *Steps) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.line) }

// stepMark is a circle with its words, and the line to the next circle.
type stepMark struct {
	icons      StepIcons
	circle     *Rect
	sign       *Icon
	dot        *fyne.Container
	join       *Rect
	label, sub *Text
	content    *fyne.Container
}

func newStepMark(icons StepIcons) *stepMark {
	m := &stepMark{
		icons:  icons,
		circle: NewRect(ColorSurface, 12),
		sign:   NewIcon(nil, 14, ColorSurface),
		dot:    Centered(Fixed(8, 8, NewDot(Live.Text()))),
		join:   NewRect(Quiet.Mark(), 1),
		label:  NewText("", SizeCaption, ColorSecond).Cut(),
		sub:    NewText("", SizeRail, ColorSecond).Cut(),
	}
	m.content = newContainer(stepParts{}, Over(m.circle, m.dot, m.sign), m.join, m.label, m.sub)
	return m
}

func (m *stepMark) show(s Step) {
	m.label.SetText(s.Label)
	m.sub.SetText(s.Sub)
	m.label.SetBold(s.State == Now)
	m.dot.Hidden = s.State != Now
	m.sign.Hidden = s.State != Done && s.State != Wrong
	m.join.SetFill(Quiet.Mark())
	switch s.State {
	case Done:
		m.circle.SetFill(Live.Text())
		m.circle.SetStroke(colorNone, 0)
		m.sign.SetResource(m.icons.Done)
		m.sign.SetColor(ColorSurface)
		m.join.SetFill(Live.Text())
		m.label.SetColor(ColorText)
	case Now:
		m.circle.SetFill(ColorSurface)
		m.circle.SetStroke(Live.Text(), 3)
		m.label.SetColor(Live.Text())
	case Wrong:
		m.circle.SetFill(Needs.Tint())
		m.circle.SetStroke(colorNone, 0)
		m.sign.SetResource(m.icons.Wrong)
		m.sign.SetColor(Needs.Text())
		m.label.SetColor(Needs.Text())
	case Todo:
		m.circle.SetFill(ColorSurface)
		m.circle.SetStroke(Quiet.Mark(), 1.5)
		m.label.SetColor(ColorSecond)
	}
}

const (
	circleSize   float32 = 24
	stepMinWidth float32 = 64
	stepGap      float32 = 6
)

// stepLine gives each step the same width.
type stepLine struct{}

func (stepLine) MinSize(steps []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(float32(len(steps))*stepMinWidth, highest(steps))
}

func (stepLine) Layout(steps []fyne.CanvasObject, size fyne.Size) {
	width := size.Width / float32(max(1, len(steps)))
	for i, s := range steps {
		s.Move(fyne.NewPos(float32(i)*width, 0))
		s.Resize(fyne.NewSize(width, size.Height))
	}
}

// stepParts places circle, line, label and second line of one step.
type stepParts struct{}

func (stepParts) MinSize(p []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(stepMinWidth, circleSize+Gap2+p[2].MinSize().Height+p[3].MinSize().Height)
}

func (stepParts) Layout(p []fyne.CanvasObject, size fyne.Size) {
	circle, join, label, sub := p[0], p[1], p[2], p[3]
	circle.Resize(fyne.NewSquareSize(circleSize))
	join.Move(fyne.NewPos(circleSize+stepGap, circleSize/2-1))
	join.Resize(fyne.NewSize(max(0, size.Width-circleSize-2*stepGap), 2))
	y := circleSize + Gap2
	for _, words := range []fyne.CanvasObject{label, sub} {
		height := words.MinSize().Height
		words.Move(fyne.NewPos(0, y))
		words.Resize(fyne.NewSize(max(0, size.Width-stepGap), height))
		y += height
	}
}
