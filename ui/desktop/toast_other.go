//go:build !headless && (windows || darwin)

package desktop

import (
	"fyne.io/fyne/v2"

	"ringback/ui"
)

// newShow returns what shows a notification, and what ends that. The system plays its own
// sound, and reports no click.
func newShow(a fyne.App, _ *session) (show func(ui.Toast) error, leave func(), err error) {
	return func(t ui.Toast) error {
		a.SendNotification(fyne.NewNotification(t.Title, t.Body))
		return nil
	}, func() {}, nil
}
