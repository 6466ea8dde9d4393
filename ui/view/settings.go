package view

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"ringback/server/desk"
	"ringback/server/number"
	"ringback/server/settings"
)

// Document is the settings as the file would have them, to be looked at by path.
type Document map[string]any

// DocumentOf makes one.
func DocumentOf(s settings.Settings) (d Document) {
	text, err := json.Marshal(s)
	if err == nil {
		err = json.Unmarshal(text, &d)
	}
	if err != nil {
		panic(fmt.Sprintf("view: settings as JSON: %v", err)) // plain strings, numbers and lists
	}
	return d
}

// At is the value of a path such as business.name; nil: there is none.
func (d Document) At(path string) any {
	var at any = map[string]any(d)
	for key := range strings.SplitSeq(path, ".") {
		object, ok := at.(map[string]any)
		if !ok {
			return nil
		}
		at = object[key]
	}
	return at
}

// Part is a settings file that names that path alone.
func Part(path string, value any) map[string]any {
	keys := strings.Split(path, ".")
	part := map[string]any{keys[len(keys)-1]: value}
	for i := len(keys) - 2; i >= 0; i-- {
		part = map[string]any{keys[i]: part}
	}
	return part
}

// Typing is how people write a value of the settings.
type Typing int

// The ways.
const (
	TypedText    Typing = iota
	TypedNumber         // a phone number, in any spelling
	TypedNumbers        // several, after commas
	TypedRegion         // a country by its name
	TypedRegions
	TypedList   // words after commas
	TypedFigure // a whole number
	TypedMoney  // with a part after a dot or a comma
	TypedFigures
)

// Typed is a value as it stands in its field.
func (w Words) Typed(t Typing, value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return w.typedOne(t, v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []any:
		var each []string
		for _, one := range v {
			each = append(each, w.Typed(t, one))
		}
		return strings.Join(each, ", ")
	}
	return fmt.Sprint(value)
}

func (w Words) typedOne(t Typing, v string) string {
	switch t {
	case TypedNumber, TypedNumbers:
		return w.number(v)
	case TypedRegion, TypedRegions:
		return number.RegionName(v, w.Language)
	case TypedText, TypedList, TypedFigure, TypedMoney, TypedFigures:
	}
	return v
}

// Meant is what was typed as the settings file has it. What can't be read stays as it was
// typed: the check of the settings then says what is wrong with it.
func (w Words) Meant(t Typing, typed string) any {
	typed = strings.TrimSpace(typed)
	switch t {
	case TypedNumber:
		return w.meantNumber(typed)
	case TypedRegion:
		return w.meantRegion(typed)
	case TypedFigure, TypedMoney:
		return meantFigure(typed)
	case TypedNumbers:
		return each(typed, func(s string) any { return w.meantNumber(s) })
	case TypedRegions:
		return each(typed, func(s string) any { return w.meantRegion(s) })
	case TypedFigures:
		return each(typed, meantFigure)
	case TypedList:
		return each(typed, func(s string) any { return s })
	case TypedText:
	}
	return typed
}

// each is a list that was typed with commas, semicolons or line ends between.
func each(typed string, meant func(string) any) []any {
	list := []any{}
	for one := range strings.FieldsFuncSeq(typed, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		if one = strings.TrimSpace(one); one != "" {
			list = append(list, meant(one))
		}
	}
	return list
}

func (w Words) meantNumber(typed string) string {
	n, err := number.Parse(typed, w.Country, nil)
	if err != nil {
		return typed
	}
	return n.E164
}

func (w Words) meantRegion(typed string) string {
	for _, region := range number.Regions() {
		if strings.EqualFold(typed, region) || strings.EqualFold(typed, number.RegionName(region, w.Language)) {
			return region
		}
	}
	return typed
}

func meantFigure(typed string) any {
	f, err := strconv.ParseFloat(strings.Replace(typed, ",", ".", 1), 64)
	if err != nil || strings.ContainsAny(typed, "xXpPnN_") { // Go's own spellings are none of people's
		return typed
	}
	return f
}

// FaultOf is the fault of a field among those of a file; ok: there is one. One elsewhere in
// the file is also the field's, because nothing else was changed.
func FaultOf(faults settings.Faults, path string) (f settings.Fault, ok bool) {
	if len(faults) == 0 {
		return f, false
	}
	i := slices.IndexFunc(faults, func(f settings.Fault) bool { return f.Path == path || strings.HasPrefix(f.Path, path+"[") })
	return faults[max(0, i)], true
}

// TypedFault is what is wrong with what was typed into a field, in a sentence: it says more
// than the fault where Twilio's console has something else beside the right one.
func (w Words) TypedFault(f settings.Fault, typed string) string {
	typed = strings.TrimSpace(typed)
	switch {
	case f.Kind == "account" && strings.HasPrefix(typed, "SK"):
		return w.Say("settings_fault_account_key")
	case f.Kind == "account" && hexDigits(typed) == tokenDigits:
		return w.Say("settings_fault_account_token")
	}
	return w.Fault(f)
}

// Fault is what is wrong with a field, in a sentence.
func (w Words) Fault(f settings.Fault) string {
	words, ok := settingsFaults[f.Kind]
	if !ok || len(f.Args) < len(words.args) {
		return w.Say("settings_fault_other", "what", f.String())
	}
	var pairs []string
	for i, name := range words.args {
		pairs = append(pairs, name, f.Args[i])
	}
	return w.Say(words.key, pairs...)
}

// SecretFault is what is wrong with a secret that was typed, in a sentence that does not
// repeat it.
func (w Words) SecretFault(err error, typed string) string {
	switch {
	case errors.Is(err, settings.ErrToken) && strings.HasPrefix(typed, "AC"):
		return w.Say("settings_fault_token_account")
	case errors.Is(err, settings.ErrToken) && strings.HasPrefix(typed, "SK"):
		return w.Say("settings_fault_account_key")
	case errors.Is(err, settings.ErrToken):
		return w.Say("settings_fault_token")
	}
	return w.Say("settings_fault_secret")
}

// tokenDigits is how many digits an auth token has.
const tokenDigits = 32

// hexDigits is how many hexadecimal digits that is; 0 where it has anything else.
func hexDigits(s string) int {
	if strings.Trim(s, "0123456789abcdefABCDEF") != "" {
		return 0
	}
	return len(s)
}

// faultWords is the sentence for a kind of fault, and the places in it that the fault's
// arguments fill, in their order.
type faultWords struct {
	key  string
	args []string
}

var settingsFaults = map[settings.Kind]faultWords{
	settings.OutOfRange:   {"settings_fault_range", []string{"least", "most"}},
	settings.TooLong:      {"settings_fault_long", []string{"has", "most"}},
	settings.TooMany:      {"settings_fault_many", []string{"has", "most"}},
	settings.NoEntry:      {"settings_fault_empty", nil},
	settings.Repeated:     {"settings_fault_twice", nil},
	settings.NotCents:     {"settings_fault_cents", nil},
	settings.WrongType:    {"settings_fault_type", nil},
	settings.NoChoice:     {"settings_fault_choice", nil},
	settings.Needed:       {"settings_fault_needed", nil},
	settings.SamePhone:    {"settings_fault_phone", []string{"n"}},
	settings.OwnNumber:    {"settings_fault_own", nil},
	settings.NotYetObeyed: {"settings_fault_not_yet", []string{"key"}},
	settings.NoHolidays:   {"settings_fault_holidays", nil},
	settings.TimesOverlap: {"settings_fault_overlap", []string{"times"}},

	"number":   {"settings_fault_number", nil},
	"mail":     {"settings_fault_mail", nil},
	"page":     {"settings_fault_page", nil},
	"https":    {"settings_fault_https", nil},
	"origin":   {"settings_fault_origin", nil},
	"header":   {"settings_fault_header", nil},
	"account":  {"settings_fault_account", nil},
	"colour":   {"settings_fault_colour", nil},
	"region":   {"settings_fault_region", nil},
	"label":    {"settings_fault_label", nil},
	"line":     {"settings_fault_line", nil},
	"text":     {"settings_fault_line", nil},
	"host":     {"settings_fault_host", nil},
	"zone":     {"settings_fault_zone", nil},
	"interval": {"settings_fault_interval", nil},
	"moment":   {"settings_fault_moment", nil},
	"service":  {"settings_fault_service", nil},
}

// Saved says that a change holds, or when it will.
func (w Words) Saved(later bool, now time.Time) string {
	if later {
		return w.Say("settings_saved_later")
	}
	return w.Say("settings_saved", "time", w.hour(now))
}

// Backup is when and why a backup was made, for a list of them.
func (w Words) Backup(b desk.Backup, now time.Time) string {
	when := w.asked(b.Made, now)
	if w.days(now, b.Made) == 0 {
		when = w.Say("settings_backup_today", "time", w.hour(b.Made))
	}
	switch b.Why {
	case desk.BeforeUpdate:
		return w.Say("settings_backup_update", "when", when)
	case desk.BeforeRestore:
		return w.Say("settings_backup_restore", "when", when)
	case desk.Nightly:
	}
	return w.Say("settings_backup_made", "when", when)
}

// BackedUp says what is in a copy, and where it stands.
func (w Words) BackedUp(k desk.Kept, file string) string {
	key := "settings_backed_up"
	if k.Broken {
		key = "settings_backed_up_broken"
	}
	return w.Say(key, "n", strconv.Itoa(k.Entries), "file", file)
}

// SecretsKept says where secrets are.
func (w Words) SecretsKept(p desk.Home) string {
	if p.Keyring {
		return w.Say("settings_secrets_keyring")
	}
	return w.Say("settings_secrets_file")
}

// Restored says what was put back.
func (w Words) Restored(k desk.Kept) string {
	key := "settings_restored"
	if k.Broken {
		key = "settings_restored_broken"
	}
	return w.Say(key, "n", strconv.Itoa(k.Entries), "file", k.Aside)
}

// NotRestored says why a copy was not put back; nothing was changed then.
func (w Words) NotRestored(err error) Fault {
	switch {
	case errors.Is(err, desk.ErrCallOn):
		return w.fault("settings_restore_call_what", "settings_restore_means", "settings_restore_call_do")
	case errors.Is(err, desk.ErrCopy):
		return w.fault("settings_restore_copy_what", "settings_restore_means", "settings_restore_copy_do")
	}
	return w.fault("settings_restore_other_what", "settings_restore_means", "settings_restore_other_do")
}

// NotBackedUp says why no copy was made.
func (w Words) NotBackedUp(err error) Fault {
	switch {
	case errors.Is(err, desk.ErrFileThere):
		return w.fault("settings_backup_there_what", "visitors_unaffected", "settings_backup_there_do")
	case errors.Is(err, desk.ErrFilePlace):
		return w.fault("settings_backup_place_what", "visitors_unaffected", "settings_backup_place_do")
	}
	return w.fault("settings_backup_other_what", "visitors_unaffected", "settings_backup_other_do")
}
