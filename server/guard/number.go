package guard

import (
	"errors"
	"slices"

	"ringback/server/callback"
	"ringback/server/number"
)

const numberField = "visitor_number"

// Read reads a number as it was typed, whether or not it is served. The refusal is
// PhoneRequired or PhoneInvalid.
func (g *Guard) Read(input string) (number.Number, error) {
	rules := g.Rules()
	n, err := number.Parse(input, rules.Home, rules.Countries)
	switch {
	case errors.Is(err, number.ErrRequired):
		return number.Number{}, refuse(PhoneRequired, numberField)
	case err != nil:
		return number.Number{}, refuse(PhoneInvalid, numberField)
	}
	return n, nil
}

// Number reads a number and says whether it may be rung. The refusal is one of
// Read's, callback.NumberBlocked for the shop's own and the carrier's, KindNotServed
// for one that is no ordinary phone, or CountryNotServed. With a country that is not
// served the number comes back all the same, so that it can be shown.
func (g *Guard) Number(input string) (number.Number, error) {
	n, err := g.Read(input)
	if err != nil {
		return n, err
	}
	rules := g.Rules()
	switch {
	case slices.Contains(rules.Own, n.E164):
		return n, refuse(callback.NumberBlocked, numberField)
	// What belongs to no country, such as a satellite phone, is a matter of its kind.
	case n.Region != number.NoCountry && !slices.Contains(rules.Countries, n.Region):
		return n, refuse(CountryNotServed, numberField)
	case !n.Rings():
		return n, refuse(KindNotServed, numberField)
	}
	return n, nil
}

func refuse(code callback.Code, field string) error { return &Refusal{Code: code, Field: field} }
