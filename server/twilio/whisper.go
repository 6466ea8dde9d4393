package twilio

import (
	"ringback/assets"
	"ringback/server/callback"
	"ringback/server/number"
)

// whisper is what the shop hears in the try-th of its three whispers. Each names
// the visitor and the 1, and all fit into whisperTime. What the visitor wants
// comes in the first, the keys at length in the second, the number in the third.
func whisper(s callback.Step, try int) string {
	if s.Call != "" {
		return inWhisper(s, try)
	}
	switch try {
	case 1:
		return aboutWhisper(s)
	case 2:
		return fit(s, "whisper_keys", nil)
	default:
		return numberWhisper(s)
	}
}

// inWhisper is what the shop hears of a call that came in: who and what about, then the
// number.
func inWhisper(s callback.Step, try int) string {
	if try > 1 {
		if said := spokenNumber(s); said != "" {
			return fit(s, "in_number", map[string]string{"number": said})
		}
	}
	return about(s, "in_about", "in_plain")
}

func aboutWhisper(s callback.Step) string { return about(s, "whisper", "whisper_plain") }

// about says what the visitor wants, where it said so and there is room for it.
func about(s callback.Step, with, without string) string {
	plain := fit(s, without, nil)
	// One character is for the full stop, one for the blank.
	room := whisperRoom - length(plain) - 2
	message := sentence(shorten(clean(s.Message, s.Language), longestMessage, room))
	if message == "" {
		return plain
	}
	return fit(s, with, map[string]string{"message": message})
}

func numberWhisper(s callback.Step) string {
	if said := spokenNumber(s); said != "" {
		return fit(s, "whisper_number", map[string]string{"number": said})
	}
	return fit(s, "whisper_plain", nil)
}

// spokenNumber is the visitor's number as it is said; empty where it is not known.
func spokenNumber(s callback.Step) string {
	// The engine tells the shop's own number; a number of the same country is then
	// said the way it is dialled there. Without it the country code is said too.
	home := ""
	if shop, err := number.ParseE164(s.From); err == nil {
		home = shop.Region
	}
	return number.Spoken(s.Number, home)
}

// fit fills a sentence, with the visitor's name as long as the time allows.
func fit(s callback.Step, key string, args map[string]string) string {
	say := func(who string) string {
		all := map[string]string{"who": who}
		for place, value := range args {
			all[place] = value
		}
		return assets.Spoken(s.Language, key, all)
	}
	who := shorten(clean(s.Name, s.Language), longestName, whisperRoom-length(say("")))
	if who == "" {
		who = assets.Spoken(s.Language, "somebody", nil)
	}
	return say(who)
}
