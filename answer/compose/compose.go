// Package compose picks the sentences that answer a question. In quote mode it
// takes sentences of passages as they stand. It must never write, join, shorten
// or reword one, and what it proposes is a draft: only verified drafts are sent.
package compose

import (
	"slices"
	"strings"

	"spsbot"
	"spsbot/retrieval"
)

// Limits of one answer.
const (
	maxSentences = 6
	// maxListed is the number of sentences where a list or the steps of a procedure were asked for.
	maxListed = 7
	// maxWords closes an answer: no further sentence begins past it, in words.
	maxWords = 110
	// longestAnswer is never passed by a sentence after the first, in words.
	longestAnswer = 140
)

// Limits of what is said beside the best sentence, set on the development questions.
const (
	// closeEnough is the share of the best score that a further sentence needs.
	closeEnough = 0.70
	// tooAlike is the share of common words from which on two sentences say the same.
	tooAlike = 0.8
	// followGain is what a sentence gains when it goes on from a chosen one.
	followGain = 0.07
	// leanGain is what it gains further when it leans on that one.
	leanGain = 0.1
	// againLoss is what a sentence loses for each one that its passage gave already.
	againLoss = 0.05
	// overlapLoss is what a sentence loses when all its words were said already.
	overlapLoss = 0.3
	// longLoss is what a sentence loses for each word after the first usualWords:
	// what is said in fewer words leaves room for more.
	longLoss   = 0.003
	usualWords = 20
	// longestChain is the number of sentences that one may bring before it.
	longestChain = 2
)

// Quote picks the sentences that answer what was asked, best first, grouped by
// the part of the question and by passage. Parts without sufficient evidence
// get no sentence; the draft is empty when no part has any.
func (c *Composer) Quote(found []retrieval.Found) spsbot.Draft {
	p := &picker{composer: c, taken: map[string]bool{}, compared: map[string]*compared{}}
	answered := 0
	for _, part := range found {
		if part.Sufficient {
			answered++
		}
	}
	for i, part := range found {
		if !part.Sufficient {
			continue
		}
		most := maxSentences
		if slices.Contains(part.Ask.Wants, "list") || slices.Contains(part.Ask.Wants, "process") || asksTheSame(part) {
			most = maxListed
		}
		share := (most - p.count + answered - 1) / answered
		words := (maxWords - p.words) / answered
		answered--
		p.pick(i, part, max(share, 1), max(words, maxWords/4))
	}
	return c.independent(spsbot.Draft{Sentences: p.draft})
}

// sameAsk is the fit of a heading from which on its section is taken to answer the question.
const sameAsk = 0.5

// asksTheSame reports whether a section stands under a heading that asks what was asked.
func asksTheSame(part retrieval.Found) bool {
	return slices.ContainsFunc(part.Candidates, func(c retrieval.Candidate) bool { return c.HeadingFit >= sameAsk })
}

// picker collects the sentences of one answer.
type picker struct {
	composer *Composer
	draft    []spsbot.DraftSentence
	taken    map[string]bool      // folded texts
	bags     []map[string]bool    // of the chosen sentences
	compared map[string]*compared // by text
	count    int
	words    int
}

// choice is a sentence on its way into the draft, with what it leans on.
type choice struct {
	passage *spsbot.Passage
	from    int // first sentence, when it brings those that it leans on
	to      int
	score   float64
}

// pick takes the best sentences of one part, then orders them as they read best:
// passages by their best sentence, sentences as they stand.
func (p *picker) pick(ask int, part retrieval.Found, sentences, words int) {
	candidates := p.composer.weigh(part)
	var choices []choice
	limitCount, limitWords := p.count+sentences, p.words+words
	best := 0.0
	for len(candidates) > 0 && p.count < limitCount && p.words < limitWords {
		next := p.bestOf(part, candidates, choices)
		candidate := candidates[next]
		candidates = slices.Delete(candidates, next, next+1)
		if len(choices) > 0 && candidate.Score+followGain < closeEnough*best {
			break
		}
		c, ok := p.choose(part, candidate)
		if !ok || len(choices) > 0 && (p.count+c.to-c.from+1 > limitCount || p.words+c.words() > longestAnswer) {
			continue
		}
		best = max(best, candidate.Score)
		choices = append(choices, c)
		p.take(c)
	}
	p.order(ask, part, choices)
}

// bestOf returns the index of the best candidate: its score, what it gains when
// it goes on from a sentence that is chosen already, and what it loses by saying
// again what was said, or by its length.
func (p *picker) bestOf(part retrieval.Found, candidates []retrieval.Candidate, choices []choice) int {
	best, bestScore := 0, -1.0
	for i, candidate := range candidates {
		text := candidate.Passage.Quote(candidate.Sentence)
		score := candidate.Score - againLoss*float64(taken(candidate.Passage, choices)) - overlapLoss*p.overlap(text) -
			longLoss*float64(max(len(strings.Fields(text))-usualWords, 0))
		if slices.ContainsFunc(choices, func(c choice) bool {
			return c.passage == candidate.Passage && c.to+1 == candidate.Sentence
		}) {
			score += followGain
			if part.Leans(candidate.Passage, candidate.Sentence) {
				score += leanGain
			}
		}
		if score > bestScore {
			best, bestScore = i, score
		}
	}
	return best
}

// taken counts the choices from one passage.
func taken(passage *spsbot.Passage, choices []choice) int {
	count := 0
	for _, c := range choices {
		if c.passage == passage {
			count++
		}
	}
	return count
}

// choose widens a candidate by the sentences that it leans on; false when it is
// already said.
func (p *picker) choose(part retrieval.Found, candidate retrieval.Candidate) (choice, bool) {
	passage, at := candidate.Passage, candidate.Sentence
	c := choice{passage: passage, from: at, to: at, score: candidate.Score}
	for c.from > 0 && c.to-c.from < longestChain && part.Leans(passage, c.from) && !passage.Sentences[c.from].Item {
		if !passage.Sentences[c.from-1].Quotable {
			break
		}
		c.from--
	}
	for i := c.from; i <= c.to; i++ {
		if p.said(passage.Quote(i)) && i == c.to {
			return c, false
		}
	}
	for c.from < c.to && p.taken[fold(passage.Quote(c.from))] {
		c.from++
	}
	return c, true
}

// compared is a sentence that was compared with those that were chosen.
type compared struct {
	bag  map[string]bool
	with int // the number of chosen sentences that it was compared with
	most float64
}

// overlap returns the share of a text's words, or of the words of a chosen
// sentence that is shorter, that stand in both; that of the sentence most like it.
func (p *picker) overlap(text string) float64 {
	if len(p.bags) == 0 {
		return 0
	}
	c := p.compared[text]
	if c == nil {
		c = &compared{bag: bagOf(text)}
		p.compared[text] = c
	}
	for ; c.with < len(p.bags); c.with++ {
		c.most = max(c.most, alike(c.bag, p.bags[c.with]))
	}
	return c.most
}

// said reports whether a sentence, or one much like it, is in the answer.
func (p *picker) said(text string) bool {
	if p.taken[fold(text)] {
		return true
	}
	bag := bagOf(text)
	return slices.ContainsFunc(p.bags, func(other map[string]bool) bool { return alike(bag, other) >= tooAlike })
}

func (p *picker) take(c choice) {
	for i := c.from; i <= c.to; i++ {
		text := c.passage.Quote(i)
		p.taken[fold(text)] = true
		p.bags = append(p.bags, bagOf(text))
		p.words += len(strings.Fields(text))
		p.count++
	}
}

func (c choice) words() int {
	count := 0
	for i := c.from; i <= c.to; i++ {
		count += len(strings.Fields(c.passage.Quote(i)))
	}
	return count
}

// order writes the choices into the draft.
func (p *picker) order(ask int, part retrieval.Found, choices []choice) {
	var passages []*spsbot.Passage
	at := map[*spsbot.Passage][]int{}
	for _, c := range choices {
		if !slices.Contains(passages, c.passage) {
			passages = append(passages, c.passage)
		}
		for i := c.from; i <= c.to; i++ {
			at[c.passage] = append(at[c.passage], i)
		}
	}
	for _, passage := range passages {
		slices.Sort(at[passage])
		for _, i := range slices.Compact(at[passage]) {
			p.draft = append(p.draft, sentenceOf(passage, i, ask, part))
		}
	}
}

func sentenceOf(passage *spsbot.Passage, i, ask int, part retrieval.Found) spsbot.DraftSentence {
	sentence := passage.Sentences[i]
	span := sentence.Span
	if part.LabelNeeded(passage, i) {
		span.Start = sentence.Label.Start
	}
	out := spsbot.DraftSentence{
		Text:    passage.Text[span.Start:span.End],
		Passage: passage,
		Span:    span,
		Ask:     ask,
		Other:   part.Other(passage, i),
	}
	if sentence.Lead >= 0 {
		out.Lead = passage.Sentences[sentence.Lead].Span
	}
	return out
}

func fold(text string) string { return strings.ToLower(strings.Join(strings.Fields(text), " ")) }

// bagOf returns the words of a text that have more than three letters.
func bagOf(text string) map[string]bool {
	bag := map[string]bool{}
	for _, word := range strings.Fields(fold(text)) {
		if word = strings.Trim(word, ".,;:!?()[]“”\"'"); len(word) > 3 {
			bag[word] = true
		}
	}
	return bag
}

// alike returns the share of the smaller bag that stands in the other as well.
func alike(a, b map[string]bool) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) == 0 {
		return 0
	}
	common := 0
	for word := range a {
		if b[word] {
			common++
		}
	}
	return float64(common) / float64(len(a))
}
