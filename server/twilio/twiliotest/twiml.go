package twiliotest

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	longestTwiML = 64 << 10 // 11750
	longestSaid  = 4096     // characters of one Say
)

// element is what the TwiML reference says of a verb or noun.
type element struct {
	in    []string         // what it may stand in
	attrs map[string]check // those that are understood here
	text  check            // what stands in it; nil: nothing but other elements
	needs string           // an element that must stand in it
	most  int              // how many elements may stand in it; 0: any number
}

// reference is Twilio's TwiML reference (twilio.com/docs/voice/twiml), as
// far as Ringback speaks it. Of attributes that it has too, but Ringback never sends,
// none is here: to send one is to come here first.
var reference = map[string]element{
	"Response": {in: []string{""}},
	"Say": {in: []string{"Response", "Gather"}, text: upTo(longestSaid), attrs: map[string]check{
		"language": oneOf("en-US", "en-GB", "es-MX", "es-ES", "es-US"), "voice": anything, "loop": whole(0, 1000),
	}},
	"Pause": {in: []string{"Response", "Gather"}, attrs: map[string]check{"length": whole(1, 600)}},
	"Gather": {in: []string{"Response"}, attrs: map[string]check{
		"numDigits": whole(1, noMaximum), "timeout": whole(1, noMaximum), "action": webAddress, "method": oneOf("GET", "POST"),
		"finishOnKey": oneOf("", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "#"), "actionOnEmptyResult": oneOf("true", "false"),
		"input": oneOf("dtmf"),
	}},
	"Dial": {in: []string{"Response"}, needs: "Number", most: 10, attrs: map[string]check{
		"callerId": phone, "timeLimit": whole(1, 4*60*60), "timeout": whole(1, 600), "action": webAddress, "method": oneOf("GET", "POST"),
		"answerOnBridge": oneOf("true", "false"), "hangupOnStar": oneOf("true", "false"),
	}},
	"Number": {in: []string{"Dial"}, text: phone, attrs: map[string]check{
		"statusCallback": webAddress, "statusCallbackEvent": events4, "statusCallbackMethod": oneOf("GET", "POST"),
		"url": webAddress, "method": oneOf("GET", "POST"),
	}},
	"Redirect": {in: []string{"Response"}, text: webAddress, attrs: map[string]check{"method": oneOf("GET", "POST")}},
	"Hangup":   {in: []string{"Response"}},
}

// events4 are one attribute with blanks between them, unlike the REST parameter.
func events4(value string) string {
	names := strings.Fields(value)
	for i, name := range names {
		if wrong := oneOf("initiated", "ringing", "answered", "completed")(name); wrong != "" {
			return wrong
		}
		if slices.Contains(names[:i], name) {
			return "names an event twice"
		}
	}
	if len(names) == 0 {
		return "names no event"
	}
	return ""
}

func webAddress(value string) string {
	if u, err := url.Parse(value); err == nil && u.Host == "" {
		return "is not absolute"
	}
	return address(value)
}

// FaultsOf says what Twilio would not understand of an answer to one of its webhooks,
// one sentence a fault: type and size, unknown verbs and attributes, values that the
// reference does not allow, and elements where they may not stand. None repeats a
// value.
func FaultsOf(contentType string, body []byte) []string {
	var all []string
	if kind, _, err := mime.ParseMediaType(contentType); err != nil || kind != "text/xml" && kind != "application/xml" {
		all = append(all, "its type is not XML")
	}
	if len(body) > longestTwiML {
		all = append(all, "it is longer than 64 kB")
	}
	if !utf8.Valid(body) {
		all = append(all, "it is not UTF-8")
	}
	return append(all, (&reading{xml.NewDecoder(bytes.NewReader(body))}).document()...)
}

// reading reads a document element by element.
type reading struct{ from *xml.Decoder }

func (r *reading) document() []string {
	var all []string
	roots := 0
	for {
		token, err := r.from.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return append(all, "it can't be parsed")
		}
		switch token := token.(type) {
		case xml.StartElement:
			roots++
			faults, _ := r.element(token, "")
			all = append(all, faults...)
		case xml.CharData:
			if len(bytes.TrimSpace(token)) > 0 {
				all = append(all, "text stands outside the Response")
			}
		}
	}
	if roots != 1 {
		all = append(all, fmt.Sprintf("it has %d roots", roots))
	}
	return all
}

// element reads one to its end; more is false where the document ends or breaks first.
func (r *reading) element(start xml.StartElement, in string) (all []string, more bool) {
	name := start.Name.Local
	e, known := reference[name]
	switch {
	case !known:
		all = append(all, fmt.Sprintf("%.20q is no verb", name))
	case !slices.Contains(e.in, in):
		all = append(all, fmt.Sprintf("%s stands in %q", name, in))
	default:
		all = append(all, e.faults(name, start.Attr)...)
	}
	var text strings.Builder
	var inside []string
	for {
		token, err := r.from.Token()
		if err != nil {
			return append(all, "it can't be parsed"), false
		}
		switch token := token.(type) {
		case xml.StartElement:
			inside = append(inside, token.Name.Local)
			faults, more := r.element(token, name)
			all = append(all, faults...)
			if !more {
				return all, false
			}
		case xml.CharData:
			text.Write(token)
		case xml.EndElement:
			return append(all, e.filled(name, strings.TrimSpace(text.String()), inside)...), true
		}
	}
}

func (e element) faults(name string, attrs []xml.Attr) (all []string) {
	var seen []string
	for _, a := range attrs {
		check, known := e.attrs[a.Name.Local]
		switch {
		case !known:
			all = append(all, fmt.Sprintf("%s has no %.30q", name, a.Name.Local))
		case slices.Contains(seen, a.Name.Local):
			all = append(all, fmt.Sprintf("%s has %s twice", name, a.Name.Local))
		default:
			if wrong := check(a.Value); wrong != "" {
				all = append(all, fmt.Sprintf("%s of %s %s", a.Name.Local, name, wrong))
			}
		}
		seen = append(seen, a.Name.Local)
	}
	return all
}

// filled judges what stands in an element.
func (e element) filled(name, text string, inside []string) (all []string) {
	switch {
	case e.text != nil:
		if wrong := e.text(text); wrong != "" {
			all = append(all, fmt.Sprintf("what stands in %s %s", name, wrong))
		}
	case text != "" && e.in != nil:
		all = append(all, "text stands in "+name)
	}
	if e.needs != "" && !slices.Contains(inside, e.needs) {
		all = append(all, fmt.Sprintf("%s has no %s", name, e.needs))
	}
	if e.most > 0 && len(inside) > e.most {
		all = append(all, fmt.Sprintf("%s has more than %d of them", name, e.most))
	}
	return all
}
