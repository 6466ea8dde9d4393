package practice_test

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"ringback/server/callback"
	"ringback/server/practice"
)

// A goroutine that is left behind makes synctest fail the test.
func TestCloseEndsEverything(t *testing.T) {
	for _, tt := range []struct {
		name  string
		after time.Duration
		down  func(w http.ResponseWriter, r *http.Request) bool
	}{
		{"at once", 0, nil},
		{"while the shop rings", 500 * time.Millisecond, nil},
		{"while the whisper is said", 1500 * time.Millisecond, nil},
		{"while the visitor rings", 3 * time.Second, nil},
		{"while they talk", 6 * time.Second, nil},
		{"long after the end", time.Hour, nil},
		{"while the handler is down", 2 * time.Second, func(w http.ResponseWriter, _ *http.Request) bool {
			w.WriteHeader(http.StatusBadGateway)
			return true
		}},
		{"while the handler waits for its request to end", 2 * time.Second, func(_ http.ResponseWriter, r *http.Request) bool {
			<-r.Context().Done()
			return true
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := open(t, home)
				s.down = tt.down
				s.call(shopAccepts)
				s.call(shopHesitates)
				if _, err := s.net.Text(t.Context(), message); err != nil {
					t.Fatal(err)
				}
				time.Sleep(tt.after)
				s.close()
				s.close()
				synctest.Wait()
				before := len(s.forms)
				_, err := s.net.Call(t.Context(), callback.Call{Leg: "a-9", To: shopAccepts, From: ours, Base: practice.DefaultBase})
				refused(t, err, callback.CarrierDown)
				_, err = s.net.Text(t.Context(), message)
				refused(t, err, callback.CarrierDown)
				over()
				if len(s.forms) != before {
					t.Errorf("%d webhooks came after Close", len(s.forms)-before)
				}
			})
		})
	}
	t.Run("a handler that never returns is not waited for", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			s := open(t, home)
			free := make(chan struct{})
			s.down = func(http.ResponseWriter, *http.Request) bool {
				<-free
				return true
			}
			s.call(shopAccepts)
			time.Sleep(2 * time.Second)
			began := time.Now()
			s.close()
			if took := time.Since(began); took != 2*time.Second {
				t.Errorf("Close took %s, want its two seconds of patience", took)
			}
			close(free)
		})
	})
}

func TestWithoutAHandlerNothingCanBeCalled(t *testing.T) {
	n := practice.New(nil)
	defer func() { _ = n.Close() }()
	_, err := n.Call(t.Context(), callback.Call{To: shopAccepts, From: ours})
	refused(t, err, callback.CarrierDown)
	_, err = n.Text(t.Context(), message)
	refused(t, err, callback.CarrierDown)
}

func TestEachStartHasItsOwnTokenAndTheOneAccount(t *testing.T) {
	a, b := practice.New(nil), practice.New(nil)
	defer func() { _, _ = a.Close(), b.Close() }()
	if a.Token == b.Token {
		t.Error("two networks share their token")
	}
	if a.Name() != b.Name() || a.Account != b.Account {
		t.Errorf("got %q, %q and %q, %q, want one of each, so that what began before a restart goes on after it",
			a.Name(), a.Account, b.Name(), b.Account)
	}
}
