package shop

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime/debug"
	"slices"

	"ringback/server/callback"
	"ringback/server/desk"
	"ringback/server/settings"
	"ringback/server/sqlite"
)

// keeping is what the owner does for what is kept, in the window.
type keeping struct{ shop *Shop }

var _ desk.Care = keeping{}

func (k keeping) Backups(context.Context) ([]desk.Backup, error) {
	copies, err := k.shop.care.shelf().Copies()
	var backups []desk.Backup
	for _, c := range copies {
		why := desk.Nightly
		if c.Migrated {
			why = desk.BeforeUpdate
		}
		backups = append(backups, desk.Backup{File: c.Path, Made: c.Made, Why: why})
	}
	aside, failed := sqlite.Aside(filepath.Join(k.shop.care.data, dataFile))
	for _, c := range aside {
		backups = append(backups, desk.Backup{File: c.Path, Made: c.Made, Why: desk.BeforeRestore})
	}
	slices.SortStableFunc(backups, func(a, b desk.Backup) int { return b.Made.Compare(a.Made) })
	return backups, errors.Join(err, failed)
}

// BackUp writes the anchor into the event log, as the nightly backup does.
func (k keeping) BackUp(ctx context.Context, file string) (desk.Kept, error) {
	c := k.shop.care
	c.busy.Lock()
	defer c.busy.Unlock()
	chain, err := sqlite.Backup(ctx, filepath.Join(c.data, dataFile), file)
	switch {
	case errors.Is(err, fs.ErrExist):
		return desk.Kept{}, fmt.Errorf("%w: %w", desk.ErrFileThere, err)
	case ofFile(err):
		return desk.Kept{}, fmt.Errorf("%w: %w", desk.ErrFilePlace, err)
	case err != nil && !isChain(err):
		return desk.Kept{}, err
	}
	name, anchor := filepath.Base(file), chain.Anchor.String()
	k.shop.log.Info("backup", "file", name, "entries", chain.Entries, "anchor", anchor)
	c.put(ctx, callback.Note{Kind: "backup", Body: map[string]any{"file": name, "anchor": anchor}})
	return desk.Kept{Entries: chain.Entries, Broken: isChain(err)}, nil
}

func (k keeping) Restore(ctx context.Context, file string) (desk.Kept, error) {
	return k.shop.Restore(ctx, file)
}

func (k keeping) Home(ctx context.Context) (desk.Home, error) {
	s := k.shop
	p := desk.Home{
		Version: Version, Data: s.options.Data, Logs: filepath.Join(s.options.Data, logsDir),
		Keyring: s.vault.InKeyring(ctx), Given: map[string]bool{}, Libraries: libraries(),
	}
	if whole, err := filepath.Abs(p.Data); err == nil {
		p.Data, p.Logs = whole, filepath.Join(whole, logsDir)
	}
	for _, name := range settings.SecretNames {
		p.Given[name] = s.environment.Has(name)
	}
	return p, nil
}

// libraries are the modules that the program was built from, as the compiler noted them.
func libraries() (all []string) {
	built, ok := debug.ReadBuildInfo()
	if !ok {
		return nil
	}
	for _, m := range built.Deps {
		all = append(all, m.Path+" "+m.Version)
	}
	return all
}
