// Package ui is the window: its look, its pages and what happens when they are
// pressed. It draws what package view has decided and sends the owner's wishes
// on; it knows neither the database nor the carrier, and not the desktop it
// runs on.
package ui

import (
	"fmt"
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"ringback/ui/widgets"
)

// Variant says whether the window is light or dark.
type Variant string

// The variants.
const (
	System Variant = "system" // as the computer's desktop is
	Light  Variant = "light"
	Dark   Variant = "dark"
)

// Theme is the look of the window: colours, sizes and distances by the names
// of Fyne and of package widgets. It never changes; for another look make
// another and give it to the app, and everything on the screen follows.
type Theme struct {
	variant     Variant
	light, dark palette
}

var _ fyne.Theme = (*Theme)(nil)

type palette map[fyne.ThemeColorName]color.Color

// NewTheme makes the look in a variant ("" is System) with the shop's accent,
// written like #0b6e4f ("" is a petrol blue). An accent too pale to be read is
// darkened, in the dark variant lightened, until it is. The error names a
// variant or an accent that is none.
func NewTheme(variant Variant, accent string) (*Theme, error) {
	t := &Theme{variant: variant, light: lightColors(), dark: darkColors()}
	switch variant {
	case "":
		t.variant = System
	case System, Light, Dark:
	default:
		return nil, fmt.Errorf("variant %q: want system, light or dark", variant)
	}
	if accent == "" {
		return t, nil
	}
	c, err := parseColor(accent)
	if err != nil {
		return nil, err
	}
	accentuate(t.light, c, color.NRGBA{A: 0xff}, tintLight)
	accentuate(t.dark, c, color.NRGBA{R: 0xff, G: 0xff, B: 0xff, A: 0xff}, tintDark)
	return t, nil
}

// Color is called by Fyne for each colour that is drawn.
func (t *Theme) Color(name fyne.ThemeColorName, system fyne.ThemeVariant) color.Color {
	colors, variant := t.light, theme.VariantLight
	if t.variant == Dark || t.variant == System && system == theme.VariantDark {
		colors, variant = t.dark, theme.VariantDark
	}
	if c, ok := colors[name]; ok {
		return c
	}
	return theme.DefaultTheme().Color(name, variant)
}

// Font is called by Fyne. Its own font stays, because its digits are all
// equally wide, so that clocks do not jump.
func (*Theme) Font(style fyne.TextStyle) fyne.Resource { return theme.DefaultTheme().Font(style) }

// Icon is called by Fyne, for the icons of its own widgets.
func (*Theme) Icon(name fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(name) }

var sizes = map[fyne.ThemeSizeName]float32{
	widgets.SizeRail:     11,
	widgets.SizeCaption:  12,
	widgets.SizeBody:     14,
	widgets.SizeLead:     16,
	widgets.SizeHeadline: 18,
	widgets.SizeTitle:    24,
	widgets.SizeNumber:   32,

	theme.SizeNamePadding:            4,
	theme.SizeNameInnerPadding:       8,
	theme.SizeNameLineSpacing:        4,
	theme.SizeNameInputRadius:        8,
	theme.SizeNameSelectionRadius:    8,
	theme.SizeNameInputBorder:        1,
	theme.SizeNameSeparatorThickness: 1,
	theme.SizeNameInlineIcon:         18,
	theme.SizeNameScrollBar:          10,
	theme.SizeNameScrollBarSmall:     4,
}

// Size is called by Fyne for each measure.
func (*Theme) Size(name fyne.ThemeSizeName) float32 {
	if s, ok := sizes[name]; ok {
		return s
	}
	return theme.DefaultTheme().Size(name)
}

func parseColor(s string) (color.NRGBA, error) {
	if len(s) == 7 && s[0] == '#' {
		if n, err := strconv.ParseUint(s[1:], 16, 32); err == nil {
			return hex(uint32(n)), nil
		}
	}
	return color.NRGBA{}, fmt.Errorf("accent %q: want # and six hexadecimal digits, as in #0b6e4f", s)
}

func hex(rgb uint32) color.NRGBA {
	return color.NRGBA{R: uint8(rgb >> 16), G: uint8(rgb >> 8), B: uint8(rgb), A: 0xff}
}

func veil(rgb uint32, alpha uint8) color.NRGBA {
	c := hex(rgb)
	c.A = alpha
	return c
}
