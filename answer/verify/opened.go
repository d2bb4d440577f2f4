package verify

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"spsbot"
)

// Opened are passages as a reader may open them: without doses. Only a guard
// makes one that is not empty.
type Opened struct {
	citations []Citation
	next      int // the number of the passage that comes next, 0 for none
}

// Citations returns the passages, numbered from 1 as they stand.
func (o Opened) Citations() []Citation { return Checked{citations: o.citations}.Citations() }

// Rest returns where the passages of a source go on, from 0; false when these
// are the last.
func (o Opened) Rest() (source string, first int, more bool) {
	if o.next == 0 || len(o.citations) == 0 {
		return "", 0, false
	}
	return o.citations[0].Source.ID, o.next, true
}

// OpenSource checks the passages of one source from number first on (from 0), at
// most most.
func (g *Guard) OpenSource(passages []*spsbot.Passage, first, most int) Opened {
	first = min(max(first, 0), len(passages))
	last := min(first+most, len(passages))
	opened := g.Open(passages[first:last]...)
	if last < len(passages) {
		opened.next = last
	}
	return opened
}

// Open checks passages for a reader who wants to see them word for word.
func (g *Guard) Open(passages ...*spsbot.Passage) Opened {
	var opened Opened
	for i, passage := range passages {
		if !hides(passage.Text) && utf8.ValidString(passage.Text) {
			opened.citations = append(opened.citations, g.cite(passage, i+1))
		}
	}
	return opened
}

// Shelf are the facts of documents as a reader may see them. Only a guard makes
// one that is not empty.
type Shelf struct{ sources []*spsbot.Source }

// Sources returns copies of the facts.
func (s Shelf) Sources() []*spsbot.Source {
	sources := make([]*spsbot.Source, len(s.sources))
	for i, source := range s.sources {
		facts := *source
		sources[i] = &facts
	}
	return sources
}

// Shelf checks the facts of documents.
func (g *Guard) Shelf(sources []*spsbot.Source) Shelf {
	var shelf Shelf
	for _, source := range sources {
		shelf.sources = append(shelf.sources, g.facts(source))
	}
	return shelf
}

// Note is a short text that the moderators of a server wrote for its members.
// Only a guard makes one that is not empty.
type Note struct{ text string }

// Text returns the note.
func (n Note) Text() string { return n.text }

// longestNote is the length of the longest note, in characters.
const longestNote = 300

// unfitNote matches what a note may not hold: mentions, addresses, links.
var unfitNote = regexp.MustCompile(`(?i)[<>@]|https?:|www\.|discord\W*(\.|/)|\]\(`)

// Note checks a text for members: short, readable, without doses, links and
// mentions. It reports false for one that may not be shown.
func (g *Guard) Note(text string) (Note, bool) {
	text = strings.TrimSpace(text)
	switch {
	case text == "", utf8.RuneCountInString(text) > longestNote, !utf8.ValidString(text):
		return Note{}, false
	case g.Has(text), hides(text), unfitNote.MatchString(text):
		return Note{}, false
	}
	return Note{text}, true
}
