package route

import (
	"fmt"

	"spsbot"
	"spsbot/prompts"
)

// sets are the classes that the code, rather than a rule, looks for. Which
// classes those are stands beside the rules.
type sets struct {
	// field puts a message into the bot's field, topic does so where nothing
	// of another field is named.
	field, topic classSet
	// doseAsked asks for an amount or schedule, substance is what can be
	// taken, noDose makes an amount harmless: a price, a number of people.
	doseAsked, substance, noDose classSet
	// person is somebody in particular, general a question about nobody in
	// particular, self the person who writes or somebody close.
	person, general, self classSet
	// taking says that something is taken, aboutBot asks about the bot.
	taking, aboutBot classSet
	// polite closes a conversation, safe says that there is no danger.
	polite, safe classSet
	// request marks a sentence that asks for something without a question mark.
	request classSet
	// goesOn begins a message that leans on the one before it.
	goesOn classSet
	// past tells of something that is over.
	past classSet
	// signs are the classes that speak for a route.
	signs map[spsbot.Route]classSet
}

// newSets collects the sets.
func newSets(x *lexicon, rules prompts.RouteRules) (sets, error) {
	var s sets
	for name, set := range map[string]*classSet{
		"field": &s.field, "topic": &s.topic, "dose_asked": &s.doseAsked, "substance": &s.substance, "no_dose": &s.noDose,
		"person": &s.person, "general": &s.general, "self": &s.self, "taking": &s.taking, "about_bot": &s.aboutBot,
		"polite": &s.polite, "safe": &s.safe, "request": &s.request, "goes_on": &s.goesOn, "past": &s.past,
	} {
		classes, ok := rules.Sets[name]
		if !ok {
			return sets{}, fmt.Errorf("no set %q", name)
		}
		var err error
		if *set, err = x.set(classes); err != nil {
			return sets{}, fmt.Errorf("set %s: %w", name, err)
		}
	}
	s.signs = map[spsbot.Route]classSet{}
	for route, classes := range rules.Signs {
		set, err := x.set(classes)
		if err != nil {
			return sets{}, fmt.Errorf("signs of %s: %w", route, err)
		}
		s.signs[route] = set
	}
	return s, nil
}

// crisisClasses returns for each kind of emergency the classes of its rules.
func crisisClasses(rules []rule) map[spsbot.Crisis]classSet {
	classes := map[spsbot.Crisis]classSet{}
	for i := range rules {
		if kind := rules[i].Crisis; kind != "" {
			set := classes[kind]
			set.join(rules[i].all[0])
			classes[kind] = set
		}
	}
	return classes
}
