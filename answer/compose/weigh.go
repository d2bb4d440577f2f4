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
	showsGain   = 0.4  // it holds a word or a sign of the kind asked for
	figureGain  = 0.15 // it holds a figure, and a figure was asked for
	itemGain    = 0.08 // it is an item, and a list was asked for or its lead fits
	varietyGain = 0.06 // for each further kind of the asked-for thing that it names
	varietyMost = 0.3
	nameGain    = 0.02 // for each thing of the field that it names
	nameMost    = 0.1
	bareLoss    = 0.11 // it is short and names nothing of the field
	fewWords    = 9
	strongGain  = 0.06 // its source is of the strongest kinds
	sellsLoss   = 0.1  // its source has something to sell
	headingGain = 0.25 // its heading asks the same thing
	openingGain = 0.06 // it opens a passage whose heading fits
	defineGain  = 0.38 // it defines the thing asked for
)

// Composer holds the words that show what kind of answer a sentence gives.
type Composer struct {
	shows      map[string][]string
	claimWords []string
}

// New returns a composer for one language.
func New(words *spsbot.Words) *Composer {
	return &Composer{shows: words.Shows, claimWords: words.Claims}
}

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
		}
	}
	if candidate.Defines {
		gain += defineGain
	}
	sentence := candidate.Passage.Sentences[candidate.Sentence]
	if candidate.Sentence == 0 {
		gain += openingGain * candidate.Heading
	}
	gain += headingGain * candidate.HeadingFit
	if sentence.Item {
		gain += itemGain * candidate.Heading
	}
	gain += min(varietyGain*float64(max(candidate.Variety-1, 0)), varietyMost)
	gain += min(nameGain*float64(candidate.Names), nameMost)
	switch candidate.Passage.Source.Kind {
	case spsbot.KindGuideline, spsbot.KindPeerReviewed, spsbot.KindGovernment:
		gain += strongGain
	case spsbot.KindMedicallyReviewed, spsbot.KindProfessionalSociety, spsbot.KindPatientOrganisation,
		spsbot.KindNews, spsbot.KindBlog, spsbot.KindUnknown:
	}
	if candidate.Passage.Source.Commercial {
		gain -= sellsLoss
	}
	if len(strings.Fields(text)) < fewWords && candidate.Names == 0 {
		gain -= bareLoss
	}
	return gain
}
