// Package answer holds the way of one question: route, find, compose, verify,
// seal. It is the same for every surface. It must never send, log or store
// anything, and no reply leaves it but a sealed one.
package answer

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"spsbot"
	"spsbot/answer/compose"
	"spsbot/answer/reply"
	"spsbot/answer/route"
	"spsbot/answer/verify"
	"spsbot/prompts"
	"spsbot/retrieval"
)

// nearTopics and suggestions are how many of them a reply shows.
const (
	nearTopics  = 3
	suggestions = 3
)

// Engine is everything that answering needs and that the words decide. It is
// immutable and safe for concurrent use.
type Engine struct {
	router      *route.Router
	learned     bool
	guard       *verify.Guard
	composer    *compose.Composer
	locales     prompts.Locales
	numbers     prompts.Directory
	suggestions map[string][]prompts.Suggestion // by language
	smalltalk   prompts.Smalltalk
	version     string
}

// Snapshot is what one question is answered from: the engine and one published
// source set. A question uses one snapshot from beginning to end.
type Snapshot struct {
	Engine    *Engine
	Set       *retrieval.Set
	SourceSet string                                 // the version of the source set
	offered   map[string]func() []prompts.Suggestion // by language, found out when first asked for
}

// NewSnapshot joins an engine with a source set. Which of the suggestions this
// set answers is found out for a language when it is first used, since reading
// its word lists and trying its questions takes longer than starting should.
func NewSnapshot(engine *Engine, set *retrieval.Set, version string) Snapshot {
	snapshot := Snapshot{Engine: engine, Set: set, SourceSet: version, offered: map[string]func() []prompts.Suggestion{}}
	for language, suggestions := range engine.suggestions {
		snapshot.offered[language] = sync.OnceValue(func() []prompts.Suggestion { return engine.answered(suggestions, set) })
	}
	return snapshot
}

// answered returns the suggestions that are routed to an answer, in their own
// language, and that a set has passages for.
func (e *Engine) answered(suggestions []prompts.Suggestion, set *retrieval.Set) []prompts.Suggestion {
	return slices.DeleteFunc(slices.Clone(suggestions), func(suggestion prompts.Suggestion) bool {
		question := spsbot.Question{Text: suggestion.Text()}
		decision := e.router.Decide(question)
		question.Language = decision.Language
		if decision.Route != spsbot.RouteAnswer || e.locales.For(decision.Language).Tag() != suggestion.Language() {
			return true
		}
		return len(e.composer.Quote(set.Find(question)).Sentences) == 0
	})
}

// Answer takes one question from its route to the sealed reply, and returns
// both the record and the reply. The only error is that of a done context.
func Answer(ctx context.Context, question spsbot.Question, snapshot Snapshot) (spsbot.Record, reply.Sealed, error) {
	begun := time.Now()
	if err := ctx.Err(); err != nil {
		return spsbot.Record{}, reply.Sealed{}, fmt.Errorf("answer a question: %w", err)
	}
	engine := snapshot.Engine
	decision := engine.router.Decide(question)
	routed := time.Since(begun)
	question.Language = decision.Language
	locale := engine.locales.For(decision.Language, question.Locale)
	record := spsbot.Record{
		Question:  question,
		Route:     decision.Route,
		Why:       decision.Why,
		Locale:    locale.Tag(),
		SourceSet: snapshot.SourceSet,
		Prompts:   engine.version,
		Mode:      spsbot.ModeQuote,
	}
	var sealed reply.Sealed
	if decision.Route == spsbot.RouteAnswer {
		sealed = snapshot.fromSources(question, locale, &record)
	} else {
		sealed = snapshot.fixed(question, decision, locale, &record)
	}
	record.Text, record.Messages = sealed.Text(), sealed.Messages()
	record.Disclaimer = locale.Disclaimer()
	record.Took = time.Since(begun)
	record.Timings = map[string]time.Duration{"route": routed, "reply": record.Took - routed}
	return record, sealed, nil
}

// fromSources answers from passages, or says that none covers the question.
func (s Snapshot) fromSources(question spsbot.Question, locale prompts.Locale, record *spsbot.Record) reply.Sealed {
	found := s.Set.Find(question)
	for _, part := range found {
		for _, evidence := range part.Evidence {
			record.Evidence = append(record.Evidence, spsbot.RecordEvidence{Passage: evidence.Passage.ID, Score: evidence.Score})
		}
	}
	draft := s.Engine.composer.Quote(found)
	checked := s.Engine.guard.Draft(draft)
	record.Verification = []string{fmt.Sprintf("proposed %d, kept %d, of which withheld %d",
		len(draft.Sentences), len(checked.Sentences()), checked.Withheld())}
	for _, part := range found {
		if !part.Sufficient {
			record.Why = append(record.Why, "no_source: "+part.Reason)
		}
	}
	if len(checked.Sentences()) > 0 {
		record.Route = spsbot.RouteAnswer
		keep(record, checked)
		return reply.Answer(checked, locale)
	}
	if slices.ContainsFunc(found, func(part retrieval.Found) bool { return part.Sufficient }) {
		record.Why = append(record.Why, "no_source: only a source with something to sell claims it")
	}
	record.Route = spsbot.RouteNoSource
	var near []verify.Topic
	for _, part := range found {
		near = append(near, s.Engine.guard.Topics(part.Evidence, nearTopics-len(near))...)
	}
	offered := s.offer(question.Text, locale, record)
	return reply.Fixed(reply.NoSource, locale, reply.Params{Topics: near, Suggestions: offered})
}

// fixed seals the reply of a fixed route.
func (s Snapshot) fixed(question spsbot.Question, decision spsbot.Decision, locale prompts.Locale, record *spsbot.Record) reply.Sealed {
	notice := s.Engine.noticeOf(question, decision)
	params := reply.Params{Numbers: s.Engine.numbers.For(question.Country)}
	switch decision.Route {
	case spsbot.RouteEmergency, spsbot.RouteSupport:
		params.Note, _ = s.Engine.guard.Note(question.Note) // one that may not be shown is left out
	case spsbot.RouteDosing, spsbot.RoutePersonal, spsbot.RouteSmalltalk, spsbot.RouteOutOfScope, spsbot.RouteMisuse, spsbot.RouteLanguage:
		params.Suggestions = s.offer(question.Text, locale, record)
	case spsbot.RouteNoSource, spsbot.RouteAnswer:
	}
	return reply.Fixed(notice, locale, params)
}

// offer returns the suggestions nearest to a message and writes them into the record.
func (s Snapshot) offer(message string, locale prompts.Locale, record *spsbot.Record) []prompts.Suggestion {
	offered := s.Offered(message, suggestions, locale.Tag())
	for _, suggestion := range offered {
		record.Suggestions = append(record.Suggestions, suggestion.Text())
	}
	return offered
}

// noticeOf returns the notice of a fixed route.
func (e *Engine) noticeOf(question spsbot.Question, decision spsbot.Decision) reply.Notice {
	switch decision.Route {
	case spsbot.RouteEmergency:
		if question.Place.Surface == spsbot.SurfaceMessageCommand { // somebody else's words
			return helpingNotice(decision.Crisis)
		}
		return crisisNotice(decision.Crisis)
	case spsbot.RouteDosing:
		return reply.Dosing
	case spsbot.RoutePersonal:
		return reply.Personal
	case spsbot.RouteMisuse:
		return reply.Misuse
	case spsbot.RouteSupport:
		return reply.Support
	case spsbot.RouteSmalltalk:
		return smalltalkNotice(e.smalltalk.Kind(question.Text))
	case spsbot.RouteOutOfScope:
		return reply.OutOfScope
	case spsbot.RouteLanguage:
		return reply.Language
	case spsbot.RouteNoSource, spsbot.RouteAnswer:
	}
	return reply.NoSource
}

func crisisNotice(crisis spsbot.Crisis) reply.Notice {
	switch crisis {
	case spsbot.CrisisSelfHarm:
		return reply.EmergencySelfHarm
	case spsbot.CrisisPoison:
		return reply.EmergencyPoison
	case spsbot.CrisisViolence:
		return reply.EmergencyViolence
	case spsbot.CrisisMedical:
	}
	return reply.EmergencyMedical
}

func helpingNotice(crisis spsbot.Crisis) reply.Notice {
	switch crisis {
	case spsbot.CrisisSelfHarm:
		return reply.HelpingSelfHarm
	case spsbot.CrisisPoison:
		return reply.HelpingPoison
	case spsbot.CrisisViolence:
		return reply.HelpingViolence
	case spsbot.CrisisMedical:
	}
	return reply.HelpingMedical
}

func smalltalkNotice(talk spsbot.Smalltalk) reply.Notice {
	switch talk {
	case spsbot.SmalltalkHello:
		return reply.Hello
	case spsbot.SmalltalkThanks:
		return reply.Thanks
	case spsbot.SmalltalkPrivacy:
		return reply.Privacy
	case spsbot.SmalltalkEmpty:
		return reply.Empty
	case spsbot.SmalltalkAbout:
	}
	return reply.About
}

// keep writes a checked answer into the record.
func keep(record *spsbot.Record, checked verify.Checked) {
	for _, sentence := range checked.Sentences() {
		if sentence.Text != verify.Withheld {
			record.Sentences = append(record.Sentences, spsbot.RecordSentence{Text: sentence.Text, Citations: sentence.Citations})
		}
	}
	for _, citation := range checked.Citations() {
		source := citation.Source
		record.Citations = append(record.Citations, spsbot.RecordCitation{
			N: citation.N, Source: source.ID, Title: source.Title, Publisher: source.Publisher, URL: source.URL,
			Kind: source.Kind, Reviewed: source.Reviewed, Commercial: source.Commercial,
			Passage: citation.Passage, Heading: citation.Heading, Quote: citation.Quote,
		})
	}
	record.Withheld = checked.Withheld()
}
