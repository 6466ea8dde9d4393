package view

import (
	"reflect"
	"strings"
	"testing"

	"ringback/server/settings"
)

func TestWhatPeopleTypeIsMeantAndShownAgain(t *testing.T) {
	words := Words{Language: "en", Country: "US"}
	for _, c := range []struct {
		name  string
		as    Typing
		typed string
		meant any
		shown string
	}{
		{"text without its blanks", TypedText, "  Ann's ", "Ann's", "Ann's"},
		{"a number", TypedNumber, "212.555-0123", "+12125550123", "(212) 555-0123"},
		{"what is no number stays", TypedNumber, "call me", "call me", "call me"},
		{"an emptied number", TypedNumber, "", "", ""},
		{"numbers", TypedNumbers, "2125550123; +44 20 7946 0018,", []any{"+12125550123", "+442079460018"}, "(212) 555-0123, +44 20 7946 0018"},
		{"a country in small letters", TypedRegion, "united states", "US", "United States"},
		{"countries", TypedRegions, "Canada, de", []any{"CA", "DE"}, "Canada, Germany"},
		{"what is no country stays", TypedRegion, "Atlantis", "Atlantis", "Atlantis"},
		{"a figure", TypedFigure, "20", 20.0, "20"},
		{"money with a comma", TypedMoney, "7,5", 7.5, "7.5"},
		{"what is no figure stays", TypedFigure, "0x10", "0x10", "0x10"},
		{"endless is no figure", TypedFigure, "inf", "inf", "inf"},
		{"nothing is no figure", TypedFigure, "", "", ""},
		{"figures", TypedFigures, "5 ,30", []any{5.0, 30.0}, "5, 30"},
		{"a list that is emptied", TypedList, " , ", []any{}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			meant := words.Meant(c.as, c.typed)
			if !reflect.DeepEqual(meant, c.meant) {
				t.Errorf("it means %#v, want %#v", meant, c.meant)
			}
			if shown := words.Typed(c.as, meant); shown != c.shown {
				t.Errorf("it is shown as %q, want %q", shown, c.shown)
			}
		})
	}
}

func TestAFaultIsSaidInTheWindowsLanguage(t *testing.T) {
	for _, c := range []struct {
		language string
		fault    settings.Fault
		want     string
	}{
		{"en", settings.Fault{Kind: settings.OutOfRange, Args: []string{"5", "60"}}, "It must be from 5 to 60"},
		{"es", settings.Fault{Kind: settings.OutOfRange, Args: []string{"5", "60"}}, "Debe estar entre 5 y 60"},
		{"es", settings.Fault{Kind: "mail"}, "No es un correo como ana@example.com"},
		{"en", settings.Fault{Path: "hurry", Message: "unknown key"}, "This is refused: hurry: unknown key"},
		{"en", settings.Fault{Kind: settings.OutOfRange, Path: "x", Message: "odd"}, "This is refused: x: odd"},
	} {
		if got := (Words{Language: c.language}).Fault(c.fault); got != c.want {
			t.Errorf("said %q, want %q", got, c.want)
		}
	}
}

func TestTheFieldsOwnFaultComesBeforeAnother(t *testing.T) {
	faults := settings.Faults{{Path: "a.b", Message: "other"}, {Path: "a.list[1]", Message: "own"}}
	if f, ok := FaultOf(faults, "a.list"); !ok || f.Message != "own" {
		t.Errorf("it is %v", f)
	}
	if f, ok := FaultOf(faults, "c"); !ok || f.Message != "other" {
		t.Errorf("it is %v", f)
	}
	if _, ok := FaultOf(nil, "c"); ok {
		t.Error("nothing is a fault")
	}
}

func TestADocumentIsLookedAtAndMadeByPath(t *testing.T) {
	d := DocumentOf(settings.Default("UTC", "US"))
	if got := d.At("guard.per_ip.minute"); got != 5.0 {
		t.Errorf("it is %v", got)
	}
	if d.At("guard.nothing.at_all") != nil {
		t.Error("there is something")
	}
	if got := Part("guard.per_ip.minute", 7); !reflect.DeepEqual(got, map[string]any{"guard": map[string]any{"per_ip": map[string]any{"minute": 7}}}) {
		t.Errorf("the part is %v", got)
	}
	if !strings.Contains(d.At("form.accent").(string), "#") {
		t.Error("there is no accent")
	}
}
