package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringback/ui/widgets"
)

// What the window keeps for itself, with Fyne, for this user of this computer: nothing
// that a shop depends on.
const (
	keptTold   = "told_of_tray" // it was said that closing the window leaves the program running
	keptSilent = "silent"       // notifications make no sound
	keptSound  = "sound"        // what they sound like else; empty: as usual
)

// askWidth is how wide the words of a question are.
const askWidth = 420

// closing is what happens when the owner closes the window: the program stays in the
// tray, and says so the first time. Where no tray could bring the window back, the owner
// is asked each time.
func (w *Window) closing() {
	say, prefs := w.words.Say, w.o.App.Preferences()
	switch {
	case !w.o.Tray.There():
		w.ask(say("close_no_tray_title"), say("close_no_tray_text"), say("close_minimise"), say("close_quit"), w.o.Minimise, w.quit)
	case prefs.Bool(keptTold):
		w.win.Hide()
	default:
		w.ask(say("close_title"), say("close_text"), say("close_keep"), say("close_quit"), func() {
			prefs.SetBool(keptTold, true)
			w.win.Hide()
		}, w.quit)
	}
}

// TrayGone is told when the desktop has no tray any more: a window that is hidden could
// never come back.
func (w *Window) TrayGone() {
	if !w.closed() {
		w.win.Show()
	}
}

// quit ends the program, and asks only while a call is on.
func (w *Window) quit() {
	if !w.callIsOn() {
		w.o.Quit()
		return
	}
	say := w.words.Say
	w.raise()
	w.ask(say("quit_title"), say("quit_text"), say("quit_stay"), say("quit_anyway"), func() {}, w.o.Quit)
}

func (w *Window) callIsOn() bool {
	for _, r := range w.shop.Line {
		if r.Status.UnderWay() {
			return true
		}
	}
	return false
}

// raise brings the window to the front.
func (w *Window) raise() {
	if w.o.Raise != nil {
		w.o.Raise()
		return
	}
	w.win.Show()
	w.win.RequestFocus()
}

// ask puts a question over the window, in place of one that is there. The first answer is
// the likely one, and has the keyboard.
func (w *Window) ask(title, text, first, second string, doFirst, doSecond func()) {
	if w.question != nil {
		w.question.Hide()
	}
	answer := func(do func()) func() {
		return func() {
			w.question.Hide()
			w.question = nil
			do()
		}
	}
	likely := widgets.NewButton(widgets.Main, first, nil, answer(doFirst))
	words := widgets.Down(widgets.Gap4,
		widgets.NewText(title, widgets.SizeHeadline, widgets.ColorText).Bold(),
		widgets.NewPara(text, widgets.SizeBody, widgets.ColorText),
		widgets.Across(widgets.Gap3, widgets.Space(), widgets.NewButton(widgets.Plain, second, nil, answer(doSecond)), likely))
	for range 2 { // a paragraph's height is known once it has its width
		words.Resize(fyne.NewSize(askWidth, words.MinSize().Height))
	}
	w.question = widget.NewModalPopUp(widgets.PadAll(widgets.Gap6, widgets.Fixed(askWidth, 0, words)), w.win.Canvas())
	w.question.Show()
	w.win.Canvas().Focus(likely)
}
