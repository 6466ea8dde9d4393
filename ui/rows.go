package ui

import (
	"cmp"
	"slices"

	"ringback/server/callback"
)

// rows are the requests around what is looked at, as they stood in the list at one moment.
// The list has Count of them, of which only these few are known: whoever goes elsewhere has
// others read, and a list of a million takes no more memory than one of a page.
type rows struct {
	callback.Stretch
	find int64 // whose place Found is; 0: nobody's
}

// row is what stands at a place; nil: that is not known.
func (rs *rows) row(at int) *callback.Request {
	if i := at - rs.At; i >= 0 && i < len(rs.Requests) {
		return &rs.Requests[i]
	}
	return nil
}

// index is where the request stands, or -1 where it is not on the list or not known.
func (rs *rows) index(id int64) int {
	i, there := slices.BinarySearchFunc(rs.Requests, id, func(r callback.Request, id int64) int { return cmp.Compare(id, r.ID) })
	switch {
	case there:
		return rs.At + i
	case id != 0 && id == rs.find:
		return rs.Found
	}
	return -1
}

// moved is by how many places the requests around a place have moved down since before;
// false: none of them is known both times.
func (rs *rows) moved(before *rows, place int) (by int, known bool) {
	for d := range len(before.Requests) {
		for _, at := range []int{place + d, place - d} {
			if r := before.row(at); r != nil {
				if now := rs.index(r.ID); now >= 0 {
					return now - at, true
				}
			}
		}
	}
	return 0, false
}
