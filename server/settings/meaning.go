package settings

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"ringback/server/hours"
)

// meaningFaults looks at settings whose every value is right by itself, and
// finds what does not go together.
func meaningFaults(s Settings) Faults {
	return slices.Concat(phoneFaults(s), tunnelFaults(s.Tunnel), captchaFaults(s.Guard.Captcha), hoursFaults(s.Hours))
}

// phoneFaults: a phone twice in a round would ring one person twice; the
// Twilio number cannot call or text itself.
func phoneFaults(s Settings) (faults Faults) {
	first := map[string]int{}
	for i, p := range s.Business.Phones {
		path := fmt.Sprintf("business.phones[%d].number", i)
		if j, ok := first[p.Number]; ok {
			faults = append(faults, Fault{Path: path, Kind: SamePhone, Args: []string{strconv.Itoa(j + 1)},
				Message: fmt.Sprintf("%s is business.phones[%d] already", quote(p.Number), j)})
			continue
		}
		first[p.Number] = i
		if p.Number == s.Twilio.Number {
			faults = append(faults, ownNumber(path, p.Number))
		}
	}
	for i, n := range s.Business.SMSNumbers {
		if n == s.Twilio.Number {
			faults = append(faults, ownNumber(fmt.Sprintf("business.sms_numbers[%d]", i), n))
		}
	}
	return faults
}

func ownNumber(path, n string) Fault {
	return Fault{Path: path, Kind: OwnNumber, Message: quote(n) + " is twilio.number, which cannot call or text itself; give a phone of the shop"}
}

func tunnelFaults(t Tunnel) Faults {
	switch {
	case t.Kind == Ngrok && t.Domain == "":
		return Faults{{Path: "tunnel.domain", Kind: Needed, Message: "is needed with tunnel.kind ngrok"}}
	case t.Kind == OwnAddress && t.URL == "":
		return Faults{{Path: "tunnel.url", Kind: Needed, Message: "is needed with tunnel.kind address"}}
	}
	return nil
}

func captchaFaults(c Captcha) Faults {
	hosted := c.Kind == Recaptcha || c.Kind == HCaptcha || c.Kind == Turnstile
	if hosted && c.SiteKey == "" {
		return Faults{{Path: "guard.captcha.site_key", Kind: Needed, Message: "is needed with guard.captcha.kind " + c.Kind}}
	}
	return nil
}

func hoursFaults(h Hours) (faults Faults) {
	if h.Holidays != "" && hours.Holidays(h.Holidays) == nil {
		faults = append(faults, Fault{Path: "hours.holidays", Kind: NoHolidays,
			Message: quote(h.Holidays) + " has no holidays that are known here; allowed are " + strings.Join(hours.HolidayCountries(), ", ") + ", or none; single days go into hours.dates"})
	}
	for _, d := range h.Week.days() {
		faults = append(faults, dayFaults("hours.week."+d.name, d.open)...)
	}
	for _, date := range slices.Sorted(maps.Keys(h.Dates)) {
		faults = append(faults, dayFaults(join("hours.dates", date), h.Dates[date])...)
	}
	return faults
}

// dayFaults finds intervals of one day that overlap: one of them is a
// mistyped time. What passes midnight may run into the next day's.
func dayFaults(path string, day []string) (faults Faults) {
	for i, later := range day {
		b, err := parseInterval(later)
		for _, earlier := range day[:i] {
			a, unread := parseInterval(earlier)
			if err == nil && unread == nil && a.overlaps(b) {
				faults = append(faults, Fault{
					Path:    fmt.Sprintf("%s[%d]", path, i),
					Kind:    TimesOverlap,
					Args:    []string{earlier},
					Message: quote(later) + " overlaps " + quote(earlier),
				})
				break
			}
		}
	}
	return faults
}

// weekday is one day of the week with its name in the file.
type weekday struct {
	name string
	open []string
}

func (w Week) days() []weekday {
	return []weekday{
		{"mon", w.Mon}, {"tue", w.Tue}, {"wed", w.Wed}, {"thu", w.Thu},
		{"fri", w.Fri}, {"sat", w.Sat}, {"sun", w.Sun},
	}
}
