package settings

import "strings"

// near says whether a mistyped key may have meant known: another case, or two
// letters at most wrong, missing or too many.
func near(typed, known string) bool {
	if strings.EqualFold(typed, known) {
		return true
	}
	return len(typed) < 60 && len(known) > 3 && distance(typed, known) <= 2
}

// distance is Levenshtein's: the letters to change, add or take.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
