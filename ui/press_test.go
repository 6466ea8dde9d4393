package ui

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ringback/ui/widgets"
)

// TestEverythingThatCanBePressedDoesSomething presses, in each scene of the gallery, each
// thing that can be pressed there and in the menus and questions that open then, each in a
// window of its own: Desk is asked, another page or something over the window is shown,
// something is copied or changes. What is the same on every page is pressed on the first
// one, and of several that look alike, such as rows, two are.
func TestEverythingThatCanBePressedDoesSomething(t *testing.T) {
	known := map[string]bool{}
	for _, s := range scenes() {
		for _, state := range states {
			// What Cancel stops is waited for in activity_test, and the tray is the desktop's.
			if s.in(state) && s.page != "over-export" && s.page != "over-tray" {
				t.Run(s.page+"-"+state, func(t *testing.T) {
					pressAll(t, known, func() (*opened, *fakeDesk) { return s.open(t, state, Light, "en") })
				})
			}
		}
	}
}

// pressAll presses everything in the window that open opens, each in a new one.
func pressAll(t *testing.T, known map[string]bool, open func() (*opened, *fakeDesk)) {
	t.Helper()
	first, desk := open()
	first.settle()
	fresh := true // nothing was pressed in the first one
	all, names := first.pressers()
	if len(names) == 0 {
		t.Error("nothing can be pressed")
	}
	for i, name := range names {
		if known[name] {
			continue
		}
		known[name] = true
		press := func() (*opened, *fakeDesk, outcome) {
			o, f := first, desk
			if !fresh {
				o, f = open()
				o.settle()
			}
			fresh = false
			o.points = t.TempDir() // files are written there
			now, again := o.pressers()
			if i >= len(again) || again[i] != name {
				t.Fatalf("%s is not there a second time", name)
			}
			was := o.outcome(f)
			test.Tap(now[i])
			return o, f, was
		}
		o, f, was := press()
		o.settle()
		o.until("a sound has ended", func() bool { return !o.playing })
		did := was.did(o.outcome(f))
		t.Logf("%s: %s", name, did)
		switch {
		case did == "" || did == closes && itemOf(all[i]) != nil: // a question can be answered by No
			t.Errorf("%s does nothing", name)
		case did == opens && o.ours() && !isSelect(all[i]):
			pressAll(t, known, func() (*opened, *fakeDesk) {
				o, f, _ := press()
				return o, f
			})
		}
		o.Close()
	}
	first.Close() // again, where something was pressed in it
}

// A presser is what somebody can click on: a button, an entry of the side bar, of a list or
// of a menu, a key of a drawn phone, a tick, a link.
type presser interface {
	fyne.Widget
	fyne.Tappable
}

// pressers are what can be pressed now, and what each is: in what stands over the window, or
// else in the window. What is disabled can't be, what holds already has no reason to be, and
// a field takes what is typed.
func (o *opened) pressers() (all []presser, names []string) {
	root := o.over()
	if root == nil {
		root = o.Fyne().Content()
	}
	chosen := -1 // of the choices that come next
	walk(root, func(c fyne.CanvasObject) bool {
		switch c := c.(type) {
		case interface{ SelectedText() string }:
			return false
		case *widgets.NavItem:
			if c.Selected() {
				return false
			}
		case *widgets.Swatch:
			if c.Chosen() {
				return false
			}
		case *widgets.Segmented:
			chosen = c.Selected()
			return true
		case *widgets.Phone:
			return true
		case *widgets.Row:
			if o.requests.list.shown[c].ID == o.chosen {
				all = all[:len(all)-1]
			}
			return false
		case *widgets.LogRow: // its line can't be chosen, but has a link
			all = all[:len(all)-1]
			return true
		}
		switch kind := fmt.Sprintf("%T", c); {
		case slices.Contains([]string{"*widget.scrollBarArea", "*widget.OverlayContainer", "*widget.PopUpMenu", "*widget.PopUp"}, kind):
			return true // Fyne's own
		case kind == "*widgets.segment":
			if chosen--; chosen == -1 {
				return false
			}
		}
		if d, ok := c.(interface{ Disabled() bool }); ok && d.Disabled() {
			return false
		}
		if item := itemOf(c); item != nil && (item.Disabled || item.Checked) {
			return false
		}
		if p, ok := c.(presser); ok {
			all = append(all, p)
		}
		return true
	})
	return all, o.names(all)
}

// names say what each is: where it stands, its kind, its signs and words, and whether one
// that looks alike comes before it.
func (o *opened) names(all []presser) (names []string) {
	seen, framed := map[string]bool{}, o.framed()
	for _, p := range all {
		where, signs := fmt.Sprintf("%T", o.here), signsOf(p)
		switch {
		case o.over() != nil:
			where += ", over it"
		case framed[p]:
			where = "the side bar"
		}
		names = append(names, fmt.Sprintf("%s: %s, another: %v", where, signs, seen[signs]))
		seen[signs] = true
	}
	return names
}

// framed are the parts of the side bar.
func (o *opened) framed() map[fyne.CanvasObject]bool {
	all := map[fyne.CanvasObject]bool{}
	walk(o.frame.sidebar, func(c fyne.CanvasObject) bool {
		all[c] = true
		return true
	})
	return all
}

func signsOf(p presser) string {
	kind := fmt.Sprintf("%T", p)
	if kind == "*widget.listItem" || kind == "*widgets.link" {
		return kind // rows are many, and all the same
	}
	var signs []string
	walk(p, func(c fyne.CanvasObject) bool {
		switch c := c.(type) {
		case *canvas.Text:
			signs = append(signs, c.Text)
		case *canvas.Image:
			if c.Resource != nil {
				signs = append(signs, c.Resource.Name())
			}
		}
		return true
	})
	return strings.Join(append([]string{kind}, signs...), " ")
}

// ours says whether what stands over the window is a menu or a question, and none of Fyne's
// dialogs for files.
func (o *opened) ours() bool {
	ours := true
	walk(o.over(), func(c fyne.CanvasObject) bool {
		if _, ok := c.(*widget.Button); ok {
			ours = false
		}
		return ours
	})
	return ours
}

// itemOf is what a line of a menu stands for; nil: it is none. Fyne tells it nobody.
func itemOf(c fyne.CanvasObject) *fyne.MenuItem {
	if fmt.Sprintf("%T", c) != "*widget.menuItem" {
		return nil
	}
	return reflect.ValueOf(c).Elem().FieldByName("Item").Interface().(*fyne.MenuItem)
}

// outcome is everything that can be seen of what a press did.
type outcome struct {
	asked     []string // of Desk
	checks    int      // of the log
	here      page
	over      fyne.CanvasObject
	clipboard string
	browsed   int
	played    int
	shown     string // all words on the screen, and which choices hold
	field     fyne.Focusable
}

func (o *opened) outcome(f *fakeDesk) outcome {
	var shown strings.Builder
	walk(o.Fyne().Content(), func(c fyne.CanvasObject) bool {
		switch c := c.(type) {
		case *canvas.Text:
			fmt.Fprintln(&shown, c.Text)
		case *widgets.Para:
			fmt.Fprintln(&shown, c.Text())
		case *canvas.Image:
			fmt.Fprintln(&shown, c.Resource)
		case *widgets.Segmented:
			fmt.Fprintln(&shown, c.Selected())
		case *widgets.Tick:
			fmt.Fprintln(&shown, c.Ticked())
		case fyne.Disableable:
			fmt.Fprintln(&shown, c.Disabled())
		}
		return true
	})
	field := o.Fyne().Canvas().Focused()
	if _, ok := field.(interface{ SelectedText() string }); !ok {
		field = nil // a click gives the keyboard to what is clicked
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return outcome{slices.Clone(f.done), f.log.checks, o.here, o.over(), o.o.App.Clipboard().Content(), len(o.urls), int(o.played.Load()), shown.String(), field}
}

const (
	opens  = "opens something over the window"
	closes = "closes what was over the window"
)

// did says what a press did; empty: nothing.
func (was outcome) did(now outcome) string {
	switch {
	case now.here != was.here:
		return fmt.Sprintf("leads to %T", now.here)
	case len(now.asked) > len(was.asked):
		return "asks Desk: " + strings.Join(now.asked[len(was.asked):], "; ")
	case now.checks != was.checks:
		return "has the log checked"
	case now.clipboard != was.clipboard:
		return "copies " + now.clipboard
	case now.browsed != was.browsed:
		return "opens the browser"
	case now.played != was.played:
		return "plays a sound"
	case now.over != was.over && now.over != nil:
		return opens
	case now.shown != was.shown:
		return "changes what is shown"
	case now.field != was.field:
		return "gives the keyboard to a field"
	case now.over != was.over:
		return closes
	}
	return ""
}

// isSelect: its list is Fyne's own, and often long.
func isSelect(p presser) bool {
	_, is := p.(interface{ SetSelectedIndex(int) })
	return is
}
