package shop

import (
	"context"
	"slices"
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

// lateFor is how long after a change webhooks still come to the address before: reports of
// calls that have ended, and of texts.
const lateFor = time.Hour

// past is a public address that an era before this one had.
type past struct {
	base  string
	until time.Time
}

// inherit takes over the addresses of the era before.
func (s *era) inherit(old *era) {
	if !old.mode.live || old.mode.account != s.mode.account {
		return
	}
	s.past = append(append(s.past, old.past...), past{old.mode.base, time.Now().Add(lateFor)})
}

func (s *era) pastBases() (bases []string) {
	for _, p := range s.past {
		if time.Now().Before(p.until) {
			bases = append(bases, p.base)
		}
	}
	return bases
}

// lookForOlder notes whether calls of before the start last that began under another
// public address: in an era it doesn't change.
func (s *era) lookForOlder(context.Context) error {
	s.older.Store(s.mode.live)
	for _, base := range s.basesOfCalls() { // their last reports come when they have ended
		s.past = append(s.past, past{base, time.Now().Add(lateFor)})
	}
	return nil
}

// olderBases are the public addresses of calls that began before this era, and have not
// ended or did so a while ago.
func (s *era) olderBases() []string {
	bases := slices.DeleteFunc(append(s.pastBases(), s.basesOfCalls()...), func(base string) bool {
		return base == "" || base == s.publicURL()
	})
	slices.Sort(bases)
	return slices.Compact(bases)
}

// basesOfCalls are those of calls of before the start that have not ended. What can't be
// read just now is none: the carrier is asked how a call stands.
func (s *era) basesOfCalls() []string {
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
	bases = slices.DeleteFunc(bases, func(base string) bool { return base == s.publicURL() })
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
	return bases, nil
}
