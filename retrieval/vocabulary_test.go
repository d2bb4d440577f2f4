package retrieval

import (
	"slices"
	"testing"

	"spsbot"
	"spsbot/prompts"
)

func TestVocabularyCorrects(t *testing.T) {
	counts := map[string]uint32{}
	for _, word := range []string{
		"baclofen", "fatigue", "stiffness", "physiotherapy", "transplant", "seizure", "spasm", "pain", "gait",
		"walk", "rare", "wrist", "stair", "stairs", "stairs", "hours",
	} {
		counts[word]++
	}
	v := newVocabulary(counts)
	for name, test := range map[string]struct{ word, want string }{
		"a letter is missing":                {"stifness", "stiffness"},
		"a letter too many":                  {"transsplant", "transplant"},
		"two letters are swapped":            {"transpalnt", "transplant"},
		"another letter":                     {"baclofan", "baclofen"},
		"two errors in a long word":          {"physoitherepy", "physiotherapy"},
		"as it is heard":                     {"fateegue", "fatigue"},
		"as it is heard, ph for f":           {"baclophen", "baclofen"},
		"as it is heard, a silent letter":    {"rist", "wrist"},
		"four letters, swapped":              {"apin", ""},
		"four letters, swapped inside":       {"pian", "pain"},
		"four letters, one is added":         {"spam", "spasm"},
		"of two the one that is read more":   {"stairz", "stairs"},
		"two errors in a short word stay":    {"spazzn", ""},
		"four letters with another one":      {"ware", ""},
		"another first letter":               {"tain", ""},
		"a word of its own":                  {"kitchen", ""},
		"a short word":                       {"gd", ""},
		"words with digits":                  {"gad65", ""},
		"another script":                     {"лечение", ""},
		"longer than a word is ever spelled": {"transplantransplantransplantransplantransplant", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got, found := v.correct(test.word); got != test.want || found != (test.want != "") {
				t.Errorf("%q is taken for %q (%v), want %q", test.word, got, found, test.want)
			}
		})
	}
}

func TestSound(t *testing.T) {
	for _, test := range []struct{ word, want string }{
		{"fatigue", "ftg"}, {"fateeg", "ftg"}, {"physical", "fskl"}, {"knee", "n"}, {"anxiety", "ankst"}, {"gad65", ""}, {"", ""},
	} {
		if got := newEar().sound(test.word); got != test.want {
			t.Errorf("%q sounds like %q, want %q", test.word, got, test.want)
		}
	}
}

func TestEditDistance(t *testing.T) {
	for _, test := range []struct {
		a, b  string
		limit int
		want  int
	}{
		{"spasm", "spasm", 1, 0},
		{"spasm", "spams", 1, 1},
		{"spasm", "spasms", 1, 1},
		{"stiff", "staff", 1, 1},
		{"stiff", "stuffy", 2, 2},
		{"stiff", "stuffy", 1, 2},
		{"gait", "transplant", 2, 3},
		{"", "ab", 2, 2},
	} {
		if got := editDistance(test.a, test.b, test.limit); got != test.want {
			t.Errorf("from %q to %q, at most %d: got %d, want %d", test.a, test.b, test.limit, got, test.want)
		}
		if got := editDistance(test.b, test.a, test.limit); got != test.want {
			t.Errorf("from %q to %q, at most %d: got %d, want %d", test.b, test.a, test.limit, got, test.want)
		}
	}
}

func TestClauses(t *testing.T) {
	words, err := prompts.Words(prompts.Files(), "en")
	if err != nil {
		t.Fatal(err)
	}
	l := newLanguage(spsbot.Glossary{}, &words)
	for name, test := range map[string]struct {
		message string
		asks    []string
		rest    []string // what is said beside
	}{
		"one question": {"What is stiff person syndrome?", []string{"What is stiff person syndrome?"}, nil},
		"no question":  {"My legs lock on stairs.", nil, []string{"My legs lock on stairs."}},
		"two questions with marks": {
			"What causes spasms? How are they treated?", []string{"What causes spasms?", "How are they treated?"}, nil,
		},
		"a question that begins inside": {
			"What is plasma exchange and what does it cost?", []string{"What is plasma exchange and", "what does it cost?"}, nil,
		},
		"a joiner alone begins none": {"Does heat or cold worsen spasms?", []string{"Does heat or cold worsen spasms?"}, nil},
		"rambling before the question": {
			"Hello everyone. My husband was diagnosed in May and we live near Leeds. Which scans show antibodies?",
			[]string{"Which scans show antibodies?"},
			[]string{"Hello everyone.", "My husband was diagnosed in May and we live near Leeds."},
		},
		"rambling in the same sentence": {
			"my sister got baclofen last week, does it cause drowsiness?",
			[]string{"does it cause drowsiness?"},
			[]string{"my sister got baclofen last week,"},
		},
		"a number's point ends nothing":     {"Is 3.5 hours of infusion usual?", []string{"Is 3.5 hours of infusion usual?"}, nil},
		"lines":                             {"what is a relapse\nwho treats children", []string{"what is a relapse", "who treats children"}, nil},
		"a question word at the end, alone": {"Is plasma exchange painful, or what?", []string{"Is plasma exchange painful, or what?"}, nil},
		"nothing":                           {" … \n", nil, nil},
		"another script's question mark":    {"寿命 spasms？ I fell.", []string{"寿命 spasms？"}, []string{"I fell."}},
	} {
		t.Run(name, func(t *testing.T) {
			var asks, rest []string
			for _, c := range l.clauses(test.message) {
				if c.asks {
					asks = append(asks, c.text)
				} else {
					rest = append(rest, c.text)
				}
			}
			if !slices.Equal(asks, test.asks) || !slices.Equal(rest, test.rest) {
				t.Errorf("asks %q, beside it %q\nwant %q, beside it %q", asks, rest, test.asks, test.rest)
			}
		})
	}
}
