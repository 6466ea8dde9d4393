package ui

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringback/ui/view"
)

// menu is what can be asked for of the request that is shown, besides its buttons.
func (d *detailPane) menu() *fyne.Menu {
	m := fyne.NewMenu("")
	for _, a := range d.shown.Menu {
		item := fyne.NewMenuItem(a.Label, func() { d.press(a.Kind) })
		item.Icon = theme.NewThemedResource(icon(a.Icon)) // or it is black in the dark, too
		m.Items = append(m.Items, item)
	}
	return m
}

func (d *detailPane) showMenu() {
	below := fyne.CurrentApp().Driver().AbsolutePositionForObject(d.more).AddXY(0, d.more.Size().Height)
	widget.ShowPopUpMenuAtPosition(d.menu(), d.w.win.Canvas(), below)
}

func (d *detailPane) offers(kind view.ActionKind) bool {
	return slices.ContainsFunc(d.shown.Actions, func(a view.Action) bool { return a.Kind == kind })
}

// pressMain does what is likeliest, where something is.
func (d *detailPane) pressMain() {
	if i := slices.IndexFunc(d.shown.Actions, func(a view.Action) bool { return a.Main }); i >= 0 {
		d.press(d.shown.Actions[i].Kind)
	}
}

// block asks that the number of the request that is shown be blocked, or no longer.
func (d *detailPane) block(blocked bool) { d.blockNumber(d.shown.ID, d.shown.Title, blocked) }

func (d *detailPane) blockNumber(id int64, who string, blocked bool) {
	ask, said := d.w.o.Desk.Unblock, "requests_unblocked_notice"
	if blocked {
		ask, said = d.w.o.Desk.Block, "requests_blocked_notice"
	}
	d.w.errand(func(ctx context.Context) error { return ask(ctx, id) }, func() {
		d.w.message.say(d.w.words.Say(said, "who", who), d.w.words.Say("undo"), d.w.o.Now(), func() {
			d.w.message.hide()
			d.blockNumber(id, who, !blocked)
		})
	})
}

// export asks for a folder and saves the request with its history there.
func (d *detailPane) export() {
	story, name := d.shown.Story(), fmt.Sprintf("request-%d.txt", d.shown.ID)
	say := d.w.words.Say
	d.w.o.Files.Folder(d.w.win, say("requests_save_title"), say("activity_save"), func(folder string) {
		d.save(filepath.Join(folder, name), story)
	})
}

// save writes it where the window does not wait for the disk.
func (d *detailPane) save(path, story string) {
	d.w.errands.add(func(context.Context) {
		made, err := writeNew(path, func(to io.Writer) error {
			_, err := io.WriteString(to, story)
			return err
		})
		d.w.o.Do(func() {
			switch {
			case d.w.closed():
			case err != nil:
				d.notSaved(err)
			default:
				d.w.message.tell(d.w.words.Say("requests_saved", "file", filepath.Base(made)), d.w.o.Now())
			}
		})
	})
}

func (d *detailPane) notSaved(err error) {
	d.w.o.Log.Error("the history was not saved", "err", err)
	d.w.message.fault(d.w.words, d.w.words.NotWritten(), d.w.message.hide)
}
