package ui

import (
	"context"
	"maps"
	"slices"

	"ringback/server/desk"
)

// The care of a fakeDesk notes what was asked for; copies are what it says it has.

func (f *fakeDesk) Backups(context.Context) ([]desk.Backup, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.backups), f.broken
}

func (f *fakeDesk) BackUp(_ context.Context, file string) (desk.Kept, error) {
	if err := f.wish("back up to "+file, 0, nil); err != nil {
		return desk.Kept{}, err
	}
	if slices.Contains(f.there, file) {
		return desk.Kept{}, desk.ErrFileThere
	}
	return desk.Kept{Entries: 42}, nil
}

func (f *fakeDesk) Restore(_ context.Context, file string) (desk.Kept, error) {
	return desk.Kept{Entries: 42, Aside: "/data/ringback.db.before-restore"}, f.wish("restore "+file, 0, nil)
}

func (f *fakeDesk) Home(context.Context) (desk.Home, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	p := desk.Home{Version: "0.1.0", Data: "/home/ann/.config/ringback", Logs: "/home/ann/.config/ringback/logs", Keyring: true, Given: maps.Clone(f.given)}
	p.Libraries = []string{"fyne.io/fyne/v2 v2.8.1", "modernc.org/sqlite v1.62.0"}
	return p, f.broken
}
