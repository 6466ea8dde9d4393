package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Colours that a theme for these widgets has. The ones with a name of Fyne's
// are shared with its widgets.
const (
	ColorSidebar    fyne.ThemeColorName = "ringbackSidebar"    // the darkest ground, at the left
	ColorPage       fyne.ThemeColorName = "ringbackPage"       // lists and the ground of pages
	ColorSurface    fyne.ThemeColorName = "ringbackSurface"    // cards and the detail
	ColorRaised     fyne.ThemeColorName = "ringbackRaised"     // the chosen segment
	ColorSunken     fyne.ThemeColorName = "ringbackSunken"     // read-only fields, empty strips
	ColorHairline   fyne.ThemeColorName = "ringbackHairline"   // edges of cards, lines between parts
	ColorSecond     fyne.ThemeColorName = "ringbackSecond"     // second text
	ColorAccentTint fyne.ThemeColorName = "ringbackAccentTint" // "you are here"
	ColorPhoneBody  fyne.ThemeColorName = "ringbackPhoneBody"  // the case of a drawn phone

	ColorText       = theme.ColorNameForeground
	ColorHint       = theme.ColorNamePlaceHolder // in fields only
	ColorAccent     = theme.ColorNamePrimary
	ColorOnAccent   = theme.ColorNameForegroundOnPrimary
	ColorButton     = theme.ColorNameButton
	ColorFieldEdge  = theme.ColorNameInputBorder
	ColorDanger     = theme.ColorNameError
	ColorOnDanger   = theme.ColorNameForegroundOnError
	ColorDisabled   = theme.ColorNameDisabled
	ColorButtonOff  = theme.ColorNameDisabledButton
	ColorSelected   = theme.ColorNameSelection
	colorHover      = theme.ColorNameHover
	colorPressed    = theme.ColorNamePressed
	colorNone       = fyne.ThemeColorName("")
	radiusFull      = float32(-1) // half of the height: a pill or a circle
	ringWidth       = float32(2)
	ringOutset      = float32(3)
	hairlineWidth   = float32(1)
	minimumCutWidth = float32(24)
)

// Text sizes that a theme for these widgets has, from small to large.
const (
	SizeRail     fyne.ThemeSizeName = "ringbackRail"               // 11: labels of the narrow bar
	SizeCaption                     = theme.SizeNameCaptionText    // 12: second lines
	SizeBody                        = theme.SizeNameText           // 14: rows, buttons, fields
	SizeLead     fyne.ThemeSizeName = "ringbackLead"               // 16: quote, number
	SizeHeadline                    = theme.SizeNameSubHeadingText // 18: state, call card
	SizeTitle                       = theme.SizeNameHeadingText    // 24: page, name, call clock
	SizeNumber   fyne.ThemeSizeName = "ringbackNumber"             // 32: figures
)

// Distances, and the radii of corners, in Fyne's units, which scale with the
// size that the user has set.
const (
	Gap1 float32 = 2
	Gap2 float32 = 4
	Gap3 float32 = 8
	Gap4 float32 = 12
	Gap5 float32 = 16
	Gap6 float32 = 24

	RadiusCard    float32 = 12
	RadiusControl float32 = 8
)
