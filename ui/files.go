package ui

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
)

// Files is how the owner points at a file or a folder. Both return at once; then is called
// on the window's goroutine, and not where nothing was chosen.
type Files interface {
	// Folder asks by title for a folder; take stands on the button that takes it.
	Folder(over fyne.Window, title, take string, then func(path string))
	File(over fyne.Window, then func(path string))
}

// dialogs are Files by Fyne's own dialogs. Its dialog to save a file is none of them: that
// empties the file that is chosen before anything is written.
type dialogs struct{}

func (dialogs) Folder(over fyne.Window, title, take string, then func(path string)) {
	ask := dialog.NewFolderOpen(func(at fyne.ListableURI, err error) {
		if err == nil && at != nil {
			then(at.Path())
		}
	}, over)
	ask.SetTitleText(title)
	ask.SetConfirmText(take)
	ask.Show()
}

func (dialogs) File(over fyne.Window, then func(path string)) {
	dialog.ShowFileOpen(func(file fyne.URIReadCloser, err error) {
		if err == nil && file != nil {
			path := file.URI().Path()
			_ = file.Close() // the shop opens it itself
			then(path)
		}
	}, over)
}

// mostNames is how many names are tried for a new file.
const mostNames = 100

// names are those that a file can have: the first one, and for where that is taken
// name-2.end, name-3.end and so on.
func names(first string) iter.Seq[string] {
	return func(yield func(string) bool) {
		end := filepath.Ext(first)
		for n, path := 1, first; n <= mostNames && yield(path); {
			n++
			path = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(first, end), n, end)
		}
	}
}

// partName begins the name of a file that is being written, and stale is how long nothing was
// written to one that is left by a program that was ended by force.
const (
	partName = ".ringback-export-"
	stale    = time.Hour
)

// writeNew writes a file that is there whole or not at all, and returns its path: beside its
// place first, in it when it is complete and on the disk. A file that is there already is
// never touched: the new one gets another name.
func writeNew(first string, write func(io.Writer) error) (path string, err error) {
	sweep(filepath.Dir(first))
	part, err := os.CreateTemp(filepath.Dir(first), partName+"*")
	if err != nil {
		return "", err
	}
	defer func() {
		_ = part.Close()
		_ = os.Remove(part.Name())
	}()
	if err := write(part); err != nil {
		return "", err
	}
	if err := errors.Join(part.Sync(), part.Close()); err != nil {
		return "", err
	}
	for path = range names(first) {
		if err = putAt(part.Name(), path); !errors.Is(err, fs.ErrExist) {
			break
		}
	}
	return path, err
}

// putAt gives a file its name, unless there is one of that name.
func putAt(part, path string) error {
	if err := os.Link(part, path); err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	if _, err := os.Lstat(path); err == nil { // a file system without links, such as a stick's
		return fs.ErrExist
	}
	return os.Rename(part, path)
}

// sweep removes what an export has left that was ended by force. What can't be removed
// stays.
func sweep(folder string) {
	parts, _ := filepath.Glob(filepath.Join(glob(folder), partName+"*"))
	for _, path := range parts {
		if info, err := os.Lstat(path); err == nil && info.Mode().IsRegular() && time.Since(info.ModTime()) > stale {
			_ = os.Remove(path)
		}
	}
}

// glob is a path as a pattern that means it alone.
func glob(path string) string {
	return strings.NewReplacer("[", "[[]", "*", "[*]", "?", "[?]").Replace(path)
}
