// Package outbox is the only way from the program to Discord: every message,
// edit, acknowledgement and request goes through it. What a person can read is
// a part of a sealed reply; panels go to checked moderators, alerts to the one
// channel that a server chose. It keeps Discord's limits, and it must never
// mention anybody but the role of an alert, repeat a request that may have been
// carried out and would be doubled by that, or write a token to a log.
package outbox
