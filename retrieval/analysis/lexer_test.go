package analysis_test

import (
	"slices"
	"testing"

	"spsbot"
	"spsbot/retrieval/analysis"
)

// lexed returns an analyzer and what its lexer reads of a text.
func lexed(text string) (analyzer *analysis.Analyzer, lexer *analysis.Lexer, words []*analysis.Word) {
	glossary := spsbot.Glossary{Concepts: []spsbot.Concept{
		{ID: "sps", Kind: spsbot.ConceptCondition, Names: []string{"stiff person syndrome", "stiff person", "SPS"}},
		{ID: "gaba", Kind: spsbot.ConceptPlain, Names: []string{"GABA", "γ-aminobutyric acid"}},
	}}
	analyzer = analysis.New(glossary, &spsbot.Words{})
	lexer = analyzer.NewLexer()
	return analyzer, lexer, lexer.Read(nil, text)
}

// FuzzLexer holds that a lexer reads every text as its analyzer does.
func FuzzLexer(f *testing.F) {
	for _, text := range []string{
		"Stiff person syndrome (SPS), stiff-person; STIFF PERSONS", "it's 1,000.5 mg, e.g. 3.", "don’t “Zoë's” naïve",
		"a.b 1.a a.1 1,a", "γ-aminobutyric acid", "動脈 x動y", "'tis ' 'a", "\xff\xfe", "",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		analyzer, lexer, words := lexed(text)
		tokens := analyzer.Tokens(text)
		if len(tokens) != len(words) {
			t.Fatalf("%q: %d words, want %d", text, len(words), len(tokens))
		}
		for i, token := range tokens {
			if words[i].Text != token.Word || words[i].Stem != token.Stem {
				t.Errorf("%q: word %d is %q with the stem %q, want %q and %q", text, i, words[i].Text, words[i].Stem, token.Word, token.Stem)
			}
			if lexer.Words()[words[i].Place] != words[i] {
				t.Errorf("%q: word %d is not at its place", text, i)
			}
		}
		if got, want := lexer.Concepts(nil, words), analyzer.Concepts(tokens); !slices.Equal(got, want) {
			t.Errorf("%q: concepts %v, want %v", text, got, want)
		}
	})
}

func TestTermsAreSpread(t *testing.T) {
	var counts [16]int
	for _, first := range "abcdefghijklmnopqrstuvwxyz" {
		for _, second := range "abcdefghijklmnopqrstuvwxyz" {
			counts[analysis.Term(string(first)+string(second))>>60]++
		}
	}
	for part, count := range counts {
		if count < 20 || count > 70 { // 42 on average
			t.Errorf("%d of 676 terms lie in sixteenth %d", count, part)
		}
	}
}
