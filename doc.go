// Package spsbot holds the types that every other package shares: the question,
// its route, the passages that may answer it, the draft, the record of what was
// said. It uses the standard library alone, knows no transport, no storage and
// no words of any disease or language, and must never import another package
// of the project.
package spsbot
