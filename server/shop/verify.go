package shop

import (
	"context"
	"slices"
	"strings"
	"time"

	"ringback/server/callback"
	"ringback/server/twilio"
)

// verifiers are who may send webhooks: the carrier to the public address, and to those
// that calls began under which have not ended.
func (s *era) verifiers() []twilio.Verifier {
	m := s.mode
	var all []twilio.Verifier
	for _, base := range append([]string{m.base}, s.olderBases()...) {
		if base != "" {
			all = append(all, twilio.Verifier{Base: base, AccountSID: m.account, Tokens: m.tokens})
		}
	}
	return all
}

// lookForOlder notes whether calls of before the start last that began under another
// public address: in an era it doesn't change.
func (s *era) lookForOlder(context.Context) error {
	s.older.Store(s.mode.live)
	s.olderBases()
	return nil
}

// olderBases are the public addresses of calls that began before this era and have not
// ended. What can't be read just now is none: the carrier is asked how a call stands.
func (s *era) olderBases() []string {
	if !s.older.Load() {
		return nil
	}
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Second)
	defer stop()
	var bases []string
	if err := s.mode.store.View(ctx, func(v callback.Reader) (err error) {
		bases, err = basesOf(v, s.mode.account)
		return err
	}); err != nil {
		s.log.Warn("read the addresses of calls under way", "err", err)
		return nil
	}
	bases = slices.DeleteFunc(bases, func(base string) bool {
		return base == "" || strings.TrimSuffix(base, "/") == s.publicURL()
	})
	s.older.Store(len(bases) > 0)
	return bases
}

// basesOf are the public addresses of that account's calls which have not ended.
func basesOf(v callback.Reader, account string) ([]string, error) {
	ids, err := v.UnderWay()
	if err != nil {
		return nil, err
	}
	loose, err := v.OnThePhone()
	if err != nil {
		return nil, err
	}
	cameIn, err := v.OnTheLine()
	if err != nil {
		return nil, err
	}
	var bases []string
	for _, id := range append(ids, loose...) {
		r, err := v.Request(id)
		if err != nil {
			return nil, err
		}
		if r.Round != nil && r.Round.Account == account {
			bases = append(bases, r.Round.Base)
		}
	}
	for _, in := range cameIn {
		bases = append(bases, in.Base)
	}
	slices.Sort(bases)
	return slices.Compact(bases), nil
}
