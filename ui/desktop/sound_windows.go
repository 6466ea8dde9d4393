//go:build !headless

package desktop

import (
	"context"
	"errors"
	"unsafe"

	"golang.org/x/sys/windows"
)

// How winmm is to play: the name is a file's, nothing else is played where it can't be,
// and without SND_ASYNC it returns at the end.
const (
	sndNoDefault = 0x00000002
	sndFilename  = 0x00020000
)

var playSound = windows.NewLazySystemDLL("winmm.dll").NewProc("PlaySoundW")

// playFile plays a file. The system ends it by itself.
func playFile(_ context.Context, path string) error {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return err
	}
	if err := playSound.Find(); err != nil {
		return errNoPlayer
	}
	if played, _, _ := playSound.Call(uintptr(unsafe.Pointer(name)), 0, sndFilename|sndNoDefault); played == 0 {
		return errors.New("the system plays no sound")
	}
	return nil
}
