package twilio

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"
	"github.com/google/go-cmp/cmp"

	"ringback/server/callback"
)

var update = flag.Bool("update", false, "write the golden files anew")

const base = "https://shop.example"

func whisperStep(lang string) callback.Step {
	return callback.Step{
		Kind: callback.StepWhisper, Language: lang, Leg: "salt-1", Try: 1,
		Name: "Ann O'Neil", Number: "+12125550123", From: "+12125550100",
		Message: "A wedding cake for Saturday & a <b>quiet</b> table",
	}
}

func connectStep(lang string) callback.Step {
	return callback.Step{
		Kind: callback.StepConnect, Language: lang, Leg: "salt-1", Visitor: "salt-2",
		To: "+12125550123", From: "+12125550100", Ring: 25 * time.Second, Talk: time.Hour,
	}
}

func TestRender(t *testing.T) {
	steps := map[string]callback.Step{
		"none":  {},
		"hang":  {Kind: callback.StepHangUp},
		"again": {Kind: callback.StepAgain, Leg: "salt-1"},
	}
	for _, lang := range []string{"en", "es"} {
		steps["whisper_"+lang] = whisperStep(lang)
		steps["connect_"+lang] = connectStep(lang)
		steps["hold_"+lang] = callback.Step{Kind: callback.StepHold, Language: lang, Leg: "salt-1", Try: 1}
		steps["through_"+lang] = callback.Step{
			Kind: callback.StepThrough, Language: lang, Call: callIn, To: "+12125550101", From: "+12125550100",
			Ring: 20 * time.Second, Talk: time.Hour,
		}
		steps["say_closed_until_"+lang] = callback.Step{Kind: callback.StepSay, Language: lang, Phrase: callback.SayClosed,
			When: time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)}
		in := whisperStep(lang)
		in.Leg, in.Call = "", callIn
		steps["in_"+lang] = in
		unknown := in
		unknown.Name, unknown.Message, unknown.Number = "", "", ""
		steps["in_unknown_"+lang] = unknown
		for _, phrase := range phrases {
			steps[string(phrase)+"_"+lang] = callback.Step{Kind: callback.StepSay, Language: lang, Phrase: phrase}
		}
	}
	steps["hold_again"] = callback.Step{Kind: callback.StepHold, Language: "en", Leg: "salt-1", Try: 2}
	held := connectStep("en")
	held.Try = 1
	steps["connect_held"] = held
	for name, step := range steps {
		t.Run(name, func(t *testing.T) { golden(t, name, Render(step, base)) })
	}
}

var phrases = []callback.Phrase{
	callback.SayCancelled, callback.SayTaken, callback.SayLater, callback.SayTexted,
	callback.SayNoAnswer, callback.SaySpent, callback.SayTrouble,
	callback.SayIncoming, callback.SayRinging, callback.SayClosed, callback.SayBusy, callback.SayOnList, callback.SayNobody,
}

const callIn = "CA00000000000000000000000000000009"

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	if !strings.HasSuffix(name, ".txt") {
		name += ".xml"
	}
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

// parse reads TwiML as Twilio would.
func parse(t *testing.T, twiml []byte) *etree.Element {
	t.Helper()
	doc := etree.NewDocument()
	if err := doc.ReadFromBytes(twiml); err != nil {
		t.Fatalf("TwiML can't be parsed: %v\n%s", err, twiml)
	}
	return doc.Root()
}

func TestWhispersBeginAtTheTry(t *testing.T) {
	for _, tt := range []struct {
		name string
		try  int
		want []string
	}{
		{"no try is the first", 0, []string{"1", "2", "3"}},
		{"the first", 1, []string{"1", "2", "3"}},
		{"after a wrong key the next", 2, []string{"2", "3"}},
		{"the last", 3, []string{"3"}},
		{"after the last only the hang-up is left", 4, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			step := whisperStep("en")
			step.Try = tt.try
			root := parse(t, Render(step, base))
			var got []string
			for _, g := range root.SelectElements("Gather") {
				action := g.SelectAttrValue("action", "")
				if want := KeyURL(base, "salt-1", tt.try+len(got)); tt.try > 0 && action != want {
					t.Errorf("action: got %s, want %s", action, want)
				}
				got = append(got, action[strings.LastIndex(action, "=")+1:])
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("tries (-want +got):\n%s", diff)
			}
			if last := root.ChildElements()[len(root.ChildElements())-1]; last.Tag != "Hangup" {
				t.Errorf("last verb: got %s, want Hangup, so that voicemail can't take the call", last.Tag)
			}
		})
	}
}

func TestDialLimitsRoundUp(t *testing.T) {
	step := connectStep("en")
	step.Ring, step.Talk = 20*time.Second+1, time.Minute-1
	dial := parse(t, Render(step, base)).SelectElement("Dial")
	if got := dial.SelectAttrValue("timeout", ""); got != "21" {
		t.Errorf("timeout: got %s, want 21", got)
	}
	if got := dial.SelectAttrValue("timeLimit", ""); got != "60" {
		t.Errorf("timeLimit: got %s, want 60", got)
	}
}

func TestNothingTypedBecomesMarkup(t *testing.T) {
	for _, typed := range []string{
		`</Say></Gather><Dial>+19005550199</Dial>`,
		`<break time="10s"/>`,
		`&lt;Hangup/&gt; &#60;Dial&#62;`,
		`]]><Hangup/><![CDATA[`,
		"[[slnc 9000]] [[rate 500]]",
		"{message} {who} {number}",
		"\x00\x1b[31m\u202egnp.exe\u2066 \xff\xfe",
		"\ufeff\u200b\u00ad",
	} {
		for try := 1; try <= callback.Whispers; try++ {
			step := whisperStep("en")
			step.Name, step.Message, step.Try = typed, typed, try
			root := parse(t, Render(step, base))
			if n := len(root.FindElements("//Dial")) + len(root.FindElements("//break")); n > 0 {
				t.Errorf("%q became an element", typed)
			}
			for _, say := range root.FindElements("//Say") {
				if strings.ContainsAny(say.Text(), "<>&[]{}\\`|\u202e\u2066\ufeff\u200b\u00ad\x00\x1b\ufffd") {
					t.Errorf("%q is said as %q", typed, say.Text())
				}
			}
		}
	}
}
