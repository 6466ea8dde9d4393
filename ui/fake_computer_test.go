package ui

import (
	"sync"

	"fyne.io/fyne/v2"
)

// fakeComputer is a Computer in memory.
type fakeComputer struct {
	mu           sync.Mutex
	along, awake bool
	refuse       error
	asked        []bool // to stay awake
}

func (c *fakeComputer) StartsAlong() (bool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.along, nil
}

func (c *fakeComputer) StartAlong(on bool) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.refuse == nil {
		c.along = on
	}
	return c.refuse
}

func (c *fakeComputer) StayAwake(on bool) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked = append(c.asked, on)
	if c.refuse == nil {
		c.awake = on
	}
	return c.refuse
}

func (c *fakeComputer) is() (along, awake bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.along, c.awake
}

func (o *opened) Folder(_ fyne.Window, title, _ string, then func(string)) {
	o.title = title
	then(o.points)
}

func (o *opened) File(_ fyne.Window, then func(string)) { then(o.points) }
