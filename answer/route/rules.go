package route

import (
	"fmt"
	"strings"

	"spsbot/prompts"
)

// rule is a compiled prompts.RouteRule.
type rule struct {
	prompts.RouteRule
	all     []classSet // one class of each
	none    classSet
	nowhere classSet
}

// compileRules turns class names into sets.
func compileRules(x *lexicon, list []prompts.RouteRule) ([]rule, error) {
	var rules []rule
	names := map[string]bool{}
	for _, given := range list {
		if names[given.Name] || given.Name == "" || !given.Route.Valid() || len(given.All) == 0 {
			return nil, fmt.Errorf("rule %q needs a name of its own, a route and classes", given.Name)
		}
		names[given.Name] = true
		compiled := rule{RouteRule: given}
		var err error
		for _, either := range given.All {
			var set classSet
			if set, err = x.set(strings.Split(either, "|")); err != nil {
				return nil, fmt.Errorf("rule %s: %w", given.Name, err)
			}
			compiled.all = append(compiled.all, set)
		}
		if compiled.none, err = x.set(given.None); err != nil {
			return nil, fmt.Errorf("rule %s: %w", given.Name, err)
		}
		if compiled.nowhere, err = x.set(given.Nowhere); err != nil {
			return nil, fmt.Errorf("rule %s: %w", given.Name, err)
		}
		rules = append(rules, compiled)
	}
	return rules, nil
}

// reasons are the texts for moderators of what no rule decides.
type reasons struct {
	texts  map[string]string
	labels []string // by class, empty where it has none
}

// Names of the reasons besides those of the learned routes.
const (
	reasonNoWords      = "no_words"
	reasonPolite       = "polite"
	reasonLanguage     = "language"
	reasonDisguised    = "disguised"
	reasonGeneral      = "said_general"
	reasonDoseInPieces = "dose_in_pieces"
	reasonDoseAgain    = "dose_again"
	reasonDangerAgain  = "danger_again"
	reasonPersonAgain  = "person_again"
	reasonAnswerAgain  = "answer_again"
)

// newReasons checks that no reason is missing.
func newReasons(x *lexicon, rules prompts.RouteRules) (reasons, error) {
	names := []string{
		reasonNoWords, reasonPolite, reasonLanguage, reasonDisguised, reasonGeneral, reasonDoseInPieces,
		reasonDoseAgain, reasonDangerAgain, reasonPersonAgain, reasonAnswerAgain,
	}
	for _, route := range learnedRoutes() {
		names = append(names, string(route))
	}
	for _, name := range names {
		if rules.Reasons[name] == "" {
			return reasons{}, fmt.Errorf("no reason %q", name)
		}
	}
	r := reasons{texts: rules.Reasons, labels: make([]string, len(x.classes))}
	for class, label := range rules.Labels {
		n, ok := x.number[class]
		if !ok {
			return reasons{}, fmt.Errorf("label of an unknown phrase class %q", class)
		}
		r.labels[n] = label
	}
	return r, nil
}

// of returns a reason with what it says filled in.
func (r reasons) of(name, place, words string) []string {
	return []string{strings.ReplaceAll(r.texts[name], place, words)}
}

// The places of reasons that are filled in.
const (
	placeWords    = "{words}"
	placeLanguage = "{language}"
)

// set returns the classes of the given names.
func (x *lexicon) set(names []string) (classSet, error) {
	var set classSet
	for _, name := range names {
		n, ok := x.number[name]
		if !ok {
			return set, fmt.Errorf("unknown phrase class %q", name)
		}
		set.add(n)
	}
	return set, nil
}

// hit is a rule that holds for tokens[start:end] of a message.
type hit struct {
	rule, start, end int
	why              string
}

// shortMessage is the number of tokens up to which neighbouring sentences are
// judged as one: people set full stops where they like.
const shortMessage = 24

// view is a message as rules and model see it.
type view struct {
	tokens    []token
	sentences []sentence
	spans     []span
	classes   classSet
	hits      []hit
}

// firedWithin returns the numbers of the rules that hold for a part of
// tokens[start:end].
func (v *view) firedWithin(start, end int) []int {
	var numbers []int
	for _, h := range v.hits {
		if h.start >= start && h.end <= end {
			numbers = append(numbers, h.rule)
		}
	}
	return numbers
}

// asksWithin reports whether a sentence of tokens[start:end] ends in a question mark.
func (v *view) asksWithin(start, end int) bool {
	for _, s := range v.sentences {
		if s.asks && s.start >= start && s.end <= end {
			return true
		}
	}
	return false
}

// questions reports whether a sentence of the message ends in a question mark.
func (v *view) questions() bool { return v.asksWithin(0, len(v.tokens)) }

// foreign returns the number of words that say something and that no phrase
// accounts for.
func (v *view) foreign() int {
	covered := make([]bool, len(v.tokens))
	for _, s := range v.spans {
		for i := s.start; i < s.end; i++ {
			covered[i] = true
		}
	}
	count := 0
	for i, t := range v.tokens {
		if !covered[i] && !t.word.filler && !isNumber(t.text) {
			count++
		}
	}
	return count
}

// begins reports whether the message begins with a phrase of the set.
func (v *view) begins(set classSet) bool {
	for _, s := range v.spans {
		if s.start == 0 && set.has(int(s.class)) {
			return true
		}
	}
	return false
}

// classesWithin returns the classes of the phrases in tokens[start:end].
func (v *view) classesWithin(start, end int) classSet {
	if start == 0 && end == len(v.tokens) {
		return v.classes
	}
	var set classSet
	for _, found := range v.spans {
		if int(found.start) >= start && int(found.end) <= end {
			set.add(int(found.class))
		}
	}
	return set
}

// view tags the tokens and tries all rules.
func (r *Router) view(s *scan, active uint32) *view {
	v := &view{tokens: s.tokens, sentences: s.sentences, spans: r.lexicon.tag(s.tokens, active)}
	for _, found := range v.spans {
		v.classes.add(int(found.class))
	}
	stretches := v.stretches()
	for n := range r.rules {
		if part, ok := r.rules[n].holds(v, stretches); ok {
			v.hits = append(v.hits, hit{rule: n, start: part.start, end: part.end, why: r.rules[n].reason(v, part)})
		}
	}
	return v
}

// stretch is a part of a message that a rule is tried on.
type stretch struct {
	start, end int
	classes    classSet
}

// stretches returns the sentences, and neighbouring ones joined where they are short.
func (v *view) stretches() []stretch {
	var list []stretch
	for i, s := range v.sentences {
		list = append(list, stretch{start: s.start, end: s.end})
		if i+1 < len(v.sentences) && v.sentences[i+1].end-s.start <= shortMessage {
			list = append(list, stretch{start: s.start, end: v.sentences[i+1].end})
		}
	}
	for i := range list {
		for _, found := range v.spans {
			if int(found.start) >= list[i].start && int(found.end) <= list[i].end {
				list[i].classes.add(int(found.class))
			}
		}
	}
	return list
}

// holds reports whether the rule holds, and where.
func (u *rule) holds(v *view, stretches []stretch) (stretch, bool) {
	for _, set := range u.all {
		if !v.classes.meets(set) {
			return stretch{}, false
		}
	}
	if v.classes.meets(u.nowhere) {
		return stretch{}, false
	}
	if u.Anywhere {
		stretches = []stretch{{start: 0, end: len(v.tokens), classes: v.classes}}
	}
	for _, part := range stretches {
		if part.classes.meets(u.none) {
			continue
		}
		complete := true
		for _, set := range u.all {
			complete = complete && part.classes.meets(set)
		}
		if complete {
			return part, true
		}
	}
	return stretch{}, false
}

// reason fills the rule's why with the words that were found.
func (u *rule) reason(v *view, part stretch) string {
	if u.Lean {
		return ""
	}
	why := u.Why
	for i, either := range u.All {
		slot := "{" + either + "}"
		if strings.Contains(why, slot) {
			why = strings.ReplaceAll(why, slot, v.words(u.all[i], part))
		}
	}
	return string(u.Route) + ": " + why
}

// words quotes the first phrase of a class of the set in a stretch.
func (v *view) words(set classSet, part stretch) string {
	for _, s := range v.spans {
		if set.has(int(s.class)) && int(s.start) >= part.start && int(s.end) <= part.end {
			return v.quote(int(s.start), int(s.end))
		}
	}
	return "…"
}

// quote returns tokens as they stand, in quotation marks.
func (v *view) quote(start, end int) string {
	var text strings.Builder
	text.WriteByte('\'')
	for i, t := range v.tokens[start:end] {
		if i > 0 && !t.word.single {
			text.WriteByte(' ')
		}
		text.WriteString(t.text)
	}
	text.WriteByte('\'')
	return text.String()
}
