package review

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"spsbot"
)

// The statuses of a server's marks.
const (
	serverLeft   = "left"
	serverJoined = "joined"
)

// Mine returns everything that the log holds of one person: their questions
// with the replies, and the feedback that they gave on others' replies, without
// the others' words.
func (r Reader) Mine(ctx context.Context, asker string) ([]spsbot.Exchange, error) {
	handle, ok := r.keys.Handle(asker)
	if !ok {
		return nil, nil
	}
	entries, err := collect(r.store.Scan(ctx, spsbot.EntryQuery{Person: handle}))
	if err != nil {
		return nil, fmt.Errorf("collect a person's records: %w", err)
	}
	var mine []spsbot.Exchange
	for seen := map[string]bool{}; len(entries) > 0; entries = entries[1:] {
		subject := entries[0].Subject
		if seen[subject] {
			continue
		}
		seen[subject] = true
		exchange, err := r.Get(ctx, subject)
		if errors.Is(err, spsbot.ErrUnknown) { // the record's time was over before the feedback's
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("collect a person's records: %w", err)
		}
		mine = append(mine, onlyOf(exchange, asker))
	}
	return mine, nil
}

// onlyOf takes other people's words out of an exchange.
func onlyOf(exchange spsbot.Exchange, asker string) spsbot.Exchange {
	if exchange.Record.Question.Asker != asker {
		exchange.Record, _ = split(exchange.Record)
		exchange.Shown, exchange.Events = nil, nil
		for i := range exchange.Feedback {
			exchange.Feedback[i].ID = ""
		}
	}
	exchange.Feedback = slices.DeleteFunc(exchange.Feedback, func(f spsbot.Feedback) bool { return f.Asker != asker })
	return exchange
}

// Forget makes a person's words and pseudonym unreadable for good, in every
// copy of the log, and returns from how many entries their handle was taken.
// The key is destroyed first: if the rest fails, nothing of the person can be
// read any more, and only the random handle still shows which entries belong together.
func (l *Log) Forget(ctx context.Context, asker string) (int, error) {
	handle, err := l.keys.Forget(asker)
	if err != nil || handle == "" {
		return 0, err
	}
	count, err := l.store.Disown(ctx, handle)
	if err != nil {
		return 0, fmt.Errorf("forget a person: %w", err)
	}
	return count, nil
}

// RemoveServer notes that the bot was removed from a server: Sweep deletes its
// records 30 days later, unless KeepServer is called before.
func (l *Log) RemoveServer(ctx context.Context, server string, at time.Time) error {
	return l.markServer(ctx, server, serverLeft, at)
}

// KeepServer notes that the bot is in a server. It is meant to be called
// whenever Discord says so, and writes only when the server had been left.
func (l *Log) KeepServer(ctx context.Context, server string, at time.Time) error {
	return l.markServer(ctx, server, serverJoined, at)
}

func (l *Log) markServer(ctx context.Context, server, status string, at time.Time) error {
	if server == "" {
		return errors.New("mark a server: it has no id")
	}
	marks, err := collect(l.store.Scan(ctx, spsbot.EntryQuery{Kind: kindServer, Server: server, Newest: true, Limit: 1}))
	if err != nil {
		return fmt.Errorf("mark a server: %w", err)
	}
	last := serverJoined // as long as nothing is known
	if len(marks) > 0 {
		last = marks[0].Status
	}
	if last == status {
		return nil
	}
	entry := spsbot.Entry{Subject: kindServer, Kind: kindServer, At: at, Server: server, Status: status}
	return l.append(ctx, entry, stored{}, "", private{})
}

// Swept says what a sweep took away.
type Swept struct {
	// Entries were over the retention, ServerEntries those of servers that the bot left.
	Entries, ServerEntries int
	// Keys are those of people of whom nothing is left.
	Keys int
}

// Sweep deletes what must not be kept any longer. It is meant to be called once a day.
func (l *Log) Sweep(ctx context.Context, now time.Time) (Swept, error) {
	var swept Swept
	var err error
	if swept.Entries, err = l.store.Erase(ctx, spsbot.EntryQuery{Until: now.Add(-l.retention)}); err != nil {
		return swept, fmt.Errorf("sweep the log: %w", err)
	}
	left, err := l.serversLeft(ctx, now.Add(-serverGrace))
	if err != nil {
		return swept, fmt.Errorf("sweep the log: %w", err)
	}
	for _, server := range left {
		count, err := l.store.Erase(ctx, spsbot.EntryQuery{Server: server})
		if err != nil {
			return swept, fmt.Errorf("sweep the log: %w", err)
		}
		swept.ServerEntries += count
	}
	// A key that was used within the last day may belong to an entry that is
	// just being written.
	swept.Keys, err = l.keys.Prune(now.Add(-24*time.Hour), func(handle string) (bool, error) {
		entries, err := collect(l.store.Scan(ctx, spsbot.EntryQuery{Person: handle, Limit: 1}))
		return len(entries) > 0, err
	})
	if err != nil {
		return swept, fmt.Errorf("sweep the log: %w", err)
	}
	return swept, nil
}

// serversLeft returns the servers that the bot left before a time and did not join again.
func (l *Log) serversLeft(ctx context.Context, before time.Time) ([]string, error) {
	last := map[string]spsbot.Entry{}
	for mark, err := range l.store.Scan(ctx, spsbot.EntryQuery{Kind: kindServer}) {
		if err != nil {
			return nil, err
		}
		last[mark.Server] = mark
	}
	var left []string
	for server, mark := range last {
		if mark.Status == serverLeft && mark.At.Before(before) {
			left = append(left, server)
		}
	}
	slices.Sort(left)
	return left, nil
}
