package view_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ringback/server/callback"
	"ringback/server/desk"
	"ringback/ui/view"
)

func counter(state desk.PhoneState) desk.PracticePhone {
	return desk.PracticePhone{Shop: true, Number: "+12125550101", Label: "Counter", State: state, Since: ago(4 * time.Second), Request: 1}
}

func janes(state desk.PhoneState) desk.PracticePhone {
	return desk.PracticePhone{Number: "+12125550123", Label: "Jane Doe", State: state, Since: ago(2 * time.Second), Request: 1}
}

func TestThePhonesShowWhatTheyDo(t *testing.T) {
	with := func(p desk.PracticePhone, change func(*desk.PracticePhone)) desk.PracticePhone { change(&p); return p }
	cases := []struct {
		name  string
		phone desk.PracticePhone
		want  view.Phone
	}{
		{"the shop's rings", counter(desk.Ringing), view.Phone{Number: "+12125550101", Title: "Shop: Counter", Who: "Ringback", Line: "rings 0:04",
			Role: view.Live, Ringing: true, Running: true, CanAnswer: true, CanDecline: true}},
		{"the shop's listens for a key", with(counter(desk.OnCall), func(p *desk.PracticePhone) { p.Keys = true }),
			view.Phone{Number: "+12125550101", Title: "Shop: Counter", Who: "Ringback", Line: "on the line 0:04", Role: view.Talked, Running: true, CanKey: true, CanHangUp: true}},
		{"the shop's talks", with(counter(desk.OnCall), func(p *desk.PracticePhone) { p.Joined = true }),
			view.Phone{Number: "+12125550101", Title: "Shop: Counter", Who: "Visitor", Line: "talking 0:04", Role: view.Talked, Running: true, CanHangUp: true}},
		{"the shop's is at rest", counter(desk.Idle), view.Phone{Number: "+12125550101", Title: "Shop: Counter", Who: "No call", Line: "waits for a request", Role: view.Quiet}},
		{"the visitor's rings", janes(desk.Ringing), view.Phone{Number: "+12125550123", Title: "Visitor: Jane Doe", Who: "Ann's Bakery", Line: "rings 0:02",
			Role: view.Live, Ringing: true, Running: true, CanAnswer: true, CanDecline: true}},
		{"the visitor's is at rest", janes(desk.Idle), view.Phone{Number: "+12125550123", Title: "Visitor: Jane Doe", Who: "No call", Line: "after you press 1", Role: view.Quiet}},
		{"there is no visitor yet", desk.PracticePhone{State: desk.Idle}, view.Phone{Title: "Visitor", Who: "No call", Line: "after you press 1", Role: view.Quiet}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := english(t).Strip([]desk.PracticePhone{c.phone}, nil, nil, now)
			got := s.Visitor
			if c.phone.Shop {
				got = s.Shop
			}
			if diff := cmp.Diff(got, c.want); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestBesideTheShopsPhoneStandsWhatItSays(t *testing.T) {
	whisper := counter(desk.OnCall)
	whisper.Says, whisper.Keys = "Jane Doe is waiting.", true
	joined := counter(desk.OnCall)
	joined.Joined = true
	toShop := []desk.PracticeText{{Shop: false, Body: "not for you", At: now}, {Shop: true, Body: "Jane asks.", At: now}}
	old := []desk.PracticeText{{Shop: true, Body: "Jane asks.", At: ago(2 * time.Minute)}}
	cases := []struct {
		name          string
		shop, visitor desk.PracticePhone
		texts         []desk.PracticeText
		want          view.Bubble
	}{
		{"it rings", counter(desk.Ringing), janes(desk.Idle), toShop, view.Bubble{Role: view.Live, Headline: "Your phone rings", Words: "Answer it. It says who is waiting and what about; then press 1."}},
		{"the whisper", whisper, janes(desk.Idle), nil, view.Bubble{Role: view.Live, Headline: "Your phone says", Words: "“Jane Doe is waiting.”"}},
		{"the visitor is rung", counter(desk.OnCall), janes(desk.Ringing), nil, view.Bubble{Role: view.Live, Headline: "Your phone says", Words: "Stay on the line: the visitor's phone rings."}},
		{"they talk", joined, janes(desk.OnCall), nil, view.Bubble{Role: view.Talked, Headline: "You are talking", Words: "Hang up one of the phones to end the call."}},
		{"it is silent", counter(desk.OnCall), janes(desk.Idle), nil, view.Bubble{Role: view.Live, Headline: "Your phone says", Words: "One moment…"}},
		{"a text has come", counter(desk.Idle), janes(desk.Idle), toShop, view.Bubble{Role: view.Needs, Headline: "Your phone got a text, 10:41", Words: "“Jane asks.”"}},
		{"a text from before the last call is old news", counter(desk.Idle), janes(desk.Idle), old, view.Bubble{Role: view.Quiet, Headline: "Your phone", Words: "It rings here as soon as somebody asks on the form."}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := english(t).Strip([]desk.PracticePhone{c.shop, c.visitor}, c.texts, nil, now).Says
			if diff := cmp.Diff(got, c.want); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestBesideTheVisitorsPhoneStandsTheirPage(t *testing.T) {
	request := func(s callback.Status) []callback.Request {
		return []callback.Request{{ID: 1, Status: s, Language: "en"}}
	}
	toJane := []desk.PracticeText{{To: "+12125550123", Body: "Sorry.", At: now}}
	toTom := []desk.PracticeText{{To: "+12125550199", Body: "Sorry.", At: now}}
	cases := []struct {
		name  string
		line  []callback.Request
		texts []desk.PracticeText
		want  view.Bubble
	}{
		{"their turn comes", request(callback.Pending), nil, view.Bubble{Role: view.Live, Headline: "The visitor reads", Words: "“Your phone will ring soon. First we ring the shop, then you. You may close this page.”"}},
		{"somebody is before them", append([]callback.Request{{ID: 5, Status: callback.Connected}}, request(callback.Pending)...), nil,
			view.Bubble{Role: view.Live, Headline: "The visitor reads", Words: "“You are number 1 in line.”"}},
		{"the shop rings", request(callback.Calling), nil, view.Bubble{Role: view.Live, Headline: "The visitor reads", Words: "“Ringing the shop. As soon as somebody picks up, your phone rings.”"}},
		{"they are rung", request(callback.Connecting), nil, view.Bubble{Role: view.Live, Headline: "The visitor reads", Words: "“Pick up, it’s us. Ann's Bakery is on the line and waits for you.”"}},
		{"they talk", request(callback.Connected), nil, view.Bubble{Role: view.Live, Headline: "The visitor reads", Words: "“You are connected. You may close this page.”"}},
		{"a text has come", nil, toJane, view.Bubble{Role: view.Needs, Headline: "The visitor got a text, 10:41", Words: "“Sorry.”"}},
		{"a text to another is not theirs", nil, toTom, view.Bubble{Role: view.Quiet, Headline: "The visitor", Words: "Open the form, leave a number and watch both phones."}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := english(t).Strip([]desk.PracticePhone{counter(desk.Idle), janes(desk.Idle)}, c.texts, c.line, now).Reads
			if diff := cmp.Diff(got, c.want); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTheClocksOfThePhonesRun(t *testing.T) {
	w := english(t)
	s := w.Strip([]desk.PracticePhone{counter(desk.Ringing), janes(desk.Idle)}, nil, nil, now)
	shop, visitor := w.Lines(s, in(time.Minute))
	if shop != "rings 1:04" || visitor != "after you press 1" {
		t.Errorf("a minute later they say %q and %q", shop, visitor)
	}
}
