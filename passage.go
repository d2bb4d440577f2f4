package spsbot

// Span is a half-open range of byte offsets.
type Span struct{ Start, End int }

// Passage is the unit that is found, cited and opened: a stretch of one
// document's stored text under one heading.
type Passage struct {
	// ID is the source's id, "#" and the passage's number in its document, from 1.
	ID string
	// Source holds the facts of the document; shared by its passages, never nil.
	Source *Source
	// Heading is the path of headings above the passage, outermost first.
	Heading []string
	// Start and End are byte offsets into the document's stored text:
	// Text == stored[Start:End].
	Start, End int
	// Text is the stored text, verbatim.
	Text string
	// Sentences cover the readable part of Text, in order, without overlap.
	Sentences []Sentence
}

// Sentence is one sentence, list item or lead line of a passage.
type Sentence struct {
	// Span lies in the passage's Text.
	Span Span
	// Quotable is false for furniture, questions, a patient's own words and
	// fragments: they are never quoted alone.
	Quotable bool
	// Item marks the first sentence of a list item, Inside the later ones.
	Item, Inside bool
	// Lead is the index of the sentence that introduces the list in which this
	// one stands, -1 when there is none.
	Lead int
	// Label is the span of the item's own label line ("Infections:") when the
	// label stands outside Span, else empty.
	Label Span
}

// Quote returns the sentence's text, verbatim.
func (p *Passage) Quote(sentence int) string {
	span := p.Sentences[sentence].Span
	return p.Text[span.Start:span.End]
}

// Evidence is a passage that was found for a question.
type Evidence struct {
	Passage *Passage
	// Score is the engine's score: higher is better, comparable within one search only.
	Score float64
}
