package shop

import (
	"bytes"
	"io"
	"sync"
)

// held is a writer that keeps what it is given to itself until it is released: a start
// that fails says one line, not the story that led there (the log file has it).
type held struct {
	to io.Writer

	mu       sync.Mutex
	kept     bytes.Buffer
	released bool
}

func (h *held) Write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.released {
		return h.to.Write(p)
	}
	return h.kept.Write(p)
}

// release writes what was kept, and all that follows at once. What can't be written is
// lost: nobody reads it any more.
func (h *held) release() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.released = true
	_, _ = h.kept.WriteTo(h.to)
}
