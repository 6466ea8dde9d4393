package shop

import (
	"context"
	"time"

	"ringback/server/callback"
	"ringback/server/settings"
)

// What Apply says of a file that was taken over.
const (
	applied      = "Applied."
	appliedLater = "Applied; mode, account, number and public address change when the calls under way have ended."
	appliedSaved = "Saved; it holds from the next start on."
)

// origin is who changes settings or secrets, by the name that the event log has for it.
type origin string

const (
	byWindow  origin = "window"
	byCommand origin = "command" // ringback settings FILE
	byStart   origin = "start"   // the file of -settings
)

// kept are the settings and secrets as they were given, whatever the era can do with them.
func (s *Shop) kept() (settings.Settings, settings.Secrets) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.set, s.secrets
}

// Apply is the window's way to change settings: a settings file is checked whole, what it
// makes of the settings is saved, and they hold without a restart: rules for the next
// round, the rest at once, what an era stands on as soon as no call is under way. said
// tells which. The error is a *UsageError with a line for each fault, and nothing was
// changed, or one of the disk's.
func (s *Shop) Apply(ctx context.Context, file []byte) (said string, err error) {
	return s.apply(ctx, file, byWindow)
}

func (s *Shop) apply(ctx context.Context, file []byte, by origin) (said string, err error) {
	s.changing.Lock()
	defer s.changing.Unlock()
	if err := s.take(ctx, file, by); err != nil {
		return "", err
	}
	s.log.Info("settings applied")
	return s.holdNow(ctx), nil
}

// take checks a file against what is kept and keeps what comes of it.
func (s *Shop) take(ctx context.Context, file []byte, by origin) error {
	old, secrets := s.kept()
	set, err := settings.Apply(old, file, secrets)
	if err != nil {
		return &UsageError{Message: err.Error(), Cause: err}
	}
	text, err := settings.Marshal(set)
	if err != nil {
		return err
	}
	if err := s.live.Load().SaveSettings(ctx, text, changeOf(old, set, by)); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.set = set
	return nil
}

// changeOf is the event log's entry: which keys changed, from what to what, and whether the
// owner has now looked at the limits. A file that changes nothing has none.
func changeOf(old, set settings.Settings, by origin) callback.Note {
	changes, looked := settings.Changes(old, set), set.Looked && !old.Looked
	if len(changes) == 0 && !looked {
		return callback.Note{}
	}
	body := map[string]any{"by": by}
	if len(changes) > 0 {
		body["changed"] = changes
	}
	if looked {
		body["looked_at_limits"] = true
	}
	return callback.Note{Kind: "settings", Body: body}
}

// note puts an entry that is no request's into the event log. Settings and what else
// happens to the shop stand in ringback.db, in practice too.
func (s *Shop) note(ctx context.Context, n callback.Note) error {
	return s.live.Load().Update(ctx, func(tx callback.Tx) error { return tx.Log(time.Now(), 0, n) })
}

// holdNow lets what is kept hold, under changing, and says how far that went.
func (s *Shop) holdNow(ctx context.Context) string {
	done, err := s.hold(ctx)
	switch {
	case err != nil:
		s.log.Error("what changed does not hold yet; it is tried again", "err", err)
	case !done:
		s.log.Info("mode, account, number and public address change when the calls under way have ended")
	}
	if done {
		return applied
	}
	select {
	case s.waiting <- struct{}{}:
	default: // somebody waits already
	}
	return appliedLater
}

// hold lets what is kept hold; false: not all of it before the calls under way have ended.
func (s *Shop) hold(ctx context.Context) (bool, error) {
	set, secrets := s.kept()
	j, err := s.judge(ctx, set, secrets)
	if err != nil {
		return false, err
	}
	old := s.era.Load()
	was := *old.holds.Load()
	if j.footing == was.footing {
		old.holds.Store(&j)
		old.since.Store(0)
		s.felt(old)
		return true, nil
	}
	old.holds.Store(j.within(was))
	old.since.CompareAndSwap(0, time.Now().UnixMilli())
	s.felt(old)
	return s.replace(ctx, old, j)
}

// felt lets engine and window see other settings at once.
func (s *Shop) felt(e *era) {
	e.engine.Wake()
	s.desk.Poke()
}

// replace builds a new era in place of the old one, if no call is under way. Where one
// begins while the engine stops, the old era goes on.
func (s *Shop) replace(ctx context.Context, old *era, j judged) (bool, error) {
	if quiet, err := old.quiet(ctx); err != nil || !quiet {
		return false, err
	}
	old.engineEnds()
	quiet, err := old.quiet(ctx)
	if err != nil || !quiet {
		old.startEngine()
		return false, err
	}
	e, err := s.buildEra(ctx, j)
	if err != nil {
		old.since.Store(0) // it may go on for long
		old.startEngine()
		return false, err
	}
	e.inherit(old)
	e.engine.Succeed(old.engine)
	e.server.Succeed(old.server)
	s.era.Store(e)
	e.startEngine()
	s.log.Info("changed without a restart", "live", e.mode.live, "public", e.publicURL(), "carrier", e.carrierName())
	s.desk.Poke()
	if err := old.close(); err != nil {
		s.log.Error("close what was before", "err", err)
	}
	e.engine.Wake() // for what was asked of the old one meanwhile
	return true, nil
}

// quiet says that no call is under way: none of ours, and none that came in.
func (e *era) quiet(ctx context.Context) (quiet bool, err error) {
	err = e.mode.store.View(ctx, func(v callback.Reader) error {
		under, err := v.UnderWay()
		if err != nil {
			return err
		}
		loose, err := v.OnThePhone()
		if err != nil {
			return err
		}
		cameIn, err := v.OnTheLine()
		quiet = len(under)+len(loose)+len(cameIn) == 0
		return err
	})
	return quiet, err
}

// freeLines is how long the lines that are free still take calls while a change waits.
const freeLines = 5 * time.Minute

// line is how many calls the shop takes at once. While a change waits for the calls under
// way none begins any more: at once where there is one line, which they take anyway, else
// a while later. A busy shop would never change otherwise.
func (e *era) line(now time.Time) int {
	lines := max(1, e.Settings().Business.Line)
	since := e.since.Load()
	if since != 0 && (lines == 1 || now.Sub(time.UnixMilli(since)) > freeLines) {
		return 0
	}
	return lines
}

// lookAgain is how soon after nothing was heard it is looked whether the calls have ended.
const lookAgain = 15 * time.Second

// startWaiting lets changes that wait for calls take place.
func (s *Shop) startWaiting(context.Context) error {
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-s.waiting:
				s.untilItHolds(ctx)
			case <-ctx.Done():
				return
			}
		}
	}()
	s.onClose("what waits for calls", func() error {
		stop()
		<-done
		return nil
	})
	return nil
}

func (s *Shop) untilItHolds(ctx context.Context) {
	for ctx.Err() == nil {
		changed, leave := s.era.Load().engine.Changed(0)
		if s.holdAgain(ctx) {
			leave()
			return
		}
		select {
		case <-ctx.Done():
		case <-changed:
		case <-time.After(lookAgain):
		}
		leave()
	}
}

func (s *Shop) holdAgain(ctx context.Context) bool {
	s.changing.Lock()
	defer s.changing.Unlock()
	done, err := s.hold(ctx)
	if err != nil && ctx.Err() == nil {
		s.log.Error("what changed does not hold yet; it is tried again", "err", err)
	}
	return done
}
