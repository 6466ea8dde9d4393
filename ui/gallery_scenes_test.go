package ui

import (
	"errors"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ringback/server/callback"
	"ringback/server/desk"
	"ringback/ui/view"
	"ringback/ui/widgets"
)

// scenes are everything that is in the gallery.
func scenes() []scene {
	all := []scene{
		{"requests", nil, galleryShop, showRequests},
		{"overview", nil, galleryShop, func(o *opened, _ string) { o.overview() }},
		{"overview-numbers", []string{"busy"}, galleryShop, showNumbers},
		{"hours", nil, galleryShop, showHours},
		{"activity", nil, galleryShop, showActivity},
		{"practice", []string{"empty"}, func(string) *fakeDesk { return emptyShop(true) }, nil},
		{"practice", []string{"busy"}, func(string) *fakeDesk { return practiceShop() }, showRequests},
		{"practice-overview", []string{"empty"}, func(string) *fakeDesk { return emptyShop(true) }, func(o *opened, _ string) { o.overview() }},
		{"search", []string{"empty"}, func(string) *fakeDesk { return manyShop() }, showVainSearch},
		{"spam", []string{"empty", "busy"}, galleryShop, showSpam},
	}
	all = append(all, requestScenes()...)
	all = append(all, firstRunScenes()...)
	all = append(all, sectionScenes()...)
	all = append(all, troubleScenes()...)
	return append(all, overScenes()...)
}

// galleryShop is the shop that most pages are drawn in.
func galleryShop(state string) *fakeDesk {
	if state == "empty" {
		f := emptyShop(false)
		f.set = newShop().rules()
		return f
	}
	f := settledShop()
	f.log, f.reports = loggedShop().log, true
	f.set.Hours.Holidays = "US"
	f.set.Hours.Dates = map[string][]string{"2026-12-24": {"07:00-13:00"}}
	f.requests[2].Name = "عبد الرحمن بن محمد"
	if state == "troubled" {
		carrierRefuses(f)
		f.shop.NeedsYou, f.shop.Today, f.shop.All, f.shop.Spam = 98, 432, 1_234_567, 17
		f.requests[1].Name = "Wolfeschlegelsteinhausenbergerdorff-Montgomery von und zu Hohenlohe"
		f.log.check = desk.LogCheck{Entries: 1040, Since: ago(time.Hour), Bad: 1041, How: desk.EntryChanged}
	}
	return f
}

// carrierRefuses: the account's name and password don't fit.
func carrierRefuses(f *fakeDesk) { f.shop.Trouble = desk.Advice{Reason: "password", Code: 20003} }

// showRequests selects the newest request, or one that failed where something is wrong.
func showRequests(o *opened, state string) {
	switch state {
	case "busy":
		o.pick(12)
	case "troubled":
		o.pick(6)
	}
}

// requestScenes are requests that are in different ways.
func requestScenes() (all []scene) {
	for name, id := range map[string]int64{"in-line": 11, "missed": 10, "talked": 8, "planned": 7, "done": 5, "cancelled": 3} {
		all = append(all, scene{"requests-" + name, []string{"busy"}, galleryShop, func(o *opened, _ string) { o.pick(id) }})
	}
	slices.SortFunc(all, func(a, b scene) int { return len(a.page) - len(b.page) })
	return all
}

func showVainSearch(o *opened, _ string) {
	o.requests.chooseFilter(0)
	o.requests.search.entry.SetText("croissant 555 01")
	o.until("nothing is found", func() bool { return o.read && o.requests.empty.Visible() })
}

func showSpam(o *opened, state string) {
	f := o.o.Desk.(*fakeDesk)
	if state == "busy" {
		f.change(func() {
			spam := spamShop()
			f.shop.Spam, f.requests, f.events = spam.shop.Spam, spam.requests, spam.events
		})
	}
	o.requests.chooseFilter(3)
	o.until("the list was read", func() bool { return o.read && (state == "empty" || o.rows.Count > 0 && o.detail.Asked > 0) })
}

func showNumbers(o *opened, _ string) {
	p := o.overview()
	for _, c := range []*chart{p.byDay, p.when, p.ring} {
		c.turn()
	}
}

func showHours(o *opened, state string) {
	f := o.o.Desk.(*fakeDesk)
	switch state {
	case "empty":
		f.set.Hours.Week = settingsWeekClosed()
	case "troubled":
		f.set.Hours.PausedUntil = noon.Add(15 * time.Minute).Format(time.RFC3339)
	}
	f.change(func() {})
	o.goHours()
	o.until("the hours are the shop's", func() bool { return o.shop.Opening.Paused.IsZero() == (state != "troubled") })
	if state == "troubled" {
		o.types(o.day(2).field, "9-12, 11-15")
		o.hours.dates.add()
		o.hours.dates.date.SetText("Dec 42")
		o.hours.dates.save()
	}
}

func showActivity(o *opened, state string) {
	p := o.activity()
	if state == "troubled" {
		p.period.choose(int(view.Between))
		o.until("the log was read", func() bool { return p.glance.begun })
		p.first.SetText("2026-11-31")
	}
}

// firstRunScenes are the steps in which an owner is led through a first request.
func firstRunScenes() (all []scene) {
	for _, step := range []struct {
		name   string
		status callback.Status
	}{
		{"rings", callback.Calling}, {"joins", callback.Connecting}, {"talks", callback.Connected},
		{"missed", callback.Missed}, {"over", callback.Completed},
	} {
		all = append(all, scene{"firstrun-" + step.name, []string{"busy"}, func(string) *fakeDesk { return firstShop() }, func(o *opened, _ string) {
			f := o.o.Desk.(*fakeDesk)
			o.pretend()
			o.until("it is led on", func() bool { return o.requests.firstRun.content.Visible() && o.chosen == 1 })
			f.change(func() {
				f.requests[0].Name, f.requests[0].Status = o.words.Say("firstrun_name"), step.status
				if step.status == callback.Connecting || step.status == callback.Connected {
					f.requests[0].Legs, f.requests[0].TalkFrom = busyShop().requests[0].Legs, ago(7*time.Second)
				}
				f.phones = phonesAt(step.status, f.requests[0])
			})
			o.until("the step is shown", func() bool {
				return o.rows.Count > 0 && o.rows.Requests[0].Name == f.requests[0].Name && o.rows.Requests[0].Status == step.status && o.detail.Status == step.status
			})
		}})
	}
	return all
}

// phonesAt are the drawn phones as they are in that step.
func phonesAt(status callback.Status, r callback.Request) []desk.PracticePhone {
	shop := desk.PracticePhone{Shop: true, Number: "+12125550101", Label: "Counter", State: desk.Idle, Since: ago(4 * time.Second), Request: r.ID}
	visitor := desk.PracticePhone{Number: r.Number, Label: r.Name, State: desk.Idle, Since: ago(4 * time.Second), Request: r.ID}
	switch status {
	case callback.Calling:
		shop.State = desk.Ringing
	case callback.Connecting:
		shop.State, visitor.State = desk.OnCall, desk.Ringing
	case callback.Connected:
		shop.State, visitor.State, shop.Joined, visitor.Joined = desk.OnCall, desk.OnCall, true, true
	default: // the call is over
	}
	return []desk.PracticePhone{shop, visitor}
}

// sectionNames are the sections of the settings, in their order.
var sectionNames = []string{"shop", "phones", "twilio", "address", "guard", "retry", "form", "notify", "privacy", "start", "about"}

func sectionScenes() (all []scene) {
	for i, name := range sectionNames {
		all = append(all, scene{"settings-" + name, nil, galleryShop, func(o *opened, state string) { showSection(o, i, state) }})
	}
	return all
}

// showSection goes to a section; in trouble something wrong was typed there.
func showSection(o *opened, at int, state string) {
	p := o.settingsOf(at)
	if state != "troubled" {
		return
	}
	if at == atPhones {
		p.phones.rows[2].number.Type("(212) 555-01")
		o.until("it is said", func() bool { return p.phones.rows[2].line.Says() != "" })
		return
	}
	for _, part := range p.sections[at].shown {
		if f, ok := part.(*settingsField); ok {
			o.enter(f, "-7 ???")
			o.settle()
		}
	}
}

// troubleScenes are what can be wrong with a shop, on the page that an owner looks at.
func troubleScenes() (all []scene) {
	for _, trouble := range []struct {
		name string
		make func(*fakeDesk)
	}{
		{"carrier", carrierRefuses},
		{"disk", func(f *fakeDesk) { f.shop.Unsaved = desk.DiskFull }},
		{"address", func(f *fakeDesk) {
			f.shop.FormURL, f.shop.Missing = "", []string{"Enter the public address of your website form."}
		}},
		{"closed", func(f *fakeDesk) { f.set.Hours.Week = settingsWeekClosed() }},
		{"paused", func(f *fakeDesk) { f.set.Hours.PausedUntil = noon.Add(15 * time.Minute).Format(time.RFC3339) }},
	} {
		all = append(all, scene{"trouble-" + trouble.name, []string{"troubled"}, func(string) *fakeDesk {
			f := galleryShop("busy")
			trouble.make(f)
			return f
		}, func(o *opened, _ string) { o.pick(9) }})
	}
	return append(all, scene{"trouble-store", []string{"troubled"}, galleryShop, func(o *opened, _ string) {
		f := o.o.Desk.(*fakeDesk)
		f.change(func() { f.broken = errors.New("disk on fire") })
		o.until("the fault stands", func() bool { return o.message.content.Visible() })
	}}, scene{"trouble-refused", []string{"troubled"}, galleryShop, func(o *opened, _ string) {
		o.o.Desk.(*fakeDesk).refuse = &callback.Error{Code: callback.CallIsOn}
		o.pick(10)
		o.requests.detail.pressMain()
		o.until("the fault stands", func() bool { return o.message.content.Visible() })
	}}, scene{"trouble-backup", []string{"troubled"}, galleryShop, func(o *opened, _ string) {
		o.o.Desk.(*fakeDesk).refuse = desk.ErrFilePlace
		p := o.settingsOf(atPrivacy)
		o.points = "/media/stick"
		p.backUp()
		o.until("the fault stands", func() bool { return o.message.content.Visible() })
	}})
}

// overScenes are what stands over a page, or in a part of it for a while.
func overScenes() []scene {
	over := func(name string, show func(o *opened)) scene {
		return scene{"over-" + name, []string{"busy"}, galleryShop, func(o *opened, _ string) { show(o) }}
	}
	return []scene{
		over("newcall", func(o *opened) { o.requests.typeNewCall(); o.requests.newCall.number.SetText("(212) 555-01") }),
		over("menu", func(o *opened) { o.pick(11); test.Tap(o.requests.detail.more) }),
		over("done", func(o *opened) {
			o.pick(10)
			o.requests.detail.note.SetText("vegan, yes; calls again on Friday")
			o.requests.detail.done()
			o.until("it is said", func() bool { return o.message.toast.Visible() })
		}),
		over("block", func(o *opened) {
			o.pick(10)
			o.requests.detail.block(true)
			o.until("it is said", func() bool { return o.message.toast.Visible() })
		}),
		over("pause", func(o *opened) { o.offerPauses(o.frame.pause.content) }),
		over("until", func(o *opened) {
			o.goHours()
			o.hours.now.askUntil()
			o.hours.now.until.SetText("noonish")
			o.hours.now.pauseUntil()
		}),
		over("hours-menu", func(o *opened) { o.goHours(); o.day(1).offerCopies() }),
		over("restore", func(o *opened) {
			o.settingsOf(atPrivacy).askRestore("/data/backups/20261124.db", "ringback-20261124.db")
		}),
		over("export", func(o *opened) {
			p := o.activity()
			p.export.running(true)
			p.export.show(o.words, 12345, 0.6)
		}),
		over("quit", func(o *opened) { o.quit() }),
		over("close", func(o *opened) {
			o.o.Tray = &fakeTray{there: true}
			o.closing()
		}),
		over("tray", func(o *opened) {
			shop := o.shop
			menu := o.tray.menu(o.words, trayLook{Tray: o.words.Tray(shop, o.o.Desk.(*fakeDesk).requests[2:5])})
			widget.ShowPopUpMenuAtPosition(menu, o.Fyne().Canvas(), fyne.NewPos(400, 200))
		}),
		over("focus", func(o *opened) {
			o.pick(10)
			b := o.requests.detail.actions.Objects[1].(*widgets.Button)
			o.Fyne().Canvas().Focus(b)
		}),
	}
}
