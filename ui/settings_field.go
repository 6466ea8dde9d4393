package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"ringback/server/settings"
	"ringback/ui/view"
	"ringback/ui/widgets"
)

// settingsField is a field of the page for one value of the settings.
type settingsField struct {
	*widgets.Field
	p     *settingsPage
	path  string
	part  func(typed string) any                 // the settings file that says what was typed
	value func(seen settingsSeen) (string, bool) // what is kept, as it is typed; false: it is gone
	help  string                                 // stands below while nothing is wrong
	ready func() bool                            // nil: what is typed can be checked and applied
	told  func()                                 // the sentence below is another one; may be nil
	shown string                                 // what the field had when it was not being typed in
	empty bool                                   // nothing was shown yet

	faults settings.Faults // that were told last
}

// field makes one for a value that stands at that path.
func (p *settingsPage) field(s *section, path string, as view.Typing, label, help string) *widgets.Field {
	return p.bind(s, &settingsField{
		Field: widgets.NewField(label), path: path, help: help,
		part:  func(typed string) any { return view.Part(path, p.w.words.Meant(as, typed)) },
		value: func(seen settingsSeen) (string, bool) { return p.w.words.Typed(as, seen.document.At(path)), true },
	}).Field
}

// bind lets a field be shown, checked and applied.
func (p *settingsPage) bind(s *section, f *settingsField) *settingsField {
	f.p, f.empty = p, true
	f.OnTyped = func() { p.typed(f) }
	f.OnLeft = func() { p.apply(f) }
	f.Say(widgets.Quiet, nil, f.help)
	s.shown = append(s.shown, f)
	return f
}

// show takes what is kept, unless something else stands in the field by hand.
func (f *settingsField) show(seen settingsSeen) {
	now, there := f.value(seen)
	switch {
	case !there:
	case f.empty && f.resume():
		f.empty, f.shown = false, now
	case f.Text() == now:
		f.empty, f.shown = false, now
	case f.empty || f.Text() == f.shown:
		f.empty, f.shown = false, now
		f.SetText(now)
		f.tell(nil)
	}
}

// tell says below the field what is wrong with it, or its help.
func (f *settingsField) tell(faults settings.Faults) {
	said := f.Says()
	f.faults = faults
	if fault, ok := view.FaultOf(faults, f.path); ok {
		f.Say(widgets.Failed, icon("alert"), f.p.w.words.TypedFault(fault, f.Text()))
	} else {
		f.Say(widgets.Quiet, nil, f.help)
	}
	if f.Says() == said {
		return
	}
	if f.told != nil {
		f.told()
	}
	f.p.layOut()
}

// typed checks what stands in a field. One check is under way at a time, and after it the
// newest that was typed is: however fast somebody types, they don't pile up.
func (p *settingsPage) typed(f *settingsField) {
	if f.ready == nil || f.ready() {
		p.wanted = f
		p.checkNext()
	}
}

func (p *settingsPage) checkNext() {
	f := p.wanted
	if f == nil || p.checking {
		return
	}
	p.wanted, p.checking = nil, true
	typed := f.Text()
	p.w.check(f.part(typed), func(faults settings.Faults) {
		p.checking = false
		if f.Text() == typed {
			f.tell(faults)
		}
		p.checkNext()
	})
}

// apply takes over what stands in a field, at once. What is wrong stays there and changes
// nothing.
func (p *settingsPage) apply(f *settingsField) {
	typed := f.Text()
	if f.empty || f.ready != nil && !f.ready() {
		return
	}
	if typed == f.shown {
		f.tell(nil)
		return
	}
	if p.wanted == f {
		p.wanted = nil
	}
	p.w.change(f.part(typed), func(faults settings.Faults, later bool) {
		if len(faults) == 0 && f.Text() == typed {
			f.shown = typed // what is read next has it as people write it
		}
		if f.Text() == typed {
			f.tell(faults)
		}
		if len(faults) == 0 {
			p.say(later)
		}
	})
}

// settingsChoice is one value of a few.
type settingsChoice struct {
	*widgets.Choice
	p      *settingsPage
	path   string
	faults settings.Faults // that were told last
	waits  bool            // what is chosen holds once something else was typed, too
}

func (p *settingsPage) choice(s *section, path, label string, values, words []string) *widgets.Choice {
	return p.choiceOf(s, path, label, values, words).Choice
}

func (p *settingsPage) choiceOf(s *section, path, label string, values, words []string) *settingsChoice {
	c := &settingsChoice{Choice: widgets.NewChoice(label, values, words), p: p, path: path}
	c.OnChosen = func() {
		p.w.change(view.Part(path, c.Value()), func(faults settings.Faults, later bool) {
			if c.tell(faults); len(faults) == 0 {
				p.say(later)
			}
		})
	}
	s.shown = append(s.shown, c)
	return c
}

// show takes what is kept; a choice that was refused stays until then, with its fault.
func (c *settingsChoice) show(seen settingsSeen) {
	if d, ok := c.p.take(c.path); ok {
		c.Set(d.typed)
		c.tell(d.faults)
		c.waits = len(d.faults) == 0
	}
	if now, ok := seen.document.At(c.path).(string); ok && c.Says() == "" && !c.waits {
		c.Set(now)
	}
}

func (c *settingsChoice) tell(faults settings.Faults) {
	words := ""
	c.faults = faults
	if fault, ok := view.FaultOf(faults, c.path); ok {
		words = c.p.w.words.Fault(fault)
	}
	c.Say(widgets.Failed, icon("alert"), words)
	c.p.layOut()
}

// settingsTicks are a list of the settings of which each entry is a tick, in this order.
type settingsTicks struct {
	p      *settingsPage
	path   string
	values []string
	ticks  []*widgets.Tick
	kept   []string // as they are kept, whose order stays
	line   *widgets.FieldLine
	faults settings.Faults // that were told last
}

func (p *settingsPage) ticks(s *section, path string, values, words []string) *settingsTicks {
	t := &settingsTicks{p: p, path: path, values: values, line: widgets.NewFieldLine()}
	for _, word := range words {
		tick := widgets.NewTick(word, icon("check"))
		tick.OnTicked = t.changed
		t.ticks = append(t.ticks, tick)
	}
	s.shown = append(s.shown, t)
	return t
}

func (t *settingsTicks) changed() {
	t.p.w.change(view.Part(t.path, t.list()), func(faults settings.Faults, later bool) {
		if t.tell(faults); len(faults) == 0 {
			t.p.say(later)
		}
	})
}

// list is what is ticked.
func (t *settingsTicks) list() []string {
	list := []string{}
	for _, v := range slices.Concat(t.kept, t.values) {
		if i := slices.Index(t.values, v); t.ticks[i].Ticked() && !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	return list
}

func (t *settingsTicks) tell(faults settings.Faults) {
	words := ""
	t.faults = faults
	if fault, ok := view.FaultOf(faults, t.path); ok {
		words = t.p.w.words.Fault(fault)
	}
	t.line.Say(widgets.Failed, icon("alert"), words)
	t.p.layOut()
}

// show takes what is kept; ticks that were refused stay, with their fault.
func (t *settingsTicks) show(seen settingsSeen) {
	if t.line.Says() != "" {
		return
	}
	if d, ok := t.p.take(t.path); ok {
		for i, tick := range t.ticks {
			tick.Set(slices.Contains(strings.Split(d.typed, ","), t.values[i]))
		}
		t.tell(d.faults)
		return
	}
	list, _ := seen.document.At(t.path).([]any)
	t.kept = t.kept[:0]
	for _, v := range list {
		if v, ok := v.(string); ok && slices.Contains(t.values, v) {
			t.kept = append(t.kept, v)
		}
	}
	for i, tick := range t.ticks {
		tick.Set(slices.Contains(t.kept, t.values[i]))
	}
}

// parts are the ticks and what is wrong with them.
func (t *settingsTicks) parts() fyne.CanvasObject {
	all := widgets.Down(0)
	for _, tick := range t.ticks {
		all.Add(tick)
	}
	all.Add(t.line)
	return all
}

// settingsSwitch is a value that is true or false.
func (p *settingsPage) settingsSwitch(s *section, path, words string) *widgets.Tick {
	tick := widgets.NewTick(words, icon("check"))
	tick.OnTicked = func() {
		p.w.change(view.Part(path, tick.Ticked()), func(faults settings.Faults, later bool) {
			if len(faults) > 0 {
				tick.Set(!tick.Ticked())
				return
			}
			p.say(later)
		})
	}
	s.shown = append(s.shown, showing(func(seen settingsSeen) {
		on, _ := seen.document.At(path).(bool)
		tick.Set(on)
	}))
	return tick
}
