package widgets_test

import (
	"image/color"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"ringback/ui"
	. "ringback/ui/widgets"
)

func TestTextIsNeverWiderThanItsBox(t *testing.T) {
	show(t, ui.Light)
	rapid.Check(t, func(t *rapid.T) {
		letters := rapid.SampledFrom([]string{"a", "W", " ", "é", "e\u0301", "李", "電話", "م", "👩\u200d🍳", "👍\U0001f3fd", "Featherstonehaugh"})
		words := strings.Join(rapid.SliceOfN(letters, 0, 40).Draw(t, "words"), "")
		width := rapid.Float32Range(1, 400).Draw(t, "width")
		text := NewText(words, SizeBody, ColorText).Cut()
		text.Resize(fyne.NewSize(width, 20))
		if got := measure(text.Shown()); got > width+.1 {
			t.Fatalf("%q is %v wide in a box of %v", text.Shown(), got, width)
		}
		if begin := strings.TrimSuffix(text.Shown(), "…"); !strings.HasPrefix(words, begin) {
			t.Fatalf("%q does not begin with %q", words, begin)
		}
	})
}

func TestTextInABox(t *testing.T) {
	show(t, ui.Light)
	cases := []struct {
		name, text string
		width      float32
		want       string
	}{
		{"has room and is whole", "Jane Doe", 200, "Jane Doe"},
		{"is exactly as wide and is whole", "Jane Doe", measure("Jane Doe"), "Jane Doe"},
		{"has room for three letters and the ellipsis", "Jane Doe", measure("Jan…"), "Jan…"},
		{"drops the space before the ellipsis", "Jane Doe", measure("Jane …"), "Jane…"},
		{"is in Chinese and cut between characters", "請問今天有黑麥麵包嗎", measure("請問今…"), "請問今…"},
		{"has no room even for the ellipsis", "Jane Doe", 1, ""},
		{"is empty", "", 50, ""},
		{"has a line break, which becomes a space", "Jane\r\nDoe", 200, "Jane  Doe"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text := NewText(c.text, SizeBody, ColorText).Cut()
			text.Resize(fyne.NewSize(c.width, 20))
			if got := text.Shown(); got != c.want {
				t.Errorf("shows %q, want %q", got, c.want)
			}
			if got := drawn(text).Text; got != c.want {
				t.Errorf("draws %q, want %q", got, c.want)
			}
		})
	}
}

func TestTextThatMayBeCutAsksForLittleRoom(t *testing.T) {
	show(t, ui.Light)
	long := strings.Repeat("long ", 10_000)
	if whole := NewText("Marguerite", SizeBody, ColorText); whole.MinSize().Width != measure("Marguerite") {
		t.Errorf("whole text asks for %v, want its width", whole.MinSize().Width)
	}
	if cut := NewText(long, SizeBody, ColorText).Cut(); cut.MinSize().Width > 30 {
		t.Errorf("text to be cut asks for %v", cut.MinSize().Width)
	}
}

func TestAClockThatChangesIsDrawn(t *testing.T) {
	show(t, ui.Light)
	clock := NewText("0:07", SizeTitle, Live.Text())
	clock.Resize(clock.MinSize())
	clock.SetText("0:08")
	if got := drawn(clock).Text; got != "0:08" {
		t.Errorf("draws %q", got)
	}
	clock.SetText("10:08") // wider than its box
	if got := drawn(clock).Text; got == "0:08" {
		t.Error("it still draws the old time")
	}
}

func TestTextTakesTheColourOfTheThemeThatHoldsNow(t *testing.T) {
	app := show(t, ui.Light)
	text := NewText("Jane Doe", SizeBody, ColorText)
	window(t, text, 200, 40)
	light := drawn(text).Color
	dark := look(t, ui.Dark, "")
	app.Settings().SetTheme(dark)
	if got := drawn(text).Color; got != dark.Color(ColorText, 0) {
		t.Errorf("colour is %v, was %v, want %v", got, light, dark.Color(ColorText, 0))
	}
	text.SetColor(Failed.Text())
	if got, want := drawn(text).Color, color.Color(dark.Color(Failed.Text(), 0)); got != want {
		t.Errorf("after SetColor it is %v, want %v", got, want)
	}
}

func measure(s string) float32 { return fyne.MeasureText(s, 14, fyne.TextStyle{}).Width }

func drawn(t *Text) *canvas.Text { return test.WidgetRenderer(t).Objects()[0].(*canvas.Text) }

func TestATextThatChangesHasAnotherSize(t *testing.T) {
	test.NewTempApp(t)
	text := NewText("Jane", SizeBody, ColorText)
	_ = text.MinSize() // it is kept from here on
	same := func(what string, want *Text) {
		t.Helper()
		if got := text.MinSize(); got != want.MinSize() {
			t.Errorf("%s: the size is %v, want %v", what, got, want.MinSize())
		}
	}
	text.SetText("Jane Doe")
	same("other words", NewText("Jane Doe", SizeBody, ColorText))
	text.SetBold(true)
	same("bold", NewText("Jane Doe", SizeBody, ColorText).Bold())
	_ = text.Cut()
	same("cut", NewText("Jane Doe", SizeBody, ColorText).Bold().Cut())
	before := text.MinSize()
	fyne.CurrentApp().Settings().SetTheme(twice{fyne.CurrentApp().Settings().Theme()})
	text.Refresh() // as Fyne does with all that is on the screen
	if got := text.MinSize(); got.Height <= before.Height {
		t.Errorf("in a theme of twice the size it is %v, and was %v", got, before)
	}
}

// twice is a theme in which everything is twice as large.
type twice struct{ fyne.Theme }

func (w twice) Size(name fyne.ThemeSizeName) float32 { return 2 * w.Theme.Size(name) }
