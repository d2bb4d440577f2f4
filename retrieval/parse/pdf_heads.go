package parse

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"spsbot/retrieval/parse/pdftext"
)

// runningLines is how many lines at the top and at the foot of a page may be
// running heads.
const runningLines = 3

// pageNumber matches a line that only numbers its page.
var pageNumber = regexp.MustCompile(`^[-–—]?\s*(?:\d{1,4}|[ivxl]+)\s*(?:[-–—]|/\s*\d+)?$`)

var digits = regexp.MustCompile(`\d+`)

// headKey is a line as it comes back on other pages: its text without numbers
// and about where it stands.
type headKey struct {
	text string
	y    int
}

// dropRunningHeads takes out what stands at the same place of several pages:
// running heads, feet, and the numbers of pages.
func dropRunningHeads(pages []pdfPage) {
	seen := map[headKey]int{}
	for _, page := range pages {
		for _, i := range edgeLines(page.lines) {
			for _, key := range headKeys(page.lines[i]) {
				seen[key]++
			}
		}
	}
	least := 2
	if len(pages) > 5 {
		least = 3
	}
	for p := range pages {
		page := &pages[p]
		edges := edgeLines(page.lines)
		drop := map[int]bool{}
		for _, i := range edges {
			line := page.lines[i]
			repeated := false
			for _, key := range headKeys(line) {
				repeated = repeated || seen[key] >= least
			}
			drop[i] = repeated && countWords(line.Text) <= headingWords || pageNumber.MatchString(line.Text) && isOutermost(page.lines, i)
		}
		kept := page.lines[:0:0]
		for i, line := range page.lines {
			if !drop[i] {
				kept = append(kept, line)
			}
		}
		page.lines = kept
	}
}

// headKeys returns the keys of a line: places are compared within two points.
func headKeys(line pdftext.Line) []headKey {
	text := digits.ReplaceAllString(strings.ToLower(line.Text), "#")
	y := int(math.Round(line.Y / 4))
	return []headKey{{text, y}, {text, int(math.Floor(line.Y/4)) - 1_000_000}}
}

// edgeLines returns the lines nearest to the top and the foot of the page.
func edgeLines(lines []pdftext.Line) []int {
	order := make([]int, len(lines))
	for i := range lines {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case lines[a].Y > lines[b].Y:
			return -1
		case lines[a].Y < lines[b].Y:
			return 1
		}
		return 0
	})
	if len(order) <= 2*runningLines {
		return order
	}
	return append(slices.Clone(order[:runningLines]), order[len(order)-runningLines:]...)
}

// isOutermost reports whether no other line stands above, or none below.
func isOutermost(lines []pdftext.Line, i int) bool {
	above, below := false, false
	for j, other := range lines {
		if j != i && math.Abs(other.Y-lines[i].Y) > 0.5*lines[i].Size {
			above = above || other.Y > lines[i].Y
			below = below || other.Y < lines[i].Y
		}
	}
	return above != below
}
