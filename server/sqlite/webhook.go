package sqlite

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"ringback/server/callback"
)

// stepDoc is how an answer is kept. Durations are in nanoseconds.
type stepDoc struct {
	Kind     callback.StepKind `json:"kind"`
	Phrase   callback.Phrase   `json:"phrase,omitempty"`
	Language string            `json:"language,omitempty"`
	Leg      string            `json:"leg,omitempty"`
	Call     string            `json:"call,omitempty"`
	Try      int               `json:"try,omitempty"`
	Name     string            `json:"name,omitempty"`
	Number   string            `json:"number,omitempty"`
	Message  string            `json:"message,omitempty"`
	Visitor  string            `json:"visitor,omitempty"`
	To       string            `json:"to,omitempty"`
	From     string            `json:"from,omitempty"`
	Ring     time.Duration     `json:"ring,omitempty"`
	Talk     time.Duration     `json:"talk,omitempty"`
	When     time.Time         `json:"when,omitzero"`
}

// Webhook returns the answer under the first of the keys that has one.
func (v *reader) Webhook(keys []string) (callback.Step, error) {
	for _, key := range keys {
		var text string
		err := v.one([]any{&text}, "SELECT step FROM webhooks WHERE key = ?", key)
		if errors.Is(err, callback.ErrNotFound) {
			continue
		}
		if err != nil {
			return callback.Step{}, err
		}
		var d stepDoc
		if err := json.Unmarshal([]byte(text), &d); err != nil {
			return callback.Step{}, fmt.Errorf("read the answer to a webhook: %w", err)
		}
		return callback.Step(d), nil
	}
	return callback.Step{}, callback.ErrNotFound
}

// Record is that of callback.Tx. An answer that is there already stays.
func (t *tx) Record(keys []string, request int64, at time.Time, s callback.Step) error {
	if slices.Contains(keys, "") {
		return errors.New("record a webhook: one of its keys is empty")
	}
	text, err := json.Marshal(stepDoc(s))
	if err != nil {
		return fmt.Errorf("record a webhook: %w", err)
	}
	for _, key := range keys {
		_, err := t.exec(`
			INSERT INTO webhooks (key, request, at, step) VALUES (?, ?, ?, ?)
			ON CONFLICT DO NOTHING`, key, request, milliseconds(at), string(text))
		if err != nil {
			return fmt.Errorf("record a webhook: %w", err)
		}
	}
	return nil
}
