package route

// Weights of the kinds of traits, set by cross-validation over the examples.
const (
	weightWord    = 1
	weightPair    = 0.7
	weightGram    = 0.4
	weightClass   = 1
	weightCP      = 0.3 // pairs of classes
	weightRule    = 1.5
	weightShape   = 0.5
	weightShape2  = 0.7
	weightStrange = 1
)

// Lengths to which the traits of words and those of classes are evened out.
const (
	textScale  = 2
	classScale = 1.8
)

// How the model learns: rounds over the examples, step, pull towards zero. In
// each round every dropEvery-th example is seen without its words.
const (
	epochs       = 6
	learningRate = 0.15
	decay        = 0.0005
	dropEvery    = 2
)

// Factors of a probability for what a message lacks or has, see sure.go.
const (
	factorLow       = 0.5
	factorUnsigned  = 0.8
	factorStrange   = 3
	factorElsewhere = 1.5
)

// Probabilities from which the model speaks up without a rule.
const (
	gateSoft   = 0.1
	sureAbroad = 0.3  // for either, in a language that was not learned
	thrE       = 0.25 // for an emergency
	thrD       = 0.3  // for a dose
)

// A clause of at least leastClause tokens that is danger, a dose, personal or
// misuse with probability clauseSure counts for the whole message, by clauseShare.
const (
	leastClause = 4
	clauseSure  = 0.95
	clauseShare = 0.8
)
