package practice

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"mime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// longestTwiML is Twilio's limit (11750).
const longestTwiML = 64 << 10

// verb is an element of TwiML.
type verb struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Text    string     `xml:",chardata"`
	Verbs   []verb     `xml:",any"`
}

// known are the verbs and nouns that the network can run, with the attributes
// that Twilio's reference gives them; what stands in them, or at the top ("").
var known = map[string]struct{ attrs, in []string }{
	"Say":      {[]string{"language", "voice", "loop"}, []string{"", "Gather"}},
	"Pause":    {[]string{"length"}, []string{"", "Gather"}},
	"Gather":   {[]string{"numDigits", "timeout", "action", "method", "finishOnKey", "actionOnEmptyResult", "input", "language"}, []string{""}},
	"Dial":     {[]string{"callerId", "timeLimit", "timeout", "action", "method", "answerOnBridge", "hangupOnStar", "record"}, []string{""}},
	"Number":   {[]string{"statusCallback", "statusCallbackEvent", "statusCallbackMethod", "url", "method"}, []string{"Dial"}},
	"Redirect": {[]string{"method"}, []string{""}},
	"Hangup":   {nil, []string{""}},
}

// parse reads a document; codes are Twilio's.
func parse(got *answer) ([]verb, error) {
	if err := speakable(got); err != nil {
		return nil, err
	}
	decoder := xml.NewDecoder(strings.NewReader(got.body.String()))
	var root verb
	if err := decoder.Decode(&root); err != nil {
		return nil, errors.New("12100: the document can't be parsed") // err may repeat it
	}
	if root.XMLName.Local != "Response" {
		return nil, fmt.Errorf("12100: the document is a %.20q, not a Response", root.XMLName.Local)
	}
	if !ends(decoder) {
		return nil, errors.New("12100: something stands behind the document")
	}
	return root.Verbs, nil
}

// ends says that nothing but blanks and comments is left.
func ends(decoder *xml.Decoder) bool {
	for {
		token, err := decoder.Token()
		if err != nil {
			return errors.Is(err, io.EOF)
		}
		switch token := token.(type) {
		case xml.StartElement:
			return false
		case xml.CharData:
			if len(bytes.TrimSpace(token)) > 0 {
				return false
			}
		}
	}
}

// speakable checks what comes before the XML: status, type and size.
func speakable(got *answer) error {
	if !got.taken() {
		return fmt.Errorf("11200: the handler answered %d", got.status)
	}
	kind, _, err := mime.ParseMediaType(got.header.Get("Content-Type"))
	if err != nil || !slices.Contains([]string{"text/xml", "application/xml", "text/html"}, kind) {
		return errors.New("12300: the answer's type is not one of XML")
	}
	if got.body.Len() > longestTwiML {
		return errors.New("11750: the answer is longer than 64 kB")
	}
	return nil
}

// unknown names what Twilio would ignore with a warning (12200): verbs and
// attributes that it does not know, and verbs where they may not stand.
func unknown(verbs []verb, in string) []string {
	var all []string
	for _, v := range verbs {
		name := v.XMLName.Local
		k, ok := known[name]
		if !ok || !slices.Contains(k.in, in) {
			all = append(all, fmt.Sprintf("verb %.20q in %q", name, in))
			continue
		}
		for _, a := range v.Attrs {
			if !slices.Contains(k.attrs, a.Name.Local) {
				all = append(all, fmt.Sprintf("attribute %.30q of %s", a.Name.Local, name))
			}
		}
		all = append(all, unknown(v.Verbs, name)...)
	}
	return all
}

func (v verb) name() string { return v.XMLName.Local }

func (v verb) text() string { return strings.TrimSpace(v.Text) }

func (v verb) attr(name, otherwise string) string {
	for _, a := range v.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return otherwise
}

func (v verb) number(name string, otherwise int) int {
	n, err := strconv.Atoi(v.attr(name, ""))
	if err != nil || n < 0 {
		return otherwise
	}
	return n
}

func (v verb) seconds(name string, otherwise int) time.Duration {
	return time.Duration(v.number(name, otherwise)) * time.Second
}
