package view_test

import (
	"strings"
	"testing"
	"time"

	"ringback/assets"
	"ringback/server/callback"
	"ringback/server/desk"
	"ringback/server/settings"
	"ringback/ui/view"
)

func TestACallThatTheOwnerWantedSpeaksOfNoVisitorsPage(t *testing.T) {
	own := callback.Request{ID: 7, Number: "+12125550123", Status: callback.Calling, AskedAt: now, Consent: callback.Consent{Kind: callback.ByHand}}
	for language, want := range map[string]struct{ meta, reads, leads string }{
		"en": {"no name given  ·  you asked for this call 10:41", "You asked for this call. Nobody waits on a page for it.", "You asked for this call, so"},
		"es": {"sin nombre  ·  usted pidió esta llamada 10:41", "Usted pidió esta llamada. Nadie la espera en una página.", "Usted pidió esta llamada y por eso"},
	} {
		w := logWords(language)
		w.Zone = newYork(t)
		if got := w.Detail(desk.Detail{Request: own}, nil, now).Meta; got != want.meta {
			t.Errorf("beside the number stands %q, want %q", got, want.meta)
		}
		strip := w.Strip(view.Stage{Phones: []desk.PracticePhone{counter(desk.Ringing), janes(desk.Idle)}, Line: []callback.Request{own}, Newest: own}, now)
		if strip.Reads.Words != want.reads {
			t.Errorf("the visitor reads %q, want %q", strip.Reads.Words, want.reads)
		}
		guide, _ := w.Guide(desk.Shop{Practice: true}, []callback.Request{own})
		if !strings.HasPrefix(guide.Text, want.leads) {
			t.Errorf("the first run says %q", guide.Text)
		}
		for _, why := range []callback.Reason{callback.Unanswered, callback.Stale, callback.Closed} {
			own := own
			own.Status, own.Reason = callback.Missed, why
			if got := w.Detail(desk.Detail{Request: own}, nil, now).Notice.Body; got != w.Say("body_other") {
				t.Errorf("of %s it says %q", why, got)
			}
		}
	}
}

func TestATalkWithinAMinuteIsToldByTheSecond(t *testing.T) {
	at := time.Date(2026, 11, 24, 10, 40, 5, 0, newYork(t))
	for end, want := range map[time.Time]string{
		at:                       "At 10:40:05.",
		at.Add(22 * time.Second): "From 10:40:05 to 10:40:27.",
		at.Add(2 * time.Minute):  "From 10:40 to 10:42.",
	} {
		r := callback.Request{ID: 7, Status: callback.Completed, TalkFrom: at, TalkTo: end}
		if got := english(t).Detail(desk.Detail{Request: r}, nil, now).Notice.Body; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestWhatIsMissingIsToldInTheWindowsLanguage(t *testing.T) {
	_, missing := settings.Live(settings.Settings{}, settings.Secrets{})
	for _, sentence := range missing {
		said := map[string]bool{}
		for _, language := range assets.Languages() {
			says := logWords(language).Trouble(desk.Shop{Missing: []string{sentence}})
			if says == sentence || strings.ContainsAny(says, "_(") || said[says] {
				t.Errorf("%q is told as %q in %s", sentence, says, language)
			}
			said[says] = true
		}
	}
	fault := settings.Fault{Path: "guard.verify_phone", Message: "this version reads but does not yet obey this"}
	if says, want := logWords("es").Trouble(desk.Shop{Missing: []string{fault.String()}}), "Esta versión no puede hacer lo que dice Protección › verify phone. Restablézcalo."; says != want {
		t.Errorf("got %q, want %q", says, want)
	}
	if says := logWords("es").Trouble(desk.Shop{Missing: []string{"Something new."}}); says != "Something new." {
		t.Errorf("what is not known is told as %q", says)
	}
}
