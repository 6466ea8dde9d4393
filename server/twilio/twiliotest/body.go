package twiliotest

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"ringback/server/callback"
	"ringback/server/practice"
)

// callBody is a call with all fields of the document. Durations and prices are
// strings, dates RFC 2822; what is not known yet is null.
func (s *Server) callBody(r practice.Record) map[string]any {
	uri := "/2010-04-01/Accounts/" + s.Account + "/Calls/" + r.SID
	direction := "outbound-api"
	if r.Parent != "" {
		direction = "outbound-dial"
	}
	return map[string]any{
		"sid": r.SID, "account_sid": s.Account, "parent_call_sid": orNull(r.Parent), "api_version": "2010-04-01",
		"to": r.To, "to_formatted": formatted(r.To), "from": r.From, "from_formatted": formatted(r.From),
		"phone_number_sid": "PN" + strings.Repeat("0", 32), "direction": direction, "status": string(r.Status),
		"date_created": date(r.Created), "date_updated": date(latest(r)), "start_time": started(r), "end_time": date(r.Ended),
		"duration": s.duration(r), "price": s.price(r), "price_unit": "USD", "queue_time": "0",
		"answered_by": nil, "forwarded_from": nil, "group_sid": nil, "caller_name": nil, "trunk_sid": nil,
		"uri": uri + ".json",
		"subresource_uris": under(uri, "notifications Notifications recordings Recordings payments Payments events Events siprec Siprec streams Streams"+
			" transcriptions Transcriptions user_defined_message_subscriptions UserDefinedMessageSubscriptions user_defined_messages UserDefinedMessages"),
	}
}

// messageBody is a text with all fields of the document.
func (s *Server) messageBody(t practice.SentText) map[string]any {
	uri := "/2010-04-01/Accounts/" + s.Account + "/Messages/" + t.SID
	sent := date(t.At)
	if t.Station == "queued" {
		sent = nil
	}
	var code, says any
	if t.Code != 0 {
		code, says = t.Code, "Undelivered"
	}
	return map[string]any{
		"sid": t.SID, "account_sid": s.Account, "messaging_service_sid": nil, "api_version": "2010-04-01",
		"to": t.To, "from": t.From, "body": t.Body, "direction": "outbound-api", "status": t.Station,
		"num_segments": strconv.Itoa(segments(t.Body)), "num_media": "0",
		"date_created": date(t.At), "date_updated": date(t.At), "date_sent": sent,
		"error_code": code, "error_message": says, "price": nil, "price_unit": "USD",
		"uri": uri + ".json", "subresource_uris": under(uri, "media Media feedback Feedback"),
	}
}

func under(uri, names string) map[string]string {
	all := map[string]string{}
	fields := strings.Fields(names)
	for i := 0; i+1 < len(fields); i += 2 {
		all[fields[i]] = uri + "/" + fields[i+1] + ".json"
	}
	return all
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// date is null for "never".
func date(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Format(time.RFC1123Z)
}

// started: a call that is queued has no start.
func started(r practice.Record) any {
	if r.Status == callback.CallQueued {
		return nil
	}
	return date(r.Created)
}

func latest(r practice.Record) time.Time {
	for _, t := range []time.Time{r.Ended, r.Answered} {
		if !t.IsZero() {
			return t
		}
	}
	return r.Created
}

// duration is null until the end, and 0 where nobody answered. It is as long as the
// network's phones took it for, whatever their speed.
func (s *Server) duration(r practice.Record) any {
	switch {
	case r.Ended.IsZero():
		return nil
	case r.Answered.IsZero():
		return "0"
	}
	seconds := r.Ended.Sub(r.Answered).Seconds()
	if s.Network.Speed > 0 {
		seconds *= s.Network.Speed
	}
	return strconv.Itoa(int(math.Round(seconds)))
}

func (s *Server) price(r practice.Record) any {
	if s.Price == nil {
		return nil
	}
	return orNull(s.Price(r))
}

// formatted is how Twilio writes North American numbers; others stay as they are.
func formatted(number string) string {
	if len(number) == 12 && strings.HasPrefix(number, "+1") {
		return fmt.Sprintf("(%s) %s-%s", number[2:5], number[5:8], number[8:])
	}
	return number
}
