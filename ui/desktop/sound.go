//go:build !headless

package desktop

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"ringback/ui"
)

// errNoPlayer says that nothing on this computer plays a sound.
var errNoPlayer = errors.New("no program that plays sounds was found")

// playTakes is how long a sound may take, by a player that finds no loudspeaker, too.
const playTakes = 10 * time.Second

// sounds are the program's own as files, for players and desktops take nothing else. A
// library that plays by itself would bind the window to the sound system: on Linux the
// program would not even start where libasound is missing.
type sounds struct {
	dir string // made when a sound is wanted first
	mu  sync.Mutex
}

// newSounds keeps them where the system wants what can be made anew at any time.
func newSounds() *sounds {
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	return &sounds{dir: filepath.Join(dir, appID, "sounds")}
}

// file is the path of a sound.
func (s *sounds) file(sound ui.Sound) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	path := filepath.Join(s.dir, sound.Name+".wav")
	if there, err := os.ReadFile(path); err == nil && bytes.Equal(there, sound.WAV) {
		return path, nil
	}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return "", fmt.Errorf("keep the sound %s: %w", sound.Name, err)
	}
	if err := os.WriteFile(path, sound.WAV, 0o600); err != nil {
		return "", fmt.Errorf("keep the sound %s: %w", sound.Name, err)
	}
	return path, nil
}

// play plays a sound and returns when it has ended.
func (s *sounds) play(sound ui.Sound) error {
	path, err := s.file(sound)
	if err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(context.Background(), playTakes)
	defer stop()
	if err := playFile(ctx, path); err != nil {
		return fmt.Errorf("play the sound %s: %w", sound.Name, err)
	}
	return nil
}
