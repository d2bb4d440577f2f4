package answer

import (
	"slices"

	"spsbot"
	"spsbot/answer/reply"
	"spsbot/answer/verify"
	"spsbot/prompts"
)

// Locale returns the reply texts for a question that shows no language of its
// own: those of the first tag that has some.
func (s Snapshot) Locale(tags ...string) prompts.Locale { return s.Engine.locales.For(tags...) }

// Open returns passages of the set by their ids, as a reader may open them:
// without doses, each once, those that are gone left out.
func (s Snapshot) Open(ids ...string) verify.Opened {
	var passages []*spsbot.Passage
	for _, id := range ids {
		at := slices.IndexFunc(s.Set.Passages(), func(p *spsbot.Passage) bool { return p.ID == id })
		if at >= 0 && !slices.Contains(passages, s.Set.Passages()[at]) {
			passages = append(passages, s.Set.Passages()[at])
		}
	}
	return s.Engine.guard.Open(passages...)
}

// OpenSource returns the passages of one source, from number first on (from 0),
// at most most.
func (s Snapshot) OpenSource(source string, first, most int) verify.Opened {
	var passages []*spsbot.Passage
	for _, passage := range s.Set.Passages() {
		if passage.Source.ID == source {
			passages = append(passages, passage)
		}
	}
	return s.Engine.guard.OpenSource(passages, first, most)
}

// Shelf returns the facts of all sources.
func (s Snapshot) Shelf() verify.Shelf { return s.Engine.guard.Shelf(s.Set.Sources()) }

// Note checks a text that moderators wrote for the members of their server.
func (s Snapshot) Note(text string) (verify.Note, bool) { return s.Engine.guard.Note(text) }

// Numbers returns the numbers to call of a country, or of several when it is unknown.
func (s Snapshot) Numbers(country string) prompts.Numbers { return s.Engine.numbers.For(country) }

// Offered returns the questions that this set answers, those nearest to a text
// first, at most most, in the language that replies to the tags are in.
func (s Snapshot) Offered(text string, most int, tags ...string) []prompts.Suggestion {
	offered, found := s.offered[s.Locale(tags...).Tag()]
	if !found {
		return nil
	}
	return prompts.Nearest(offered(), text, most)
}

// Decide returns the route of a question, in microseconds and without looking
// at any document: RouteAnswer stands for RouteNoSource as well.
func (s Snapshot) Decide(question spsbot.Question) spsbot.Decision {
	return s.Engine.router.Decide(question)
}

// Fixed seals a notice that is no answer to a question.
func (s Snapshot) Fixed(notice reply.Notice, params reply.Params, tags ...string) reply.Sealed {
	return reply.Fixed(notice, s.Locale(tags...), params)
}
