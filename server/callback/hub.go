package callback

import "sync"

// hub tells whoever waits that a request has changed. It never blocks the one who
// tells, and keeps nothing for requests that nobody waits for.
type hub struct {
	mu    sync.Mutex
	rooms map[int64]*room
}

type room struct {
	changed chan struct{}
	waiting int
}

// wait returns a channel that is closed at the next change, and a function to be
// called, once, when nobody waits on it any more.
func (h *hub) wait(id int64) (<-chan struct{}, func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.rooms == nil {
		h.rooms = map[int64]*room{}
	}
	r := h.rooms[id]
	if r == nil {
		r = &room{changed: make(chan struct{})}
		h.rooms[id] = r
	}
	r.waiting++
	return r.changed, func() { h.leave(id, r) }
}

func (h *hub) leave(id int64, r *room) {
	h.mu.Lock()
	defer h.mu.Unlock()
	r.waiting--
	if r.waiting == 0 && h.rooms[id] == r {
		delete(h.rooms, id)
	}
}

// tell closes the room of the request, and room 0, which is told of every change.
func (h *hub) tell(id int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, i := range []int64{id, 0} {
		if r := h.rooms[i]; r != nil {
			close(r.changed)
			delete(h.rooms, i)
		}
	}
}

// Changed returns a channel that is closed at the next change of that request (0: of
// any), and a function that must be called once when nobody waits on it any more.
func (e *Engine) Changed(id int64) (<-chan struct{}, func()) { return e.hub.wait(id) }
