package settings

// Live says whether settings and secrets are enough to place real calls, and
// if not, what is missing, a sentence each. The account may come from secrets.
//
// Settings kept from before can become live by a secret alone, without Apply:
// whoever starts the shop asks NotObeyed too.
func Live(s Settings, secrets Secrets) (live bool, missing []string) {
	s = secrets.Fill(s)
	for _, need := range []struct {
		there bool
		say   string
	}{
		{s.Twilio.AccountSID != "", "The Twilio account is not set (twilio.account_sid)."},
		{s.Twilio.Number != "", "The Twilio number is not set (twilio.number)."},
		{len(s.Business.Phones) > 0, "The shop has no phone yet (business.phones)."},
		{s.Tunnel.Address() != "", "There is no public address (tunnel.kind)."},
		{secrets.TwilioToken != "", "Twilio's auth token is not at hand (TWILIO_AUTH_TOKEN)."},
	} {
		if !need.there {
			missing = append(missing, need.say)
		}
	}
	return len(missing) == 0, missing
}

// Address is the public address that is set, an https URL without a path;
// empty when there is none. Whether it can be reached is not known here.
func (t Tunnel) Address() string {
	switch {
	case t.Kind == OwnAddress:
		return t.URL
	case t.Kind == Ngrok && t.Domain != "":
		return "https://" + t.Domain
	}
	return ""
}
