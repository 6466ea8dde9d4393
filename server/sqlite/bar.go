package sqlite

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Block puts a number, in E.164, on the owner's list of blocked ones. Doing it again
// changes nothing.
func (s *Store) Block(ctx context.Context, number string, at time.Time) error {
	return s.bar(ctx, "INSERT INTO blocked (number, at) VALUES (?, ?) ON CONFLICT DO NOTHING", number, at)
}

// OptOut remembers that a number, in E.164, wants nothing of us any more. Doing it
// again changes nothing.
func (s *Store) OptOut(ctx context.Context, number string, at time.Time) error {
	return s.bar(ctx, "INSERT INTO opted_out (number, at) VALUES (?, ?) ON CONFLICT DO NOTHING", number, at)
}

func (s *Store) bar(ctx context.Context, insert, number string, at time.Time) error {
	if number == "" {
		return errors.New("bar a number: it is empty")
	}
	return s.update(ctx, func(t *tx) error {
		if _, err := t.exec(insert, number, milliseconds(at)); err != nil {
			return fmt.Errorf("bar a number: %w", err)
		}
		return nil
	})
}

func (v *reader) Barred(number string) (blocked, optedOut bool, err error) {
	err = v.one([]any{&blocked, &optedOut}, `
		SELECT
			EXISTS (SELECT 1 FROM blocked WHERE number = ?1),
			EXISTS (SELECT 1 FROM opted_out WHERE number = ?1)`, number)
	return blocked, optedOut, err
}
