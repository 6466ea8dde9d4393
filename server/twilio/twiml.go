package twilio

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"time"

	"ringback/assets"
	"ringback/server/callback"
)

// ContentType is what TwiML is served as; Twilio reads plain text aloud.
const ContentType = "text/xml; charset=utf-8"

const (
	keyWait   = 4 // seconds that a Gather waits for a key after its sentence
	againWait = 2 // seconds before we are asked again
	holdWait  = 1 // seconds that the shop's other phones have to be quiet, before we are asked again
)

// mostPauses is more than the engine lets anybody wait.
const mostPauses = 9

// The parts of TwiML that we speak. twilio-go's twiml package orders attributes
// at random and can't write empty ones, so these are plain structs.
type (
	response struct {
		XMLName xml.Name `xml:"Response"`
		Verbs   []any
	}
	say struct {
		XMLName  xml.Name `xml:"Say"`
		Language string   `xml:"language,attr"`
		Text     string   `xml:",chardata"`
	}
	gather struct {
		XMLName   xml.Name `xml:"Gather"`
		NumDigits int      `xml:"numDigits,attr"`
		Timeout   int      `xml:"timeout,attr"`
		Action    string   `xml:"action,attr"`
		Say       say
	}
	dial struct {
		XMLName   xml.Name `xml:"Dial"`
		CallerID  string   `xml:"callerId,attr"`
		TimeLimit int      `xml:"timeLimit,attr,omitempty"`
		Timeout   int      `xml:"timeout,attr,omitempty"`
		Action    string   `xml:"action,attr"`
		Number    dialled
	}
	dialled struct {
		XMLName        xml.Name `xml:"Number"`
		URL            string   `xml:"url,attr,omitempty"`
		StatusCallback string   `xml:"statusCallback,attr,omitempty"`
		Events         string   `xml:"statusCallbackEvent,attr,omitempty"`
		Method         string   `xml:"statusCallbackMethod,attr,omitempty"`
		Number         string   `xml:",chardata"`
	}
	pause struct {
		XMLName xml.Name `xml:"Pause"`
		Length  int      `xml:"length,attr"`
	}
	redirect struct {
		XMLName xml.Name `xml:"Redirect"`
		URL     string   `xml:",chardata"`
	}
	hangup struct {
		XMLName xml.Name `xml:"Hangup"`
	}
)

// Render writes a step as TwiML. base is the public address of the call's
// webhooks, without a final slash. A StepAgain is sent back to the whisper, which
// has a fitting answer in every state; where more is known, use RenderAgain.
func Render(step callback.Step, base string) []byte {
	switch step.Kind {
	case callback.StepNone:
		return document()
	case callback.StepWhisper:
		return document(whispers(step, base)...)
	case callback.StepConnect:
		if step.Try > 0 { // it was said before the pause
			return document(dialVisitor(step, base))
		}
		return document(spoken(step.Language, "connecting"), dialVisitor(step, base))
	case callback.StepThrough:
		return document(spoken(step.Language, "through"), dialShop(step, base))
	case callback.StepHold:
		wait := []any{pause{Length: holdWait}, redirect{URL: JoinURL(base, step.Leg, step.Try)}}
		if step.Try == 1 {
			wait = append([]any{spoken(step.Language, "connecting")}, wait...)
		}
		return document(wait...)
	case callback.StepSay:
		return document(sentenceOf(step), hangup{})
	case callback.StepAgain:
		return RenderAgain(WhisperURL(base, step.Leg))
	case callback.StepHangUp:
	}
	return document(hangup{})
}

// RenderAgain writes TwiML that waits two seconds and then asks at url; see
// AgainURL for the webhook that could not be answered.
func RenderAgain(url string) []byte {
	return document(pause{Length: againWait}, redirect{URL: url})
}

// RenderTextAgain is RenderAgain for a text that came in: there is nobody to wait, and no
// verb to wait with. The redirected request has the text's parameters again.
func RenderTextAgain(url string) []byte { return document(redirect{URL: url}) }

// whispers are the whispers from step.Try on and the Hangup behind them, so that
// a voicemail, which presses nothing, can't take the call.
func whispers(step callback.Step, base string) []any {
	var verbs []any
	for try := max(step.Try, 1); try <= callback.Whispers; try++ {
		verbs = append(verbs, gather{
			NumDigits: 1,
			Timeout:   keyWait,
			Action:    keyURL(step, base, try),
			Say:       say{Language: voice(step.Language), Text: whisper(step, try)},
		})
	}
	return append(verbs, hangup{})
}

func keyURL(step callback.Step, base string, try int) string {
	if step.Call != "" {
		return InKeyURL(base, step.Call, try)
	}
	return KeyURL(base, step.Leg, try)
}

// dialShop puts a call that came in through. The shop hears who it is before the two are
// joined, and its leg is hung up without a key: a voicemail can't take it. The shop sees
// its own number, as with our calls.
func dialShop(step callback.Step, base string) dial {
	return dial{
		CallerID:  step.From,
		TimeLimit: seconds(step.Talk),
		Timeout:   seconds(step.Ring),
		Action:    InEndedURL(base, step.Call),
		Number:    dialled{URL: InURL(base, step.Call), Number: step.To},
	}
}

// dialVisitor has no answerOnBridge: it only delays the answering of a call that
// is not answered yet, and can mute the ringing.
func dialVisitor(step callback.Step, base string) dial {
	return dial{
		CallerID:  step.From,
		TimeLimit: seconds(step.Talk),
		Timeout:   seconds(step.Ring),
		Action:    DialledURL(base, step.Leg, step.Visitor),
		Number: dialled{
			StatusCallback: StatusURL(base, step.Visitor),
			Events:         "initiated ringing answered completed",
			Method:         "POST",
			Number:         step.To,
		},
	}
}

// sentenceOf says a phrase; a shop that is closed says until when, if that is known.
func sentenceOf(step callback.Step) say {
	if step.Phrase != callback.SayClosed || step.When.IsZero() {
		return spoken(step.Language, string(step.Phrase))
	}
	day := assets.Spoken(step.Language, "day_"+strconv.Itoa(int(step.When.Weekday())), nil)
	return say{Language: voice(step.Language), Text: assets.Spoken(step.Language, "say_closed_until",
		map[string]string{"day": day, "time": step.When.Format("15:04")})}
}

func spoken(lang, key string) say {
	return say{Language: voice(lang), Text: assets.Spoken(lang, key, nil)}
}

// voice names the speech engine's language for one of ours.
func voice(lang string) string {
	if assets.SpokenLanguage(lang) == "es" {
		return "es-MX"
	}
	return "en-US"
}

// seconds rounds up: a limit of half a second must not become none.
func seconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }

func document(verbs ...any) []byte {
	body, err := xml.MarshalIndent(response{Verbs: verbs}, "", "  ")
	if err != nil {
		panic(fmt.Sprintf("twilio: render TwiML: %v", err)) // strings and ints only
	}
	return append([]byte(xml.Header), append(body, '\n')...)
}
