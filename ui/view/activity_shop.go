package view

import (
	"encoding/json"
	"strconv"
	"strings"

	"ringback/server/desk"
)

// shopNote is the body of an entry that is no request's.
type shopNote struct {
	By      string `json:"by"`
	Changed []struct {
		Path string          `json:"path"`
		From json.RawMessage `json:"from"`
		To   json.RawMessage `json:"to"`
	} `json:"changed"`
	Name    string `json:"name"`
	Removed bool   `json:"removed"`
	To      string `json:"to"`
	File    string `json:"file"`
	Copy    string `json:"copy"`
	Why     string `json:"why"`
	Fault   string `json:"fault"`
	People  int    `json:"people"`
	Events  int    `json:"events"`
	Spam    int    `json:"spam"`
	Count   int    `json:"count"`
}

func (w Words) ofTheShop(e desk.Entry, in noted) Moment {
	var n shopNote
	_ = json.Unmarshal([]byte(e.Body), &n) // what it doesn't say is told without
	switch e.Kind {
	case "settings":
		return Moment{Text: w.changed(n), Icon: "sliders", Role: Quiet}
	case "secret":
		return w.secret(n)
	case "mode":
		return w.mode(n)
	case "backup":
		if n.Why != "" {
			return Moment{Text: w.Say("activity_backup_broken"), Icon: "alert", Role: Failed}
		}
		return Moment{Text: w.Say("activity_backup", "file", n.File), Icon: "download", Role: Quiet}
	case "backup_failed":
		return Moment{Text: w.Say("activity_backup_failed", "why", n.Why), Icon: "alert", Role: Failed}
	case "restored":
		return Moment{Text: w.Say("activity_restored", "file", n.Copy), Icon: "download", Role: Needs}
	case "retention":
		return Moment{Text: w.Say("activity_retention", "people", strconv.Itoa(n.People), "spam", strconv.Itoa(n.Spam), "events", strconv.Itoa(n.Events)), Icon: "clock", Role: Quiet}
	case "retention_failed":
		return Moment{Text: w.Say("activity_retention_failed", "why", n.Why), Icon: "alert", Role: Failed}
	}
	if what, is := strings.CutPrefix(e.Kind, "refused_"); is {
		return w.turnedAway(what, n.Count)
	}
	return w.inPassing(e, in)
}

// changed tells which settings are others now. The path is the one of the settings file.
func (w Words) changed(n shopNote) string {
	switch len(n.Changed) {
	case 0:
		return w.Say("activity_settings_limits")
	case 1:
		c := n.Changed[0]
		if c.From == nil || c.To == nil {
			return w.Say("activity_settings_one", "what", w.setting(c.Path))
		}
		return w.Say("activity_settings_from", "what", w.setting(c.Path), "from", w.value(c.Path, c.From), "to", w.value(c.Path, c.To))
	}
	var all []string
	for _, c := range n.Changed {
		all = append(all, w.setting(c.Path))
	}
	return w.Say("activity_settings_many", "n", strconv.Itoa(len(all)), "what", strings.Join(all, ", "))
}

// value is JSON as people write it, and as the window shows that setting.
func (w Words) value(path string, raw json.RawMessage) string {
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return string(raw)
	}
	switch v := v.(type) {
	case nil:
		return w.Say("activity_nothing")
	case string:
		return w.shown(path, v)
	case bool:
		if v {
			return w.Say("activity_yes")
		}
		return w.Say("activity_no")
	case []any:
		var all []string
		for _, x := range v {
			s, is := x.(string)
			if !is {
				return string(raw)
			}
			all = append(all, w.shown(path, s))
		}
		if len(all) == 0 {
			return w.Say("activity_nothing")
		}
		return strings.Join(all, ", ")
	}
	return string(raw)
}

func (w Words) secret(n shopNote) Moment {
	if key := secretLabels[n.Name]; key != "" {
		n.Name = w.Say(key)
	}
	if n.Removed {
		return Moment{Text: w.Say("activity_secret_removed", "name", n.Name), Icon: "key", Role: Needs}
	}
	return Moment{Text: w.Say("activity_secret", "name", n.Name), Icon: "key", Role: Quiet}
}

func (w Words) mode(n shopNote) Moment {
	switch n.To {
	case "live":
		return Moment{Text: w.Say("activity_mode_live"), Icon: "phone", Role: Talked}
	case "practice":
		return Moment{Text: w.Say("activity_mode_practice"), Icon: "phone", Role: Quiet}
	}
	return Moment{Text: w.Say("activity_mode_trouble"), Icon: "alert", Role: Failed}
}

// turnedAway are the reasons why something was refused before it was a request.
var turnedAway = map[string]string{
	"country_not_served":         "activity_turned_country",
	"kind_not_served":            "activity_turned_kind",
	"number_blocked":             "activity_turned_blocked",
	"origin_not_allowed":         "activity_turned_origin",
	"too_many_requests":          "activity_turned_many",
	"number_limit":               "activity_turned_number",
	"webhook_forged":             "activity_turned_forged",
	"webhook_repeated_parameter": "activity_turned_forged",
	"webhook_other_account":      "activity_turned_account",
	"webhook_other_call":         "activity_turned_call",
}

func (w Words) turnedAway(what string, count int) Moment {
	m := Moment{Icon: "shield", Role: Quiet}
	key := turnedAway[what]
	if key == "" {
		m.Text = w.Say("activity_turned_other", "n", strconv.Itoa(count), "kind", what)
		return m
	}
	m.Text = w.Say("activity_turned", "n", strconv.Itoa(count), "why", w.Say(key))
	return m
}
