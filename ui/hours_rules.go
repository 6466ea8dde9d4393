package ui

import (
	"time"

	"fyne.io/fyne/v2"

	"ringback/ui/widgets"
)

// hoursRules are what becomes of a request while the shop is closed, and whose clock holds.
type hoursRules struct {
	p       *hoursPage
	content *fyne.Container
	after   *widgets.Choice
	zone    *widgets.Field
}

func newHoursRules(p *hoursPage) *hoursRules {
	r := &hoursRules{p: p}
	words := p.w.words
	values, names := words.AfterHours()
	r.after = widgets.NewChoice(words.Say("hours_after"), values, names)
	r.after.OnChosen = r.chosen
	r.zone = widgets.NewField(words.Say("hours_zone"))
	r.zone.OnTyped, r.zone.OnLeft = r.typed, r.left
	r.content = widgets.NewBox(widgets.ColorSurface, widgets.ColorHairline, widgets.RadiusCard,
		widgets.Pad(14, widgets.Gap5, 14, widgets.Gap5, widgets.Columns(widgets.Gap5, 2, r.after, r.zone)))
	return r
}

func (r *hoursRules) show() {
	kept := r.p.kept
	r.after.Set(kept.AfterHours)
	r.after.Say(widgets.Quiet, nil, r.p.w.words.AfterHoursMeans(kept.AfterHours))
	if !r.zone.Focused() && r.zone.Text() != kept.Timezone {
		r.zone.SetText(kept.Timezone)
	}
}

// tick says how late it is in the zone that holds, while that stands in the field.
func (r *hoursRules) tick(now time.Time) {
	kept := r.p.kept
	if !r.p.read || r.zone.Text() != kept.Timezone {
		return
	}
	if says := r.p.w.words.Say("hours_zone_now", "time", now.In(kept.Zone()).Format("15:04")); r.zone.Says() != says {
		r.zone.Say(widgets.Quiet, nil, says)
	}
}

func (r *hoursRules) chosen() {
	p, value := r.p, r.after.Value()
	p.apply(within("after_hours", value), within("after_hours", p.kept.AfterHours), p.w.words.AfterHoursMeans(value),
		func(why string) { r.after.Say(widgets.Failed, icon("alert"), why); p.layout() })
}

// typed says nothing of a half name of a zone: that it is none is told when it is left.
func (r *hoursRules) typed() { r.zone.Say(widgets.Quiet, nil, ""); r.p.layout() }

func (r *hoursRules) left() {
	p, zone := r.p, r.zone.Text()
	if !p.read || zone == p.kept.Timezone {
		return
	}
	if _, err := time.LoadLocation(zone); err != nil || zone == "" || zone == "Local" {
		p.wrong(r.zone, p.w.words.Say("hours_wrong_zone", "typed", zone))
		return
	}
	p.apply(within("timezone", zone), within("timezone", p.kept.Timezone), p.w.words.Say("hours_zone_changed", "zone", zone),
		func(why string) { p.wrong(r.zone, why) })
}
