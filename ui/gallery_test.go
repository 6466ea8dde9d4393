package ui

import (
	"os"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"ringback/ui/widgets"
)

// A scene is something that can be seen in the window: a page, or what stands over one.
// It is drawn in the three shops of states, each in all looks, as
// <page>-<state>-<look>.png.
type scene struct {
	page   string
	states []string // of the shop; nil: all
	shop   func(state string) *fakeDesk
	show   func(o *opened, state string) // leads there in a window that has just been opened
}

// states are what a shop can be like: nobody has asked yet, a full day, and a day on which
// whatever the page speaks of is wrong.
var states = []string{"empty", "busy", "troubled"}

// A look is how a scene is drawn.
type look struct {
	name          string
	variant       Variant
	width, height float32
	language      string
}

var looks = []look{
	{"light", Light, startWidth, startHeight, "en"},
	{"minimum", Light, widgets.MinWidth, widgets.MinHeight, "en"},
	{"dark", Dark, startWidth, startHeight, "en"},
	{"spanish", Dark, widgets.MinWidth, widgets.MinHeight, "es"},
}

// in says whether the scene can be seen in such a shop.
func (s scene) in(state string) bool { return s.states == nil || slices.Contains(s.states, state) }

// open opens a window that shows the scene.
func (s scene) open(t testing.TB, state string, v Variant, language string) (*opened, *fakeDesk) {
	t.Helper()
	f := s.shop(state)
	f.shop.Language = language
	o := openIn(t, f, v)
	if s.show != nil {
		s.show(o, state)
	}
	return o, f
}

// TestGallery looks at every scene in every look: nothing is narrower than what stands in
// it, nothing lies over something else, nothing is left untranslated. With RINGBACK_GALLERY
// set to a folder it leaves pictures there, to be looked at; without, it takes the look that
// has the least room and the longest words alone, and draws only the
// pages of a busy shop.
func TestGallery(t *testing.T) {
	drawn := os.Getenv("RINGBACK_GALLERY") != ""
	for _, s := range scenes() {
		for _, state := range states {
			if !s.in(state) {
				continue
			}
			t.Run(s.page+"-"+state, func(t *testing.T) {
				var o *opened
				for i, l := range looks {
					if !drawn && l.name != "spanish" {
						continue
					}
					if o == nil || l.variant != looks[i-1].variant || l.language != looks[i-1].language {
						o, _ = s.open(t, state, l.variant, l.language)
					}
					o.resize(l.width, l.height)
					o.wantInOrder(l)
					if drawn || len(s.states) == 0 && state == "busy" {
						o.keep(s.page + "-" + state + "-" + l.name)
					}
				}
			})
		}
	}
}

// TestEveryPageIsInTheGallery: a page that is added is looked at, too.
func TestEveryPageIsInTheGallery(t *testing.T) {
	seen := map[page]bool{}
	o := open(t, galleryShop("busy"))
	for _, l := range o.places {
		seen[l.page] = false
	}
	for _, s := range scenes() {
		if len(s.states) == 0 {
			name, _, _ := strings.Cut(s.page, "-")
			for _, l := range o.places {
				if strings.EqualFold(l.nav[0].Label(), name) {
					seen[l.page] = true
				}
			}
		}
	}
	for _, l := range o.places {
		if !seen[l.page] {
			t.Errorf("%s is not in the gallery in all states", l.nav[0].Label())
		}
	}
}

// over is what stands over the window's pages, such as a menu or a question; nil: nothing.
func (o *opened) over() fyne.CanvasObject { return o.Fyne().Canvas().Overlays().Top() }
