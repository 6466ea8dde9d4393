package shop

import (
	"context"
	"time"

	"ringback/server/desk"
	"ringback/server/notify"
)

// bellTick is how often it is looked whether phone, website and disk work; that touches
// neither disk nor network.
const bellTick = time.Second

// bell is what the window hears.
type bell struct{ shop *Shop }

var _ desk.Bell = bell{}

func (b bell) Notices() (<-chan notify.Notice, func()) { return b.shop.bell.Listen() }

// makeBell makes what tells the owner, before the first engine wants something told.
func (s *Shop) makeBell(context.Context) error {
	s.bell = &notify.Bell{Log: s.log, Wanted: func() bool {
		set, _ := s.kept()
		return set.Notify.Desktop
	}}
	return nil
}

// startBell looks after phone, website and disk for the owner, from now on.
func (s *Shop) startBell(context.Context) error {
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(bellTick)
		defer tick.Stop()
		for {
			s.era.Load().seen(s.bell)
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
		}
	}()
	s.onClose("the bell", func() error {
		stop()
		<-ended
		return nil
	})
	return nil
}

// seen tells the bell how this era's parts stand. Practice has neither phone nor website
// that could fail.
func (s *era) seen(b *notify.Bell) {
	about := s.about()
	b.See(notify.Disk, about.Unsaved == desk.Saved)
	if about.Practice {
		return
	}
	b.See(notify.Phone, len(about.Missing) == 0 && about.Trouble.Reason == "")
	b.See(notify.Website, about.FormURL != "" && s.publicURL() != "")
}
