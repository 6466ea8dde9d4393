//go:build !headless && !windows

package desktop

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
)

// playFile plays a file with the first player that is there and takes it: a computer can
// have the player of a sound system that does not run.
func playFile(ctx context.Context, path string) error {
	var errs []error
	for _, player := range players {
		program, err := exec.LookPath(player[0])
		if err != nil {
			continue
		}
		if err := exec.CommandContext(ctx, program, append(player[1:], path)...).Run(); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", player[0], err))
			continue
		}
		return nil
	}
	if len(errs) == 0 {
		return errNoPlayer
	}
	return errors.Join(errs...)
}
