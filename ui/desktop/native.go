//go:build !headless

package desktop

import (
	"time"

	"fyne.io/fyne/v2"
	"github.com/go-gl/glfw/v3.4/glfw"
)

// native does something with the window that Fyne has no call for. Without a window of
// glfw's nothing is done. It belongs to the window's goroutine.
func native(w fyne.Window, do func(*glfw.Window)) {
	in, ok := w.(interface{ RunWithContext(func()) })
	if !ok {
		return
	}
	in.RunWithContext(func() {
		if v := glfw.GetCurrentContext(); v != nil {
			do(v)
		}
	})
}

// minimise puts the window into the desktop's list of windows.
func minimise(w fyne.Window) {
	w.Show() // one that is hidden is in no list
	native(w, (*glfw.Window).Iconify)
}

// toFront shows the window, in front of others and with the keyboard, minimised or hidden
// as it may be.
func toFront(w fyne.Window) {
	w.Show()
	native(w, func(v *glfw.Window) {
		if v.GetAttrib(glfw.Iconified) == glfw.True {
			v.Restore()
		}
	})
	w.RequestFocus()
}

// newRest is that of a window of glfw's. It may begin once the app runs.
func newRest() *rest {
	return &rest{
		run:   fyne.Do,
		wait:  func(d time.Duration) { glfw.WaitEventsTimeout(d.Seconds()) },
		wake:  glfw.PostEmptyEvent,
		later: func(d time.Duration, f func()) { time.AfterFunc(d, f) },
		now:   time.Now,
	}
}
