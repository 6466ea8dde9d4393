package ui

import (
	"context"
	"maps"

	"ringback/server/desk"
	"ringback/server/settings"
)

// The rules of a fakeDesk are checked as those of a real one are; what was applied
// stands in done.

func (f *fakeDesk) rules() settings.Settings {
	if f.set.Business.Country == "" {
		f.set = settings.Default("UTC", "US")
		f.set.Business.Name = f.shop.Name
		f.set.Hours.Week = bakeryWeek()
	}
	return f.set
}

// bakeryWeek has a break at noon, a short day and a closed one.
func bakeryWeek() settings.Week {
	long := func() []string { return []string{"09:00-12:30", "13:30-18:00"} }
	return settings.Week{
		Mon: long(), Tue: long(), Wed: []string{"09:00-12:30"}, Thu: []string{"09:00-12:30", "13:30-20:00"},
		Fri: []string{"07:00-18:00"}, Sat: []string{"07:00-17:00"}, Sun: []string{},
	}
}

func settingsWeekClosed() settings.Week {
	return settings.Week{Mon: []string{}, Tue: []string{}, Wed: []string{}, Thu: []string{}, Fri: []string{}, Sat: []string{}, Sun: []string{}}
}

// opening is how the hours stand at noon.
func (f *fakeDesk) opening() desk.Opening {
	o := desk.OpeningOf(f.rules().Hours.Plan(), noon)
	o.Website = "Open now, until 12:30"
	if !o.Paused.IsZero() {
		o.Website = "We take no calls just now. We are back today at " + o.Paused.Format("15:04") + "."
	}
	return o
}

func (f *fakeDesk) Settings(context.Context) (desk.Settings, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return desk.Settings{Settings: f.rules(), Secrets: maps.Clone(f.secrets)}, f.broken
}

func (f *fakeDesk) Check(_ context.Context, file []byte) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.checks++
	_, err := settings.Apply(f.rules(), file, settings.Secrets{})
	return err
}

func (f *fakeDesk) Apply(_ context.Context, file []byte) (later bool, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.done = append(f.done, "apply "+string(file))
	if f.refuse != nil {
		return false, f.refuse
	}
	set, err := settings.Apply(f.rules(), file, settings.Secrets{})
	if err != nil {
		return false, err
	}
	f.set = set
	f.hint()
	return f.later, nil
}

func (f *fakeDesk) SetSecret(_ context.Context, name, value string) (later bool, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.done = append(f.done, "secret "+name)
	if err := settings.CheckSecret(name, value); err != nil {
		return false, err
	}
	if f.secrets == nil {
		f.secrets = map[string]bool{}
	}
	f.secrets[name] = value != ""
	f.hint()
	return false, f.refuse
}
