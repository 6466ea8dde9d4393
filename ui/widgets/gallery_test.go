package widgets_test

import (
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ringback/assets"
	"ringback/ui"
	. "ringback/ui/widgets"
)

// TestGallery draws each widget light and dark. With RINGBACK_GALLERY set to a
// folder it leaves the pictures there, to be looked at.
func TestGallery(t *testing.T) {
	pictures := []struct {
		name          string
		width, height float32
		draw          func() fyne.CanvasObject
	}{
		{"chips-and-buttons", 620, 420, drawSmall},
		{"requests", 1100, 720, drawRequests},
		{"requests-minimum", MinWidth, MinHeight, drawRequests},
		{"practice", 1100, 720, drawPractice},
		{"practice-minimum", MinWidth, MinHeight, drawPractice},
		{"empty", 1100, 720, drawEmpty},
	}
	for _, p := range pictures {
		for _, v := range []ui.Variant{ui.Light, ui.Dark} {
			t.Run(p.name+", "+string(v), func(t *testing.T) {
				show(t, v)
				w := window(t, p.draw(), p.width, p.height)
				img := w.Canvas().Capture()
				if colors(img) < 8 {
					t.Errorf("only %d colours: it draws next to nothing", colors(img))
				}
				keep(t, p.name+"-"+string(v), img)
			})
		}
	}
}

// show starts a test app in our theme.
func show(t *testing.T, v ui.Variant) fyne.App {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look(t, v, ""))
	return app
}

func look(t *testing.T, v ui.Variant, accent string) *ui.Theme {
	t.Helper()
	th, err := ui.NewTheme(v, accent)
	if err != nil {
		t.Fatal(err)
	}
	return th
}

func window(t *testing.T, content fyne.CanvasObject, width, height float32) fyne.Window {
	t.Helper()
	w := test.NewTempWindow(t, content)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, height))
	return w
}

func keep(t *testing.T, name string, img image.Image) {
	t.Helper()
	folder := os.Getenv("RINGBACK_GALLERY")
	if folder == "" {
		return
	}
	f, err := os.Create(filepath.Join(folder, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

func colors(img image.Image) int {
	seen := map[any]bool{}
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			seen[img.At(x, y)] = true
		}
	}
	return len(seen)
}

func icon(name string) fyne.Resource {
	return fyne.NewStaticResource(name+".svg", assets.Icon(name))
}

func nothing() {}

var chips = []RowContent{
	{ChipRole: Live, ChipIcon: icon("phonering"), ChipWord: "Rings them", Title: "Jane Doe", Age: "0:07", Live: true, Second: "Ann's mobile pressed 1; their phone rings", Third: "(212) 555-0123"},
	{ChipRole: Live, ChipIcon: icon("queue"), ChipWord: "In line", Title: "Marguerite Featherstonehaugh-Kowalczyk", Age: "1 min", Second: "Next in line, after Jane Doe", Third: "(212) 555-0147"},
	{ChipRole: Needs, ChipIcon: icon("text"), ChipWord: "Texted you", Title: "(212) 555-0188", Age: "11 min", Second: "Nobody pressed 1; you have a text", Third: "no name given"},
	{ChipRole: Needs, ChipIcon: icon("noanswer"), ChipWord: "No answer", Title: "Omar Haddad", Age: "38 min", Second: "They did not pick up", Third: "(917) 555-0164"},
	{ChipRole: Talked, ChipIcon: icon("checkc"), ChipWord: "Talked", Title: "Li Wei", Age: "09:52", Second: "Talked 4:12 with Counter", Third: "(646) 555-0119"},
	{ChipRole: Planned, ChipIcon: icon("clock"), ChipWord: "Planned", Title: "Priya Nair", Age: "09:40", Second: "We call at 11:30, as asked", Third: "(718) 555-0135"},
	{ChipRole: Failed, ChipIcon: icon("alert"), ChipWord: "Failed", Title: "Tom Becker", Age: "09:21", Second: "This number can't be called (13224)", Third: "(718) 555-0102"},
	{ChipRole: Quiet, ChipIcon: icon("check"), ChipWord: "Done", Title: "Rosa Alvarez", Age: "09:05", Second: "Ticked off: birthday cake, Tuesday", Third: "(212) 555-0176"},
}

func drawSmall() fyne.CanvasObject {
	var all []fyne.CanvasObject
	for _, c := range chips {
		all = append(all, Across(0, NewChip(c.ChipRole, c.ChipIcon, c.ChipWord)))
	}
	off := NewButton(Plain, "Disabled", icon("text"), nothing)
	off.Disable()
	focused := NewButton(Main, "With focus", icon("phone"), nothing)
	focused.FocusGained()
	hovered := NewButton(Plain, "Under the mouse", nil, nothing)
	hovered.MouseIn(nil)
	nav, rail := NewNavItem(icon("inbox"), "Requests", nothing), NewRailItem(icon("inbox"), "Requests", nothing)
	nav.SetSelected(true)
	nav.SetCount(3)
	rail.SetSelected(true)
	rail.SetCount(12)
	seg := NewSegmented(nil, "Needs you", "Today", "All")
	seg.SetCount(0, "3")
	seg.Select(1)
	seg.FocusGained()
	return NewGround(ColorSurface, PadAll(20, Down(14,
		Columns(Gap3, 4, all...),
		Across(Gap3, NewButton(Main, "Main", icon("phone"), nothing), NewButton(Plain, "Other", icon("text"), nothing),
			NewButton(Bare, "", icon("copy"), nothing), NewButton(Outline, "Until", icon("chevron"), nothing).Trailing(),
			NewButton(Danger, "Erase", icon("cross"), nothing), off),
		Across(Gap5, focused, hovered, seg),
		Across(Gap5, Fixed(196, 0, nav), Fixed(64, 0, rail)),
		NewText("0:07  number 32", SizeNumber, ColorText).Bold(),
		NewText("Page title 24", SizeTitle, ColorText).Bold(),
		NewText("Card headline 18", SizeHeadline, ColorText).Bold(),
		NewText("Quote and number 16", SizeLead, ColorText),
	)))
}

func drawFrame(page fyne.CanvasObject, count int) fyne.CanvasObject {
	items := []struct{ icon, label, short string }{
		{"inbox", "Requests", "Requests"}, {"chart", "Overview", "Overview"}, {"clock", "Hours", "Hours"},
		{"form", "Website form", "Form"}, {"log", "Activity", "Activity"}, {"sliders", "Settings", "Settings"},
	}
	var wide, narrow []fyne.CanvasObject
	for i, item := range items {
		w, n := NewNavItem(icon(item.icon), item.label, nothing), NewRailItem(icon(item.icon), item.short, nothing)
		w.SetSelected(i == 0)
		n.SetSelected(i == 0)
		if i == 0 {
			w.SetCount(count)
			n.SetCount(count)
		}
		wide, narrow = append(wide, w), append(narrow, n)
	}
	app := fyne.NewStaticResource("icon.svg", assets.AppSVG())
	brand := Pad(Gap2, Gap3, Gap4, 6, Across(10, NewPicture(app, 32),
		Grow(Down(0, NewText("Ann's Bakery", SizeLead, ColorText).Bold().Cut(), NewText("Ringback", SizeCaption, ColorSecond)))))
	card, rail := NewStateCard(NewButton(Plain, "Busy for 15 min", icon("chevron"), nothing).Trailing()), NewStateRail(NewButton(Plain, "", icon("pause"), nothing))
	state := ShopState{
		Role: Talked, Headline: "Open to 17:00", Sub: "then Monday from 09:00", Short: "Open", ShortSub: "to 17:00",
		Health: []Health{
			{Name: "Website", Short: "website", Word: "reachable", Role: Talked, Icon: icon("checkc")},
			{Name: "Phone line", Short: "phone", Word: "practice", Role: Talked, Icon: icon("checkc")},
		},
	}
	card.Set(state)
	rail.Set(state)
	return NewShell(
		Down(0, brand, Down(Gap1, wide...), Space(), card),
		Down(0, Pad(0, 0, Gap3, 0, Centered(NewPicture(app, 32))), Down(Gap1, narrow...), Space(), rail),
		page)
}

func drawTop(counts ...int) fyne.CanvasObject {
	seg := NewSegmented(nil, "Needs you", "Today", "All")
	for i, n := range counts {
		seg.SetCount(i, strconv.Itoa(n))
	}
	seg.Select(1)
	search := widget.NewEntry()
	search.SetPlaceHolder("Name, number or words")
	return NewTopBar(seg, Space(), Fixed(260, 0, search))
}

func drawList() fyne.CanvasObject {
	list := widget.NewList(func() int { return len(chips) }, func() fyne.CanvasObject { return NewRow() },
		func(i widget.ListItemID, o fyne.CanvasObject) { o.(*Row).Set(chips[i]) })
	list.HideSeparators = true
	list.Select(0)
	return Pad(Gap3, Gap3, 0, Gap3, list)
}

func drawHead(role Role, word, sign, meta string) fyne.CanvasObject {
	return Down(Gap1,
		Across(Gap4, Grow(NewText("Jane Doe", SizeTitle, ColorText).Bold().Cut()), NewChip(role, icon(sign), word)),
		Across(Gap2, NewText("(212) 555-0123", SizeLead, ColorText), NewButton(Bare, "", icon("copy"), nothing), Grow(NewText(meta, SizeCaption, ColorSecond).Cut())))
}

func drawActions() fyne.CanvasObject {
	return Wrap(Gap3, Fixed(148, 0, NewButton(Plain, "End call", icon("hangup"), nothing).IconRole(Failed).Large()),
		NewButton(Plain, "Text", icon("text"), nothing).Large(), NewButton(Plain, "Done", icon("check"), nothing).Large(),
		NewButton(Plain, "", icon("more"), nothing).Large())
}

func drawCall(steps ...Step) *CallCard {
	c := NewCallCard(StepIcons{Done: icon("check"), Wrong: icon("cross")})
	c.Set(Call{Headline: "Their phone rings", Sub: "Stay on the line: you are joined when they pick up.", Clock: "0:07", Steps: steps})
	return c
}

var callSteps = []Step{
	{"Your phone", "Ann's mobile", Done}, {"You pressed 1", "10:41:36", Done}, {"Their phone", "ringing", Now}, {"Talking", "", Todo},
}

func drawRequests() fyne.CanvasObject {
	history := NewTimeline()
	history.Set([]Moment{
		{"10:41:02", "Asked on the website, /catering", nil, Quiet},
		{"10:41:03", "Ringing Counter", nil, Quiet},
		{"10:41:28", "Counter did not answer within 25 seconds; a voicemail took the call, and nobody pressed 1 before the time was up", icon("missed"), Needs},
		{"10:41:29", "Ringing Ann's mobile", nil, Quiet},
		{"10:41:36", "Accepted with 1 on Ann's mobile", icon("check"), Talked},
		{"10:41:37", "Ringing (212) 555-0123", icon("phonering"), Live},
	})
	detail := Scroll(Pad(18, Gap6, 20, Gap6, Down(18,
		drawHead(Live, "Rings them", "phonering", "from /catering  ·  asked 10:41  ·  2nd time"),
		NewQuote("Do you have rye bread today? I would need six loaves for Monday."),
		drawCall(callSteps...), drawActions(),
		NewNotice(Needs, icon("text"), "Nobody pressed 1; the details came to you as a text", "Counter and Ann's mobile rang for 25 s each. The visitor was told that you will call back."),
		Down(6, NewSection("History"), history))))
	return drawFrame(Down(0, drawTop(3, 12), Grow(NewSplit(drawList(), detail))), 3)
}

func drawPhone(s PhoneState) *Phone {
	p := NewPhone(PhoneWords{
		RingIcon: icon("phonering"), AnswerIcon: icon("phone"), HangUpIcon: icon("hangup"),
		Answer: "Answer", Decline: "Decline", HangUp: "Hang up",
	})
	p.Set(s)
	return p
}

var (
	ringingPhone = PhoneState{Title: "Shop: Counter", Who: "Ringback", Line: "rings 0:04", Role: Live, Ringing: true, CanAnswer: true, CanDecline: true}
	talkingPhone = PhoneState{Title: "Shop: Counter", Who: "Ringback", Line: "whisper 0:04", Role: Live, CanKey: true, CanHangUp: true}
	restingPhone = PhoneState{Title: "Visitor: Jane Doe", Who: "No call yet", Line: "after you press 1", Role: Quiet}
)

func drawPractice() fyne.CanvasObject {
	banner := NewBanner(Planned, icon("info"), "Practice: no real call is made and nothing costs money.", NewButton(Outline, "Set up real calls", nil, nothing))
	shop := Across(14, drawPhone(ringingPhone), Grow(NewBubble(Live, icon("talk"), "Your phone will say", "“Jane Doe waits on your website. Do you have rye bread? Press 1 to talk, 2 for later, 3 for a text.”")))
	visitor := Across(14, drawPhone(restingPhone), Grow(Down(10, NewBubble(Quiet, icon("talk"), "The visitor reads", "“We are ringing Ann's Bakery. Keep your phone at hand.”"),
		Across(0, NewButton(Plain, "Ask as a visitor", icon("plus"), nothing)))))
	detail := Scroll(Pad(18, Gap6, 20, Gap6, Down(18, drawHead(Live, "Rings you", "phonering", "from the practice form  ·  asked 10:41"), drawCall(callSteps...), drawActions())))
	return drawFrame(Down(0, banner, drawTop(2, 4), Grow(NewSplit(drawList(), detail)), NewBottomStrip(Columns(28, 2, shop, visitor))), 2)
}

func drawEmpty() fyne.CanvasObject {
	empty := NewEmptyState(EmptyState{
		Icon: icon("callback"), Title: "No one is waiting",
		Text:       "When somebody asks on your website, they stand here and your phone rings.",
		StepsTitle: "Try it",
		Steps:      []string{"Open your form on a phone, or here", "Leave your own name and number", "Your shop's phone rings: press 1"},
		Buttons: []fyne.CanvasObject{
			NewButton(Main, "Open the form", icon("form"), nothing).Large(), NewButton(Plain, "Show the QR code", icon("grid"), nothing).Large(),
		},
	})
	return drawFrame(Down(0, drawTop(), Grow(NewGround(ColorSurface, empty))), 0)
}
