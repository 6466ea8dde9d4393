package assets_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"slices"
	"strings"
	"testing"

	"ringback/assets"
)

func TestEveryIconIsOneFilledPathOnTheGrid(t *testing.T) {
	names := assets.Icons()
	if len(names) == 0 {
		t.Fatal("no icon is embedded")
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			svg := parse(t, assets.Icon(name))
			if svg.viewBox != "0 0 24 24" {
				t.Errorf("view box is %q, want 0 0 24 24: another origin is cut at small sizes", svg.viewBox)
			}
			if want := []string{"svg", "path"}; !slices.Equal(svg.elements, want) {
				t.Errorf("elements are %v, want %v", svg.elements, want)
			}
			if svg.stroked {
				t.Error("it has a stroke, which Fyne neither recolours nor scales")
			}
		})
	}
}

func TestIconNamesAreSortedAndEachHasBytes(t *testing.T) {
	names := assets.Icons()
	if !slices.IsSorted(names) {
		t.Errorf("names are not sorted: %v", names)
	}
	for _, want := range []string{"phone", "phonering", "hangup", "missed", "text", "queue", "talk", "checkc", "noanswer", "alert", "clock", "crossc", "check", "key"} {
		if !slices.Contains(names, want) {
			t.Errorf("no icon named %q", want)
		}
	}
}

func TestAnUnknownIconIsNil(t *testing.T) {
	for _, name := range []string{"", "nosuch", "../icon", "phone.svg"} {
		if b := assets.Icon(name); b != nil {
			t.Errorf("Icon(%q) has %d bytes, want nil", name, len(b))
		}
	}
}

func TestTheAppIcon(t *testing.T) {
	t.Run("as SVG begins its view box at 0 0", func(t *testing.T) {
		if svg := parse(t, assets.AppSVG()); !strings.HasPrefix(svg.viewBox, "0 0 ") {
			t.Errorf("view box is %q", svg.viewBox)
		}
	})
	t.Run("as PNG is a square of 256 pixels", func(t *testing.T) {
		c, err := png.DecodeConfig(bytes.NewReader(assets.AppPNG()))
		if err != nil {
			t.Fatal(err)
		}
		if c.Width != 256 || c.Height != 256 {
			t.Errorf("it is %d by %d", c.Width, c.Height)
		}
	})
	t.Run("is handed out as a copy", func(t *testing.T) {
		assets.AppPNG()[0] = 0
		if assets.AppPNG()[0] == 0 {
			t.Error("one caller changed the icon of all others")
		}
	})
}

type svg struct {
	viewBox  string
	elements []string
	stroked  bool
}

func parse(t *testing.T, b []byte) (out svg) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(b))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("not XML: %v", err)
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		out.elements = append(out.elements, e.Name.Local)
		for _, a := range e.Attr {
			out.stroked = out.stroked || a.Name.Local == "stroke"
			if a.Name.Local == "viewBox" {
				out.viewBox = a.Value
			}
		}
	}
}
