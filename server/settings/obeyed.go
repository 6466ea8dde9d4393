package settings

import (
	"encoding/json"
	"reflect"
	"slices"
)

// notYet is a key that is read and checked but changes nothing yet.
type notYet struct {
	path    string
	value   func(Settings) any
	neutral any // the one value that says what the program does anyway
}

// notYetObeyed loses a line when its key gets obeyed, and Default then gets
// the value of the contract in place of the neutral one; see kept for shops
// that were set up before.
var notYetObeyed = []notYet{
	{"tunnel.kind", func(s Settings) any { return s.Tunnel.unserved() }, OwnAddress},
	{"guard.captcha.kind", func(s Settings) any { return s.Guard.Captcha.Kind }, NoCaptcha},
	{"guard.verify_phone", func(s Settings) any { return s.Guard.VerifyPhone }, Never},
	{"guard.numbers_per_visitor_hour", func(s Settings) any { return s.Guard.NumbersPerVisitorHour }, 0},
	{"guard.visitors_per_number_hour", func(s Settings) any { return s.Guard.VisitorsPerNumberHour }, 0},
	{"notify.urls", func(s Settings) any { return s.Notify.URLs }, []string{}},
}

// unserved is the kind of public address that this version can't give: none is left
// alone, because a shop without one is not live.
func (t Tunnel) unserved() string {
	if t.Kind == Ngrok {
		return Ngrok
	}
	return OwnAddress
}

// unset are the keys of notYetObeyed, as nobody has named them yet; notify.urls
// is never kept, so no value of it can outlive a version.
func unset() []string {
	var paths []string
	for _, key := range notYetObeyed {
		if key.path != "notify.urls" {
			paths = append(paths, key.path)
		}
	}
	return paths
}

// Obeyed says whether this version acts on a key: one that it only reads and keeps is not
// offered to anybody.
func Obeyed(path string) bool {
	return !slices.ContainsFunc(notYetObeyed, func(k notYet) bool { return k.path == path })
}

// NotObeyed names the keys whose value this version would not act on. Live,
// each is refused, so that nobody trusts in a setting that does nothing.
func NotObeyed(s Settings) Faults {
	var faults Faults
	for _, key := range notYetObeyed {
		if !same(key.value(s), key.neutral) {
			faults = append(faults, Fault{
				Path: key.path, Kind: NotYetObeyed, Args: []string{key.path},
				Message: "this version reads but does not yet obey this; only " +
					asJSON(key.neutral) + " is allowed in live mode",
			})
		}
	}
	return faults
}

// same takes an empty list or object for one that is not there.
func same(a, b any) bool {
	x, y := reflect.ValueOf(a), reflect.ValueOf(b)
	if (x.Kind() == reflect.Slice || x.Kind() == reflect.Map) && x.Len() == 0 && y.Len() == 0 {
		return true
	}
	return reflect.DeepEqual(a, b)
}

// asJSON shows a neutral value as the file would have it.
func asJSON(v any) string {
	text, _ := json.Marshal(v)
	return string(text)
}
