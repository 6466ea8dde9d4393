package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// LogRowHeight is that of a LogRow.
const LogRowHeight float32 = 30

// Widths of the columns of a log; what happened takes the rest. Where there is little room
// the last one is narrower.
const (
	logTime          float32 = 88
	logWho           float32 = 112
	logRequest       float32 = 190
	logRequestNarrow float32 = 140
	logWideFrom      float32 = 760
	logSides         float32 = 14
)

// LogColumns lays four parts out as the columns of a log: when, who, what, and whose.
func LogColumns(parts ...fyne.CanvasObject) *fyne.Container {
	return Pad(0, logSides, 0, logSides, newContainer(logColumns{}, parts...))
}

type logColumns struct{}

func (logColumns) MinSize(parts []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(logTime+logWho+logRequestNarrow+3*Gap4+minimumCutWidth, highest(parts))
}

func (logColumns) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	last := logRequest
	if size.Width < logWideFrom {
		last = logRequestNarrow
	}
	x := float32(0)
	for i, width := range []float32{logTime, logWho, max(0, size.Width-logTime-logWho-last-3*Gap4), last} {
		height := parts[i].MinSize().Height
		parts[i].Move(fyne.NewPos(x, (size.Height-height)/2))
		parts[i].Resize(fyne.NewSize(width, height))
		x += width + Gap4
	}
}

// LogHead is the row of headings above a log.
func LogHead(when, who, what, whose string) *fyne.Container {
	head := func(s string) fyne.CanvasObject { return NewText(s, SizeCaption, ColorSecond).Bold().Cut() }
	return NewGround(colorNone, Fixed(0, 34, LogColumns(head(when), head(who), head(what), head(whose))))
}

// LogContent is what a LogRow shows.
type LogContent struct {
	Time, Who, What string
	Role            Role
	Icon            fyne.Resource
	Link            string
	OnLink          func() // nil: the link leads nowhere, and is plain text
}

// LogRow is a line of a log. Its link is pressed by the mouse; the keyboard stays with the
// list that it stands in.
type LogRow struct {
	widget.BaseWidget
	time, who, what *Text
	icon            *Icon
	link            *link
	content         *fyne.Container
}

// NewLogRow makes an empty one.
func NewLogRow() *LogRow {
	r := &LogRow{
		time: NewText("", SizeCaption, ColorSecond).Cut(),
		who:  NewText("", SizeBody, ColorSecond).Cut(),
		what: NewText("", SizeBody, ColorText).Cut(),
		icon: NewIcon(nil, 16, ColorSecond),
		link: newLink(),
	}
	r.content = Fixed(0, LogRowHeight, LogColumns(r.time, r.who, Across(10, r.icon, Grow(r.what)), r.link))
	r.ExtendBaseWidget(r)
	return r
}

// Set changes what is shown.
func (r *LogRow) Set(c LogContent) {
	r.time.SetText(c.Time)
	r.who.SetText(c.Who)
	r.what.SetText(c.What)
	r.icon.SetResource(c.Icon)
	r.icon.SetColor(c.Role.Text())
	r.link.set(c.Link, c.OnLink)
}

// Link follows the link, as a click on it does.
func (r *LogRow) Link() {
	if r.link.tapped != nil {
		r.link.tapped()
	}
}

// CreateRenderer is called by Fyne.
func (r *LogRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.content) }

// link is text that leads somewhere. It takes no focus.
type link struct {
	widget.BaseWidget
	tapped func()
	text   *Text
}

func newLink() *link {
	l := &link{text: NewText("", SizeBody, ColorAccent).Cut()}
	l.ExtendBaseWidget(l)
	return l
}

func (l *link) set(s string, tapped func()) {
	l.tapped = tapped
	l.text.SetText(s)
	l.Hidden = s == ""
}

// Tapped is called by Fyne.
func (l *link) Tapped(*fyne.PointEvent) {
	if l.tapped != nil {
		l.tapped()
	}
}

// CreateRenderer is called by Fyne.
func (l *link) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.text) }
