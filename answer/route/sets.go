package route

import "spsbot"

// sets are the classes that the code, rather than a rule, looks for. Classes
// that the phrase files do not have are left out.
type sets struct {
	// field puts a message into the bot's field, topic does so where nothing
	// of another field is named; elsewhere names other fields.
	field, topic, elsewhere classSet
	// pointer points at something ("it"), health is of bodies and medicines,
	// about is said to or about the bot.
	pointer, health, about classSet
	// doseAsked asks for an amount or schedule, substance is what can be
	// taken, noDose makes an amount harmless: a price, a number of people.
	doseAsked, substance, noDose classSet
	// measure is a unit or the word dose, mayTake asks whether something may be
	// taken or mixed.
	measure, mayTake classSet
	// person is somebody in particular, general a question about nobody in particular.
	person, general classSet
	// self is the person who writes, or somebody close.
	self classSet
	// generic is a question about people in general, now is of this moment.
	generic, now classSet
	// taking says that something is taken, aboutBot asks about the bot.
	taking, aboutBot classSet
	// polite closes a conversation, safe says that there is no danger.
	polite, safe classSet
	// request marks a sentence that asks for something without a question mark.
	request classSet
	// signs are the classes that speak for a route.
	signs map[spsbot.Route]classSet
}

// newSets collects the sets.
func newSets(x *lexicon) sets {
	return sets{
		field:   x.some("field", "fieldword", "treatment"),
		topic:   x.some("symptomword", medicineClass, "trial", "treatment"),
		pointer: x.some("itref"),
		health: x.some("pill", "product", "unit", "dose", "body", "mysymptom", "resultvalue", "breath", "collapse", "seizure", "stroke",
			"chestpain", "bleed", "spasm", "fever", "selfharm", "wantdie", "violence", "tookmuch", "callhelp"),
		about:     x.some("greet", "thanks", "bye", "ack", "botq", "privacy", "inject", "abuse", "human"),
		elsewhere: x.some("offtopic", "elsewhere"),
		doseAsked: x.some("howmuch", "howoften", "dose", "missed", "changemed", "convert", "perday", "amountcheck", "mednumber", "cap"),
		substance: x.some(medicineClass, "pill", "product", "alcohol"),
		measure:   x.some("unit", "dose", "dosemask"),
		mayTake:   x.some("mayi", "mix", "limit", "cap", "take"),
		noDose:    x.some("cost", "benefitlast", "dosemask"),
		person:    x.some("rel", "third", "self", "forme", "shouldi", "diagnose", "choose"),
		generic:   x.some("general", "whatis", "trial", "medgeneral"),
		now:       x.some("now"),
		taking:    x.some("take"),
		aboutBot:  x.some("botq", "privacy"),
		self:      x.some("self", "rel", "third"),
		general:   x.some("general", "question", "whatis", "trial", "cost", "benefitlast"),
		polite:    x.some("thanks", "ack", "bye", "greet"),
		safe:      x.some("notdanger"),
		request: x.some("question", "general", "howmuch", "howoften", "mayi", "shouldi", "diagnose", "choose", "missed",
			"changemed", "inject", "human", "privacy", "botq", "whatis"),
		signs: map[spsbot.Route]classSet{
			spsbot.RouteEmergency: x.some("breath", "collapse", "seizure", "stroke", "chestpain", "bleed", "fall", "spasm", "fever",
				"pumpnow", "withdrawal", "tookmuch", "selfharm", "wantdie", "violence", "callhelp", "down", "allergy", "acutemisc", "now"),
			spsbot.RouteDosing: x.some(medicineClass, "pill", "product", "alcohol", "unit", "dose", "missed", "changemed",
				"convert", "perday", "howoften", "mix", "limit", "cap", "amountcheck", "mednumber"),
			spsbot.RoutePersonal:   x.some("shouldi", "diagnose", "choose", "forme", "activity", "resultvalue", "mysymptom"),
			spsbot.RouteMisuse:     x.some("inject", "abuse"),
			spsbot.RouteSupport:    x.some("feeling", "loneliness", "human", "death", "assisted", "notdanger"),
			spsbot.RouteSmalltalk:  x.some("greet", "thanks", "bye", "ack", "botq", "privacy"),
			spsbot.RouteOutOfScope: x.some("offtopic", "elsewhere"),
		},
	}
}

// some returns the set of those of the named classes that exist.
func (x *lexicon) some(names ...string) classSet {
	var set classSet
	for _, name := range names {
		if n, ok := x.number[name]; ok {
			set.add(n)
		}
	}
	return set
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
