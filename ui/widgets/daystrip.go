package widgets

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Span is a part of a day, in minutes from its midnight; To is outside, at most 1440.
type Span struct{ From, To int }

// stripMinutes is what a strip is wide.
const stripMinutes = 24 * 60

const (
	stripHeight float32 = 26
	stripMin    float32 = 160
	hourEvery           = 3 // a line, and on the axis a number
	needleOver  float32 = 4 // how far the line of now stands out
	needleWidth float32 = 3
)

// DayStrip shows a day from midnight to midnight, with the open parts as bars, and now as a
// line.
type DayStrip struct {
	widget.BaseWidget
	bars    []Span
	now     int // minute; negative: not on this day
	content *fyne.Container
}

// NewDayStrip makes a strip without bars.
func NewDayStrip() *DayStrip {
	s := &DayStrip{now: -1}
	s.content = newContainer(&stripLayout{s})
	s.fill()
	s.ExtendBaseWidget(s)
	return s
}

// Set changes the bars and where now is: a minute of the day, negative where it is not on
// this day.
func (s *DayStrip) Set(now int, bars ...Span) {
	same := now == s.now && len(bars) == len(s.bars)
	for i := 0; same && i < len(bars); i++ {
		same = bars[i] == s.bars[i]
	}
	if same {
		return
	}
	s.now, s.bars = now, bars
	s.fill()
	s.content.Refresh()
}

// Bars are those that are shown.
func (s *DayStrip) Bars() []Span { return s.bars }

// Now is the minute at which the line stands; negative: there is none.
func (s *DayStrip) Now() int { return s.now }

func (s *DayStrip) fill() {
	parts := []fyne.CanvasObject{NewRect(ColorSunken, 6)}
	for hour := hourEvery; hour < 24; hour += hourEvery {
		parts = append(parts, NewRect(ColorHairline, 0))
	}
	for range s.bars {
		parts = append(parts, NewRect(Talked.Mark(), 5))
	}
	if s.now >= 0 {
		parts = append(parts, NewRect(ColorText, needleWidth/2))
	}
	s.content.Objects = parts
}

// CreateRenderer is called by Fyne.
func (s *DayStrip) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.content) }

type stripLayout struct{ strip *DayStrip }

func (l *stripLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(stripMin, stripHeight)
}

func (l *stripLayout) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	at := func(minute int) float32 { return float32(minute) / stripMinutes * size.Width }
	put := func(x, y, width, height float32) {
		parts[0].Move(fyne.NewPos(x, y))
		parts[0].Resize(fyne.NewSize(width, height))
		parts = parts[1:]
	}
	put(0, 0, size.Width, size.Height)
	for hour := hourEvery; hour < 24; hour += hourEvery {
		put(at(hour*60), 0, hairlineWidth, size.Height)
	}
	for _, b := range l.strip.bars {
		put(at(b.From), needleOver, at(b.To)-at(b.From), size.Height-2*needleOver)
	}
	if l.strip.now >= 0 {
		put(at(l.strip.now)-needleWidth/2, -needleOver, needleWidth, size.Height+2*needleOver)
	}
}

// DayAxis stands above day strips: the hours, and the clock of now in their place where
// they would be too near.
type DayAxis struct {
	widget.BaseWidget
	now     int
	clock   *Text
	content *fyne.Container
}

// NewDayAxis makes an axis without a clock.
func NewDayAxis() *DayAxis {
	a := &DayAxis{now: -1, clock: NewText("", SizeRail, ColorText).Bold()}
	var parts []fyne.CanvasObject
	for hour := 0; hour <= 24; hour += hourEvery {
		parts = append(parts, NewText(strconv.Itoa(hour), SizeRail, ColorSecond))
	}
	a.content = newContainer(&axisLayout{a}, append(parts, a.clock)...)
	a.ExtendBaseWidget(a)
	return a
}

// Set puts the clock at a minute of the day; negative: nowhere.
func (a *DayAxis) Set(now int, clock string) {
	if now == a.now && clock == a.clock.Text() {
		return
	}
	a.now = now
	a.clock.SetText(clock)
	a.content.Refresh()
}

// CreateRenderer is called by Fyne.
func (a *DayAxis) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(a.content) }

type axisLayout struct{ axis *DayAxis }

func (l *axisLayout) MinSize(parts []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(stripMin, parts[0].MinSize().Height)
}

// Layout hides the hours that the clock stands on; the first one may come at width 0, so
// that it shows the others again.
func (l *axisLayout) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	hours, clock := parts[:len(parts)-1], l.axis.clock
	wide := clock.MinSize()
	middle := float32(l.axis.now) / stripMinutes * size.Width
	clock.Hidden = l.axis.now < 0
	clock.Resize(wide)
	clock.Move(fyne.NewPos(middle-wide.Width/2, 0))
	for i, h := range hours {
		m := h.MinSize()
		x := float32(i) / float32(len(hours)-1) * size.Width
		near := x - middle
		h.(*Text).Hidden = l.axis.now >= 0 && max(near, -near) < (wide.Width+m.Width)/2+Gap2
		h.Resize(m)
		h.Move(fyne.NewPos(x-m.Width/2, 0))
	}
}
