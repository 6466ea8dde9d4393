package ui

import (
	"bytes"
	"image/png"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/theme"

	"ringback/assets"
	"ringback/ui/view"
	"ringback/ui/widgets"
)

// icons are made once each: widgets compare resources to see whether one changed.
var icons sync.Map

// icon returns the outline icon of that name, nil for the empty name.
func icon(name string) fyne.Resource {
	if name == "" {
		return nil
	}
	if known, ok := icons.Load(name); ok {
		return known.(fyne.Resource)
	}
	made, _ := icons.LoadOrStore(name, fyne.NewStaticResource(name+".svg", assets.Icon(name)))
	return made.(fyne.Resource)
}

// Icon is the program's icon, in its own colours.
func Icon() fyne.Resource { return fyne.NewStaticResource("ringback.png", assets.AppPNG()) }

func logo() fyne.Resource { return fyne.NewStaticResource("ringback.svg", assets.AppSVG()) }

// trayIcon is the tray's icon for a state of the shop. macOS paints an icon of one colour
// itself, to fit a menu bar that is light or dark, and takes it as it is. Others say nothing
// of their panel's colour and take no SVG: they get a PNG on a ground of its own, which is
// seen on any.
func trayIcon(state, system string) fyne.Resource {
	if system == "darwin" {
		return trayMono(state)
	}
	name := "tray-" + state + ".png"
	if known, ok := icons.Load(name); ok {
		return known.(fyne.Resource)
	}
	c := software.NewTransparentCanvas()
	c.SetPadded(false)
	c.SetContent(canvas.NewImageFromResource(fyne.NewStaticResource(state+".svg", assets.Tray(state))))
	c.Resize(fyne.NewSquareSize(traySide))
	var b bytes.Buffer
	_ = png.Encode(&b, c.Capture()) // into memory: the only error would be a picture without a size
	made, _ := icons.LoadOrStore(name, fyne.NewStaticResource(name, b.Bytes()))
	return made.(fyne.Resource)
}

// trayMono is a themed resource, by which Fyne knows that the system is to paint it.
func trayMono(state string) fyne.Resource {
	name := "tray-" + state + "-mono.svg"
	if known, ok := icons.Load(name); ok {
		return known.(fyne.Resource)
	}
	made, _ := icons.LoadOrStore(name, theme.NewThemedResource(fyne.NewStaticResource(name, assets.TrayMono(state))))
	return made.(fyne.Resource)
}

// traySide is how many pixels the tray's icon has: enough for the largest tray.
const traySide = 64

// role is view's role as the widgets know it: they have the same names.
func role(r view.Role) widgets.Role { return widgets.Role(r) }
