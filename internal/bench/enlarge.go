package main

import (
	"fmt"
	"strings"

	"spsbot"
)

// rareWord is the number of passages up to which a word is renamed in copies, so
// that the number of words grows with that of the passages, as it does in life.
const rareWord = 20

// enlarge returns a corpus of so many passages: those of the collection, and
// copies whose words come from two passages each. It measures time, not quality.
func (c *corpus) enlarge(passages int) *corpus {
	out := &corpus{queries: c.queries, glossary: c.glossary, sources: c.sources, passages: c.passages}
	words := make([][]string, len(c.passages))
	frequency := map[string]int{}
	for i, p := range c.passages {
		words[i] = strings.Fields(p.Text)
		seen := map[string]bool{}
		for _, word := range words[i] {
			if !seen[word] {
				seen[word] = true
				frequency[word]++
			}
		}
	}
	for copy := 1; len(out.passages) < passages; copy++ {
		ending := letters(copy)
		rename := func(word string) string {
			if frequency[word] > rareWord || len(word) < 4 {
				return word
			}
			return word + ending
		}
		var source *spsbot.Source
		for i := 0; i < len(c.passages) && len(out.passages) < passages; i++ {
			if source == nil || c.passages[i].Source != c.passages[i-1].Source {
				title := strings.Fields(c.passages[i].Source.Title)
				for j := range title {
					title[j] = rename(title[j])
				}
				source = &spsbot.Source{ID: fmt.Sprintf("%s-%d", c.passages[i].Source.ID, copy), Title: strings.Join(title, " "), Kind: spsbot.KindGovernment, Publisher: "MedQuAD"}
				out.sources = append(out.sources, source)
			}
			out.passages = append(out.passages, mixed(words[i], words[(i*7919+copy*104729)%len(words)], rename, source, c.passages[i].Heading, len(out.passages)))
		}
	}
	return out
}

// letters writes a number in letters.
func letters(number int) string {
	out := ""
	for ; number > 0; number /= 26 {
		out += string(rune('a' + number%26))
	}
	return out
}

// mixed returns a passage with every second word from another one.
func mixed(a, b []string, rename func(string) string, source *spsbot.Source, heading []string, number int) *spsbot.Passage {
	text := make([]string, len(a))
	for i := range a {
		text[i] = rename(a[i])
		if i%2 == 1 {
			text[i] = rename(b[i%len(b)])
		}
	}
	p := &spsbot.Passage{ID: fmt.Sprintf("%s#%d", source.ID, number), Source: source, Heading: heading, Start: number, Text: strings.Join(text, " ")}
	p.End = p.Start + len(p.Text)
	p.Sentences = []spsbot.Sentence{{Span: spsbot.Span{End: len(p.Text)}, Quotable: true, Lead: -1}}
	return p
}
