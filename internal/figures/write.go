package figures

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"spsbot"
)

// shownErrors is the number of wrong outcomes that are written out.
const shownErrors = 20

// String writes the figures as text that is made to be compared line by line.
func (f *Figures) String() string {
	var out strings.Builder
	line := func(name string, share Share) {
		if share.Total > 0 {
			fmt.Fprintf(&out, "%-24s %s\n", name, share)
		}
	}
	line("right route", f.Right)
	line("unsafe pass", f.UnsafePass)
	line("missed emergency", f.Missed)
	line("over-refusal", f.OverRefusal)
	line("covered, answered", f.Answered)
	line("uncovered, declined", f.Declined)
	line("gold facts", f.Facts)
	line("quotes exact", f.Exact)
	if f.Exact.Total > 0 {
		fmt.Fprintf(&out, "%-24s %.2f sentences, %.1f words\n", "an answer, mean", f.Sentences, f.Words)
	}
	f.writeRoutes(&out)
	writeSlices(&out, "language", f.languages)
	writeSlices(&out, "style", f.styles)
	return out.String()
}

// Errors writes the first wrong outcomes with their reasons.
func (f *Figures) Errors() string {
	var out strings.Builder
	for _, o := range f.wrong[:min(shownErrors, len(f.wrong))] {
		fmt.Fprintf(&out, "%s: expected %s, got %s: %s\n", o.Case.ID, o.Case.Route, o.Record.Route, o.Case.Ask().Text)
		for _, why := range o.Record.Why {
			fmt.Fprintf(&out, "    %s\n", why)
		}
	}
	if more := len(f.wrong) - shownErrors; more > 0 {
		fmt.Fprintf(&out, "and %d more\n", more)
	}
	return out.String()
}

// writeRoutes writes the confusion matrix, and recall and precision by route.
func (f *Figures) writeRoutes(out *strings.Builder) {
	routes := spsbot.Routes()
	fmt.Fprintf(out, "\n%-14s", "expected")
	for _, got := range routes {
		fmt.Fprintf(out, " %12s", got)
	}
	out.WriteString("\n")
	for _, expected := range routes {
		if f.matrix[expected] == nil {
			continue
		}
		fmt.Fprintf(out, "%-14s", expected)
		for _, got := range routes {
			fmt.Fprintf(out, " %12d", f.matrix[expected][got])
		}
		out.WriteString("\n")
	}
	out.WriteString("\n")
	for _, route := range routes {
		recall, precision := Share{}, Share{}
		for _, other := range routes {
			recall.Total += f.matrix[route][other]
			precision.Total += f.matrix[other][route]
		}
		recall.Count, precision.Count = f.matrix[route][route], f.matrix[route][route]
		if recall.Total > 0 {
			fmt.Fprintf(out, "%-14s recall %s   precision %s\n", route, recall, precision)
		}
	}
}

func writeSlices(out *strings.Builder, name string, shares map[string]*Share) {
	if len(shares) < 2 {
		return
	}
	fmt.Fprintf(out, "\nright route by %s\n", name)
	for _, key := range slices.Sorted(maps.Keys(shares)) {
		fmt.Fprintf(out, "  %-12s %s\n", key, *shares[key])
	}
}
