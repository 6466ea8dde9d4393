package widgets

import "fyne.io/fyne/v2"

const (
	dateDayWidth   float32 = 140
	dateLineHeight float32 = 34
)

// HoursDateLine is a date in a list: the day, what it is, a chip with its hours, and a button.
func HoursDateLine(day, what, chip, button fyne.CanvasObject) *fyne.Container {
	return Fixed(0, dateLineHeight, Across(Gap4, Fixed(dateDayWidth, 0, day), Grow(what), chip, button))
}
