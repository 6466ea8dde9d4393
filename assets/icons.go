package assets

import (
	"embed"
	"slices"
	"strings"
)

//go:embed icons/*.svg
var icons embed.FS

//go:embed icon.svg
var appSVG []byte

//go:embed icon.png
var appPNG []byte

// Icon returns the SVG of the outline icon of this name, "phone" for
// icons/phone.svg: one black filled path on a 24 by 24 grid, to be recoloured
// by whoever draws it. It is nil when there is no such icon. The caller must
// not change the bytes.
func Icon(name string) []byte {
	b, err := icons.ReadFile("icons/" + name + ".svg")
	if err != nil {
		return nil // The only error of an embedded file: it is not there.
	}
	return b
}

// Icons returns the names of all outline icons, sorted.
func Icons() []string {
	entries, err := icons.ReadDir("icons")
	if err != nil {
		return nil // The folder is embedded, or this file does not compile.
	}
	names := make([]string, 0, len(entries))
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".svg"))
	}
	slices.Sort(names)
	return names
}

// AppSVG returns the app icon as SVG, with its own colours.
func AppSVG() []byte { return slices.Clone(appSVG) }

// AppPNG returns the app icon as a square PNG of 256 pixels, for the places
// that take no SVG, such as the title bar.
func AppPNG() []byte { return slices.Clone(appPNG) }
