package callback_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"ringback/server/callback"
)

// logged is what a request's event log says of its status, entry by entry.
func (s *shop) logged(id int64) (all []string) {
	s.t.Helper()
	err := s.store.View(context.Background(), func(v callback.Reader) error {
		entries, err := v.Events(id, 100)
		for _, e := range entries {
			var body struct {
				Status string `json:"status"`
			}
			if err := json.Unmarshal([]byte(e.Body), &body); err != nil {
				return err
			}
			all = append(all, e.Kind+" "+body.Status)
		}
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return all
}

// A second wish for a number had no entry of its own: one that took the first one's
// place on the owner's list stood there with an empty log.
func TestTheLogOfASecondWish(t *testing.T) {
	withdraw := func(s *shop, r callback.Standing) {
		if _, err := s.engine().Withdraw(context.Background(), r.PublicID, ""); err != nil {
			s.t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name string
		then func(s *shop, first, second callback.Standing)
		want []string
	}{
		{"begins when it comes", func(*shop, callback.Standing, callback.Standing) {}, []string{"follows calling"}},
		{"has its own end", func(s *shop, _, second callback.Standing) { withdraw(s, second) }, []string{"follows calling", "cancel cancelled"}},
		{"goes on when the first is withdrawn on the owner's list", func(s *shop, first, _ callback.Standing) {
			time.Sleep(20 * time.Minute)
			withdraw(s, first)
		}, []string{"follows calling", "takes_place sms_sent"}},
		{"begins anew when the first is withdrawn in time", func(s *shop, first, _ callback.Standing) {
			withdraw(s, first)
		}, []string{"follows calling", "asked pending"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			bubble(t, func(s *shop) {
				s.exchange.person.set(nobody)
				first, second := s.mustAsk("+12125550123"), s.mustAsk("+12125550123")
				c.then(s, first, second)
				got := s.logged(second.ID)
				if len(got) > len(c.want) {
					got = got[:len(c.want)]
				}
				for i, want := range c.want {
					if i >= len(got) || got[i] != want {
						s.t.Fatalf("its log is %q, want %q", got, c.want)
					}
				}
			})
		})
	}
}
