package verify

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"spsbot"
)

// Opened are passages as a reader may open them: without doses. Only a guard
// makes one that is not empty.
type Opened struct{ citations []Citation }

// Citations returns the passages, numbered from 1 as they stand.
func (o Opened) Citations() []Citation { return Checked{citations: o.citations}.Citations() }

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
