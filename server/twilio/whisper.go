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
	switch try {
	case 1:
		return aboutWhisper(s)
	case 2:
		return fit(s, "whisper_keys", nil)
	default:
		return numberWhisper(s)
	}
}

func aboutWhisper(s callback.Step) string {
	plain := fit(s, "whisper_plain", nil)
	// One character is for the full stop, one for the blank.
	room := whisperRoom - length(plain) - 2
	message := sentence(shorten(clean(s.Message, s.Language), longestMessage, room))
	if message == "" {
		return plain
	}
	return fit(s, "whisper", map[string]string{"message": message})
}

func numberWhisper(s callback.Step) string {
	// The engine tells the shop's own number; a number of the same country is then
	// said the way it is dialled there. Without it the country code is said too.
	home := ""
	if shop, err := number.ParseE164(s.From); err == nil {
		home = shop.Region
	}
	spoken := number.Spoken(s.Number, home)
	if spoken == "" {
		return fit(s, "whisper_plain", nil)
	}
	return fit(s, "whisper_number", map[string]string{"number": spoken})
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
