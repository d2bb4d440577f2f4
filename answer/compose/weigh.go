package compose

import (
	"slices"
	"strings"
	"unicode"

	"spsbot"
	"spsbot/retrieval"
)

// What a sentence gains when it gives the kind of answer that was asked for, and
// for its place; scores are in [0, 1]. Set on the development questions.
const (
	showsGain   = 0.12 // it holds a word or a sign of the kind asked for
	figureGain  = 0.15 // it holds a figure, and a figure was asked for
	itemGain    = 0.05 // it is an item, and a list was asked for
	openingGain = 0.06 // it opens a passage whose heading fits
	defineGain  = 0.12 // it begins with the thing that is to be defined
)

// Composer holds the words that show what kind of answer a sentence gives.
type Composer struct {
	shows map[string][]string
}

// New returns a composer for one language.
func New(words *spsbot.Words) *Composer { return &Composer{shows: words.Shows} }

// weigh returns the candidates of a part with what they gain, best first.
func (c *Composer) weigh(part retrieval.Found) []retrieval.Candidate {
	candidates := slices.Clone(part.Candidates)
	for i := range candidates {
		candidates[i].Score += c.gain(part.Ask.Wants, candidates[i])
	}
	slices.SortStableFunc(candidates, func(a, b retrieval.Candidate) int {
		switch {
		case a.Score > b.Score:
			return -1
		case a.Score < b.Score:
			return 1
		}
		return 0
	})
	return candidates
}

func (c *Composer) gain(wants []string, candidate retrieval.Candidate) float64 {
	text := fold(candidate.Passage.Quote(candidate.Sentence))
	gain := 0.0
	for _, want := range wants {
		if slices.ContainsFunc(c.shows[want], func(cue string) bool { return strings.Contains(text, cue) }) {
			gain += showsGain
		}
		switch want {
		case "figure", "money", "duration":
			if strings.ContainsFunc(text, unicode.IsDigit) {
				gain += figureGain
			}
		case "list":
			if candidate.Passage.Sentences[candidate.Sentence].Item {
				gain += itemGain
			}
		case "definition":
			if candidate.Sentence == 0 {
				gain += defineGain
			}
		}
	}
	if candidate.Sentence == 0 {
		gain += openingGain * candidate.Heading
	}
	return gain
}
