package widgets

import "fyne.io/fyne/v2"

// toastWidth is as wide as a toast gets.
const toastWidth float32 = 460

// NewToast tells in a sentence what was done, in a small card that lies over a page: an
// icon, the sentence, and actions at the right. It is meant for Float.
func NewToast(role Role, icon fyne.Resource, sentence string, actions ...fyne.CanvasObject) *fyne.Container {
	parts := append([]fyne.CanvasObject{NewIcon(icon, 18, role.Text()), Grow(NewPara(sentence, SizeBody, role.Text()))}, actions...)
	return NewBox(role.Tint(), ColorHairline, RadiusCard, Pad(Gap3, Gap4, Gap3, Gap5, Across(10, parts...)))
}

// Float lays a part over the right lower corner of its box, so that nothing below it
// moves when it comes or goes.
func Float(part fyne.CanvasObject) *fyne.Container { return newContainer(float{}, part) }

type float struct{}

func (float) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (float) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	part := parts[0]
	width := min(toastWidth, max(0, size.Width-2*Gap5))
	part.Resize(fyne.NewSize(width, 0)) // wrapped text knows its height only at its width
	height := part.MinSize().Height
	part.Resize(fyne.NewSize(width, height))
	part.Move(fyne.NewPos(size.Width-width-Gap5, max(0, size.Height-height-Gap5)))
}
