//go:build !headless

package desktop

import (
	"fyne.io/fyne/v2"

	"ringback/ui"
)

// newShow returns what shows a notification, and what ends that. Fyne's makes no sound, and
// reports no click.
func newShow(a fyne.App, _ *session, _ *sounds) (show func(ui.Toast) (rings bool, err error), leave func(), err error) {
	return func(t ui.Toast) (bool, error) {
		a.SendNotification(fyne.NewNotification(t.Title, t.Body))
		return false, nil
	}, func() {}, nil
}
