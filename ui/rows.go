package ui

import (
	"cmp"
	"slices"

	"ringback/server/callback"
)

// rows are the requests of the list as far as they were read, newest first and
// without a gap. Pages are laid over what was known, so that a list of which a
// thousand were read does not read them all again at each change. What a page costs does
// not grow with what is known: who has scrolled through 200,000 scrolls on as at the top.
type rows struct {
	all      []row
	complete bool // the oldest one is there
	at       int  // counts the changes
}

// row is two words, so that a row in the middle is replaced, or put in, at little cost.
type row struct {
	*callback.Request
	seen int // the change at which it was read
}

// changed says that each row may be another by now.
func (rs *rows) changed() { rs.at++ }

// stale says whether the row was read before the last change.
func (rs *rows) stale(i int) bool { return rs.all[i].seen < rs.at }

// take lays a page over what is known. A page that has fewer requests than a page
// can hold reaches the end of the list.
func (rs *rows) take(p part) {
	last := len(p.requests) < pageSize
	low := int64(0)
	if !last {
		low = p.requests[len(p.requests)-1].ID
	}
	from, to := 0, len(rs.all)
	if p.before != 0 {
		from = rs.below(p.before)
	}
	if !last {
		to = rs.below(low)
	}
	met := p.before != 0 || slices.ContainsFunc(rs.all[from:to], func(r row) bool { return r.ID >= low })
	fresh := make([]row, 0, len(p.requests))
	for i := range p.requests {
		fresh = append(fresh, row{&p.requests[i], rs.at})
	}
	switch {
	case last:
		rs.complete = true
	case !met: // more than a page is new: what lies between is not known
		rs.all, rs.complete, from, to = nil, false, 0, 0
	}
	rs.all = slices.Replace(rs.all, from, max(from, to), fresh...)
}

// below is the index of the first row with a smaller id.
func (rs *rows) below(id int64) int {
	i, there := rs.find(id)
	if there {
		i++
	}
	return i
}

// index is where the request stands, or -1.
func (rs *rows) index(id int64) int {
	if i, there := rs.find(id); there {
		return i
	}
	return -1
}

// find is where a request stands, or would stand.
func (rs *rows) find(id int64) (at int, there bool) {
	return slices.BinarySearchFunc(rs.all, id, func(r row, id int64) int { return cmp.Compare(id, r.ID) })
}

// end is the id of the oldest one that is known; 0: there is no more to read.
func (rs *rows) end() int64 {
	if rs.complete || len(rs.all) == 0 {
		return 0
	}
	return rs.all[len(rs.all)-1].ID
}
