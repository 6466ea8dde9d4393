package ui

import (
	"cmp"
	"context"
	"io"
	"net/url"
	"path/filepath"

	"fyne.io/fyne/v2"

	"ringback/server/desk"
	"ringback/ui/view"
	"ringback/ui/widgets"
)

// export writes what the filters of the page of activity show to a file.
type export struct {
	p       *activityPage
	content *fyne.Container
	says    *widgets.Text
	bar     *widgets.Progress
	cancel  *widgets.Button
	stop    context.CancelFunc
}

func newExport(p *activityPage) *export {
	x := &export{p: p, says: widgets.NewText("", widgets.SizeCaption, widgets.ColorSecond), bar: widgets.NewProgress()}
	x.cancel = widgets.NewButton(widgets.Plain, p.w.words.Say("activity_cancel"), icon("cross"), func() { x.stop() })
	x.content = widgets.NewGround(widgets.ColorPage, widgets.Across(widgets.Gap4, x.says, widgets.Grow(x.bar), x.cancel))
	x.content.Hide()
	return x
}

// choose asks for the folder.
func (x *export) choose(f desk.Format) {
	w := x.p.w
	w.o.Files.Folder(w.win, w.words.Say("activity_save_title"), w.words.Say("activity_save"), func(folder string) {
		x.begin(f, filepath.Join(folder, w.words.ExportName(f, w.o.Now())))
	})
}

// begin writes the file, or one of another name where that is there, in a goroutine of its own. It goes on while another page is on the
// screen.
func (x *export) begin(f desk.Format, path string) {
	w := x.p.w
	words, log := w.words, w.o.Desk
	wish := desk.Export{
		Query: x.p.glance.query, Format: f, Zone: words.Zone, Headings: words.ExportHeadings(), Say: words.Said,
		Progress: func(done int, part float64) { w.o.Do(func() { x.show(words, done, part) }) },
	}
	ctx, stop := context.WithCancel(w.ended)
	x.stop = stop
	x.running(true)
	x.show(words, 0, 0)
	w.done.Go(func() {
		defer stop()
		n := 0
		made, err := writeNew(path, func(to io.Writer) (err error) {
			n, err = desk.ExportLog(ctx, log, wish, to)
			return err
		})
		cancelled := ctx.Err() != nil
		w.o.Do(func() { x.ended(n, cmp.Or(made, path), err, cancelled) })
	})
}

func (x *export) show(words view.Words, done int, part float64) {
	x.says.SetText(words.Exporting(done))
	x.bar.Set(part)
	x.content.Refresh()
}

func (x *export) running(is bool) {
	for _, b := range []*widgets.Button{x.p.csv, x.p.jsonLines} {
		if is {
			b.Disable()
		} else {
			b.Enable()
		}
	}
	x.content.Hidden, x.p.idle.Hidden = !is, is
	x.p.content.Refresh()
}

// ended says what became of it. A file that was complete before Cancel came is there.
func (x *export) ended(n int, path string, err error, cancelled bool) {
	w := x.p.w
	if w.closed() {
		return
	}
	x.running(false)
	switch {
	case err == nil:
		w.message.say(w.words.Exported(n, filepath.Base(path)), w.words.Say("activity_show_file"), w.o.Now(), func() { w.openFolder(path) })
	case cancelled:
		w.message.say(w.words.Say("activity_export_cancelled"), w.words.Say("activity_ok"), w.o.Now(), w.message.hide)
	default:
		x.failed(err, path)
	}
}

func (x *export) failed(err error, path string) {
	w := x.p.w
	w.o.Log.Error("the event log was not exported", "err", err)
	w.message.fault(w.words, w.words.NotExported(err, filepath.Base(path)), w.message.hide)
}

// openFolder shows where a file is.
func (w *Window) openFolder(path string) {
	folder := url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Dir(path))}
	w.errands.add(func(context.Context) {
		if err := w.o.OpenURL(folder.String()); err != nil {
			w.o.Do(func() {
				w.o.Log.Error("the folder was not opened", "err", err)
				w.message.fault(w.words, w.words.Unopened(folder.Path), w.message.hide)
			})
		}
	})
}
