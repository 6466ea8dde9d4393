//go:build headless

package desktop

import (
	"errors"
	"testing"
)

func TestWithoutAWindowTheErrorSaysWhatToStart(t *testing.T) {
	err := Run(t.Context(), nil, Options{})
	if !errors.Is(err, ErrNoWindow) || err.Error() != "built without a window; start `ringback serve`" {
		t.Errorf("the error is %v", err)
	}
}
