package widgets

import "fyne.io/fyne/v2"

// Measures of the window.
const (
	SidebarWidth float32 = 220
	RailWidth    float32 = 76
	WideFrom     float32 = 960 // narrower than this the rail stands for the side bar

	MinWidth  float32 = 800
	MinHeight float32 = 560
)

// NewShell is the frame of the window: at the left the side bar, or the rail
// where the window is narrow, and the page in what is left. The smallest size
// of the window is that of the shell.
func NewShell(sidebar, rail, page fyne.CanvasObject) *fyne.Container {
	return newContainer(shell{},
		NewGround(ColorSidebar, PadAll(Gap4, sidebar)),
		NewGround(ColorSidebar, Pad(Gap4, 6, Gap4, 6, rail)),
		NewRect(ColorHairline, 0),
		page)
}

type shell struct{}

func (shell) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(MinWidth, MinHeight) }

func (shell) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	sidebar, rail, line, page := parts[0], parts[1], parts[2], parts[3]
	side, width := sidebar, SidebarWidth
	if size.Width < WideFrom {
		side, width = rail, RailWidth
		sidebar.Hide()
		rail.Show()
	} else {
		rail.Hide()
		sidebar.Show()
	}
	side.Move(fyne.Position{})
	side.Resize(fyne.NewSize(width, size.Height))
	divide(line, page, width, size)
}

// divide puts a hairline at x and a part right of it.
func divide(line, right fyne.CanvasObject, x float32, size fyne.Size) {
	line.Move(fyne.NewPos(x, 0))
	line.Resize(fyne.NewSize(hairlineWidth, size.Height))
	right.Move(fyne.NewPos(x+hairlineWidth, 0))
	right.Resize(fyne.NewSize(max(0, size.Width-x-hairlineWidth), size.Height))
}

// Widths of the list in a Split, and the width from which it has the larger.
const (
	ListWidth       float32 = 348
	ListWidthNarrow float32 = 292
	splitWideFrom   float32 = 780
)

// NewSplit puts a list of its own width beside a detail that takes the rest.
func NewSplit(list, detail fyne.CanvasObject) *fyne.Container {
	return newContainer(split{}, NewGround(ColorPage, list), NewRect(ColorHairline, 0), NewGround(ColorSurface, detail))
}

type split struct{}

func (split) MinSize(parts []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(ListWidthNarrow+hairlineWidth+parts[2].MinSize().Width, parts[0].MinSize().Max(parts[2].MinSize()).Height)
}

func (split) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	width := ListWidth
	if size.Width < splitWideFrom {
		width = ListWidthNarrow
	}
	parts[0].Move(fyne.Position{})
	parts[0].Resize(fyne.NewSize(width, size.Height))
	divide(parts[1], parts[2], width, size)
}

// NewTopBar is the strip above a list: the parts side by side on the ground of
// pages, and a hairline below.
func NewTopBar(parts ...fyne.CanvasObject) *fyne.Container {
	return NewGround(ColorPage, Down(0, Pad(10, Gap4, 10, Gap4, Across(Gap3, parts...)), NewHairline()))
}

// NewBottomStrip is the strip below a list, with a hairline above.
func NewBottomStrip(content fyne.CanvasObject) *fyne.Container {
	return NewGround(ColorPage, Down(0, NewHairline(), Pad(Gap4, Gap5, Gap4, 20, content)))
}

// NewLowStrip is the same where there is little height.
func NewLowStrip(content fyne.CanvasObject) *fyne.Container {
	return NewGround(ColorPage, Down(0, NewHairline(), Pad(6, Gap4, 6, Gap4, content)))
}
