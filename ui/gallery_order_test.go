package ui

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ringback/ui/widgets"
)

// area is a part of the screen.
type area struct{ left, top, right, bottom float32 }

func areaOf(at fyne.Position, size fyne.Size) area {
	return area{at.X, at.Y, at.X + size.Width, at.Y + size.Height}
}

func (a area) both(b area) area {
	return area{max(a.left, b.left), max(a.top, b.top), min(a.right, b.right), min(a.bottom, b.bottom)}
}

// more says whether it is more than a pixel's rounding in both directions.
func (a area) more(than float32) bool { return a.right-a.left > than && a.bottom-a.top > than }

// spot is something that is visible, where it stands, and what of it a scroll lets be seen.
type spot struct {
	object      fyne.CanvasObject
	area, shown area
}

// survey visits everything that is visible, with its place; what visit returns false for is
// visited as a whole.
func survey(o fyne.CanvasObject, at fyne.Position, clip area, visit func(spot) bool) {
	if !o.Visible() {
		return
	}
	whole := areaOf(at, o.Size())
	if !visit(spot{o, whole, whole.both(clip)}) {
		return
	}
	var parts []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		parts = o.Objects
	case fyne.Widget:
		parts = test.WidgetRenderer(o).Objects()
	}
	if _, ok := o.(*container.Scroll); ok {
		clip = clip.both(whole)
	}
	for _, p := range parts {
		survey(p, at.Add(p.Position()), clip, visit)
	}
}

// wantInOrder checks that all of the window can be read: see TestGallery.
func (o *opened) wantInOrder(l look) {
	o.t.Helper()
	if got := o.Fyne().Canvas().Size(); got != fyne.NewSize(l.width, l.height) {
		o.t.Errorf("%s: the window is %v", l.name, got)
	}
	window := area{0, 0, l.width, l.height}
	o.inOrder(l, o.Fyne().Content(), window)
	if top := o.over(); top != nil {
		o.inOrder(l, top, window)
	}
}

func (o *opened) inOrder(l look, root fyne.CanvasObject, window area) {
	o.t.Helper()
	var lines []spot
	survey(root, root.Position(), window, func(p spot) bool {
		if p.object == o.message.float && root != p.object {
			return false // lies over the page's corner, and goes by itself
		}
		o.wantRoom(l, p, window)
		switch said := p.object.(type) {
		case *widgets.Text:
			o.wantTranslated(l, said.Text())
		case *widgets.Para:
			o.wantTranslated(l, said.Text())
		case *widget.Entry, *widget.Select:
		default:
			return true
		}
		if p.said() != "" {
			lines = append(lines, p)
		}
		return false
	})
	for i, a := range lines {
		for _, b := range lines[:i] {
			if a.shown.both(b.shown).more(2) {
				o.t.Errorf("%s: %v lies over %v", l.name, a, b)
			}
		}
	}
}

// wantRoom checks that a part is inside the window and not smaller than it has to be.
func (o *opened) wantRoom(l look, p spot, window area) {
	o.t.Helper()
	if p.shown.more(0) && (p.area.left < window.left-0.5 || p.area.right > window.right+0.5) {
		o.t.Errorf("%s: %v reaches out of the window", l.name, p)
	}
	switch said := p.object.(type) {
	case *widgets.Text:
		if said.Shown() != said.Text() && (said.Shown() == "" || sentences(l.language)[said.Text()]) {
			o.t.Errorf("%s: %v is shown as %q", l.name, p, said.Shown())
		}
	case *widgets.Para, *widgets.Button, *widgets.Chip:
	default:
		return
	}
	if need, has := p.object.MinSize(), p.object.Size(); need.Width > has.Width+0.5 || need.Height > has.Height+0.5 {
		o.t.Errorf("%s: %v has %v and needs %v", l.name, p, has, need)
	}
}

// said are the words of a part that has some.
func (p spot) said() string {
	switch o := p.object.(type) {
	case *widgets.Text:
		return o.Text()
	case *widgets.Para:
		return o.Text()
	case *widgets.Button:
		return o.Label()
	case *widget.Entry:
		return o.PlaceHolder + " " // a field without a hint takes room, too
	case *widget.Select:
		return o.Selected + " "
	}
	return ""
}

func (p spot) String() string { return fmt.Sprintf("%T %q at %v", p.object, p.said(), p.area) }

var aKey = regexp.MustCompile(`^[a-z0-9]+(_[a-z0-9]+)+$|\{[a-z]+\}`)

// wantTranslated checks that a text is no key, has no place left open and, in Spanish, is no
// sentence that is said otherwise there.
func (o *opened) wantTranslated(l look, text string) {
	o.t.Helper()
	if aKey.MatchString(text) {
		o.t.Errorf("%s: %q is not translated", l.name, text)
	}
	if l.language != "en" && slices.Contains(englishOnly(), text) {
		o.t.Errorf("%s: %q is English", l.name, text)
	}
}

// englishOnly are the sentences that no Spanish one is the same as.
var englishOnly = sync.OnceValue(func() (all []string) {
	english, spanish := sentences("en"), sentences("es")
	for s := range english {
		if !spanish[s] {
			all = append(all, s)
		}
	}
	return all
})

// sentences are those of a language that have no place to be filled.
func sentences(language string) map[string]bool {
	if all, ok := sentencesRead.Load(language); ok {
		return all.(map[string]bool)
	}
	all := map[string]bool{}
	files, _ := filepath.Glob(filepath.Join("..", "assets", "translations", language, "*.json"))
	for _, file := range files {
		var said map[string]string
		data, err := os.ReadFile(file)
		if err := errors.Join(err, json.Unmarshal(data, &said)); err != nil {
			panic(err)
		}
		for _, s := range said {
			all[s] = true
		}
	}
	sentencesRead.Store(language, all)
	return all
}

var sentencesRead sync.Map // what sentences returned

func TestTheGalleryKnowsEnglishFromSpanish(t *testing.T) {
	if all := englishOnly(); !slices.Contains(all, "Requests") || slices.Contains(all, "Solicitudes") || slices.Contains(all, "Ringback") {
		t.Errorf("%d sentences are English only", len(all))
	}
}
