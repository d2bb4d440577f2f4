package review

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"spsbot"
	"spsbot/internal/keyring"
)

// batch is how many records are read at a time.
const batch = 200

// Reader reads the answer log and cannot write it.
type Reader struct {
	store Scanner
	keys  *keyring.Keyring
}

// NewReader returns a reader over a store and a keyring.
func NewReader(store Scanner, keys *keyring.Keyring) Reader { return Reader{store: store, keys: keys} }

// Filter selects exchanges; a zero field selects all.
type Filter struct {
	// Since and Until bound the time of logging: Since <= at < Until.
	Since, Until time.Time
	Route        spsbot.Route
	// Server is a Discord id.
	Server string
	Status spsbot.Status
	// Feedback selects exchanges of which at least one reader said this.
	Feedback spsbot.Verdict
	// Text selects exchanges in whose question, turns, reply or feedback it
	// stands, whatever its case. What was forgotten is not found.
	Text string
	// Newest gives the newest first, else the oldest.
	Newest bool
	// Limit is the most that are given, 0 for all.
	Limit int
}

// List gives the exchanges that a filter selects.
func (r Reader) List(ctx context.Context, filter Filter) iter.Seq2[spsbot.Exchange, error] {
	return func(yield func(spsbot.Exchange, error) bool) {
		query := spsbot.EntryQuery{
			Kind: kindRecord, Since: filter.Since, Until: filter.Until,
			Route: filter.Route, Server: filter.Server, Newest: filter.Newest, Limit: batch,
		}
		given := 0
		for {
			records, err := collect(r.store.Scan(ctx, query))
			if err != nil {
				yield(spsbot.Exchange{}, fmt.Errorf("list the log: %w", err))
				return
			}
			exchanges, err := r.exchanges(ctx, records)
			if err != nil {
				yield(spsbot.Exchange{}, fmt.Errorf("list the log: %w", err))
				return
			}
			for _, exchange := range exchanges {
				if !filter.matches(exchange) {
					continue
				}
				given++
				if !yield(exchange, nil) || given == filter.Limit {
					return
				}
			}
			if len(records) < batch {
				return
			}
			query.Beyond = records[len(records)-1].Number
		}
	}
}

// Get returns one exchange by its reference, or by the id of its question.
// spsbot.ErrUnknown when there is none.
func (r Reader) Get(ctx context.Context, reference string) (spsbot.Exchange, error) {
	query := spsbot.EntryQuery{Subjects: []string{reference, r.Reference(reference)}, Kind: kindRecord, Limit: 1}
	records, err := collect(r.store.Scan(ctx, query))
	if err != nil {
		return spsbot.Exchange{}, fmt.Errorf("read %s from the log: %w", reference, err)
	}
	exchanges, err := r.exchanges(ctx, records)
	if err != nil {
		return spsbot.Exchange{}, fmt.Errorf("read %s from the log: %w", reference, err)
	}
	if len(exchanges) == 0 {
		return spsbot.Exchange{}, fmt.Errorf("read %s from the log: %w", reference, spsbot.ErrUnknown)
	}
	return exchanges[0], nil
}

// exchanges joins records with what followed them, in the order of the records.
// A record that was appended twice counts once.
func (r Reader) exchanges(ctx context.Context, records []spsbot.Entry) ([]spsbot.Exchange, error) {
	if len(records) == 0 {
		return nil, nil
	}
	var subjects []string
	for _, record := range records {
		subjects = append(subjects, record.Subject)
	}
	of := map[string][]spsbot.Entry{}
	for entry, err := range r.store.Scan(ctx, spsbot.EntryQuery{Subjects: subjects}) {
		if err != nil {
			return nil, err
		}
		of[entry.Subject] = append(of[entry.Subject], entry)
	}
	var exchanges []spsbot.Exchange
	for _, record := range records {
		first := slices.IndexFunc(of[record.Subject], func(e spsbot.Entry) bool { return e.Kind == kindRecord })
		if first < 0 || of[record.Subject][first].Number != record.Number {
			continue
		}
		exchange, err := r.fold(record, of[record.Subject])
		if err != nil {
			return nil, err
		}
		exchanges = append(exchanges, exchange)
	}
	return exchanges, nil
}

// fold makes one exchange of all entries about one question.
func (r Reader) fold(record spsbot.Entry, entries []spsbot.Entry) (spsbot.Exchange, error) {
	exchange := spsbot.Exchange{Reference: record.Subject, At: record.At, Status: spsbot.StatusLogged}
	for _, entry := range entries {
		open, sealed, err := r.open(entry)
		forgotten := errors.Is(err, spsbot.ErrForgotten)
		if err != nil && !forgotten {
			return spsbot.Exchange{}, err
		}
		switch entry.Kind {
		case kindRecord:
			if entry.Number == record.Number && open.Record != nil {
				exchange.Record, exchange.Forgotten = join(*open.Record, sealed), forgotten
			}
		case kindShown:
			if len(sealed.Shown) == len(open.Shown) {
				open.Shown = sealed.Shown
			}
			exchange.Shown = append(exchange.Shown, open.Shown...)
		case kindFeedback:
			if open.Feedback != nil {
				open.Feedback.Asker, open.Feedback.Text = sealed.Asker, sealed.Text
				exchange.Feedback = append(exchange.Feedback, *open.Feedback)
			}
		case kindEvent:
			if open.Event != nil {
				exchange.Events = append(exchange.Events, *open.Event)
			}
		}
		if entry.Status != "" {
			exchange.Status = spsbot.Status(entry.Status)
		}
	}
	// The followers were stored without the id, which is the record's.
	for i := range exchange.Feedback {
		exchange.Feedback[i].ID = exchange.Record.Question.ID
	}
	for i := range exchange.Events {
		exchange.Events[i].ID = exchange.Record.Question.ID
	}
	return exchange, nil
}

func collect(entries iter.Seq2[spsbot.Entry, error]) ([]spsbot.Entry, error) {
	var all []spsbot.Entry
	for entry, err := range entries {
		if err != nil {
			return nil, err
		}
		all = append(all, entry)
	}
	return all, nil
}

// statusAfter is the status to which an event leads, empty when it leads to none.
func statusAfter(kind spsbot.EventKind) spsbot.Status {
	switch kind {
	case spsbot.EventRemoved:
		return spsbot.StatusRemoved
	case spsbot.EventWithdrawn:
		return spsbot.StatusWithdrawn
	case spsbot.EventUnsent:
		return spsbot.StatusUnsent
	case spsbot.EventEdited, spsbot.EventDeleted, spsbot.EventAlerted:
	}
	return ""
}

func (f Filter) matches(exchange spsbot.Exchange) bool {
	if f.Status != "" && f.Status != exchange.Status {
		return false
	}
	said := func(feedback spsbot.Feedback) bool { return feedback.Verdict == f.Feedback }
	if f.Feedback != "" && !slices.ContainsFunc(exchange.Feedback, said) {
		return false
	}
	return f.Text == "" || f.finds(exchange)
}

func (f Filter) finds(exchange spsbot.Exchange) bool {
	texts := append([]string{exchange.Record.Question.Text, exchange.Record.Text}, exchange.Record.Question.Turns...)
	for _, feedback := range exchange.Feedback {
		texts = append(texts, feedback.Text)
	}
	wanted := strings.ToLower(f.Text)
	return slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(strings.ToLower(text), wanted) })
}
