// Package review keeps the answer log: what was asked, what was replied and
// why, what readers said of it. It appends and never changes; words of people
// stand in it encrypted, each person's under a key of their own, so that
// forgetting a person means to destroy one key. It must never answer, send or
// judge anything, and must never write words or ids of a person outside the
// sealed part of an entry.
//
// What a log entry says in the clear: time, server, surface, route, locale,
// settings, versions, passages and scores, the reply as sent, timings, verdicts,
// and where in a server the reply stands, so that it can still be withdrawn.
// What it seals: the question's id, text, earlier turns, author, channel,
// message and time of writing, the reasons for the route (they repeat words of
// the question), the text of feedback, and where a reply stands in a direct message.
package review

import (
	"context"
	"encoding/base32"
	"errors"
	"fmt"
	"iter"
	"time"

	"spsbot"
	"spsbot/internal/keyring"
)

// Times that things are kept.
const (
	// DefaultRetention is how long records are kept unless set otherwise.
	DefaultRetention = 180 * 24 * time.Hour
	// serverGrace is how long the records of a server outlast the bot's removal from it.
	serverGrace = 30 * 24 * time.Hour
)

// Scanner is what reading the log needs of a store.
type Scanner interface {
	Scan(ctx context.Context, query spsbot.EntryQuery) iter.Seq2[spsbot.Entry, error]
}

// Store is what keeping the log needs of a store.
type Store interface {
	Scanner
	Append(ctx context.Context, entries ...spsbot.Entry) error
	Erase(ctx context.Context, query spsbot.EntryQuery) (int, error)
	Disown(ctx context.Context, person string) (int, error)
}

// Log is the answer log. It is safe for concurrent use.
type Log struct {
	Reader
	store     Store
	retention time.Duration
}

// New returns the log over a store and a keyring. A retention of 0 is DefaultRetention.
func New(store Store, keys *keyring.Keyring, retention time.Duration) *Log {
	if retention == 0 {
		retention = DefaultRetention
	}
	return &Log{Reader: Reader{store: store, keys: keys}, store: store, retention: retention}
}

// Reference returns the name in the log of the question with an id: fit for an
// apology, and no way back to a message or a person.
func (r Reader) Reference(id string) string {
	sum := r.keys.Hash("reference", id)
	letters := base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").EncodeToString(sum[:10])
	return letters[:4] + "-" + letters[4:8] + "-" + letters[8:12]
}

// Entry returns the entry that logs a record, for a store that appends it
// together with something else (Settle). The record needs Question.ID and
// Question.Asker.
func (l *Log) Entry(record spsbot.Record, at time.Time) (spsbot.Entry, error) {
	if record.Question.ID == "" || record.Question.Asker == "" {
		return spsbot.Entry{}, errors.New("log a record: it needs a question with id and asker")
	}
	open, private := split(record)
	entry := spsbot.Entry{
		Subject: l.Reference(record.Question.ID), Kind: kindRecord, At: at,
		Server: record.Question.Place.Server, Route: record.Route, Status: string(spsbot.StatusLogged),
	}
	if err := l.seal(&entry, stored{Record: &open}, record.Question.Asker, private); err != nil {
		return spsbot.Entry{}, fmt.Errorf("log a record: %w", err)
	}
	return entry, nil
}

// Append logs a record. It is durable when Append returns.
func (l *Log) Append(ctx context.Context, record spsbot.Record, at time.Time) error {
	entry, err := l.Entry(record, at)
	if err != nil {
		return err
	}
	if err := l.store.Append(ctx, entry); err != nil {
		return fmt.Errorf("log a record: %w", err)
	}
	return nil
}

// Shown adds where the parts of a reply stand. spsbot.ErrUnknown when the
// question was not logged.
func (l *Log) Shown(ctx context.Context, id string, shown ...spsbot.Shown) error {
	entry, asker, err := l.follow(ctx, id, kindShown)
	if err != nil || len(shown) == 0 {
		return err
	}
	entry.At, entry.Status = shown[len(shown)-1].At, string(spsbot.StatusShown)
	open := make([]spsbot.Shown, len(shown))
	copy(open, shown)
	var sealed private
	if entry.Server == "" { // in a direct message the channel is as good as a name
		sealed.Shown = shown
		for i := range open {
			open[i].Channel, open[i].Message = "", ""
		}
	}
	return l.append(ctx, entry, stored{Shown: open}, asker, sealed)
}

// Feedback adds what a reader says. spsbot.ErrUnknown when the question was not
// logged. The reader may be another person than the one who asked.
func (l *Log) Feedback(ctx context.Context, feedback spsbot.Feedback) error {
	if !feedback.Verdict.Valid() || feedback.Asker == "" {
		return errors.New("log feedback: it needs an asker and a verdict")
	}
	entry, _, err := l.follow(ctx, feedback.ID, kindFeedback)
	if err != nil {
		return err
	}
	entry.At = feedback.At
	sealed := private{Asker: feedback.Asker, Text: feedback.Text}
	asker := feedback.Asker
	feedback.ID, feedback.Asker, feedback.Text = "", "", ""
	return l.append(ctx, entry, stored{Feedback: &feedback}, asker, sealed)
}

// Event adds what happened later. spsbot.ErrUnknown when the question was not logged.
func (l *Log) Event(ctx context.Context, event spsbot.Event) error {
	if !event.Kind.Valid() {
		return fmt.Errorf("log an event: there is no kind %q", event.Kind)
	}
	entry, _, err := l.follow(ctx, event.ID, kindEvent)
	if err != nil {
		return err
	}
	entry.At, entry.Status = event.At, string(statusAfter(event.Kind))
	event.ID = ""
	return l.append(ctx, entry, stored{Event: &event}, "", private{})
}

// follow begins an entry about a question that was logged, and returns the
// asker, empty when forgotten.
func (l *Log) follow(ctx context.Context, id, kind string) (spsbot.Entry, string, error) {
	query := spsbot.EntryQuery{Subjects: []string{l.Reference(id)}, Kind: kindRecord, Limit: 1}
	for record, err := range l.store.Scan(ctx, query) {
		if err != nil {
			return spsbot.Entry{}, "", fmt.Errorf("log %s: find the record: %w", kind, err)
		}
		_, sealed, err := l.open(record)
		if err != nil && !errors.Is(err, spsbot.ErrForgotten) {
			return spsbot.Entry{}, "", fmt.Errorf("log %s: read the record: %w", kind, err)
		}
		return spsbot.Entry{Subject: record.Subject, Kind: kind, Server: record.Server, Route: record.Route}, sealed.Asker, nil
	}
	return spsbot.Entry{}, "", fmt.Errorf("log %s: the question: %w", kind, spsbot.ErrUnknown)
}

func (l *Log) append(ctx context.Context, entry spsbot.Entry, open stored, asker string, sealed private) error {
	if err := l.seal(&entry, open, asker, sealed); err != nil {
		return fmt.Errorf("log %s: %w", entry.Kind, err)
	}
	if err := l.store.Append(ctx, entry); err != nil {
		return fmt.Errorf("log %s: %w", entry.Kind, err)
	}
	return nil
}
