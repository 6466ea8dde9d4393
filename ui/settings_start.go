package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"ringback/server/settings"
	"ringback/ui/widgets"
)

// Computer is what is asked of the computer that the window stands on. Its methods may
// wait for the desktop system: they are never called on the window's goroutine.
type Computer interface {
	// StartsAlong says whether the program starts when its user logs in.
	StartsAlong() (bool, error)
	// StartAlong lets it do so, or not.
	StartAlong(on bool) error
	// StayAwake keeps the computer from going to sleep by itself until it is called with
	// false or the program ends. Again with the same changes nothing.
	StayAwake(on bool) error
}

// keepAwake is where it is remembered that the owner wants the computer kept awake: it is
// this computer's, not the shop's, and so no setting of it.
const keepAwake = "keep_awake"

// wakefulness keeps the computer awake while the shop is open, if its owner wants that.
type wakefulness struct {
	w      *Window
	watch  *watch
	hours  settings.Hours
	known  bool // hours were read
	wanted bool // as was last asked of the computer
	asking bool
	err    error // why it could not be
	next   time.Time
}

// tryAwake is how soon the computer is asked again after it refused.
const tryAwake = time.Minute

func newWakefulness(w *Window) *wakefulness { return &wakefulness{w: w, watch: newWatch(w)} }

// start reads the hours from now on.
func (k *wakefulness) start() {
	if k.w.o.Computer == nil {
		return
	}
	d := k.w.o.Desk
	k.watch.look(func(ctx context.Context) (func(), error) {
		set, err := d.Settings(ctx)
		return func() {
			k.hours, k.known = set.Hours, true
			k.tick(k.w.o.Now())
		}, err
	})
}

// want says whether the computer is to be awake. A pause is short and ends by itself, for
// which a computer that sleeps would not wake; a call is not broken off at closing time.
func (k *wakefulness) want(now time.Time) bool {
	if !k.on() || !k.known {
		return false
	}
	hours := k.hours
	hours.PausedUntil = ""
	return hours.Plan().Open(now) || len(k.w.shop.Line) > 0
}

func (k *wakefulness) on() bool { return k.w.o.App.Preferences().Bool(keepAwake) }

// set remembers what the owner wants.
func (k *wakefulness) set(on bool) {
	k.w.o.App.Preferences().SetBool(keepAwake, on)
	k.err, k.next = nil, time.Time{} // a refusal was of another wish
	k.tick(k.w.o.Now())
	k.w.here.showShop()
}

// tick asks the computer where something else is wanted of it than was.
func (k *wakefulness) tick(now time.Time) {
	want := k.want(now)
	if k.w.o.Computer == nil || k.asking || want == k.wanted || now.Before(k.next) {
		return
	}
	k.asking = true
	k.w.errands.add(func(context.Context) {
		err := k.w.o.Computer.StayAwake(want)
		k.w.o.Do(func() { k.asked(want, err, now) })
	})
}

func (k *wakefulness) asked(want bool, err error, at time.Time) {
	k.asking = false
	if k.err = err; err != nil {
		k.w.o.Log.Warn("the computer is not kept awake", "err", err)
		k.next = at.Add(tryAwake)
	} else {
		k.wanted = want
	}
	if !k.w.closed() {
		k.w.here.showShop()
	}
}

func (p *settingsPage) startCards(s *section) []fyne.CanvasObject {
	say := p.w.words.Say
	if p.w.o.Computer == nil {
		return []fyne.CanvasObject{widgets.NewFieldCard(say("settings_start"), say("settings_start_none"), nil)}
	}
	along, alongLine := widgets.NewTick(say("settings_along"), icon("check")), widgets.NewFieldLine()
	along.Disable()
	along.OnTicked = func() { p.startAlong(along, alongLine) }
	p.readAlong(along, alongLine)
	awake, awakeLine := widgets.NewTick(say("settings_awake"), icon("check")), widgets.NewFieldLine()
	awake.Set(p.w.wake.on())
	awake.OnTicked = func() { p.w.wake.set(awake.Ticked()) }
	s.shown = append(s.shown, showing(func(settingsSeen) { p.showAwake(awakeLine) }))
	p.showAwake(awakeLine)
	return []fyne.CanvasObject{
		widgets.NewFieldCard(say("settings_start"), say("settings_start_about"), nil, along, alongLine, awake, awakeLine),
	}
}

// readAlong looks how it is; before that the tick can't be changed.
func (p *settingsPage) readAlong(tick *widgets.Tick, line *widgets.FieldLine) {
	p.w.errands.add(func(context.Context) {
		on, err := p.w.o.Computer.StartsAlong()
		p.w.o.Do(func() {
			tick.Enable()
			tick.Set(on)
			p.sayAlong(line, err)
		})
	})
}

func (p *settingsPage) startAlong(tick *widgets.Tick, line *widgets.FieldLine) {
	on := tick.Ticked()
	p.w.errands.add(func(context.Context) {
		err := p.w.o.Computer.StartAlong(on)
		p.w.o.Do(func() {
			if err != nil {
				tick.Set(!on)
			}
			p.sayAlong(line, err)
		})
	})
}

func (p *settingsPage) sayAlong(line *widgets.FieldLine, err error) {
	words := ""
	if err != nil {
		p.w.o.Log.Warn("start with the computer", "err", err)
		words = p.w.words.Say("settings_along_fault")
	}
	line.Say(widgets.Failed, icon("alert"), words)
	p.layOut()
}

// showAwake says what holds now.
func (p *settingsPage) showAwake(line *widgets.FieldLine) {
	say, k := p.w.words.Say, p.w.wake
	switch {
	case k.err != nil:
		line.Say(widgets.Failed, icon("alert"), say("settings_awake_fault"))
	case k.wanted:
		line.Say(widgets.Talked, icon("checkc"), say("settings_awake_now"))
	default:
		line.Say(widgets.Quiet, nil, say("settings_awake_not"))
	}
	p.layOut()
}
