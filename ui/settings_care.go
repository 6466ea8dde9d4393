package ui

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"ringback/server/desk"
	"ringback/ui/view"
	"ringback/ui/widgets"
)

func (p *settingsPage) privacyCards(s *section) []fyne.CanvasObject {
	say := p.w.words.Say
	backups := &backupList{p: p, list: widgets.Down(0)}
	s.shown = append(s.shown, backups)
	return []fyne.CanvasObject{
		widgets.NewFieldCard(say("settings_keep_title"), say("settings_keep_about"), nil,
			two(p.field(s, "privacy.keep_requests_days", view.TypedFigure, say("settings_keep_requests"), ""),
				p.field(s, "privacy.keep_events_days", view.TypedFigure, say("settings_keep_events"), ""))),
		widgets.NewFieldCard(say("settings_backup"), say("settings_backup_about"), nil,
			widgets.Wrap(widgets.Gap3,
				widgets.NewButton(widgets.Plain, say("settings_backup_now"), icon("download"), p.backUp),
				widgets.NewButton(widgets.Plain, say("settings_restore_file"), nil, p.restoreFile)),
			backups.list, widgets.NewPara(say("settings_backup_own", "restore", say("settings_restore_file")), widgets.SizeCaption, widgets.ColorSecond)),
	}
}

// backupList is the backups that the program made by itself, each with a button that puts
// it back.
type backupList struct {
	p    *settingsPage
	list *fyne.Container
	has  []string // what stands there, and the file of each
}

func (b *backupList) show(seen settingsSeen) {
	say := b.p.w.words.Say
	made, has := []string{}, []string{}
	for _, c := range seen.backups {
		made = append(made, b.p.w.words.Backup(c, b.p.w.o.Now()))
		has = append(has, made[len(made)-1], c.File)
	}
	if b.has != nil && slices.Equal(b.has, has) {
		return // the button that has the keyboard stays
	}
	b.has = has
	b.list.Objects = nil
	for i, c := range seen.backups {
		b.list.Add(widgets.Across(widgets.Gap3, widgets.NewIcon(icon("checkc"), 16, widgets.Talked.Text()),
			widgets.Grow(widgets.NewText(made[i], widgets.SizeBody, widgets.ColorText).Cut()),
			widgets.NewButton(widgets.Bare, say("settings_restore"), nil, func() { b.p.askRestore(c.File, made[i]) })))
	}
	if len(seen.backups) == 0 {
		b.list.Add(widgets.NewPara(say("settings_no_backup"), widgets.SizeBody, widgets.ColorSecond))
	}
}

// backUp makes a copy in a folder that the owner chooses, under a name that says when.
func (p *settingsPage) backUp() {
	say := p.w.words.Say
	p.w.o.Files.Folder(p.w.win, say("settings_folder"), say("settings_folder_take"), func(folder string) {
		now := p.w.o.Now().In(p.w.words.Zone)
		first := filepath.Join(folder, "ringback-"+now.Format("2006-01-02-150405")+".db")
		var made desk.Kept
		var file string
		p.care(func(ctx context.Context) (err error) {
			for file = range names(first) {
				if made, err = p.w.o.Desk.BackUp(ctx, file); !errors.Is(err, desk.ErrFileThere) {
					break // else it is one of the same second, or of another program
				}
			}
			return err
		}, func() string { return p.w.words.BackedUp(made, file) }, p.w.words.NotBackedUp, p.watch.again)
	})
}

func (p *settingsPage) restoreFile() {
	p.w.o.Files.File(p.w.win, func(file string) { p.askRestore(file, filepath.Base(file)) })
}

func (p *settingsPage) askRestore(file, what string) {
	say := p.w.words.Say
	about := "settings_restore_ask_about"
	if p.w.shop.Practice {
		about = "settings_restore_ask_practice"
	}
	p.ask(say("settings_restore_ask"), say(about, "what", what), say("settings_restore_do"), func() {
		var put desk.Kept
		p.care(func(ctx context.Context) (err error) {
			put, err = p.w.o.Desk.Restore(ctx, file)
			return err
		}, func() string { return p.w.words.Restored(put) }, p.w.words.NotRestored, p.anew)
	})
}

// care does what takes the disk a while, tells what came of it and, where it came off,
// does then. Only do is not on the window's goroutine, so it speaks no words.
func (p *settingsPage) care(do func(context.Context) error, said func() string, refused func(error) view.Fault, then func()) {
	var err error
	p.w.errand(func(ctx context.Context) error {
		err = do(ctx)
		return nil
	}, func() {
		if err != nil {
			p.w.o.Log.Error("the owner's wish was not carried out", "err", err)
			p.w.message.fault(p.w.words, refused(err), p.w.message.hide)
			return
		}
		p.w.message.tell(said(), p.w.o.Now())
		then()
	})
}

func (p *settingsPage) aboutCards(s *section) []fyne.CanvasObject {
	say := p.w.words.Say
	version := widgets.NewText("", widgets.SizeBody, widgets.ColorText)
	secrets := widgets.NewPara("", widgets.SizeBody, widgets.ColorText)
	libraries := widgets.NewPara("", widgets.SizeCaption, widgets.ColorSecond)
	data, dataLine := p.path(say("settings_data"))
	logs, logLine := p.path(say("settings_logs"))
	s.shown = append(s.shown, showing(func(seen settingsSeen) {
		place := seen.place
		version.SetText(say("settings_version", "version", place.Version))
		secrets.SetText(p.w.words.SecretsKept(place))
		libraries.SetText(strings.Join(place.Libraries, "\n"))
		data.SetText(place.Data)
		logs.SetText(place.Logs)
	}))
	return []fyne.CanvasObject{
		widgets.NewFieldCard(say("title"), say("settings_about_about"), nil, version, dataLine, logLine,
			widgets.Down(widgets.Gap1, widgets.NewText(say("settings_secrets"), widgets.SizeCaption, widgets.ColorSecond), secrets)),
		widgets.NewFieldCard(say("settings_licences"), say("settings_licences_about"), nil, libraries),
	}
}

// path is a place on this computer, to be copied.
func (p *settingsPage) path(label string) (words *widgets.Text, line fyne.CanvasObject) {
	words = widgets.NewText("", widgets.SizeBody, widgets.ColorText)
	button := widgets.NewButton(widgets.Bare, p.w.words.Say("settings_copy"), icon("copy"), func() { p.w.copy(words.Text()) })
	return words, widgets.Down(widgets.Gap1, widgets.NewText(label, widgets.SizeCaption, widgets.ColorSecond),
		widgets.NewFixedValue(icon("log"), words, button))
}
