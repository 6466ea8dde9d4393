package widgets_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"ringback/ui"
	. "ringback/ui/widgets"
)

// block is a part of a fixed size.
func block(width, height float32) fyne.CanvasObject {
	r := canvas.NewRectangle(nil)
	r.SetMinSize(fyne.NewSize(width, height))
	return r
}

func TestAcross(t *testing.T) {
	show(t, ui.Light)
	a, grown, b := block(20, 10), Grow(block(10, 30)), block(30, 20)
	line := Across(5, a, grown, b)
	line.Resize(fyne.NewSize(200, 40))
	wantPlace(t, "the first, centred", a, 0, 15, 20, 10)
	wantPlace(t, "the one that grows", grown, 25, 5, 140, 30)
	wantPlace(t, "the last", b, 170, 10, 30, 20)

	a.Hide()
	line.Refresh()
	wantPlace(t, "without the first there is no gap either", grown, 0, 5, 165, 30)
	if got, want := line.MinSize(), fyne.NewSize(45, 30); got != want {
		t.Errorf("asks for %v, want %v", got, want)
	}
}

func TestWhatGrowsSharesTheRest(t *testing.T) {
	show(t, ui.Light)
	one, two := Space(), Grow(block(10, 10))
	Across(0, one, two).Resize(fyne.NewSize(110, 10))
	wantPlace(t, "space", one, 0, 5, 50, 0)
	wantPlace(t, "block", two, 50, 0, 60, 10)

	top, middle, bottom := block(10, 10), Grow(block(10, 10)), block(10, 10)
	Down(5, top, middle, bottom).Resize(fyne.NewSize(40, 100))
	wantPlace(t, "top", top, 0, 0, 40, 10)
	wantPlace(t, "middle", middle, 0, 15, 40, 70)
	wantPlace(t, "bottom", bottom, 0, 90, 40, 10)
}

func TestABoxDoesNotGrow(t *testing.T) {
	show(t, ui.Light)
	card := NewCard(block(10, 10))
	column := Down(0, card)
	column.Resize(fyne.NewSize(200, 400))
	if got, want := card.Size().Height, card.MinSize().Height; got != want {
		t.Errorf("a card is %v high, want %v", got, want)
	}
}

func TestWrappedTextGetsTheHeightItNeeds(t *testing.T) {
	words := strings.Repeat("Do you have rye bread today? ", 8)
	for name, text := range map[string]string{"English": words, "Chinese": strings.Repeat("請問今天有黑麥麵包嗎", 12), "one long word": strings.Repeat("Featherstonehaugh", 10)} {
		t.Run(name, func(t *testing.T) {
			show(t, ui.Light)
			wide, below := NewPara(text, SizeBody, ColorText), block(10, 10)
			column := Down(4, NewCard(Across(4, block(20, 20), Grow(wide))), below)
			column.Resize(fyne.NewSize(700, 10))
			low := column.MinSize().Height
			column.Resize(fyne.NewSize(250, 10))
			high := column.MinSize().Height
			if high <= low {
				t.Errorf("at 250 it is %v high, at 700 %v", high, low)
			}
			if got, want := below.Position().Y+10, high; got != want {
				t.Errorf("what stands below ends at %v, want %v", got, want)
			}
			column.Resize(fyne.NewSize(700, 10))
			if again := column.MinSize().Height; again != low {
				t.Errorf("wide again it is %v high, want %v", again, low)
			}
		})
	}
}

func TestScrolledContentIsAsHighAsItsText(t *testing.T) {
	show(t, ui.Light)
	content := Down(0, NewPara(strings.Repeat("Do you have rye bread today? ", 60), SizeBody, ColorText))
	window(t, Scroll(content), 300, 100)
	if content.Size().Height < content.MinSize().Height || content.MinSize().Height < 200 {
		t.Errorf("content is %v high and asks for %v", content.Size().Height, content.MinSize().Height)
	}
}

func TestColumns(t *testing.T) {
	show(t, ui.Light)
	a, b, c := block(10, 10), block(20, 30), block(10, 10)
	grid := Columns(10, 2, a, b, c)
	if got, want := grid.MinSize(), fyne.NewSize(50, 50); got != want {
		t.Errorf("asks for %v, want %v", got, want)
	}
	grid.Resize(fyne.NewSize(110, 50))
	wantPlace(t, "the first is as high as its neighbour", a, 0, 0, 50, 30)
	wantPlace(t, "the second", b, 60, 0, 50, 30)
	wantPlace(t, "the third, in the next row", c, 0, 40, 50, 10)
}

func TestWrapGoesOnInTheNextLine(t *testing.T) {
	show(t, ui.Light)
	a, b, c := block(100, 30), block(100, 40), block(100, 30)
	line := Wrap(10, a, b, c)
	column := Down(0, line)
	column.Resize(fyne.NewSize(400, 10))
	wantPlace(t, "all in one line: the last", c, 220, 0, 100, 30)
	column.Resize(fyne.NewSize(215, 10))
	wantPlace(t, "two lines: the last", c, 0, 50, 100, 30)
	if got := column.MinSize().Height; got != 80 {
		t.Errorf("two lines are %v high, want 80", got)
	}
	column.Resize(fyne.NewSize(50, 10))
	wantPlace(t, "narrower than any: the last", c, 0, 90, 100, 30)
}

func TestShell(t *testing.T) {
	show(t, ui.Light)
	sidebar, rail, page := block(10, 10), block(10, 10), block(10, 10)
	shell := NewShell(sidebar, rail, page)
	if got, want := shell.MinSize(), fyne.NewSize(800, 560); got != want {
		t.Errorf("the window's smallest size is %v, want %v", got, want)
	}
	shell.Resize(fyne.NewSize(960, 600))
	wantPlace(t, "wide: the page", page, 221, 0, 739, 600)
	shell.Resize(fyne.NewSize(959, 600))
	wantPlace(t, "narrow: the page", page, 77, 0, 882, 600)
	if shell.Objects[0].Visible() || !shell.Objects[1].Visible() {
		t.Error("narrow: the side bar stands, and not the rail")
	}
	shell.Resize(fyne.NewSize(1200, 600))
	if !shell.Objects[0].Visible() || shell.Objects[1].Visible() {
		t.Error("wide again: the rail stands, and not the side bar")
	}
}

func TestSplit(t *testing.T) {
	show(t, ui.Light)
	list, detail := block(10, 10), block(100, 10)
	split := NewSplit(list, detail)
	split.Resize(fyne.NewSize(879, 600))
	if got := list.Size().Width; got != 348 {
		t.Errorf("the list is %v wide, want 348", got)
	}
	split.Resize(fyne.NewSize(723, 600))
	if got := list.Size().Width; got != 292 {
		t.Errorf("in a narrow window the list is %v wide, want 292", got)
	}
	if got := detail.Size().Width; got != 430 {
		t.Errorf("the detail is %v wide, want 430", got)
	}
}

func wantPlace(t *testing.T, what string, o fyne.CanvasObject, x, y, width, height float32) {
	t.Helper()
	if got, want := o.Position(), fyne.NewPos(x, y); got != want {
		t.Errorf("%s is at %v, want %v", what, got, want)
	}
	if got, want := o.Size(), fyne.NewSize(width, height); got != want {
		t.Errorf("%s is %v large, want %v", what, got, want)
	}
}

func TestWhatGrowsInWrapTakesTheRestOfItsLine(t *testing.T) {
	show(t, ui.Light)
	a, grown := block(60, 20), Grow(block(50, 20))
	line := Wrap(10, a, grown)
	line.Resize(fyne.NewSize(200, 20))
	wantPlace(t, "beside the other", grown, 70, 0, 130, 20)
	line.Resize(fyne.NewSize(100, 50))
	wantPlace(t, "in a line of its own", grown, 0, 30, 100, 20)
}

func TestALongTextInABubbleScrolls(t *testing.T) {
	show(t, ui.Light)
	b := NewBubble(Live, nil, "The visitor reads", "Short.")
	line := Down(0, b)
	height := func() float32 {
		line.Resize(fyne.NewSize(160, 0))
		return line.MinSize().Height
	}
	short := height()
	if short > 70 {
		t.Errorf("a short text is %v high", short)
	}
	b.Set(Needs, nil, "A text", strings.Repeat("A word or two. ", 8))
	middle := height()
	b.Set(Needs, nil, "A text", strings.Repeat("A word or two. ", 80))
	if long := height(); middle <= short || long < middle || long > 220 {
		t.Errorf("bubbles are %v, %v and %v high", short, middle, long)
	}
}
