package ui

import (
	"fmt"
	"image/color"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"pgregory.net/rapid"

	"ringback/ui/widgets"
)

var variants = []Variant{Light, Dark}

var grounds = []fyne.ThemeColorName{
	widgets.ColorSurface, widgets.ColorPage, widgets.ColorSidebar, widgets.ColorSunken, widgets.ColorSelected,
}

func TestEveryTextCanBeRead(t *testing.T) {
	for _, v := range variants {
		th := mustTheme(t, v, "")
		for _, r := range widgets.Roles() {
			wantContrast(t, th, r.Text(), r.Tint(), 4.5)
			wantContrast(t, th, widgets.ColorText, r.Tint(), 4.5)
			wantContrast(t, th, widgets.ColorSurface, r.Text(), 4.5) // the signs in full circles
			for _, g := range grounds {
				wantContrast(t, th, r.Text(), g, 4.5)
			}
		}
		for _, g := range append(grounds, widgets.ColorButton, widgets.ColorAccentTint, widgets.ColorRaised) {
			wantContrast(t, th, widgets.ColorText, g, 4.5)
		}
		for _, g := range append(grounds, widgets.ColorButton) {
			wantContrast(t, th, widgets.ColorSecond, g, 4.5)
		}
		wantContrast(t, th, widgets.ColorHint, theme.ColorNameInputBackground, 4.5)
		wantContrast(t, th, widgets.ColorText, theme.ColorNameInputBackground, 4.5)
		wantContrast(t, th, widgets.ColorOnDanger, widgets.ColorDanger, 4.5)
		wantContrast(t, th, theme.ColorNameForegroundOnSuccess, theme.ColorNameSuccess, 4.5)
		wantContrast(t, th, theme.ColorNameForegroundOnWarning, theme.ColorNameWarning, 4.5)
	}
}

func TestWhatIsNoTextStandsOut(t *testing.T) {
	for _, v := range variants {
		th := mustTheme(t, v, "")
		for _, r := range widgets.Roles() {
			wantContrast(t, th, r.Mark(), widgets.ColorSurface, 3)
			wantContrast(t, th, r.Mark(), widgets.ColorSunken, 3)
		}
		wantContrast(t, th, widgets.ColorFieldEdge, widgets.ColorSurface, 3)
		wantContrast(t, th, widgets.ColorFieldEdge, widgets.ColorPage, 3)
	}
}

func TestAnyAccentCanBeRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		accent := fmt.Sprintf("#%06x", rapid.IntRange(0, 0xffffff).Draw(t, "accent"))
		for _, v := range variants {
			wantReadableAccent(t, mustTheme(t, v, accent))
		}
	})
}

// The form does the same with its style sheet, of which the form's tests have the measures.
func TestTheFormsButtonCanBeReadInAnyAccent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		accent := hex(uint32(rapid.IntRange(0, 0xffffff).Draw(t, "accent")))
		if fill, on := formButton(accent); contrast(fill, on) < readable {
			t.Fatalf("%v on %v has %.2f", on, fill, contrast(fill, on))
		}
	})
	for _, c := range []struct{ accent, fill, on uint32 }{
		{0xffe680, 0xffe680, 0x000000}, {0xffffff, 0xffffff, 0x000000}, {0x000000, 0x000000, 0xffffff},
		{0x0b6e4f, 0x0b6e4f, 0xffffff}, {0x00a000, 0x008900, 0xffffff}, // too bright for white, too dark for black
	} {
		if fill, on := formButton(hex(c.accent)); fill != hex(c.fill) || on != hex(c.on) {
			t.Errorf("%06x is %v on %v, want %06x on %06x", c.accent, on, fill, c.on, c.fill)
		}
	}
}

func TestTheEndsOfTheColourSpaceAreAccentsToo(t *testing.T) {
	for _, accent := range []string{"", "#000000", "#ffffff", "#ffff00", "#ffe680", "#0000ff", "#ff0000", "#808080", "#202325"} {
		for _, v := range variants {
			wantReadableAccent(t, mustTheme(t, v, accent))
		}
	}
}

func TestAnAccentThatCanBeReadStays(t *testing.T) {
	th := mustTheme(t, Light, "#0B6e4F")
	if got, want := th.Color(widgets.ColorAccent, 0), hex(0x0b6e4f); got != color.Color(want) {
		t.Errorf("accent is %v, want %v", got, want)
	}
}

func TestFyneOwnWidgetsTakeTheAccent(t *testing.T) {
	th := mustTheme(t, Light, "#7a1f5c")
	for _, n := range []fyne.ThemeColorName{theme.ColorNamePrimary, theme.ColorNameHyperlink} {
		if got, want := th.Color(n, 0), hex(0x7a1f5c); got != color.Color(want) {
			t.Errorf("%s is %v, want %v", n, got, want)
		}
	}
	plain := mustTheme(t, Light, "")
	for _, n := range []fyne.ThemeColorName{theme.ColorNameFocus, theme.ColorNameSelection} {
		if th.Color(n, 0) == plain.Color(n, 0) {
			t.Errorf("%s is still that of the default accent", n)
		}
	}
}

func TestVariant(t *testing.T) {
	light, dark := mustTheme(t, Light, ""), mustTheme(t, Dark, "")
	surface := func(th *Theme, system fyne.ThemeVariant) color.Color { return th.Color(widgets.ColorSurface, system) }
	isLight, isDark := surface(light, 0), surface(dark, 0)
	if isLight == isDark {
		t.Fatal("light and dark have the same surface")
	}
	cases := []struct {
		name    string
		variant Variant
		system  fyne.ThemeVariant
		want    color.Color
	}{
		{"system follows a light desktop", System, theme.VariantLight, isLight},
		{"system follows a dark desktop", System, theme.VariantDark, isDark},
		{"system is light on a desktop without a wish", System, 2, isLight},
		{"no variant is system", "", theme.VariantDark, isDark},
		{"light stays light on a dark desktop", Light, theme.VariantDark, isLight},
		{"dark stays dark on a light desktop", Dark, theme.VariantLight, isDark},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := surface(mustTheme(t, c.variant, ""), c.system); got != c.want {
				t.Errorf("surface is %v, want %v", got, c.want)
			}
		})
	}
}

func TestBothVariantsHaveTheSameColours(t *testing.T) {
	for name := range lightColors() {
		if _, ok := darkColors()[name]; !ok {
			t.Errorf("dark has no %s", name)
		}
	}
	if l, d := len(lightColors()), len(darkColors()); l != d {
		t.Errorf("light has %d colours, dark %d", l, d)
	}
}

func TestWhatIsNoThemeIsNamed(t *testing.T) {
	cases := []struct {
		name    string
		variant Variant
		accent  string
		want    string
	}{
		{"a colour by its English name", Light, "red", `accent "red"`},
		{"three digits", Light, "#abc", `accent "#abc"`},
		{"no number sign", Light, "0b6e4f0", `accent "0b6e4f0"`},
		{"what is no digit", Light, "#0b6e4g", `accent "#0b6e4g"`},
		{"a sign that ParseInt would take", Light, "#-b6e4f", `accent "#-b6e4f"`},
		{"an unknown variant", "sepia", "", `variant "sepia"`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := NewTheme(c.variant, c.accent)
			if err == nil {
				t.Fatal("it was taken")
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %q does not name %s", err, c.want)
			}
		})
	}
}

func TestSizesOfTheWidgets(t *testing.T) {
	th := mustTheme(t, Light, "")
	want := map[fyne.ThemeSizeName]float32{
		widgets.SizeRail: 11, widgets.SizeCaption: 12, widgets.SizeBody: 14, widgets.SizeLead: 16,
		widgets.SizeHeadline: 18, widgets.SizeTitle: 24, widgets.SizeNumber: 32,
	}
	for name, points := range want {
		if got := th.Size(name); got != points {
			t.Errorf("%s is %v, want %v", name, got, points)
		}
	}
	if got, want := th.Size(theme.SizeNameWindowTitleBarHeight), theme.DefaultTheme().Size(theme.SizeNameWindowTitleBarHeight); got != want {
		t.Errorf("a size that is not ours is %v, want Fyne's %v", got, want)
	}
}

type failer interface {
	Helper()
	Fatal(...any)
	Errorf(string, ...any)
}

func mustTheme(t failer, v Variant, accent string) *Theme {
	t.Helper()
	th, err := NewTheme(v, accent)
	if err != nil {
		t.Fatal(err)
	}
	return th
}

func wantContrast(t failer, th *Theme, over, under fyne.ThemeColorName, least float64) {
	t.Helper()
	if got := contrast(th.Color(over, 0), th.Color(under, 0)); got < least {
		t.Errorf("%s: %s on %s has a contrast of %.2f, want %.1f", th.variant, over, under, got, least)
	}
}

func wantReadableAccent(t failer, th *Theme) {
	t.Helper()
	for _, g := range accentGrounds {
		wantContrast(t, th, widgets.ColorAccent, g, 4.5)
	}
	wantContrast(t, th, widgets.ColorOnAccent, widgets.ColorAccent, 4.5)
	for _, words := range []fyne.ThemeColorName{widgets.ColorText, widgets.ColorSecond} {
		wantContrast(t, th, words, widgets.ColorSelected, 4.5)
	}
	wantContrast(t, th, widgets.ColorText, widgets.ColorAccentTint, 4.5)
}
