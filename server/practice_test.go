package server_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"ringback/server/callback"
	"ringback/server/practice"
	"ringback/server/twilio"
)

// The whole way of a request, but for the disk: post, engine, practice network, signed
// webhooks through the same handler, status.
func TestPracticeNetworkJoinsBothThroughTheHandler(t *testing.T) {
	cases := []struct {
		name, number string
		want         callback.Status
		state        string
	}{
		{"a visitor who answers", "+12125550123", callback.Completed, "completed"},
		{"a visitor who is busy", "+12125550127", callback.NoAnswer, "no_answer"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, b *bakery) {
				network := practice.New(nil)
				network.Handler = b.InProcess()
				b.Verifiers = func() []twilio.Verifier {
					return []twilio.Verifier{{Base: network.Base, AccountSID: network.Account, Tokens: []string{network.Token}}}
				}
				b.Engine.Carrier = network
				b.Engine.Rules = func(time.Time) callback.Rules {
					r := b.rules()
					r.Base, r.Account = network.Base, network.Account
					return r
				}
				ctx, stop := context.WithCancel(t.Context())
				go func() { _ = b.Engine.Run(ctx) }()
				id := b.asks(c.number)
				for b.request(id).Status != c.want && b.get("/status/"+id).text("state") != c.state {
					query := "wait=25&" + b.seen(id)
					if a, took := b.waits(t.Context(), id, query).end(); took >= 25*time.Second && time.Since(start(b, id)) > 5*time.Minute {
						t.Fatalf("after five minutes the status is %s", a.Body)
					}
				}
				if a := b.get("/status/" + id); a.text("status") != string(c.want) || a.text("state") != c.state {
					t.Errorf("status is %s", a.Body)
				}
				if w := network.Warnings(); len(w) > 0 {
					t.Errorf("the carrier complains: %q", w)
				}
				stop()
				synctest.Wait()
				if err := network.Close(); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

func start(b *bakery, id string) time.Time { return b.request(id).AskedAt }
