package twiliotest

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const asXML = "text/xml; charset=utf-8"

func TestWhatTheTwiMLReferenceDoesNotKnowIsAFault(t *testing.T) {
	in := func(verbs string) string {
		return `<?xml version="1.0" encoding="UTF-8"?><Response>` + verbs + `</Response>`
	}
	for _, tt := range []struct{ name, kind, body, want string }{
		{"an empty answer is right", asXML, in(""), ""},
		{"a sentence and an end are right", asXML, in(`<Say language="en-US">Hello</Say><Hangup/>`), ""},
		{"plain text, which is read aloud", "text/plain", in(""), "its type is not XML"},
		{"no XML", asXML, "Hello", "text stands outside the Response|it has 0 roots"},
		{"half a document", asXML, `<Response><Say>Hel`, "it can't be parsed"},
		{"two documents", asXML, in("") + "<Response/>", "it has 2 roots"},
		{"another root", asXML, "<Answer/>", `"Answer" is no verb`},
		{"more than 64 kB", asXML, in("") + strings.Repeat(" ", 64<<10), "it is longer than 64 kB"},
		{"a verb that there is not", asXML, in("<Shout>Hello</Shout>"), `"Shout" is no verb`},
		{"a verb in small letters", asXML, in("<hangup/>"), `"hangup" is no verb`},
		{"a verb where it may not stand", asXML, in(`<Gather numDigits="1"><Hangup/></Gather>`), `Hangup stands in "Gather"`},
		{"an attribute that there is not", asXML, in(`<Hangup reason="busy"/>`), `Hangup has no "reason"`},
		{"an attribute of another verb", asXML, in(`<Say timeout="3">Hello</Say>`), `Say has no "timeout"`},
		{"nothing said", asXML, in(`<Say></Say>`), "what stands in Say does not have 1 to 4096 characters"},
		{"a relative address", asXML, in(`<Redirect>/twilio/whisper</Redirect>`), "what stands in Redirect is not absolute"},
		{"a Dial of nobody", asXML, in(`<Dial callerId="+12125550100"></Dial>`), "Dial has no Number"},
		{"a number that is not E.164", asXML, in(`<Dial><Number>2125550123</Number></Dial>`), "what stands in Number is not E.164"},
		{"a talk of five hours", asXML, in(`<Dial timeLimit="18000"><Number>+12125550123</Number></Dial>`), "timeLimit of Dial is not a whole number from 1 to 14400"},
		{"an event that there is not", asXML, in(`<Dial><Number statusCallbackEvent="answered busy">+12125550123</Number></Dial>`),
			"statusCallbackEvent of Number is not one of initiated, ringing, answered, completed"},
		{"words between verbs", asXML, in(`Hello<Hangup/>`), "text stands in Response"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := strings.Join(slices.Compact(FaultsOf(tt.kind, []byte(tt.body))), "|")
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestEachAnswerOfOursIsTwiMLAsDocumented(t *testing.T) {
	files, err := filepath.Glob("../testdata/*.xml")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden files", err)
	}
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, fault := range FaultsOf(asXML, body) {
			t.Errorf("%s: %s", filepath.Base(file), fault)
		}
	}
}
