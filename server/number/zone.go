package number

import (
	"strconv"
	"time"
	_ "time/tzdata" // not every computer has the zones; Windows never does

	"github.com/nyaruka/phonenumbers"
)

// Zone is the time zone of a number's area, where it lies in exactly one. It is
// a guess about the person: mobiles travel, and in the US numbers move along
// with their owners.
func Zone(number string) (*time.Location, bool) {
	n, err := ParseE164(number)
	if err != nil {
		return nil, false
	}
	names, err := phonenumbers.GetTimezonesForPrefix(area(n))
	if err != nil || len(names) != 1 || names[0] == phonenumbers.UNKNOWN_TIMEZONE {
		return nil, false
	}
	zone, err := time.LoadLocation(names[0])
	return zone, err == nil
}

// area is the beginning of a number that tells where it is: all of it where
// numbers belong to places, else the calling code. phonenumbers leaves that out
// and puts every mobile of Australia into Sydney.
func area(n Number) string {
	parsed, err := phonenumbers.Parse(n.E164, phonenumbers.UNKNOWN_REGION)
	if err != nil {
		return ""
	}
	if n.Kind == Fixed || n.Kind == FixedOrMobile || phonenumbers.GetLengthOfGeographicalAreaCode(parsed) > 0 {
		return n.E164
	}
	return strconv.Itoa(int(parsed.GetCountryCode()))
}
