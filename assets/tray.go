package assets

import "embed"

//go:embed tray/*.svg
var tray embed.FS

// Tray returns the SVG of the tray's icon for a state of the shop, "open" for
// tray/open.svg, in its own colours; it reads at 16 pixels. It is nil when there is no
// such icon.
func Tray(state string) []byte { return trayFile(state) }

// TrayMono returns the same in one colour and without a ground, for a tray that paints its
// icons itself.
func TrayMono(state string) []byte { return trayFile(state + "-mono") }

func trayFile(name string) []byte {
	b, err := tray.ReadFile("tray/" + name + ".svg")
	if err != nil {
		return nil // The only error of an embedded file: it is not there.
	}
	return b
}
