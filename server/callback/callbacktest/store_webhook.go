package callbacktest

import (
	"testing"

	"ringback/server/callback"
)

var webhookRules = []rule{
	{"every field of a recorded answer is kept", func(t *testing.T, s callback.Store) {
		want := filled[callback.Step](0)
		record(t, s, want, "key")
		same(t, read(t, s, webhook("key")), want)
	}},
	{"an answer is found under each of its keys, whatever other keys are asked for", func(t *testing.T, s callback.Store) {
		want := callback.Step{Kind: callback.StepSay, Phrase: callback.SayTaken}
		record(t, s, want, "sid:1", "token:a")
		record(t, s, callback.Step{Kind: callback.StepHangUp}, "sid:2")
		for _, keys := range [][]string{{"sid:1"}, {"token:a"}, {"sid:9", "token:a"}, {"sid:1", "token:z"}} {
			same(t, read(t, s, webhook(keys...)), want)
		}
	}},
	{"the first answer under a key stays", func(t *testing.T, s callback.Store) {
		first := callback.Step{Kind: callback.StepWhisper}
		second := callback.Step{Kind: callback.StepHangUp}
		record(t, s, first, "a")
		record(t, s, second, "a", "b")
		same(t, read(t, s, webhook("a", "b")), first)
		same(t, read(t, s, webhook("b")), second)
	}},
	{"an empty answer is an answer", func(t *testing.T, s callback.Store) {
		record(t, s, callback.Step{}, "key")
		same(t, read(t, s, webhook("key")), callback.Step{})
	}},
	{"a webhook that belongs to no request is recorded too", func(t *testing.T, s callback.Store) {
		update(t, s, func(tx callback.Tx) error {
			return tx.Record([]string{"key"}, 0, noon, callback.Step{Kind: callback.StepHangUp})
		})
		same(t, read(t, s, webhook("key")), callback.Step{Kind: callback.StepHangUp})
	}},
	{"an unknown key is ErrNotFound, and so is none", func(t *testing.T, s callback.Store) {
		record(t, s, callback.Step{}, "key")
		notFound(t, s, webhook("other"))
		notFound(t, s, webhook(""))
		notFound(t, s, webhook())
	}},
	{"an empty key is refused, for it would fit any webhook that has none", func(t *testing.T, s callback.Store) {
		refused(t, s, func(tx callback.Tx) error {
			return tx.Record([]string{"key", ""}, 0, noon, callback.Step{})
		})
		notFound(t, s, webhook("key"))
	}},
}

func record(t *testing.T, s callback.Store, step callback.Step, keys ...string) {
	t.Helper()
	update(t, s, func(tx callback.Tx) error { return tx.Record(keys, 1, noon, step) })
}

func webhook(keys ...string) func(v callback.Reader) (callback.Step, error) {
	return func(v callback.Reader) (callback.Step, error) { return v.Webhook(keys) }
}
