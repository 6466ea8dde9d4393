//go:build !headless

package desktop

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"

	"fyne.io/fyne/v2"

	"ringback/ui"
)

// toastTakes is how long PowerShell may take to start and to show one.
const toastTakes = 30 * time.Second

// toastScript shows a notification without the system's sound, for it has ours. The words
// are a visitor's: they come by the environment and never stand in the script, where
// PowerShell would carry out what looks like one of its commands. Fyne writes them into
// the script, so its notifications are not used here.
const toastScript = `$ErrorActionPreference = 'Stop'
[Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications, ContentType = WindowsRuntime] > $null
[Windows.Data.Xml.Dom.XmlDocument, Windows.Data.Xml.Dom.XmlDocument, ContentType = WindowsRuntime] > $null
$xml = New-Object Windows.Data.Xml.Dom.XmlDocument
$xml.LoadXml('<toast><visual><binding template="ToastText02"><text id="1"/><text id="2"/></binding></visual><audio silent="true"/></toast>')
$texts = $xml.GetElementsByTagName('text')
$texts.Item(0).AppendChild($xml.CreateTextNode($env:RINGBACK_TOAST_TITLE)) > $null
$texts.Item(1).AppendChild($xml.CreateTextNode($env:RINGBACK_TOAST_BODY)) > $null
$toast = New-Object Windows.UI.Notifications.ToastNotification $xml
[Windows.UI.Notifications.ToastNotificationManager]::CreateToastNotifier($env:RINGBACK_TOAST_APP).Show($toast)`

// newShow returns what shows a notification, and what ends that. No click is reported.
func newShow(fyne.App, *session, *sounds) (show func(ui.Toast) (rings bool, err error), leave func(), err error) {
	return func(t ui.Toast) (bool, error) {
		ctx, stop := context.WithTimeout(context.Background(), toastTakes)
		defer stop()
		c := exec.CommandContext(ctx, "powershell.exe", "-NoProfile", "-NonInteractive", "-Command", toastScript)
		c.Env = append(os.Environ(), "RINGBACK_TOAST_TITLE="+t.Title, "RINGBACK_TOAST_BODY="+t.Body, "RINGBACK_TOAST_APP="+appID)
		c.SysProcAttr = &syscall.SysProcAttr{HideWindow: true}
		if said, err := c.CombinedOutput(); err != nil {
			return false, fmt.Errorf("show a notification: %w: %.200s", err, said)
		}
		return false, nil
	}, func() {}, nil
}
