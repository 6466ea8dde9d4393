package widgets_test

import (
	"image"
	"image/color"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"ringback/ui"
	. "ringback/ui/widgets"
)

// A window that was light and becomes dark while it is shown must look like one
// that was dark from the start: every colour is looked up anew.
func TestAChangeOfThemeRecoloursWhatIsOnTheScreen(t *testing.T) {
	pages := []struct {
		name string
		draw func() fyne.CanvasObject
	}{
		{"chips, buttons, segments, navigation", drawSmall},
		{"requests: rows, quote, call, notice, timeline, state", drawRequests},
		{"practice: banner, phones, bubbles", drawPractice},
		{"empty state", drawEmpty},
		{"fields, choices, ticks, cards", drawFields},
	}
	for _, p := range pages {
		t.Run(p.name, func(t *testing.T) {
			want := fresh(t, p.draw)
			app := show(t, ui.Light)
			w := window(t, p.draw(), 1100, 720)
			light := w.Canvas().Capture()
			app.Settings().SetTheme(look(t, ui.Dark, ""))
			got := w.Canvas().Capture()
			if n := different(light, got); n == 0 {
				t.Fatal("nothing was recoloured")
			}
			if n := different(got, want); n > 0 {
				keep(t, "recoloured", got)
				t.Errorf("%d pixels differ from a window that was dark from the start", n)
			}
		})
	}
}

func TestAChangeOfAccentRecoloursTheMainButton(t *testing.T) {
	app := show(t, ui.Light)
	b := NewButton(Main, "Call now", nil, nothing)
	w := window(t, b, 200, 40)
	theme := look(t, ui.Light, "#7a1f5c")
	app.Settings().SetTheme(theme)
	if got, want := at(w, 20, 5), theme.Color(ColorAccent, 0); !same(got, want) {
		t.Errorf("its ground is %v, want %v", got, want)
	}
}

func fresh(t *testing.T, draw func() fyne.CanvasObject) image.Image {
	t.Helper()
	show(t, ui.Dark)
	return window(t, draw(), 1100, 720).Canvas().Capture()
}

func at(w fyne.Window, x, y int) color.Color { return w.Canvas().Capture().At(x, y) }

// count returns how many pixels have exactly this colour.
func count(w fyne.Window, c color.Color) (n int) {
	img := w.Canvas().Capture()
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			if same(img.At(x, y), c) {
				n++
			}
		}
	}
	return n
}

func same(a, b color.Color) bool {
	ar, ag, ab, aa := a.RGBA()
	br, bg, bb, ba := b.RGBA()
	return ar == br && ag == bg && ab == bb && aa == ba
}

func different(a, b image.Image) (n int) {
	x, y := a.(*image.NRGBA), b.(*image.NRGBA)
	for i := 0; i < len(x.Pix) && i < len(y.Pix); i += 4 {
		if !slices.Equal(x.Pix[i:i+4], y.Pix[i:i+4]) {
			n++
		}
	}
	return n + max(len(x.Pix), len(y.Pix)) - min(len(x.Pix), len(y.Pix))
}
