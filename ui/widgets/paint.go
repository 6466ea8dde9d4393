package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// paint looks a colour up in the theme that holds for w; the zero name is no
// colour.
func paint(name fyne.ThemeColorName, w fyne.Widget) color.Color {
	if name == colorNone {
		return color.Transparent
	}
	return theme.ColorForWidget(name, w)
}
