package ui

import (
	"maps"
	"strings"

	"ringback/server/settings"
)

// draft is what stands in a control and is not kept: it is being typed, or was refused.
type draft struct {
	typed  string
	faults settings.Faults // what was wrong with it
}

// drafting is a control in which a draft can stand; ok: there is one.
type drafting interface {
	draft() (path string, d draft, ok bool)
}

// inherit takes over from a page in another language where the owner was, and what was
// typed there and refused: it would be lost in the moment in which it should be put right.
func (p *settingsPage) inherit(before *settingsPage) {
	if before == nil {
		return
	}
	p.drafts = before.pending()
	p.at = before.at
	for i, s := range p.sections {
		s.nav.SetSelected(i == p.at)
	}
}

// pending are the drafts by their paths, also those of sections that were not looked at
// since the page took them over.
func (p *settingsPage) pending() map[string]draft {
	all := maps.Clone(p.drafts)
	if all == nil {
		all = map[string]draft{}
	}
	collect := func(parts []shower) {
		for _, part := range parts {
			if c, ok := part.(drafting); ok {
				if path, d, ok := c.draft(); ok {
					all[path] = d
				}
			}
		}
	}
	for _, s := range p.sections {
		collect(s.shown)
	}
	if p.phones != nil {
		for _, row := range p.phones.rows {
			collect(row.fields.shown)
		}
	}
	return all
}

// take gives a draft to the control that it belongs to, once.
func (p *settingsPage) take(path string) (d draft, ok bool) {
	d, ok = p.drafts[path]
	delete(p.drafts, path)
	return d, ok
}

func (f *settingsField) draft() (string, draft, bool) {
	return f.path, draft{f.Text(), f.faults}, !f.empty && f.Text() != f.shown
}

// resume shows a draft, if there is one for the field.
func (f *settingsField) resume() bool {
	d, ok := f.p.take(f.path)
	if ok {
		f.SetText(d.typed)
		f.tell(d.faults)
	}
	return ok
}

func (c *settingsChoice) draft() (string, draft, bool) {
	return c.path, draft{c.Value(), c.faults}, len(c.faults) > 0 || c.waits
}

// The draft of ticks is their values with commas between, for none has one.
func (t *settingsTicks) draft() (string, draft, bool) {
	return t.path, draft{strings.Join(t.list(), ","), t.faults}, len(t.faults) > 0
}
