package twilio

import (
	"strings"
	"testing"
	"unicode/utf8"

	"ringback/server/callback"
)

func TestTextBody(t *testing.T) {
	toShop := callback.Message{For: callback.ShopLeg, Language: "en", Business: "Ann's Bakery", Name: "Bob", Number: "+12125550123", Said: "A cake", Missed: true}
	with := func(change func(*callback.Message)) callback.Message {
		m := toShop
		change(&m)
		return m
	}
	for _, tt := range []struct {
		name string
		m    callback.Message
		want string
	}{
		{"to the shop whose phones rang", toShop,
			"Ann's Bakery: missed callback. Bob, +1 212-555-0123, is waiting for your call. “A cake”"},
		{"to the shop that is closed", with(func(m *callback.Message) { m.Missed = false }),
			"Ann's Bakery: callback request. Bob, +1 212-555-0123, asks for a call. “A cake”"},
		{"in the shop's language", with(func(m *callback.Message) { m.Language = "es" }),
			"Ann's Bakery: llamada pendiente. Bob, +1 212-555-0123, espera su llamada. “A cake”"},
		{"without name and message", with(func(m *callback.Message) { m.Name, m.Said = " ", "" }),
			"Ann's Bakery: missed callback. A visitor, +1 212-555-0123, is waiting for your call."},
		{"to the visitor", with(func(m *callback.Message) { m.For = callback.VisitorLeg }),
			"Ann's Bakery: sorry, nobody could come to the phone. Your request is on our list. Reply STOP to stop texts."},
		{"what the owner wrote goes as it is", with(func(m *callback.Message) { m.For, m.Words = callback.VisitorLeg, "Your cake is ready, {who}." }),
			"Your cake is ready, {who}."},
		{"to the visitor in Spanish", with(func(m *callback.Message) { m.For, m.Language = callback.VisitorLeg, "es" }),
			"Ann's Bakery: lo sentimos, nadie pudo atender. Su solicitud está en nuestra lista. Responda STOP para no recibir más mensajes."},
		{"lines, controls and turned text become one plain line", with(func(m *callback.Message) { m.Said = "a\r\n\u202eb\u2066 \x00c {who}" }),
			"Ann's Bakery: missed callback. Bob, +1 212-555-0123, is waiting for your call. “a b c {who}”"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := TextBody(tt.m); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestALongTextIsCut(t *testing.T) {
	long := strings.Repeat("señor ", 200)
	got := TextBody(callback.Message{For: callback.ShopLeg, Business: long, Name: long, Number: "+12125550123", Said: long, Missed: true})
	if n := utf8.RuneCountInString(got); n > 520 {
		t.Errorf("got %d characters, want a few segments at most: %s", n, got)
	}
	if !strings.HasSuffix(got, "…”") || !utf8.ValidString(got) {
		t.Errorf("got %q, want the cut to show", got)
	}
}

// Each text as it is sent, to be read by people: one file a language.
func TestTexts(t *testing.T) {
	for _, lang := range []string{"en", "es"} {
		var all strings.Builder
		for _, m := range []callback.Message{
			{For: callback.ShopLeg, Missed: true}, {For: callback.ShopLeg}, {For: callback.VisitorLeg},
		} {
			m.Language, m.Business, m.Name, m.Number, m.Said = lang, "Ann's Bakery", "Bob Stone", "+12125550123", "A cake for Saturday?"
			all.WriteString(TextBody(m) + "\n\n")
		}
		golden(t, "texts_"+lang+".txt", []byte(all.String()))
	}
}
