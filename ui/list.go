package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringback/ui/view"
	"ringback/ui/widgets"
)

// requestList is Fyne's List with two differences: the keys that walk through it select
// at once, and what is selected is a request, not a place, so that a row that comes in
// above moves neither the choice nor what is on the screen.
type requestList struct {
	widget.List
	count    func() int
	row      func(i int) (r view.Row, known bool)
	selected func() int              // the place of the choice, or -1
	drawn    func()                  // another row is on the screen
	picked   func(i int)             // the user selected it
	pressed  func(fyne.KeyName) bool // a key that is none of the list's own; whether it means something

	shown   map[*widgets.Row]view.Row // what each row widget shows
	placing bool                      // the choice is being moved by us
}

func newRequestList() *requestList {
	l := &requestList{shown: map[*widgets.Row]view.Row{}}
	l.Length = func() int { return l.count() }
	l.CreateItem = func() fyne.CanvasObject { return widgets.NewRow() }
	l.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) { l.draw(i, o.(*widgets.Row)) }
	l.OnSelected = func(i widget.ListItemID) {
		if !l.placing && i < l.count() {
			l.picked(i)
		}
	}
	l.HideSeparators = true
	l.ExtendBaseWidget(l)
	return l
}

func (l *requestList) draw(i int, o *widgets.Row) {
	if i >= l.count() {
		return
	}
	if !l.placing {
		defer l.drawn()
	}
	r, known := l.row(i)
	l.shown[o] = r
	if !known {
		delete(l.shown, o)
		o.Set(widgets.RowContent{Title: "…"})
		return
	}
	o.Set(widgets.RowContent{
		Title: r.Title, Age: r.Age, Live: !r.Running.IsZero(), Second: r.Now, Third: r.Third,
		ChipRole: role(r.Chip.Role), ChipIcon: icon(r.Chip.Icon), ChipWord: r.Chip.Word,
	})
}

// show draws anew after the rows have changed. added is by how many places what is on the
// screen has moved down since; at the very top what is new comes into sight.
func (l *requestList) show(added int) {
	selected := l.selected()
	l.placing = true
	defer func() { l.placing = false }()
	offset := l.GetScrollOffset()
	if offset > 0 {
		offset = max(0, offset+float32(added)*rowStep())
	}
	l.Refresh()
	if selected < 0 {
		l.UnselectAll()
	} else {
		l.Select(selected)
		l.Highlight(selected)
	}
	l.ScrollToOffset(offset) // Select has gone to the choice, where nobody asked for it
}

// tick moves the clocks of the rows on the screen.
func (l *requestList) tick(age func(view.Row) string) {
	for o, r := range l.shown {
		o.SetAge(age(r))
	}
}

// TypedKey is called by Fyne while the list has the focus.
func (l *requestList) TypedKey(e *fyne.KeyEvent) {
	if !l.step(e.Name) && !l.pressed(e.Name) {
		l.List.TypedKey(e)
	}
}

// step selects a row above or below, by one or by what fits on the screen, the first or
// the last, and says whether the key means that.
func (l *requestList) step(key fyne.KeyName) bool {
	at, last := l.selected(), l.count()-1
	switch key {
	case fyne.KeyUp:
		at = max(0, at-1)
	case fyne.KeyDown:
		at = min(at+1, last)
	case fyne.KeyPageUp:
		at = max(0, at-l.fit())
	case fyne.KeyPageDown:
		at = min(at+l.fit(), last)
	case fyne.KeyHome:
		at = 0
	case fyne.KeyEnd:
		at = last
	default:
		return false
	}
	l.Select(at)
	l.Highlight(at)
	return true
}

// fit is how many whole rows are on the screen, at least one.
func (l *requestList) fit() int {
	return max(1, int(l.Size().Height/rowStep()))
}

// top is the place of the first row on the screen.
func (l *requestList) top() int { return max(0, min(int(l.GetScrollOffset()/rowStep()), l.count()-1)) }

// topAfter is the place of the first row on the screen when what is there has moved down.
func (l *requestList) topAfter(added int) int {
	if l.GetScrollOffset() == 0 {
		return 0
	}
	return max(0, min(l.top()+added, l.count()-1))
}

// rowStep is how far one row stands from the next.
func rowStep() float32 { return widgets.RowHeight + theme.Padding() }
