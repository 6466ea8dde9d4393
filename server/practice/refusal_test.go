package practice_test

import (
	"errors"
	"testing"

	"ringback/server/callback"
)

func isNotFound(err error) bool { return errors.Is(err, callback.ErrNotFound) }

func refused(t *testing.T, err error, want callback.Refusal) {
	t.Helper()
	var known *callback.CarrierError
	if !errors.As(err, &known) || known.Refusal != want {
		t.Errorf("got %v, want the refusal %s", err, want)
	}
}
