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
		{"the visitor's rings", janes(desk.Ringing), view.Phone{Number: "+12125550123", Title: "Jane Doe", Who: "Ann's Bakery", Line: "rings 0:02",
			Role: view.Live, Ringing: true, Running: true, CanAnswer: true, CanDecline: true}},
		{"the visitor's is at rest", janes(desk.Idle), view.Phone{Number: "+12125550123", Title: "Jane Doe", Who: "No call", Line: "after you press 1", Role: view.Quiet}},
		{"there is no visitor yet", desk.PracticePhone{State: desk.Idle}, view.Phone{Title: "Visitor", Who: "No call", Line: "after you press 1", Role: view.Quiet}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := english(t).Strip(view.Stage{Phones: []desk.PracticePhone{c.phone}}, now)
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
	missed := callback.Request{ID: 1, Status: callback.Missed, AskedAt: ago(time.Minute)}
	talked := callback.Request{ID: 1, Status: callback.Completed, AskedAt: ago(time.Minute)}
	ticked := missed
	ticked.TickedOff = &callback.Mark{}
	idle := view.Bubble{Role: view.Quiet, Headline: "Your phone", Words: "It rings here as soon as somebody asks on the form."}
	cases := []struct {
		name          string
		shop, visitor desk.PracticePhone
		texts         []desk.PracticeText
		newest        callback.Request
		want          view.Bubble
	}{
		{"it rings", counter(desk.Ringing), janes(desk.Idle), toShop, missed, view.Bubble{Role: view.Live, Headline: "Your phone rings", Words: "Answer it. It says who is waiting and what about; then press 1."}},
		{"the whisper", whisper, janes(desk.Idle), nil, callback.Request{}, view.Bubble{Role: view.Live, Headline: "Your phone says", Words: "“Jane Doe is waiting.”"}},
		{"the visitor is rung", counter(desk.OnCall), janes(desk.Ringing), nil, callback.Request{}, view.Bubble{Role: view.Live, Headline: "Your phone says", Words: "Stay on the line: the visitor's phone rings."}},
		{"they talk", joined, janes(desk.OnCall), nil, callback.Request{}, view.Bubble{Role: view.Talked, Headline: "You are talking", Words: "Hang up one of the phones to end the call."}},
		{"it is silent", counter(desk.OnCall), janes(desk.Idle), nil, callback.Request{}, view.Bubble{Role: view.Live, Headline: "Your phone says", Words: "One moment…"}},
		{"a text has come", counter(desk.Idle), janes(desk.Idle), toShop, missed, view.Bubble{Role: view.Needs, Headline: "Your phone got a text, 10:41", Words: "Jane asks."}},
		{"a text from before the last request is old news", counter(desk.Idle), janes(desk.Idle), old, missed, idle},
		{"so is one after which they talked", counter(desk.Idle), janes(desk.Idle), toShop, talked, idle},
		{"and one that is ticked off", counter(desk.Idle), janes(desk.Idle), toShop, ticked, idle},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := english(t).Strip(view.Stage{Phones: []desk.PracticePhone{c.shop, c.visitor}, Texts: c.texts, Newest: c.newest}, now).Says
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
	rests := func(s callback.Status, why callback.Reason) callback.Request {
		return callback.Request{ID: 1, Status: s, Reason: why, Number: "+12125550123", AskedAt: ago(time.Minute), DueAt: in(15 * time.Minute)}
	}
	page := func(words string) view.Bubble {
		return view.Bubble{Role: view.Quiet, Headline: "The visitor reads", Words: "“" + words + "”"}
	}
	rested := janes(desk.Idle)
	toJane := []desk.PracticeText{{To: "+12125550123", Body: "Sorry.", At: now}}
	talked := rests(callback.Completed, "")
	talked.UpdatedAt = in(time.Second)
	texted := rests(callback.Completed, "")
	texted.UpdatedAt = ago(time.Second)
	toTom := []desk.PracticeText{{To: "+12125550199", Body: "Sorry.", At: now}}
	cases := []struct {
		name   string
		line   []callback.Request
		texts  []desk.PracticeText
		newest callback.Request
		want   view.Bubble
	}{
		{"their turn comes", request(callback.Pending), nil, callback.Request{}, view.Bubble{Role: view.Live, Headline: "The visitor reads", Words: "“Your phone will ring soon. First we ring the shop, then you. You may close this page.”"}},
		{"somebody is before them", append([]callback.Request{{ID: 5, Status: callback.Connected}}, request(callback.Pending)...), nil, callback.Request{},
			view.Bubble{Role: view.Live, Headline: "The visitor reads", Words: "“You are number 1 in line.”"}},
		{"the shop rings", request(callback.Calling), nil, callback.Request{}, view.Bubble{Role: view.Live, Headline: "The visitor reads", Words: "“Ringing the shop. As soon as somebody picks up, your phone rings.”"}},
		{"they are rung", request(callback.Connecting), nil, callback.Request{}, view.Bubble{Role: view.Live, Headline: "The visitor reads", Words: "“Pick up, it’s us. Ann's Bakery is on the line and waits for you.”"}},
		{"they talk", request(callback.Connected), nil, callback.Request{}, view.Bubble{Role: view.Live, Headline: "The visitor reads", Words: "“You are connected. You may close this page.”"}},
		{"a text has come", nil, toJane, rests(callback.SMSSent, callback.Unanswered), view.Bubble{Role: view.Needs, Headline: "The visitor got a text, 10:41", Words: "Sorry."}},
		{"a text to another is not theirs", nil, toTom, rests(callback.SMSSent, callback.Unanswered), page("Nobody could come to the phone. We are sorry. We have your number and will call you as soon as we can.")},
		{"the next round is planned", nil, nil, rests(callback.Scheduled, callback.NextRound), page("Nobody could come to the phone. We are sorry. We have your number and will try again.")},
		{"it was put off", nil, nil, rests(callback.Scheduled, callback.ByKey2), page("We’ll call you today at 10:56. Nothing more to do. You may close this page.")},
		{"it was too late", nil, nil, rests(callback.Missed, callback.Stale), page("We could not call you in time. We don’t want to ring you out of the blue. Shall we call at another time?")},
		{"they were not reached", nil, nil, rests(callback.NoAnswer, ""), page("We rang you, but missed you. Your phone may have been silent. Shall we call once more?")},
		{"they talked, whatever text went before", nil, toJane, talked, page("Thank you for talking to us. The call is over.")},
		{"they talked, and then the shop texted", nil, toJane, texted, view.Bubble{Role: view.Needs, Headline: "The visitor got a text, 10:41", Words: "Sorry."}},
		{"they cancelled", nil, nil, rests(callback.Cancelled, callback.ByVisitor), page("Cancelled. Your request is withdrawn. Nobody will call you.")},
		{"the shop ended the call", nil, nil, rests(callback.Cancelled, callback.ByOwner), page("Your request is closed. The shop has marked it as settled. If you would still like to talk, just ask again.")},
		{"the shop blocked them", nil, nil, rests(callback.Cancelled, callback.ByBlock), page("Cancelled. The shop has closed this request. Nobody will call you.")},
		{"the number is wrong", nil, nil, rests(callback.Failed, ""), page("This number can’t be reached. The phone network refused it. Is there a slip in it?")},
		{"nobody has asked", nil, nil, callback.Request{}, view.Bubble{Role: view.Quiet, Headline: "The visitor", Words: "Open the form, leave a number and watch both phones."}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := english(t).Strip(view.Stage{Phones: []desk.PracticePhone{counter(desk.Idle), rested}, Texts: c.texts, Line: c.line, Newest: c.newest}, now).Reads
			if diff := cmp.Diff(got, c.want); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTheClocksOfThePhonesRun(t *testing.T) {
	w := english(t)
	s := w.Strip(view.Stage{Phones: []desk.PracticePhone{counter(desk.Ringing), janes(desk.Idle)}}, now)
	shop, visitor := w.Lines(s, in(time.Minute))
	if shop != "rings 1:04" || visitor != "after you press 1" {
		t.Errorf("a minute later they say %q and %q", shop, visitor)
	}
}

func TestWhoTalkDoSoEquallyLong(t *testing.T) {
	shop, visitor := counter(desk.OnCall), janes(desk.OnCall)
	shop.Joined, visitor.Joined = true, true
	s := english(t).Strip(view.Stage{Phones: []desk.PracticePhone{shop, visitor}}, now)
	if s.Shop.Line != "talking 0:02" || s.Visitor.Line != "talking 0:02" {
		t.Errorf("the phones say %q and %q", s.Shop.Line, s.Visitor.Line)
	}
}
