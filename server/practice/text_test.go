package practice_test

import (
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"ringback/server/callback"
	"ringback/server/practice"
)

var message = callback.Message{Text: "a-t1", For: callback.ShopLeg, To: shopAccepts, From: ours, Base: practice.DefaultBase,
	Language: "en", Business: "Ann's", Name: "Bob", Number: home}

func TestTexts(t *testing.T) {
	for _, tt := range []struct {
		name    string
		lost    int
		status  callback.TextStatus
		reports []string
	}{
		{"a text is delivered", 0, callback.TextDelivered, []string{"taken", "delivered"}},
		{"or not, where the network says so", 30006, callback.TextLost, []string{"taken", "undelivered"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := open(t, home)
				defer s.close()
				s.net.Faults.Deliver = func(string) int { return tt.lost }
				sid, err := s.net.Text(t.Context(), message)
				if err != nil {
					t.Fatal(err)
				}
				over()
				s.heard(nil, map[string][]string{"a-t1": tt.reports})
				got := s.net.Texts()
				if len(got) != 1 || got[0].SID != sid || got[0].Status != tt.status || got[0].To != shopAccepts || got[0].Body == "" {
					t.Errorf("kept: got %+v, want the text as %s", got, tt.status)
				}
				s.warned()
			})
		})
	}
}

func TestTheLastTwentyTextsAreShown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, home)
		defer s.close()
		for i := range 25 {
			m := message
			m.Name = fmt.Sprint("Bob ", i)
			if _, err := s.net.Text(t.Context(), m); err != nil {
				t.Fatal(err)
			}
		}
		got := s.net.Texts()
		want := "Ann's: callback request. Bob 24, +1 212-555-0121, asks for a call."
		if len(got) != 20 || got[19].Body != want {
			t.Errorf("got %d, the last %q, want 20 and %q", len(got), got[len(got)-1].Body, want)
		}
		over()
	})
}

func TestFindText(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		before := time.Now().Add(-time.Second)
		s := open(t, home)
		defer s.close()
		started := time.Now()
		if _, err := s.net.FindText(t.Context(), message, started); !isNotFound(err) {
			t.Errorf("before it was sent: got %v, want ErrNotFound", err)
		}
		s.net.Faults.Text = func(callback.Message) practice.Outcome { return practice.Outcome{Err: errLost, Done: true} }
		if _, err := s.net.Text(t.Context(), message); !errors.Is(err, errLost) {
			t.Fatalf("got %v, want the answer lost", err)
		}
		if sid, err := s.net.FindText(t.Context(), message, started); err != nil || sid != s.net.Texts()[0].SID {
			t.Errorf("got %q, %v, want the text's SID", sid, err)
		}
		if sid, err := s.net.FindText(t.Context(), message, before); err != nil || sid == "" {
			t.Errorf("a text of an earlier start: got %q, %v, want it taken", sid, err)
		}
		over()
	})
}
