//go:build !headless

package desktop

import (
	"fmt"
	"runtime"
	"sync"
	"syscall"
)

// What SetThreadExecutionState takes.
const (
	continuous     = 0x80000000
	systemRequired = 0x00000001
)

var setThreadExecutionState = syscall.NewLazyDLL("kernel32.dll").NewProc("SetThreadExecutionState")

// awake keeps Windows from sleeping by itself. That belongs to a thread, so one is held for
// as long; it ends with the program. The zero value lets it sleep.
type awake struct {
	mu   sync.Mutex
	stop chan struct{} // nil: it may sleep
}

func (a *awake) set(on bool) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case on == (a.stop != nil):
		return nil
	case !on:
		close(a.stop)
		a.stop = nil
		return nil
	}
	stop, begun := make(chan struct{}), make(chan error)
	go hold(stop, begun)
	if err := <-begun; err != nil {
		return fmt.Errorf("keep the computer awake: %w", err)
	}
	a.stop = stop
	return nil
}

// hold never unlocks its thread, which so ends with it, and what it asked for too.
func hold(stop <-chan struct{}, begun chan<- error) {
	runtime.LockOSThread()
	if was, _, err := setThreadExecutionState.Call(continuous | systemRequired); was == 0 {
		begun <- err
		return
	}
	begun <- nil
	<-stop
}
