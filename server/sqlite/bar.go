package sqlite

import (
	"errors"
	"fmt"
	"time"

	"ringback/server/callback"
)

// bars are the tables of the numbers that are not called.
var bars = map[callback.Bar]string{callback.BarBlock: "blocked", callback.BarOptOut: "opted_out"}

// Bar is that of callback.Tx.
func (t *tx) Bar(number string, why callback.Bar, at time.Time) error {
	if number == "" || bars[why] == "" {
		return errors.New("bar a number: it is empty, or for no reason")
	}
	if _, err := t.exec("INSERT INTO "+bars[why]+" (number, at) VALUES (?, ?) ON CONFLICT DO NOTHING", number, milliseconds(at)); err != nil {
		return fmt.Errorf("bar a number: %w", err)
	}
	return nil
}

// Unbar is that of callback.Tx.
func (t *tx) Unbar(number string, why callback.Bar) error {
	if bars[why] == "" {
		return errors.New("unbar a number: for no reason")
	}
	if _, err := t.exec("DELETE FROM "+bars[why]+" WHERE number = ?", number); err != nil {
		return fmt.Errorf("unbar a number: %w", err)
	}
	return nil
}

func (v *reader) Barred(number string) (blocked, optedOut bool, err error) {
	err = v.one([]any{&blocked, &optedOut}, `
		SELECT
			EXISTS (SELECT 1 FROM blocked WHERE number = ?1),
			EXISTS (SELECT 1 FROM opted_out WHERE number = ?1)`, number)
	return blocked, optedOut, err
}
