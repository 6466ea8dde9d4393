package ui

import (
	"context"
	"fmt"

	"ringback/server/notify"
)

// Notices are what the test rings.
func (f *fakeDesk) Notices() (<-chan notify.Notice, func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.bell == nil {
		f.bell = make(chan notify.Notice, 10)
	}
	return f.bell, func() {}
}

// ring tells the owner something.
func (f *fakeDesk) ring(n notify.Notice) {
	_, _ = f.Notices()
	f.bell <- n
}

func (p fakePractice) Pretend(_ context.Context, name, message string) (int64, error) {
	err := p.f.wish(fmt.Sprintf("pretend %s %q", name, message), 1, nil)
	if err == nil && p.f.pretends != nil {
		p.f.change(p.f.pretends)
	}
	return 1, err
}
