package spsbot

// ConceptKind says what sort of thing a concept of the glossary is.
type ConceptKind string

// The kinds of concepts. Plain concepts are everyday words for the same thing
// ("price", "expensive"); the others name things of the field.
const (
	ConceptCondition    ConceptKind = "condition"
	ConceptTreatment    ConceptKind = "treatment"
	ConceptMedicine     ConceptKind = "medicine"
	ConceptTest         ConceptKind = "test"
	ConceptSymptom      ConceptKind = "symptom"
	ConceptOrganisation ConceptKind = "organisation"
	ConceptPlain        ConceptKind = "plain"
)

// Valid reports whether k is one of the kinds.
func (k ConceptKind) Valid() bool {
	switch k {
	case ConceptCondition, ConceptTreatment, ConceptMedicine, ConceptTest, ConceptSymptom, ConceptOrganisation, ConceptPlain:
		return true
	}
	return false
}

// Concept is one thing with all the names that people and documents use for it.
type Concept struct {
	// ID is unique in the glossary: lower case, digits and underscores.
	ID string
	// Kind is one of the ConceptKind constants.
	Kind ConceptKind
	// Field says that naming the concept puts a message into the bot's field.
	Field bool
	// Names are equivalent wordings: words or phrases, in any case.
	Names []string
	// Narrower are the IDs of concepts that are kinds of this one: who asks
	// for this one is served by those as well.
	Narrower []string
	// Kinds are kinds whose concepts are all narrower than this one.
	Kinds []ConceptKind
}

// Glossary is the community's knowledge of names.
type Glossary struct {
	Concepts []Concept
}
