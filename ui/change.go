package ui

import (
	"context"
	"encoding/json"
	"errors"

	"ringback/server/settings"
)

// change applies a part of a settings file, given as what encoding/json makes one of,
// and tells then afterwards what was wrong with it; nothing, where it holds or, later,
// will when the calls under way have ended. A fault of the disk is told by the window,
// and then is not called.
func (w *Window) change(part any, then func(faults settings.Faults, later bool)) {
	var faults settings.Faults
	var later bool
	w.errand(func(ctx context.Context) error {
		file, err := json.Marshal(part)
		if err != nil {
			return err
		}
		later, err = w.o.Desk.Apply(ctx, file)
		if errors.As(err, &faults) {
			return nil
		}
		return err
	}, func() { then(faults, later) })
}

// check tells then what change would refuse, and changes nothing.
func (w *Window) check(part any, then func(faults settings.Faults)) {
	var faults settings.Faults
	w.errand(func(ctx context.Context) error {
		file, err := json.Marshal(part)
		if err != nil {
			return err
		}
		err = w.o.Desk.Check(ctx, file)
		if errors.As(err, &faults) {
			return nil
		}
		return err
	}, func() { then(faults) })
}
