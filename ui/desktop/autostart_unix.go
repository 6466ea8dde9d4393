//go:build !headless && !windows && !darwin

package desktop

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// loginEntry is the file that the desktops of freedesktop.org look for.
func loginEntry() (string, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("start at login: %w", err)
	}
	return filepath.Join(dir, "autostart", appID+".desktop"), nil
}

func joinLogin(command []string) error {
	path, err := loginEntry()
	if err == nil {
		err = os.MkdirAll(filepath.Dir(path), 0o700)
	}
	if err == nil {
		err = os.WriteFile(path, []byte(entryText(command)), 0o600)
	}
	if err != nil {
		return fmt.Errorf("start at login: %w", err)
	}
	return nil
}

func leaveLogin() error {
	path, err := loginEntry()
	if err == nil {
		err = os.Remove(path)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("start at login no more: %w", err)
	}
	return nil
}

// atLogin also knows how desktops switch an entry off.
func atLogin() (bool, error) {
	path, err := loginEntry()
	if err != nil {
		return false, err
	}
	text, err := os.ReadFile(path) //nolint:gosec // the path is made here
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	off := func(line string) bool { return line == "Hidden=true" || line == "X-GNOME-Autostart-enabled=false" }
	return err == nil && !slices.ContainsFunc(strings.Split(string(text), "\n"), off), err
}

func entryText(command []string) string {
	var words []string
	for _, word := range command {
		words = append(words, execWord(word))
	}
	return "[Desktop Entry]\nType=Application\nName=" + appName + "\nExec=" + strings.Join(words, " ") + "\nTerminal=false\n"
}

// execWord is a word of Exec: quoted, then escaped as every text of the file is, and with
// % doubled, which else begins a field code.
func execWord(word string) string {
	quoted := `"` + strings.NewReplacer(`"`, `\"`, "`", "\\`", `$`, `\$`, `\`, `\\`).Replace(word) + `"`
	return strings.NewReplacer(`\`, `\\`, `%`, `%%`).Replace(quoted)
}
