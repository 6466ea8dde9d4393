package view_test

import (
	"io/fs"
	"strings"
	"testing"
	"time"

	"ringback/assets"
	"ringback/server/callback"
	"ringback/server/desk"
	"ringback/server/settings"
	"ringback/ui/view"
)

func logWords(language string) view.Words {
	zone := time.FixedZone("", -5*3600)
	return view.For(desk.Shop{Language: language, Country: "US", Zone: zone}, "")
}

var logNow = time.Date(2026, 11, 24, 15, 0, 0, 0, time.UTC) // 10:00 at the shop

func logEntry(kind, body string, request int64) desk.Entry {
	e := desk.Entry{LogLine: callback.LogLine{Entry: callback.Entry{Seq: 1, At: logNow, Kind: kind, Body: body, Request: request}}}
	if request != 0 {
		e.Of = callback.Request{ID: request, Name: "Jane", Number: "+12125550123"}
	}
	return e
}

func TestEachKindOfEntryHasASentenceAndSomebodyBehindIt(t *testing.T) {
	for _, topic := range desk.Topics() {
		if w := logWords("en"); w.Topic(topic) == "" || topic != desk.AllTopics && w.Topic(topic) == w.Topic(desk.AllTopics) {
			t.Errorf("%q has no name", topic)
		}
	}
	kinds := []string{"asked", "asked_again", "follows", "cancel", "rescheduled", "call_now", "tick_off", "undo", "voicemail", "turn", "tick",
		"started", "held", "placed", "refused", "lost", "not_made", "recheck", "hung_up", "answered", "key", "join", "dialled", "call_status",
		"ask_failed", "billed", "talked_in", "called_in", "in_answered", "in_key", "in_ended", "text_taken", "text_failed", "text_status", "texted_in", "texted_out", "text_dropped", "blocked", "unblocked"}
	for _, kind := range kinds {
		for _, language := range assets.Languages() {
			row := logWords(language).EntryRow(logEntry(kind, "{}", 7), logNow)
			if row.What == "" || row.Who == "" || row.Icon == "" || row.ID != 7 || row.Request != "Jane" {
				t.Errorf("%s in %s is %+v", kind, language, row)
			}
			if row.What == logWords(language).Say("activity_unknown", "kind", kind) {
				t.Errorf("%s has no sentence of its own in %s", kind, language)
			}
		}
	}
}

func TestEntriesInSentences(t *testing.T) {
	cases := []struct {
		name, kind, body string
		request          int64
		who, what        string
	}{
		{"a setting from and to", "settings", `{"by":"window","changed":[{"path":"retry.attempts","from":3,"to":1}]}`, 0, "You", "Changed “When you can't be reached › Tries in all” from 3 to 1"},
		{"a list and nothing", "settings", `{"by":"start","changed":[{"path":"hours.week.mon","from":["09:00-12:00","13:00-17:00"],"to":[]}]}`, 0, "Command", "Changed “Hours › Monday” from 09:00-12:00, 13:00-17:00 to nothing"},
		{"a switch", "settings", `{"changed":[{"path":"privacy.record","from":false,"to":true}]}`, 0, "You", "Changed Privacy › record from no to yes"},
		{"an empty text and a null", "settings", `{"changed":[{"path":"form.accent","from":"","to":null}]}`, 0, "You", "Changed “Colour of form and window” from nothing to nothing"},
		{"one of a few", "settings", `{"changed":[{"path":"business.ring","from":"in_turn","to":"all_at_once"}]}`, 0, "You", "Changed “Phones ring” from in turn to all at once"},
		{"some of a few", "settings", `{"changed":[{"path":"form.ask","from":[],"to":["name","email"]}]}`, 0, "You", "Changed “The form asks for” from nothing to the name, the mail address"},
		{"what happens while closed", "settings", `{"changed":[{"path":"hours.after_hours","from":"text_only","to":"call_anyway"}]}`, 0, "You", "Changed “When somebody asks while you are closed” from Text me only to Call anyway"},
		{"countries", "settings", `{"changed":[{"path":"guard.countries","from":["US"],"to":["US","MX"]}]}`, 0, "You", "Changed “Protection › Countries” from United States to United States, Mexico"},
		{"a number", "settings", `{"changed":[{"path":"business.public_phone","from":"","to":"+12125550100"}]}`, 0, "You", "Changed “Public phone” from nothing to (212) 555-0100"},
		{"a pause", "settings", `{"changed":[{"path":"hours.paused_until","from":"","to":"2026-11-24T15:30:00Z"}]}`, 0, "You", "Changed “Pause” from nothing to 2026-11-24 10:30"},
		{"one of a few that a later version knows", "settings", `{"changed":[{"path":"business.ring","from":"in_turn","to":"by_moon"}]}`, 0, "You", "Changed “Phones ring” from in turn to by_moon"},
		{"the token", "secret", `{"name":"TWILIO_AUTH_TOKEN"}`, 0, "You", "Typed a new secret: Auth token"},
		{"one whose value is not told", "settings", `{"changed":[{"path":"notify.urls"}]}`, 0, "You", "Changed Notifications › urls"},
		{"several", "settings", `{"changed":[{"path":"limits.calls_day","from":1,"to":2},{"path":"later.key"}]}`, 0, "You", "Changed 2 settings: “For the whole shop › Phone calls a day”, later › key"},
		{"the limits were looked at", "settings", `{"by":"command","looked_at_limits":true}`, 0, "Command", "Looked at the limits and kept them"},
		{"a secret", "secret", `{"name":"NGROK_AUTHTOKEN"}`, 0, "You", "Typed a new secret: ngrok token"},
		{"a secret gone", "secret", `{"name":"NGROK_AUTHTOKEN","removed":true}`, 0, "You", "Removed a secret: ngrok token"},
		{"practice", "mode", `{"to":"practice"}`, 0, "Ringback", "Practice from now on: no real call is made"},
		{"a backup with a broken log", "backup", `{"why":"the event log is broken"}`, 0, "Ringback", "Backup made, but the log in it is broken"},
		{"no backup", "backup_failed", `{"why":"the disk is full"}`, 0, "Ringback", "No backup was made: the disk is full"},
		{"put back", "restored", `{"copy":"a.db"}`, 0, "You", "Backup put back: a.db"},
		{"retention", "retention", `{"people":1,"events":2,"spam":3}`, 0, "Ringback", "Removed what was too old: 1 people, 3 junk requests, 2 entries"},
		{"no retention", "retention_failed", `{"why":"x"}`, 0, "Ringback", "What is too old could not be removed: x"},
		{"turned away", "refused_webhook_forged", `{"count":4}`, 0, "Ringback", "Turned away 4 within a minute: pretended reports of calls"},
		{"turned away by a later version", "refused_moon", `{"count":4}`, 0, "Ringback", "Turned away 4 within a minute (moon)"},
		{"of a later version", "moon", `{}`, 0, "Ringback", "Something that this version has no words for (moon)"},
		{"in another way", "settings", `[]`, 0, "You", "Looked at the limits and kept them"},
		{"a person who was erased", "asked", ``, 7, "Visitor", "Erased, as the privacy settings say"},
		{"the owner's cancel", "cancel", `{"by":"owner","from":"pending"}`, 7, "You", "You ended the call"},
		{"a text of the owner's, whose words are not told here either", "texted_out", `{"text":"t"}`, 7, "You", "You texted the visitor"},
		{"a text, whose words are not told here", "texted_in", `{"text":"t"}`, 7, "Visitor", "Sent a text"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := logWords("en").EntryRow(logEntry(c.kind, c.body, c.request), logNow)
			if got.Who != c.who || got.What != c.what {
				t.Errorf("got %q: %q, want %q: %q", got.Who, got.What, c.who, c.what)
			}
		})
	}
}

func TestWhatIsBegunIsToldWithWhomItIsFor(t *testing.T) {
	for _, c := range []struct{ kind, body, en, es string }{
		{"started", `{"effect":"hang_up","leg":"a","role":"shop","call":"ringing","phone":"Counter"}`, "Ends the call to Counter", "Termina la llamada a Counter"},
		{"started", `{"effect":"call","leg":"b","role":"visitor","call":"started"}`, "Makes the call to the visitor", "Hace la llamada al visitante"},
		{"started", `{"effect":"text","text":"t","role":"shop","sms":"started"}`, "Sends the text to you", "Envía el SMS para usted"},
		{"started", `{"effect":"ask","leg":"b","role":"visitor"}`, "Asks how the call to the visitor stands", "Pregunta cómo va la llamada al visitante"},
		{"started", `{"effect":"notify"}`, "Tells you of it on this computer", "Se lo avisa en este ordenador"},
		{"started", `{"leg":"a","role":"shop"}`, "Sees to the call to your phone", "Atiende la llamada a su teléfono"},
		{"started", `{"text":"t","role":"visitor"}`, "Sends the text to the visitor", "Envía el SMS al visitante"},
		{"tick", `{"status":"pending","from":"scheduled"}`, "The time for the next call has come", "Llegó la hora de la próxima llamada"},
		{"tick", `{"status":"calling"}`, "Nothing was heard of the call for a while", "Hace un rato que no se sabe nada de la llamada"},
		{"call_status", `{"leg":"a","role":"shop","call":"ringing","phone":"Counter"}`, "The call to Counter rings", "La llamada a Counter suena"},
		{"text_taken", `{"text":"t","role":"shop","sms":"taken"}`, "Text to you: on its way", "SMS para usted: aceptado por la red"},
		{"text_status", `{"text":"t","role":"shop","sms":"delivered"}`, "Text to you: delivered", "SMS para usted: entregado"},
	} {
		for language, want := range map[string]string{"en": c.en, "es": c.es} {
			if got := logWords(language).EntryRow(logEntry(c.kind, c.body, 7), logNow).What; got != want {
				t.Errorf("%s %s: got %q, want %q", c.kind, c.body, got, want)
			}
		}
	}
}

func TestASettingIsCalledAsTheSettingsPageCallsIt(t *testing.T) {
	changed := func(language, path string) string {
		return logWords(language).EntryRow(logEntry("settings", `{"changed":[{"path":"`+path+`","from":1,"to":2}]}`, 0), logNow).What
	}
	for path, want := range map[string]string{
		"limits.calls_day":       "Cambió «Para todo el negocio › " + logWords("es").Say("settings_calls_day") + "» de 1 a 2",
		"hours.dates.2026-12-24": "Cambió «" + logWords("es").Say("hours_dates") + " › 2026-12-24» de 1 a 2",
		"hours.week.sun":         "Cambió «Horario › domingo» de 1 a 2",
		"later.key":              "Cambió later › key de 1 a 2",
	} {
		if got := changed("es", path); got != want {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
	for _, path := range leaves(view.DocumentOf(settings.Settings{}), "") {
		if !settings.Obeyed(path) {
			continue
		}
		for _, language := range assets.Languages() {
			if got := changed(language, path); strings.Contains(got, "_") || !strings.ContainsAny(got, "“«") {
				t.Errorf("%s is told as %q", path, got)
			}
		}
	}
}

// leaves are the paths of all that is in a document.
func leaves(in map[string]any, under string) (paths []string) {
	for key, value := range in {
		path := strings.TrimPrefix(under+"."+key, ".")
		if part, is := value.(map[string]any); is && path != "hours.dates" {
			paths = append(paths, leaves(part, path)...)
			continue
		}
		paths = append(paths, path)
	}
	return paths
}

func TestAPeriodIsOfTheShopsDays(t *testing.T) {
	w := logWords("en")
	day := func(d int) time.Time { return time.Date(2026, 11, d, 0, 0, 0, 0, w.Zone) }
	for p, want := range map[view.Period][2]time.Time{
		view.AnyTime: {}, view.Between: {}, view.ThisDay: {day(24), day(25)}, view.DayBefore: {day(23), day(24)},
		view.Week: {day(18), day(25)}, view.Month: {day(-5), day(25)},
	} {
		if from, to := w.Span(p, logNow); !from.Equal(want[0]) || !to.Equal(want[1]) {
			t.Errorf("period %d: got %v to %v, want %v", p, from, to, want)
		}
	}
	if len(w.Periods()) != int(view.Between)+1 {
		t.Error("a period has no name")
	}
	from, to, fault := w.Days(" 2026-11-3", "2026-11-03 ")
	if !from.Equal(day(3)) || !to.Equal(day(4)) || fault != "" {
		t.Errorf("one day: got %v to %v, %q", from, to, fault)
	}
}

func TestNumbersAreReadable(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 12345: "12,345", 1234567: "1,234,567", -1234: "-1,234", -123: "-123"} {
		if got := view.Number(n, "en"); got != want {
			t.Errorf("%d: got %s, want %s", n, got, want)
		}
	}
	if got := view.Number(12345, "es-MX"); got != "12.345" {
		t.Errorf("in Spanish: got %s", got)
	}
}

func TestABrokenLogIsToldInThreeParts(t *testing.T) {
	w, whats := logWords("en"), map[string]bool{}
	for _, how := range []desk.Tampering{desk.EntryChanged, desk.EntryRemoved, desk.EntryInserted, desk.EntryReordered, "of a later version"} {
		s := w.Checked(desk.LogCheck{Bad: 3, How: how}, logNow)
		if s.Chip.Role != view.Failed || s.Broke == nil || s.Broke.Means == "" || s.Broke.Do == "" {
			t.Fatalf("%s: %+v", how, s)
		}
		whats[s.Broke.What] = true
	}
	if len(whats) != 4 {
		t.Errorf("they are told as %v", whats)
	}
	if got := w.Checking(1, 2).Chip.Word; got != "Checking the log: 50 %" {
		t.Errorf("half way it says %q", got)
	}
	if got := w.NotExported(fs.ErrPermission, "x").Do; got == w.NotExported(fs.ErrInvalid, "x").Do {
		t.Errorf("no permission is told as %q", got)
	}
}

func TestACountBesideAWordIsNeverWide(t *testing.T) {
	for n, want := range map[int][2]string{
		0: {"", ""}, 7: {"7", "7"}, 9_999: {"9,999", "9.999"}, 10_000: {"10k", "10k"}, 999_999: {"999k", "999k"},
		1_000_000: {"1.0M", "1,0M"}, 1_299_999: {"1.2M", "1,2M"}, 2_000_000_000: {"2,000.0M", "2.000,0M"},
	} {
		for i, language := range []string{"en", "es"} {
			if got := (view.Words{Language: language}).Count(n); got != want[i] {
				t.Errorf("%d in %s: got %q, want %q", n, language, got, want[i])
			}
		}
	}
}
