package twiliotest

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"ringback/server/callback"
	"ringback/server/practice"
)

// extract is what testdata has of Twilio's document.
type extract struct {
	Operations map[Op]struct {
		Method, Path string
		Status       int
		Parameters   []struct {
			Name           string
			Many, Required bool
			Enum           []string
		}
	}
	Fields       map[string][]string
	Enums        map[string][]string
	Subresources map[string]map[string]string
}

func readExtract(t *testing.T) extract {
	t.Helper()
	raw, err := os.ReadFile("testdata/twilio_api_v2010.extract.json")
	if err != nil {
		t.Fatal(err)
	}
	var x extract
	if err := json.Unmarshal(raw, &x); err != nil {
		t.Fatal(err)
	}
	return x
}

func TestTheTableIsTwiliosDocument(t *testing.T) {
	x := readExtract(t)
	if got, want := slices.Sorted(maps.Keys(document)), slices.Sorted(maps.Keys(x.Operations)); !slices.Equal(got, want) {
		t.Fatalf("got the operations %v, want %v", got, want)
	}
	for op, want := range x.Operations {
		got := document[op]
		path := "/2010-04-01/Accounts/{AccountSid}/" + strings.Replace(got.path, "*", "{Sid}", 1)
		if got.method != want.Method || path != want.Path || got.status != want.Status {
			t.Errorf("%s: got %s %s %d, want %s %s %d", op, got.method, path, got.status, want.Method, want.Path, want.Status)
		}
		names := append(slices.Collect(maps.Keys(got.played)), got.other...)
		slices.Sort(names)
		var documented []string
		for _, p := range want.Parameters {
			documented = append(documented, p.Name)
			mine, played := got.played[p.Name]
			if played && (mine.many != p.Many || mine.needed != p.Required) {
				t.Errorf("%s: %s: got many=%t needed=%t, want %t and %t", op, p.Name, mine.many, mine.needed, p.Many, p.Required)
			}
			for _, value := range p.Enum {
				if played && mine.check(value) != "" {
					t.Errorf("%s: %s refuses %s", op, p.Name, value)
				}
			}
			if played && len(p.Enum) > 0 && mine.check("something else") == "" {
				t.Errorf("%s: %s takes what is not in its list", op, p.Name)
			}
		}
		slices.Sort(documented)
		if !slices.Equal(names, documented) {
			t.Errorf("%s: got the parameters %v, want %v", op, names, documented)
		}
	}
}

func TestEachAnswerHasAllFieldsOfTheDocument(t *testing.T) {
	x := readExtract(t)
	s := &Server{Account: "AC" + strings.Repeat("0", 32)}
	call := s.callBody(practice.Record{SID: "CA1", Status: callback.CallQueued, Created: time.Now()})
	message := s.messageBody(practice.SentText{SID: "SM1", Station: "queued", At: time.Now()})
	list := fieldsOf(t, s.page(Request{Op: ListCall}, "calls", "Calls.json", nil, nil))
	delete(list, "calls")
	for name, got := range map[string]map[string]any{"call": call, "message": message, "list": list} {
		if got, want := slices.Sorted(maps.Keys(got)), x.Fields[name]; !slices.Equal(got, want) {
			t.Errorf("%s:\ngot  %v\nwant %v", name, got, want)
		}
	}
	for name, got := range map[string]any{"call": call["subresource_uris"], "message": message["subresource_uris"]} {
		if got, want := got.(map[string]string), x.Subresources[name]; !slices.Equal(slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want))) {
			t.Errorf("%s: got the subresources %v, want %v", name, got, want)
		}
	}
}

func TestTheHeartsWordsForCallsAreTwilios(t *testing.T) {
	want := readExtract(t).Enums["call_enum_status"]
	for _, status := range []callback.CallStatus{callback.CallQueued, callback.CallRinging, callback.CallAnswered, callback.CallDone,
		callback.CallBusy, callback.CallNoAnswer, callback.CallFailed, callback.CallCanceled} {
		if !slices.Contains(want, string(status)) {
			t.Errorf("%s is not in the document", status)
		}
	}
}

func fieldsOf(t *testing.T, a Answer) map[string]any {
	t.Helper()
	var fields map[string]any
	if err := json.Unmarshal([]byte(a.Body), &fields); err != nil {
		t.Fatal(err)
	}
	return fields
}
