package retrieval

import (
	"slices"
	"strings"
	"unicode"

	"spsbot/retrieval/analysis"
)

// clause is a stretch of a message that is read by itself.
type clause struct {
	text string
	asks bool
	// beside is what the same sentence says before the question.
	beside string
	// sameSentence says that the sentence goes on with another question.
	sameSentence bool
}

// longestStart is the number of words of the longest question start that is looked for.
const longestStart = 4

// clauses splits a message at the ends of sentences, and where a question
// begins inside one ("… and what does it cost").
func (l *language) clauses(message string) []clause {
	var out []clause
	start := 0
	for i, r := range message {
		next := byte(' ')
		if i+1 < len(message) {
			next = message[i+1]
		}
		if r == '\n' || strings.ContainsRune("?!;؟？！。", r) || (r == '.' && next == ' ' || r == '.' && next == '\n') {
			end := i + len(string(r))
			out = append(out, l.splitQuestions(message[start:end])...)
			start = end
		}
	}
	out = append(out, l.splitQuestions(message[start:])...)
	return l.settle(out)
}

// settle decides which clauses ask: where one has a question mark, a clause
// without it asks only when it begins with a question word.
func (l *language) settle(clauses []clause) []clause {
	marked := slices.ContainsFunc(clauses, func(c clause) bool { return c.asks && isMarked(c.text) })
	for i, c := range clauses {
		first := l.analyzer.Tokens(c.text)
		if marked && c.asks && !c.sameSentence && !isMarked(c.text) && !l.questionWords[first[0].Word] {
			clauses[i].asks = false
		}
	}
	return clauses
}

func isMarked(text string) bool { return strings.ContainsAny(text, "?؟？") }

// splitQuestions cuts a sentence before each question that begins inside it.
func (l *language) splitQuestions(sentence string) []clause {
	tokens := l.analyzer.Tokens(sentence)
	if len(tokens) == 0 {
		return nil
	}
	var cuts []int // tokens with which a question begins
	for i := range tokens {
		if l.startsQuestion(tokens, i) && (i == 0 || l.breaksBefore(sentence, tokens, i)) {
			cuts = append(cuts, i)
		}
	}
	cuts = l.withContent(tokens, cuts)
	marked := isMarked(sentence)
	if len(cuts) == 0 || cuts[0] > 0 && marked && len(cuts) == 1 && !l.hasContent(tokens[cuts[0]:]) {
		return []clause{{text: strings.TrimSpace(sentence), asks: marked}}
	}
	var out []clause
	if cuts[0] > 0 {
		out = append(out, clause{text: strings.TrimSpace(sentence[:tokens[cuts[0]].Span.Start])})
	}
	for i, cut := range cuts {
		end := len(sentence)
		if i+1 < len(cuts) {
			end = tokens[cuts[i+1]].Span.Start
		}
		asking := clause{text: strings.TrimSpace(sentence[tokens[cut].Span.Start:end]), asks: true, sameSentence: i+1 < len(cuts)}
		if i == 0 {
			asking.beside = sentence[:tokens[cut].Span.Start]
		}
		out = append(out, asking)
	}
	return mergeEmpty(out, l)
}

// withContent drops the cuts after which nothing is asked ("…, or what").
func (l *language) withContent(tokens []analysis.Token, cuts []int) []int {
	var kept []int
	for i, cut := range cuts {
		end := len(tokens)
		if i+1 < len(cuts) {
			end = cuts[i+1]
		}
		if cut == 0 || i+1 < len(cuts) || l.hasContent(tokens[cut:end]) || l.pointsBackIn(tokens[cut:end]) {
			kept = append(kept, cut)
		}
	}
	return kept
}

// mergeEmpty joins an asking clause that asks for nothing yet ("do you know |
// what it costs") with the one after it.
func mergeEmpty(clauses []clause, l *language) []clause {
	var out []clause
	for _, c := range clauses {
		last := len(out) - 1
		if last >= 0 && out[last].asks && c.asks && !l.hasContent(l.analyzer.Tokens(out[last].text)) {
			out[last].text += " " + c.text
			continue
		}
		out = append(out, c)
	}
	return out
}

// startsQuestion reports whether a phrase of the question starts begins at a token.
func (l *language) startsQuestion(tokens []analysis.Token, at int) bool {
	phrase := ""
	for i := at; i < len(tokens) && i < at+longestStart; i++ {
		phrase = strings.TrimSpace(phrase + " " + tokens[i].Word)
		if l.starts[phrase] {
			return true
		}
	}
	return false
}

// breaksBefore reports whether a new part of the sentence begins at a token:
// after a comma, a dash or a bracket, or a word that joins or introduces questions.
func (l *language) breaksBefore(sentence string, tokens []analysis.Token, at int) bool {
	between := sentence[tokens[at-1].Span.End:tokens[at].Span.Start]
	if strings.ContainsFunc(between, func(r rune) bool { return unicode.IsPunct(r) && r != '\'' && r != '-' }) || strings.Contains(between, " - ") {
		return true
	}
	return l.joiners[tokens[at-1].Word]
}

// hasContent reports whether a clause holds a word that is neither a function
// word nor chatter.
func (l *language) hasContent(tokens []analysis.Token) bool {
	return slices.ContainsFunc(tokens, func(t analysis.Token) bool { return !l.stop[t.Word] && !l.chatter[t.Stem] && !l.weak[t.Stem] })
}

// pointsBack reports whether a clause holds a word that points back.
func (l *language) pointsBack(text string) bool {
	return l.pointsBackIn(l.analyzer.Tokens(text))
}

func (l *language) pointsBackIn(tokens []analysis.Token) bool {
	return slices.ContainsFunc(tokens, func(t analysis.Token) bool { return l.openers[t.Word] })
}

// leans reports whether a clause cannot be understood without what was said
// before it: it begins with a joiner or holds a word that points back.
func (l *language) leans(text string) bool {
	tokens := l.analyzer.Tokens(text)
	return l.pointsBack(text) || len(tokens) > 0 && l.joiners[tokens[0].Word]
}
