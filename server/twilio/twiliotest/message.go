package twiliotest

import (
	"net/http"
	"slices"
	"unicode/utf16"

	"ringback/server/practice"
)

func (s *Server) createMessage(r Request) Answer {
	if code := s.sender(r, 21606); code != 0 {
		return *refusal(code)
	}
	sid, err := s.Network.Send(r.Form.Get("To"), r.Form.Get("From"), r.Form.Get("Body"), r.Form.Get("StatusCallback"))
	if err != nil {
		return refusedBy(err)
	}
	text, _ := s.text(sid)
	text.Station = "queued" // Twilio answers before it sends
	return good(http.StatusCreated, s.messageBody(text))
}

func (s *Server) fetchMessage(r Request) Answer {
	text, ok := s.text(r.SID)
	if !ok {
		return *refusal(20404)
	}
	return good(http.StatusOK, s.messageBody(text))
}

func (s *Server) listMessages(r Request) Answer {
	var found []any
	var sids []string
	sent := s.Network.Sent()
	if !s.OldestFirst {
		slices.Reverse(sent)
	}
	for _, text := range sent {
		if matches(r, "To", text.To) && matches(r, "From", text.From) && s.listed(text.SID) {
			found, sids = append(found, s.messageBody(text)), append(sids, text.SID)
		}
	}
	return s.page(r, "messages", "Messages.json", found, sids)
}

func (s *Server) text(sid string) (practice.SentText, bool) {
	for _, text := range s.Network.Sent() {
		if text.SID == sid {
			return text, true
		}
	}
	return practice.SentText{}, false
}

// segments is how many parts a text is sent in: 160 characters of plain letters or 70
// of any others, 153 and 67 where there are several. Near enough for a test's price.
func segments(body string) int {
	plain := true
	for _, r := range body {
		plain = plain && r < 0x80
	}
	length, one, each := len(utf16.Encode([]rune(body))), 70, 67
	if plain {
		one, each = 160, 153
	}
	if length <= one {
		return 1
	}
	return (length + each - 1) / each
}
