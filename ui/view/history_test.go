package view_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ringback/server/callback"
	"ringback/server/desk"
)

func TestHistory(t *testing.T) {
	type e = [2]string // kind, body
	talk := callback.Request{Number: "+12125550123", TalkFrom: ago(71 * time.Second), TalkTo: now}
	busy := callback.Request{Legs: []callback.Leg{{Role: callback.VisitorLeg, Status: callback.CallBusy, End: now}}}
	cases := []struct {
		name    string
		r       callback.Request
		entries []e
		want    []string
	}{
		{"a call from the form to the talk", talk, []e{
			{"asked", `{"status":"pending"}`},
			{"turn", `{"status":"calling","from":"pending"}`},
			{"started", `{"status":"calling","leg":"s-1","role":"shop","call":"started","phone":"Counter"}`},
			{"placed", `{"status":"calling","leg":"s-1","role":"shop","call":"queued","phone":"Counter"}`},
			{"call_status", `{"status":"calling","leg":"s-1","role":"shop","call":"ringing","phone":"Counter"}`},
			{"answered", `{"status":"calling","leg":"s-1","role":"shop","call":"in-progress","phone":"Counter"}`},
			{"answered", `{"status":"calling","leg":"s-1","role":"shop","call":"in-progress","phone":"Counter"}`},
			{"key", `{"status":"calling","leg":"s-1","role":"shop","call":"in-progress","phone":"Counter"}`},
			{"key", `{"status":"connecting","from":"calling","leg":"s-1","role":"shop","call":"in-progress","phone":"Counter","digits":"1"}`},
			{"call_status", `{"status":"connected","from":"connecting","leg":"s-2","role":"visitor","call":"in-progress"}`},
			{"dialled", `{"status":"completed","from":"connected","leg":"s-1","role":"shop","call":"in-progress","phone":"Counter"}`},
			{"call_status", `{"status":"completed","leg":"s-1","role":"shop","call":"completed","phone":"Counter"}`},
		}, []string{"Asked on the website", "Ringing Counter", "Counter picked up", "Accepted with 1 on Counter", "Ringing (212) 555-0123",
			"They picked up: connected", "Talked 1:11"}},
		{"nobody pressed 1, then the text and the next round", callback.Request{}, []e{
			{"started", `{"status":"calling","leg":"s-1","role":"shop","call":"started","phone":"Counter"}`},
			{"call_status", `{"status":"calling","leg":"s-1","role":"shop","call":"busy","phone":"Counter"}`},
			{"call_status", `{"status":"calling","leg":"s-1","role":"shop","call":"busy","phone":"Counter"}`},
			{"started", `{"status":"calling","leg":"s-2","role":"shop","call":"started","phone":"Mobile"}`},
			{"call_status", `{"status":"scheduled","from":"calling","reason":"round","leg":"s-2","role":"shop","call":"completed","phone":"Mobile","due_at":1795534860000}`},
			{"started", `{"status":"scheduled","text":"t-1","role":"shop","sms":"started"}`},
			{"text_taken", `{"status":"scheduled","text":"t-1","role":"shop","sms":"taken"}`},
			{"text_status", `{"status":"scheduled","text":"t-1","role":"shop","sms":"delivered"}`},
		}, []string{"Ringing Counter", "Counter was busy, or declined: nobody pressed 1", "Ringing Mobile", "Mobile hung up; nobody pressed 1", "Next call at 10:41", "Text to you: on its way", "Text to you: delivered"}},
		{"the visitor's phone is busy", busy, []e{
			{"dialled", `{"status":"no_answer","from":"connecting","leg":"s-1","role":"shop","call":"in-progress","phone":"Counter"}`},
		}, []string{"Their phone was busy"}},
		{"the shop hangs up before the bridge", callback.Request{}, []e{
			{"dialled", `{"status":"missed","from":"connecting","reason":"hung_up","leg":"s-1","role":"shop","call":"completed","phone":"Counter"}`},
		}, []string{"You hung up before they were connected"}},
		{"a call that was never made is made again", callback.Request{}, []e{
			{"started", `{"status":"calling","leg":"s-1","role":"shop","call":"started","phone":"Counter"}`},
			{"lost", `{"status":"calling","leg":"s-1","role":"shop","call":"started","phone":"Counter"}`},
			{"not_made", `{"status":"calling","leg":"s-1","role":"shop","call":"wanted","phone":"Counter"}`},
			{"started", `{"status":"calling","leg":"s-1","role":"shop","call":"started","phone":"Counter"}`},
		}, []string{"Ringing Counter", "The phone network gave no answer; looking what became of it", "Ringing Counter"}},
		{"keys 2 and 3", callback.Request{}, []e{
			{"key", `{"status":"scheduled","from":"calling","reason":"key_2","leg":"s-1","role":"shop","phone":"Counter","digits":"2"}`},
			{"key", `{"status":"missed","from":"calling","reason":"key_3","leg":"s-2","role":"shop","phone":"Counter","digits":"3"}`},
		}, []string{"2 pressed on Counter: later", "3 pressed on Counter: as a text, please"}},
		{"the owner's marks", callback.Request{}, []e{
			{"tick_off", `{"status":"missed","who":"Ann"}`}, {"undo", `{"status":"missed"}`},
			{"call_now", `{"status":"pending","from":"missed"}`}, {"cancel", `{"status":"cancelled","from":"calling","by":"owner"}`},
		}, []string{"Ticked off by Ann", "Taken back to the list", "You pressed Call now", "You ended the call"}},
		{"the number is blocked, and again not", callback.Request{}, []e{{"blocked", `{}`}, {"unblocked", `{}`}}, []string{"You blocked this number", "You unblocked this number"}},
		{"the visitor withdraws", callback.Request{}, []e{{"cancel", `{"by":"visitor"}`}}, []string{"Cancelled on the website"}},
		{"it became stale", callback.Request{}, []e{{"tick", `{"status":"missed","from":"pending","reason":"stale"}`}}, []string{"Could not be called in time"}},
		{"the budget is spent", callback.Request{}, []e{{"held", `{"status":"missed","from":"calling","reason":"budget","refusal":"over_budget"}`}},
			[]string{"Today's calls are used up: not called"}},
		{"the carrier is in trouble", callback.Request{}, []e{{"refused", `{"status":"pending","from":"calling","reason":"trouble","refusal":"account","phone":"Counter"}`}},
			[]string{"The phone line has a problem; it is tried again"}},
		{"texts that did not arrive", callback.Request{}, []e{
			{"text_failed", `{"text":"t-1","role":"shop","sms":"refused"}`}, {"text_status", `{"text":"t-2","role":"visitor","sms":"undelivered"}`},
		}, []string{"The text to you could not be sent", "The text to the visitor did not arrive"}},
		{"the visitor calls back and nobody takes it, then somebody does", callback.Request{}, []e{
			{"called_in", `{"phone":"Counter","answer":""}`}, {"in_ended", `{"phone":"Counter","accepted":false}`},
			{"called_in", `{"phone":"","answer":"say_busy"}`}, {"called_in", `{"phone":"","answer":"say_ringing"}`},
			{"called_in", `{"phone":"Counter","answer":""}`}, {"in_ended", `{"phone":"Counter","accepted":true}`},
			{"talked_in", `{"status":"completed","from":"missed"}`},
		}, []string{"They called you back; Counter was rung", "Nobody took their call", "They called, and nobody could be rung",
			"They called while we were calling them", "They called you back; Counter was rung", "They called you, and you talked"}},
		{"the visitor chooses another time", callback.Request{}, []e{{"rescheduled", `{"status":"scheduled","from":"missed","due_at":1795534860000}`}},
			[]string{"They chose another time", "Next call at 10:41"}},
		{"the opening is moved", callback.Request{}, []e{
			{"asked", `{"status":"scheduled","reason":"opening","due_at":1795534860000}`},
			{"tick", `{"status":"scheduled","due_at":1795534860000}`}, // looked at, and nothing was new
			{"tick", `{"status":"scheduled","was_due":1795534860000,"due_at":1795538460000}`},
		}, []string{"Asked on the website", "Next call at 10:41", "New time for the next call: at 11:41"}},
		{"what is taken back has its time again", callback.Request{}, []e{
			{"tick_off", `{"status":"cancelled","from":"scheduled","reason":"owner"}`}, {"undo", `{"status":"scheduled","from":"cancelled","due_at":1795534860000}`},
		}, []string{"Ticked off", "Taken back to the list", "Next call at 10:41"}},
		{"the visitor texts", callback.Request{Texts: []callback.Text{{ID: "t-1", Said: "After five, please"}, {ID: "t-2"}}}, []e{
			{"texted_in", `{"text":"t-1","sms":"received"}`}, {"texted_in", `{"text":"t-2","sms":"received"}`},
		}, []string{"They texted: “After five, please”", "They sent a text without words"}},
		{"the owner texts, and it arrives", callback.Request{Texts: []callback.Text{{ID: "t-1", Role: callback.VisitorLeg, Said: "We open at nine"}}}, []e{
			{"texted_out", `{"text":"t-1","role":"visitor","sms":"wanted"}`}, {"text_taken", `{"text":"t-1","role":"visitor","sms":"taken"}`},
			{"text_status", `{"text":"t-1","role":"visitor","sms":"delivered"}`}, {"text_status", `{"text":"t-1","role":"visitor","sms":"delivered"}`},
		}, []string{"You texted: “We open at nine”", "Your text was delivered"}},
		{"the owner's texts that do not", callback.Request{Texts: []callback.Text{
			{ID: "t-1", Said: "a"}, {ID: "t-2", Said: "a"}, {ID: "t-3", Said: "a"}, {ID: "t-4", Said: "a"}, {ID: "t-5", Said: "a"},
		}}, []e{
			{"text_status", `{"text":"t-1","role":"visitor","sms":"undelivered"}`},
			{"text_failed", `{"text":"t-2","role":"visitor","sms":"refused","refusal":"account"}`},
			{"text_failed", `{"text":"t-3","role":"visitor","sms":"refused","refusal":"over_budget"}`},
			{"text_failed", `{"text":"t-4","role":"visitor","sms":"refused","refusal":"number_barred"}`},
			{"text_failed", `{"text":"t-5","role":"visitor","sms":"refused","refusal":"carrier_down"}`},
		}, []string{"Your text did not arrive", "Your text could not be sent",
			"Your text was not sent: today's texts, or today's money, are used up. Raise the limit under Settings, or send it tomorrow",
			"Your text was not sent: this number is blocked or has texted STOP",
			"Your text was not sent: the phone line could not be used. Send it again when it works"}},
		{"the owner's text whose words are kept no more", callback.Request{}, []e{{"texted_out", `{"text":"t-1"}`}}, []string{"You texted the visitor"}},
		{"what is of no use to an owner is left out", callback.Request{}, []e{
			{"recheck", `{}`}, {"ask_failed", `{}`}, {"tick", `{"status":"calling"}`}, {"hung_up", `{}`}, {"from_the_future", `{}`},
		}, nil},
		{"a body that can't be read is left out", callback.Request{}, []e{{"asked", `{"status":`}, {"asked", `[]`}}, nil},
		{"after the person was erased, what is left is told", callback.Request{}, []e{{"asked", ""}, {"started", ""}, {"key", ""}, {"dialled", ""}},
			[]string{"Asked on the website"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := desk.Detail{Request: c.r}
			for _, entry := range c.entries {
				d.Events = append(d.Events, callback.Entry{At: now, Kind: entry[0], Body: entry[1]})
			}
			var got []string
			for _, m := range english(t).Detail(d, nil, now).History {
				got = append(got, m.Text)
			}
			if diff := cmp.Diff(got, c.want); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAHistorySaysTheDayOnlyWhereItIsAnother(t *testing.T) {
	d := desk.Detail{Events: []callback.Entry{{At: ago(24 * time.Hour), Kind: "asked"}, {At: ago(5 * time.Second), Kind: "call_now"}}}
	h := english(t).Detail(d, nil, now).History
	if h[0].Time != "Nov 23 10:41" || h[1].Time != "10:40:55" {
		t.Errorf("the times are %q and %q", h[0].Time, h[1].Time)
	}
}
