package assets

import "embed"

//go:embed tray/*.svg
var tray embed.FS

// Tray returns the SVG of the tray's icon for a state of the shop, "open" for
// tray/open.svg, in its own colours; it reads at 16 pixels. It is nil when there is no
// such icon.
func Tray(state string) []byte {
	b, err := tray.ReadFile("tray/" + state + ".svg")
	if err != nil {
		return nil // The only error of an embedded file: it is not there.
	}
	return b
}
