package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Health is one thing that works or does not.
type Health struct {
	Name  string
	Short string // for the rail; Name when empty
	Word  string
	Role  Role
	Icon  fyne.Resource
}

// ShopState is what a StateCard shows.
type ShopState struct {
	Role     Role
	Headline string // "Open to 17:00"
	Sub      string // what comes after
	Short    string // for the rail: "Open"
	ShortSub string // for the rail: "to 17:00"
	Health   []Health
}

// StateCard says whether the shop is open and everything works.
type StateCard struct {
	widget.BaseWidget
	ground        *Rect
	dot           *Rect
	headline, sub *Text
	health        *fyne.Container
	narrow        bool
	content       *fyne.Container
}

// NewStateCard makes the card at the foot of the side bar. The action stands
// below the headline; it may be nil.
func NewStateCard(action fyne.CanvasObject) *StateCard {
	s := newStateCard(SizeHeadline, SizeCaption)
	s.ground.radius, s.ground.flatBottom = RadiusCard-1, true
	head := Across(10, Fixed(12, 12, s.dot), Grow(s.headline))
	parts := []fyne.CanvasObject{PadAll(1, Over(s.ground, Pad(10, Gap4, 10, Gap4, Down(0, head, s.sub))))}
	if action != nil {
		parts = append(parts, Pad(10, 10, Gap2, 10, action))
	}
	parts = append(parts, Pad(6, Gap4, Gap4, Gap4, s.health))
	s.content = NewBox(ColorSurface, ColorHairline, RadiusCard, Down(0, parts...))
	s.ExtendBaseWidget(s)
	return s
}

// NewStateRail makes the same for the rail, where there is less room; the action may be nil.
func NewStateRail(action fyne.CanvasObject) *StateCard {
	s := newStateCard(SizeCaption, SizeRail)
	s.narrow = true
	s.ground.radius = 10
	s.sub.Center()
	head := newContainer(snug{gap: 3}, Fixed(7, 7, s.dot), s.headline)
	s.content = Down(Gap3, Over(s.ground, Pad(Gap3, 0, Gap3, 0, Down(0, head, s.sub))))
	if action != nil {
		s.content.Add(action)
	}
	s.content.Add(Pad(0, 0, 0, Gap2, s.health))
	s.ExtendBaseWidget(s)
	return s
}

func newStateCard(headline, sub fyne.ThemeSizeName) *StateCard {
	return &StateCard{
		ground:   NewRect(Quiet.Tint(), 0),
		dot:      NewDot(Quiet.Mark()),
		headline: NewText("", headline, Quiet.Text()).Bold().Cut(),
		sub:      NewText("", sub, ColorText).Cut(),
		health:   Down(Gap2),
	}
}

// Set fills the card.
func (s *StateCard) Set(state ShopState) {
	headline, sub := state.Headline, state.Sub
	if s.narrow {
		headline, sub = state.Short, state.ShortSub
	}
	s.ground.SetFill(state.Role.Tint())
	s.dot.SetFill(state.Role.Mark())
	s.headline.SetColor(state.Role.Text())
	s.headline.SetText(headline)
	s.sub.SetText(sub)
	s.sub.Hidden = sub == ""
	s.health.Objects = nil
	for _, h := range state.Health {
		s.health.Add(s.line(h))
	}
	s.content.Refresh()
	s.Refresh()
}

func (s *StateCard) line(h Health) fyne.CanvasObject {
	if !s.narrow {
		return Across(Gap3, NewIcon(h.Icon, 14, h.Role.Text()),
			Grow(NewText(h.Name, SizeCaption, ColorText).Cut()), NewText(h.Word, SizeCaption, ColorSecond))
	}
	name := h.Short
	if name == "" {
		name = h.Name
	}
	return Across(Gap2, NewIcon(h.Icon, 13, h.Role.Text()), Grow(NewText(name, SizeRail, ColorSecond).Cut()))
}

// CreateRenderer is called by Fyne.
func (s *StateCard) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.content) }

// snug puts a small part and a text side by side in the middle; the text is cut
// only where the box is too narrow for both.
type snug struct{ gap float32 }

func (l snug) MinSize(parts []fyne.CanvasObject) fyne.Size {
	return across{gap: l.gap}.MinSize(parts)
}

func (l snug) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	small, text := parts[0], parts[1].(*Text)
	s := small.MinSize()
	width := min(text.natural().Width, max(0, size.Width-s.Width-l.gap))
	x := (size.Width - s.Width - l.gap - width) / 2
	small.Move(fyne.NewPos(x, (size.Height-s.Height)/2))
	small.Resize(s)
	text.Move(fyne.NewPos(x+s.Width+l.gap, 0))
	text.Resize(fyne.NewSize(width, size.Height))
}
