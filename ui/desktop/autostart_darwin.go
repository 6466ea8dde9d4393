//go:build !headless

package desktop

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// loginEntry is the launch agent that macOS starts at login.
func loginEntry() (string, error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("start at login: %w", err)
	}
	return filepath.Join(home, "Library", "LaunchAgents", appID+".plist"), nil
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

func atLogin() (bool, error) {
	path, err := loginEntry()
	if err != nil {
		return false, err
	}
	_, err = os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

func entryText(command []string) string {
	var words strings.Builder
	for _, word := range command {
		words.WriteString("<string>")
		_ = xml.EscapeText(&words, []byte(word)) // a Builder takes everything
		words.WriteString("</string>")
	}
	return xml.Header + `<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
<key>Label</key><string>` + appID + `</string>
<key>ProgramArguments</key><array>` + words.String() + `</array>
<key>RunAtLoad</key><true/>
</dict></plist>
`
}
