package widgets_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ringback/ui"
	. "ringback/ui/widgets"
)

func drawFields() fyne.CanvasObject {
	good, wrong := NewField("Name"), NewField("Number")
	good.SetText("Ann's Bakery")
	good.Say(Quiet, nil, "As visitors see it.")
	wrong.SetText("212 555 01")
	wrong.Say(Failed, icon("alert"), "Two digits are missing")
	ring := NewChoice("Phones ring", []string{"a", "b"}, []string{"in turn", "all at once"})
	ring.Set("b")
	on, off := NewTick("Start with the computer", icon("check")), NewTick("Stay awake", icon("check"))
	on.Set(true)
	return NewGround(ColorPage, PadAll(Gap6, Down(Gap4,
		NewFieldCard("Your shop", "how it is called", NewChip(Talked, icon("checkc"), "works"), Columns(Gap4, 2, good, wrong), ring, on, off),
		NewFixedValue(icon("key"), NewText("in the keyring", SizeBody, ColorText), NewButton(Bare, "Replace", nil, nothing)))))
}

func TestAFieldTellsOfWhatIsTypedAndWhenItIsLeft(t *testing.T) {
	show(t, ui.Light)
	f := NewField("Name")
	typed, left := 0, 0
	f.OnTyped, f.OnLeft = func() { typed++ }, func() { left++ }
	w := window(t, f, 300, 100)
	f.SetText("Ann") // nobody typed that
	if typed != 0 {
		t.Error("what the program sets counts as typed")
	}
	w.Canvas().Focus(f.Entry())
	test.Type(f.Entry(), "x")
	w.Canvas().Unfocus()
	if typed != 1 || left != 1 || f.Text() != "xAnn" {
		t.Errorf("typed %d, left %d, %q", typed, left, f.Text())
	}
}

func TestAFieldWithoutASentenceTakesLessRoom(t *testing.T) {
	show(t, ui.Light)
	f := NewField("Name")
	w := window(t, Down(0, f), 300, 200)
	before := f.MinSize().Height
	f.Say(Failed, icon("alert"), "Wrong")
	w.Canvas().Capture()
	if f.MinSize().Height <= before {
		t.Error("the sentence has no room")
	}
	f.Say(Quiet, nil, "")
	if got := f.MinSize().Height; got != before {
		t.Errorf("it is %v high, want %v", got, before)
	}
}

func TestAChoiceTellsOnlyOfWhatTheUserChose(t *testing.T) {
	show(t, ui.Light)
	c := NewChoice("Ring", []string{"a", "b"}, []string{"in turn", "all at once"})
	chosen := 0
	c.OnChosen = func() { chosen++ }
	c.Set("b")
	c.Set("c") // which a newer version knows
	if chosen != 0 || c.Value() != "c" {
		t.Errorf("chosen %d times, %q", chosen, c.Value())
	}
	c.Choose("a")
	if chosen != 1 || c.Value() != "a" {
		t.Errorf("chosen %d times, %q", chosen, c.Value())
	}
}

func TestATickIsTickedByTheKeyboard(t *testing.T) {
	show(t, ui.Light)
	tick := NewTick("Stay awake", icon("check"))
	w := window(t, tick, 300, 60)
	w.Canvas().Focus(tick)
	tick.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if !tick.Ticked() {
		t.Error("it is not ticked")
	}
	tick.Disable()
	tick.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if !tick.Ticked() {
		t.Error("it can be changed although it is disabled")
	}
}
