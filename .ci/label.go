//go:build ignore

// Label opens a window with one label: what .ci/bench measures Ringback's window against.
package main

import (
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/widget"
)

func main() {
	w := app.NewWithID("app.ringback.label").NewWindow("Label")
	w.SetContent(widget.NewLabel("Label"))
	w.ShowAndRun()
}
