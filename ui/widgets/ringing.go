package widgets

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// ringPeriod is how long the arcs take to fade and come back; slow enough to
// disturb nobody.
const ringPeriod = 1400 * time.Millisecond

// faintest is what is left of the arcs when they are faded most, so that a
// ringing phone is known at every moment.
const faintest = 0.35

// ringing draws the arcs beside a phone that rings, and lets them pulse.
type ringing struct {
	phone    *Phone
	arcs     []fyne.CanvasObject
	role     Role
	strength float32
	pulse    *fyne.Animation // nil while it does not ring
}

func newRinging(p *Phone) *ringing {
	r := &ringing{phone: p, strength: 1}
	for range 2 {
		left := &canvas.Arc{StartAngle: 235, EndAngle: 305, CutoutRatio: .86}
		right := &canvas.Arc{StartAngle: 55, EndAngle: 125, CutoutRatio: .86}
		r.arcs = append(r.arcs, left, right)
	}
	return r
}

// set starts or ends the ringing. Set again to what it is, the pulse goes on.
func (r *ringing) set(on bool, role Role) {
	r.role = role
	switch {
	case on && r.pulse == nil:
		r.start()
	case !on && r.pulse != nil:
		r.pulse.Stop()
		r.pulse = nil
	}
	r.paint()
}

func (r *ringing) start() {
	r.strength = 1
	r.pulse = fyne.NewAnimation(ringPeriod/2, r.tick)
	r.pulse.AutoReverse = true
	r.pulse.RepeatCount = fyne.AnimationRepeatForever
	if fyne.CurrentApp().Settings().ShowAnimations() {
		r.pulse.Start() // Else the arcs stand still.
	}
}

func (r *ringing) tick(done float32) {
	r.strength = 1 - done*(1-faintest)
	r.paint()
}

// paint colours the arcs, in the theme that holds now.
func (r *ringing) paint() {
	red, green, blue, _ := paint(r.role.Mark(), r.phone).RGBA()
	shade := color.NRGBA{R: uint8(red >> 8), G: uint8(green >> 8), B: uint8(blue >> 8), A: uint8(255 * r.strength)}
	for _, o := range r.arcs {
		arc := o.(*canvas.Arc)
		arc.Hidden = r.pulse == nil
		arc.FillColor = shade
		arc.Refresh()
	}
}
