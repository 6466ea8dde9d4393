package ui

import (
	"sync"

	"fyne.io/fyne/v2"

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

// role is view's role as the widgets know it: they have the same names.
func role(r view.Role) widgets.Role { return widgets.Role(r) }
