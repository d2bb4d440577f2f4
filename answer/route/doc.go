// Package route decides which one way a message takes: emergency, dosing,
// personal, misuse, support, smalltalk, out_of_scope, language, or answer,
// which leaves the choice between an answer and no_source to retrieval.
//
// A message is folded (disguises undone), tagged with the phrases of
// prompts/rules, judged by rules for what must never be missed and by a linear
// model that learned from prompts/routes, and seen together with the person's
// earlier messages of the conversation. What was learned is stored ahead; Open
// loads it, or learns anew where the words were changed since.
//
// The package must never answer, never keep a message, never decide by chance
// or by time: the same examples, rules and message give the same decision. The
// folded text is for matching only and must never be shown or stored.
package route
