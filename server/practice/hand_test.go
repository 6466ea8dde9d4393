package practice_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"ringback/server/practice"
)

// played is a site at whose network both phones are played by hand.
func played(t *testing.T) (*site, *practice.Hand) {
	t.Helper()
	s := open(t, home)
	hand := &practice.Hand{}
	s.net.Person = func(string) practice.Person { return hand }
	return s, hand
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	synctest.Wait()
}

// phone returns one phone, without the times.
func phone(h *practice.Hand, number string) practice.PhoneState {
	for _, p := range h.Phones() {
		if p.Number == number {
			p.Since = time.Time{}
			return p
		}
	}
	return practice.PhoneState{}
}

func TestAWholeCallByHand(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, hand := played(t)
		defer s.close()
		if got := hand.Phones(); len(got) != 0 {
			t.Errorf("before the first call: got %v, want no phones", got)
		}
		s.call(shopAccepts)
		synctest.Wait()
		is := func(what, number string, want practice.PhoneState) {
			t.Helper()
			want.Number = number
			if diff := cmp.Diff(want, phone(hand, number)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", what, diff)
			}
		}
		is("the shop's phone rings", shopAccepts, practice.PhoneState{From: ours, Sound: practice.Sound{State: practice.Ringing}})

		must(t, hand.Answer(shopAccepts))
		const whisper = "Ann is waiting. Press 1 to connect, 2 for later, 3 for a text."
		is("the whisper is said", shopAccepts, practice.PhoneState{From: ours,
			Sound: practice.Sound{State: practice.Talking, Says: whisper, Gathers: true}})

		must(t, hand.Press(shopAccepts, "1"))
		is("the shop hears that it is connected", shopAccepts, practice.PhoneState{From: ours,
			Sound: practice.Sound{State: practice.Talking, Says: "Connecting you."}})
		time.Sleep(time.Second)
		is("the shop waits", shopAccepts, practice.PhoneState{From: ours, Sound: practice.Sound{State: practice.Talking, Dials: home}})
		is("the visitor's phone rings", home, practice.PhoneState{From: ours, Sound: practice.Sound{State: practice.Ringing}})

		must(t, hand.Answer(home))
		is("they talk", shopAccepts, practice.PhoneState{From: ours, Sound: practice.Sound{State: practice.Talking, With: home}})
		is("both of them", home, practice.PhoneState{From: ours, Sound: practice.Sound{State: practice.Talking, With: shopAccepts}})

		must(t, hand.HangUp(home))
		is("both are idle", shopAccepts, practice.PhoneState{})
		is("and can be seen", home, practice.PhoneState{})
		s.heard([]string{"whisper", "key 1 in try 1", "dialled completed bridged=true shopGone=false"},
			map[string][]string{"a-1": answered, "a-2": answered})
		s.warned()
	})
}

func TestByHand(t *testing.T) {
	type reports = map[string][]string
	accept := func(t *testing.T, h *practice.Hand) {
		t.Helper()
		must(t, h.Answer(shopAccepts))
		must(t, h.Press(shopAccepts, "1"))
		time.Sleep(time.Second)
		synctest.Wait()
	}
	const accepted = "key 1 in try 1"
	for _, tt := range []struct {
		name    string
		do      func(t *testing.T, h *practice.Hand)
		wants   []string
		reports reports
	}{
		{"nobody touches the phone", func(*testing.T, *practice.Hand) {}, nil, reports{"a-1": noAnswer}},
		{"the shop declines", func(t *testing.T, h *practice.Hand) { must(t, h.Decline(shopAccepts)) }, nil, reports{"a-1": busy}},
		{"the shop hangs up in the whisper", func(t *testing.T, h *practice.Hand) {
			must(t, h.Answer(shopAccepts))
			must(t, h.HangUp(shopAccepts))
		}, []string{"whisper"}, reports{"a-1": answered}},
		{"a wrong key goes on with the next whisper", func(t *testing.T, h *practice.Hand) {
			must(t, h.Answer(shopAccepts))
			must(t, h.Press(shopAccepts, "7"))
			must(t, h.HangUp(shopAccepts))
		}, []string{"whisper", "key 7 in try 1"}, reports{"a-1": answered}},
		{"the shop hangs up before the bridge", func(t *testing.T, h *practice.Hand) {
			accept(t, h)
			must(t, h.HangUp(shopAccepts))
		}, []string{"whisper", accepted, "dialled canceled bridged=false shopGone=true"}, reports{"a-1": answered, "a-2": canceled}},
		{"the visitor declines", func(t *testing.T, h *practice.Hand) {
			accept(t, h)
			must(t, h.Decline(home))
		}, []string{"whisper", accepted, "dialled busy bridged=false shopGone=false"}, reports{"a-1": answered, "a-2": busy}},
		{"the shop ends the talk", func(t *testing.T, h *practice.Hand) {
			accept(t, h)
			must(t, h.Answer(home))
			must(t, h.HangUp(shopAccepts))
		}, []string{"whisper", accepted, "dialled completed bridged=true shopGone=true"}, reports{"a-1": answered, "a-2": answered}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, hand := played(t)
				defer s.close()
				s.call(shopAccepts)
				synctest.Wait()
				tt.do(t, hand)
				over()
				s.heard(tt.wants, tt.reports)
				s.warned()
			})
		})
	}
}

func TestButtonsThatDoNothingSaySo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, hand := played(t)
		defer s.close()
		is := func(what string, got, want error) {
			t.Helper()
			if !errors.Is(got, want) {
				t.Errorf("%s: got %v, want %v", what, got, want)
			}
		}
		is("a phone that never rang", hand.Answer(shopAccepts), practice.ErrNotRinging)
		s.call(shopAccepts)
		synctest.Wait()
		is("a key while it rings", hand.Press(shopAccepts, "1"), practice.ErrNotTalking)
		is("hanging up while it rings", hand.HangUp(shopAccepts), practice.ErrNotTalking)
		must(t, hand.Answer(shopAccepts))
		is("answering twice", hand.Answer(shopAccepts), practice.ErrNotRinging)
		is("declining after answering", hand.Decline(shopAccepts), practice.ErrNotRinging)
		is("a key that no phone has", hand.Press(shopAccepts, "x"), practice.ErrNoKey)
		is("two keys at once", hand.Press(shopAccepts, "12"), practice.ErrNoKey)
		must(t, hand.HangUp(shopAccepts))
		is("hanging up twice", hand.HangUp(shopAccepts), practice.ErrNotTalking)
	})
}

func TestTheHandTellsOfEachChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, hand := played(t)
		defer s.close()
		changes := func(what string, do func()) {
			t.Helper()
			changed := hand.Changed()
			do()
			synctest.Wait()
			select {
			case <-changed:
			default:
				t.Errorf("%s: nothing was told", what)
			}
		}
		changes("it rings", func() { s.call(shopAccepts) })
		changes("it is answered", func() { must(t, hand.Answer(shopAccepts)) })
		changes("a key is pressed", func() { must(t, hand.Press(shopAccepts, "1")) })
		changes("the visitor's phone rings", func() { time.Sleep(time.Second) })
		changes("it is hung up", func() { must(t, hand.HangUp(shopAccepts)) })
		quiet := hand.Changed()
		over()
		select {
		case <-quiet:
			t.Error("told of a change while nothing happened")
		default:
		}
	})
}
