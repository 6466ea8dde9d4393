package ui

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"ringback/ui/widgets"
)

// readable is the contrast that text needs (WCAG 2, level AA).
const readable = 4.5

// accentuate puts an accent into a palette, and all that is made from it. It
// is moved towards black or white in small steps until it can be read on all
// grounds, its own tint among them, and text on it can be read, too.
func accentuate(p palette, accent, towards color.NRGBA, tint func(color.NRGBA) (here, chosen color.NRGBA)) {
	const steps = 64
	for i := range steps + 1 {
		c := mix(accent, towards, float64(i)/steps)
		here, chosen := tint(c)
		put(p, c, here, chosen)
		if accentReadable(p) {
			return
		}
	}
}

func put(p palette, accent, here, chosen color.NRGBA) {
	focus := accent
	focus.A = p[theme.ColorNameFocus].(color.NRGBA).A
	p[widgets.ColorAccent] = accent
	p[theme.ColorNameHyperlink] = accent
	p[theme.ColorNameFocus] = focus
	p[widgets.ColorOnAccent] = onAccent(accent)
	p[widgets.ColorAccentTint] = here
	p[widgets.ColorSelected] = chosen
}

func accentReadable(p palette) bool {
	for _, ground := range accentGrounds {
		if contrast(p[widgets.ColorAccent], p[ground]) < readable {
			return false
		}
	}
	return contrast(p[widgets.ColorOnAccent], p[widgets.ColorAccent]) >= readable
}

// accentGrounds are the grounds on which words stand in the accent.
var accentGrounds = []fyne.ThemeColorName{
	widgets.ColorSurface, widgets.ColorPage, widgets.ColorSidebar, widgets.ColorSunken, widgets.ColorAccentTint,
}

func tintLight(accent color.NRGBA) (here, chosen color.NRGBA) {
	white := hex(0xffffff)
	return mix(white, accent, .16), mix(white, accent, .12)
}

func tintDark(accent color.NRGBA) (here, chosen color.NRGBA) {
	here = mix(hex(0x000000), accent, .25)
	return here, here
}

// onAccent is white, or the accent's own hue nearly black, whichever is easier
// to read.
func onAccent(accent color.NRGBA) color.NRGBA {
	white, deep := hex(0xffffff), mix(accent, hex(0x000000), .8)
	if contrast(white, accent) >= contrast(deep, accent) {
		return white
	}
	return deep
}

// formButton is the button of the form in an accent, and its text, by the arithmetic of
// form.css: a light accent stays and has black text, any other has white text and is dimmed
// in linear light where that could not be read.
func formButton(accent color.NRGBA) (fill, on color.NRGBA) {
	const light, dim = .35, .18
	y := luminance(accent)
	if y > light {
		return accent, hex(0x000000)
	}
	share := min(1, dim/max(y, .0001))
	return color.NRGBA{R: dimmed(accent.R, share), G: dimmed(accent.G, share), B: dimmed(accent.B, share), A: 0xff}, hex(0xffffff)
}

// dimmed is a channel with that share of its light.
func dimmed(channel uint8, share float64) uint8 {
	if share >= 1 {
		return channel
	}
	x := linear(uint32(channel)*0x101) * share
	if x <= .0031308 {
		return uint8(math.Round(x * 12.92 * 0xff))
	}
	return uint8(math.Round((1.055*math.Pow(x, 1/2.4) - .055) * 0xff))
}

func mix(a, b color.NRGBA, share float64) color.NRGBA {
	channel := func(x, y uint8) uint8 {
		return uint8(math.Round(float64(x) + (float64(y)-float64(x))*share))
	}
	return color.NRGBA{R: channel(a.R, b.R), G: channel(a.G, b.G), B: channel(a.B, b.B), A: 0xff}
}

// contrast is the ratio of two colours' brightness as WCAG 2 defines it, from
// 1 to 21.
func contrast(a, b color.Color) float64 {
	bright, dim := luminance(a), luminance(b)
	if bright < dim {
		bright, dim = dim, bright
	}
	return (bright + .05) / (dim + .05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	return .2126*linear(r) + .7152*linear(g) + .0722*linear(b)
}

func linear(channel uint32) float64 {
	x := float64(channel) / 0xffff
	if x <= .04045 {
		return x / 12.92
	}
	return math.Pow((x+.055)/1.055, 2.4)
}
