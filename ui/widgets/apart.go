package widgets

import "fyne.io/fyne/v2"

// Apart puts words at the left and what can be done at the right; where both don't fit, the
// actions stand below, from the left.
func Apart(gap float32, words, actions fyne.CanvasObject) *fyne.Container {
	return newContainer(&apart{gap: gap}, words, actions)
}

// apart remembers the width it was last given, because its height follows from that.
type apart struct{ gap, width float32 }

// roomForWords is the least width that words beside actions have.
const roomForWords float32 = 230

func (l *apart) below(parts []fyne.CanvasObject) bool {
	return l.width > 0 && roomForWords+l.gap+parts[1].MinSize().Width > l.width
}

func (l *apart) MinSize(parts []fyne.CanvasObject) fyne.Size {
	words, actions := parts[0].MinSize(), parts[1].MinSize()
	size := fyne.NewSize(max(words.Width, actions.Width), max(words.Height, actions.Height))
	if l.below(parts) {
		size.Height = words.Height + l.gap + actions.Height
	}
	return size
}

func (l *apart) Layout(parts []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	words, actions := parts[0], parts[1]
	a := actions.MinSize()
	if l.below(parts) {
		height := heightAt(words, size.Width)
		words.Move(fyne.Position{})
		actions.Move(fyne.NewPos(0, height+l.gap))
		actions.Resize(fyne.NewSize(size.Width, a.Height))
		return
	}
	height := heightAt(words, size.Width-a.Width-l.gap)
	words.Move(fyne.NewPos(0, (size.Height-height)/2))
	actions.Move(fyne.NewPos(size.Width-a.Width, (size.Height-a.Height)/2))
	actions.Resize(a)
}
