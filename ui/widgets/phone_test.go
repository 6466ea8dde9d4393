package widgets_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ringback/ui"
	. "ringback/ui/widgets"
)

// Where the buttons of a phone of the smallest size are.
var (
	answerButton = fyne.NewPos(54, 134)
	redButton    = fyne.NewPos(106, 134)
	keyOne       = fyne.NewPos(44, 186)
	keyTwo       = fyne.NewPos(80, 186)
	keyThree     = fyne.NewPos(116, 186)
)

func TestPhone(t *testing.T) {
	cases := []struct {
		name  string
		state PhoneState
		do    func(*Phone, fyne.Canvas)
		want  []string
	}{
		{"a ringing phone is answered by its green button", ringingPhone, click(answerButton), []string{"answer"}},
		{"a ringing phone is declined by its red button", ringingPhone, click(redButton), []string{"decline"}},
		{"a ringing phone has no keys", ringingPhone, click(keyOne), nil},
		{"a phone in a call hangs up by its red button", talkingPhone, click(redButton), []string{"hang up"}},
		{"a phone in a call cannot be answered", talkingPhone, click(answerButton), nil},
		{"key 1", talkingPhone, click(keyOne), []string{"key 1"}},
		{"key 2", talkingPhone, click(keyTwo), []string{"key 2"}},
		{"key 3", talkingPhone, click(keyThree), []string{"key 3"}},
		{"a resting phone has no buttons", restingPhone, click(answerButton, redButton, keyOne, keyTwo, keyThree), nil},

		{"Enter answers", ringingPhone, press(fyne.KeyReturn), []string{"answer"}},
		{"Space answers", ringingPhone, press(fyne.KeySpace), []string{"answer"}},
		{"Escape declines", ringingPhone, press(fyne.KeyEscape), []string{"decline"}},
		{"Escape hangs up in a call", talkingPhone, press(fyne.KeyEscape), []string{"hang up"}},
		{"Enter does nothing in a call", talkingPhone, press(fyne.KeyReturn), nil},
		{"typed digits are keys, others are not", talkingPhone, typed("01234x"), []string{"key 1", "key 2", "key 3"}},
		{"typed digits do nothing while it rings", ringingPhone, typed("1"), nil},
		{"a resting phone obeys no key", restingPhone, press(fyne.KeyReturn, fyne.KeyEscape), nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			show(t, ui.Light)
			var got []string
			p := drawPhone(c.state)
			p.OnAnswer = func() { got = append(got, "answer") }
			p.OnDecline = func() { got = append(got, "decline") }
			p.OnHangUp = func() { got = append(got, "hang up") }
			p.OnKey = func(digit rune) { got = append(got, "key "+string(digit)) }
			w := window(t, p, p.MinSize().Width, p.MinSize().Height)
			c.do(p, w.Canvas())
			if !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestAPhoneWithoutCallbacksIsPlayedInPeace(t *testing.T) {
	show(t, ui.Light)
	everything := PhoneState{CanAnswer: true, CanDecline: true, CanKey: true}
	p := drawPhone(everything)
	w := window(t, p, p.MinSize().Width, p.MinSize().Height)
	click(answerButton, redButton, keyOne)(p, w.Canvas())
	press(fyne.KeyReturn, fyne.KeyEscape)(p, w.Canvas())
	everything.CanHangUp = true
	p.Set(everything)
	press(fyne.KeyEscape)(p, w.Canvas())
}

func TestAClickOnAButtonGivesThePhoneTheKeyboard(t *testing.T) {
	show(t, ui.Light)
	p := drawPhone(ringingPhone)
	w := window(t, p, p.MinSize().Width, p.MinSize().Height)
	click(answerButton)(p, w.Canvas())
	if w.Canvas().Focused() != fyne.Focusable(p) {
		t.Error("the phone has no focus")
	}
}

func TestAPhoneIsOneStopOfTheTabKey(t *testing.T) {
	show(t, ui.Light)
	first, second := drawPhone(talkingPhone), drawPhone(restingPhone)
	w := window(t, Across(0, first, second), 400, 300)
	w.Canvas().FocusNext()
	w.Canvas().FocusNext()
	if w.Canvas().Focused() != fyne.Focusable(second) {
		t.Error("the second Tab is not at the second phone")
	}
}

func TestARingingPhoneIsSeen(t *testing.T) {
	show(t, ui.Light)
	p := drawPhone(ringingPhone)
	w := window(t, p, p.MinSize().Width, p.MinSize().Height)
	edge := func() int { return marks(w, look(t, ui.Light, "")) }
	if edge() == 0 {
		t.Fatal("no arcs stand beside it")
	}
	p.Hide()
	p.Show()
	if edge() == 0 {
		t.Error("it does not ring on after it was hidden")
	}
	still := ringingPhone
	still.Ringing = false
	p.Set(still)
	if edge() != 0 {
		t.Error("the arcs stay when the ringing ends")
	}
}

func TestTheLineOfAPhoneRunsLikeAClock(t *testing.T) {
	show(t, ui.Light)
	p := drawPhone(ringingPhone)
	w := window(t, p, p.MinSize().Width, p.MinSize().Height)
	before := w.Canvas().Capture()
	p.SetLine("rings 0:05")
	if different(before, w.Canvas().Capture()) == 0 {
		t.Error("the new second is not seen")
	}
	if p.State().Line != "rings 0:05" {
		t.Errorf("it says %q", p.State().Line)
	}
}

// marks counts the pixels beside the phone's body that are not background.
func marks(w fyne.Window, th *ui.Theme) (n int) {
	img := w.Canvas().Capture()
	for y := range img.Bounds().Dy() {
		for x := range 12 {
			if !same(img.At(x, y), th.Color("background", 0)) {
				n++
			}
		}
	}
	return n
}

func click(at ...fyne.Position) func(*Phone, fyne.Canvas) {
	return func(_ *Phone, c fyne.Canvas) {
		for _, p := range at {
			test.TapCanvas(c, p)
		}
	}
}

func press(keys ...fyne.KeyName) func(*Phone, fyne.Canvas) {
	return func(p *Phone, _ fyne.Canvas) {
		for _, k := range keys {
			p.TypedKey(&fyne.KeyEvent{Name: k})
		}
	}
}

func typed(s string) func(*Phone, fyne.Canvas) {
	return func(p *Phone, _ fyne.Canvas) { test.Type(p, s) }
}
