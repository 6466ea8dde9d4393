package callback

import "testing"

// A visitor's leg whose SID no webhook told is looked for below the call that dialled
// it, so that a call of the owner's own to the same number is not taken for it.
func TestAVisitorLegIsDialledByTheShopLegThatAccepted(t *testing.T) {
	r := Request{Legs: []Leg{
		{ID: "a-1", Role: ShopLeg, SID: "CA1"},
		{ID: "a-2", Role: ShopLeg, SID: "CA2"},
		{ID: "a-3", Role: VisitorLeg, By: "a-2"},
		{ID: "a-4", Role: ShopLeg, SID: "CA4"},
		{ID: "a-5", Role: VisitorLeg, By: "a-4"},
	}}
	for id, want := range map[string]string{"a-1": "", "a-2": "", "a-3": "CA2", "a-4": "", "a-5": "CA4", "b-1": ""} {
		if got := r.dialledBy(id); got != want {
			t.Errorf("%s: got %q, want %q", id, got, want)
		}
	}
}
