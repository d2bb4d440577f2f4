package sources

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strings"

	"spsbot/retrieval/parse"
)

// Limits for calling two documents alike.
const (
	shingleWords = 5    // in a run of words that is compared
	shingleShare = 2    // one of so many runs is compared
	commonRun    = 50   // a run that stands in more documents tells nothing
	nearShare    = 0.6  // of the runs of the smaller document
	pairShare    = 0.15 // from here on two documents are compared sentence by sentence
	alikeLeast   = 3    // sentences
	alikeShare   = 0.3  // of the sentences of the smaller document
	sentenceLike = 0.75 // the likeness of two sentences of which one may be a copy
	closeLook    = 400  // sentences of each document that are compared with all others
)

// compared is one document as it is compared.
type compared struct {
	name   string // for the admin
	file   string // empty for published ones
	id     string
	runs   map[uint64]bool
	claims []claim
}

// compare finds the documents of the set that are much like a published one, or
// like one before them in the set.
func (c *Checker) compare(set *Set, published []*parse.Document) []Finding {
	var all []*compared
	for _, document := range published {
		all = append(all, c.prepare("the published source "+document.Source.ID, "", document))
	}
	for i, document := range set.Documents {
		all = append(all, c.prepare(set.Files[i], set.Files[i], document))
	}
	holders := map[uint64][]int{}
	var findings []Finding
	for i, one := range all {
		shared := map[int]int{}
		for run := range one.runs {
			if len(holders[run]) <= commonRun {
				for _, other := range holders[run] {
					shared[other]++
				}
			}
			holders[run] = append(holders[run], i)
		}
		if one.file == "" {
			continue
		}
		findings = append(findings, c.nearest(one, all, shared)...)
	}
	return findings
}

func (c *Checker) prepare(name, file string, document *parse.Document) *compared {
	one := &compared{name: name, file: file, id: document.Source.ID, runs: map[uint64]bool{}}
	var words []string
	for _, block := range document.Blocks {
		for _, sentence := range block.Sentences {
			text := document.Text[sentence.Span.Start:sentence.Span.End]
			if claim, ok := c.claims.read(text); ok {
				one.claims = append(one.claims, claim)
				words = append(words, claim.about) // numbers do not count: a copy with other ones is a copy
			}
		}
	}
	list := wordsOf(fmt.Sprint(words))
	for i := 0; i+shingleWords <= len(list); i++ {
		sum := fnv.New64a()
		for _, word := range list[i : i+shingleWords] {
			_, _ = sum.Write([]byte(word + " ")) // a hash never fails
		}
		if hash := sum.Sum64(); hash%shingleShare == 0 {
			one.runs[hash] = true
		}
	}
	return one
}

// nearest compares a document with those that share runs with it, the nearest
// first, and returns at most one finding of each kind.
func (c *Checker) nearest(one *compared, all []*compared, shared map[int]int) []Finding {
	var findings []Finding
	add := func(kind FindingKind, text string) {
		if !slices.ContainsFunc(findings, func(f Finding) bool { return f.Kind == kind }) {
			findings = append(findings, Finding{one.file, kind, text})
		}
	}
	others := slices.SortedFunc(maps.Keys(shared), func(a, b int) int { return cmp.Or(shared[b]-shared[a], a-b) })
	for _, place := range others[:min(5, len(others))] {
		other := all[place]
		share := float64(shared[place]) / float64(max(1, min(len(one.runs), len(other.runs))))
		if share < pairShare {
			continue
		}
		same, changed, example := pair(one.claims, other.claims)
		smaller := min(len(one.claims), len(other.claims))
		alike := same+changed >= alikeLeast && float64(same+changed) >= alikeShare*float64(smaller)
		switch {
		case changed > 0 && alike:
			add(FindingChanged, fmt.Sprintf("looks like a copy of %s, but %d of %d like sentences say something else: %s there, %s here, in %q",
				other.name, changed, same+changed, without(example[1].says, example[0].says), without(example[0].says, example[1].says), shorten(example[0].text)))
		case share >= nearShare && (other.file != "" || other.id != one.id):
			add(FindingDuplicate, fmt.Sprintf("%.0f %% of the text of %s; publish one of them", 100*min(share, 1), other.name))
		}
	}
	return findings
}

// pair finds for each claim its like among others, and counts those that say the
// same and those that say something else. example is the first of the latter.
func pair(claims, others []claim) (same, changed int, example [2]claim) {
	places := map[string][]int{}
	for i, other := range others {
		places[other.about] = append(places[other.about], i)
	}
	for i, one := range claims {
		like := places[one.about]
		if len(like) == 0 && i < closeLook {
			like = likest(one, others[:min(closeLook, len(others))])
		}
		if len(like) == 0 {
			continue
		}
		if slices.ContainsFunc(like, func(place int) bool { return slices.Equal(others[place].says, one.says) }) {
			same++
			continue
		}
		if changed++; changed == 1 {
			example = [2]claim{one, others[like[0]]}
		}
	}
	return same, changed, example
}

// without names what the first list has more of than the second.
func without(list, other []string) string {
	count := map[string]int{}
	for _, word := range other {
		count[word]++
	}
	var rest []string
	for _, word := range list {
		if count[word]--; count[word] < 0 {
			rest = append(rest, word)
		}
	}
	if len(rest) == 0 {
		return "nothing"
	}
	return fmt.Sprintf("%q", strings.Join(rest, " "))
}

// likest returns the place of the claim that is most like one, if one is enough so.
func likest(one claim, others []claim) []int {
	best, place := sentenceLike, -1
	for i, other := range others {
		if like := one.likeness(other); like >= best {
			best, place = like, i
		}
	}
	if place < 0 {
		return nil
	}
	return []int{place}
}
