package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringback/ui/view"
	"ringback/ui/widgets"
)

// entryList is Fyne's List of the event log: the arrow keys go from entry to entry, Enter
// opens the request of the one that one is at.
type entryList struct {
	widget.List
	count func() int
	row   func(i int) view.EntryRow
	drawn func(i int)   // that row is on the screen
	open  func(r int64) // the user wants that request
	at    int           // the entry that one is at; -1: none

}

func newEntryList() *entryList {
	l := &entryList{at: -1}
	l.Length = func() int { return l.count() }
	l.CreateItem = func() fyne.CanvasObject { return widgets.NewLogRow() }
	l.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) { l.draw(i, o.(*widgets.LogRow)) }
	l.OnSelected = func(i widget.ListItemID) { l.at = i }
	l.ExtendBaseWidget(l)
	return l
}

func (l *entryList) draw(i int, o *widgets.LogRow) {
	if i >= l.count() {
		return
	}
	r := l.row(i)
	c := widgets.LogContent{Time: r.Time, Who: r.Who, What: r.What, Role: role(r.Role), Icon: icon(r.Icon), Link: r.Request}
	if r.ID != 0 {
		c.OnLink = func() { l.open(r.ID) }
	}
	o.Set(c)
	l.drawn(i)
}

// show draws anew; added rows came in above.
func (l *entryList) show(added int) {
	offset := l.GetScrollOffset()
	if offset > 0 {
		offset += float32(added) * (widgets.LogRowHeight + theme.Padding())
	}
	l.Refresh()
	if l.at >= 0 {
		l.at += added
		l.Select(l.at)
		l.Highlight(l.at)
	}
	l.ScrollToOffset(offset)
}

// begin forgets which entry one is at, and goes to the newest.
func (l *entryList) begin() {
	l.at = -1
	l.UnselectAll()
	l.ScrollToTop()
}

// TypedKey is called by Fyne while the list has the focus.
func (l *entryList) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyUp:
		l.goTo(l.at - 1)
	case fyne.KeyDown:
		l.goTo(l.at + 1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if l.at >= 0 && l.at < l.count() {
			if id := l.row(l.at).ID; id != 0 {
				l.open(id)
			}
		}
	default:
		l.List.TypedKey(e)
	}
}

func (l *entryList) goTo(i int) {
	if l.count() == 0 {
		return
	}
	i = min(max(0, i), l.count()-1)
	l.Select(i)
	l.Highlight(i)
}
