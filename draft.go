package spsbot

// Draft is what a composer proposes to say; nothing of it leaves before it was
// verified against its passages.
type Draft struct {
	Sentences []DraftSentence
}

// DraftSentence is one proposed sentence: a stretch of one passage.
type DraftSentence struct {
	// Text is the sentence as it would be said.
	Text string
	// Passage is the passage that it cites.
	Passage *Passage
	// Span is where Text stands in the passage's text.
	Span Span
	// Lead is the span of the line that introduces the list from which the
	// sentence comes, empty when there is none.
	Lead Span
	// Ask is the number of the part of the question that it answers, from 0.
	Ask int
	// Other says that the sentence is about another condition than the one
	// asked about, and does not say so itself.
	Other bool
}
