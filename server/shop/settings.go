package shop

import (
	"context"
	"errors"
	"fmt"

	"ringback/server/callback"
	"ringback/server/settings"
)

// Settings are the owner's as they hold now; in practice, numbers that the owner has
// not set are filled in, so that phones can ring.
func (s *Shop) Settings() settings.Settings { return s.era.Load().Settings() }

func (s *era) Settings() settings.Settings {
	set := s.holds.Load().set
	if !s.mode.live {
		set = forPractice(set)
	}
	return set
}

// forPractice fills in what practice needs to ring a phone.
func forPractice(set settings.Settings) settings.Settings {
	if len(set.Business.Phones) == 0 {
		set.Business.Phones = []settings.Phone{{Label: "Counter", Number: "+12125550101", RingSeconds: 20}}
	}
	if set.Twilio.Number == "" {
		set.Twilio.Number = "+12125550100"
	}
	return set
}

// loadSettings reads what is kept.
func (s *Shop) loadSettings(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	fresh := s.fresh()
	kept, err := s.live.Load().LoadSettings(ctx)
	switch {
	case errors.Is(err, callback.ErrNotFound):
		s.set = fresh
	case err != nil:
		return err
	default:
		if s.set, err = settings.Unmarshal(kept, fresh); err != nil {
			return fmt.Errorf("the settings in the database can't be read: %w", err)
		}
	}
	return nil
}

// applyFile applies the file of -settings. A faulty one changes nothing.
func (s *Shop) applyFile(ctx context.Context) error {
	if s.options.Settings == "" {
		return nil
	}
	file, err := readSettings(s.options.Settings)
	if err != nil {
		return &UsageError{Message: fmt.Sprintf("-settings: %v", err)}
	}
	return s.take(ctx, file, byStart)
}
