package review

import (
	"encoding/json"
	"fmt"
	"reflect"
	"time"

	"spsbot"
)

// The kinds of entries.
const (
	kindRecord   = "record"
	kindShown    = "shown"
	kindFeedback = "feedback"
	kindEvent    = "event"
	kindServer   = "server"
)

// stored is the data of an entry: what is in the clear, by kind, and what is sealed.
type stored struct {
	Record   *spsbot.Record   `json:"record,omitempty"`
	Shown    []spsbot.Shown   `json:"shown,omitempty"`
	Feedback *spsbot.Feedback `json:"feedback,omitempty"`
	Event    *spsbot.Event    `json:"event,omitempty"`
	Sealed   []byte           `json:"sealed,omitempty"`
}

// private is everything by which a person could be recognised; it never stands
// in an entry but sealed.
type private struct {
	ID      string         `json:"id,omitempty"`
	Asker   string         `json:"asker,omitempty"`
	Asked   time.Time      `json:"asked,omitzero"`
	Channel string         `json:"channel,omitempty"`
	Message string         `json:"message,omitempty"`
	Text    string         `json:"text,omitempty"`
	Turns   []string       `json:"turns,omitempty"`
	Why     []string       `json:"why,omitempty"`
	Shown   []spsbot.Shown `json:"shown,omitempty"`
}

// split parts a record into what may stand in the clear and what may not.
func split(record spsbot.Record) (spsbot.Record, private) {
	q := &record.Question
	sealed := private{
		ID: q.ID, Asker: q.Asker, Asked: q.Asked, Channel: q.Place.Channel, Message: q.Place.Message,
		Text: q.Text, Turns: q.Turns, Why: record.Why,
	}
	q.ID, q.Asker, q.Asked, q.Text, q.Turns = "", "", time.Time{}, "", nil
	q.Place.Channel, q.Place.Message = "", ""
	record.Why = nil
	return record, sealed
}

// join is the inverse of split.
func join(record spsbot.Record, sealed private) spsbot.Record {
	q := &record.Question
	q.ID, q.Asker, q.Asked, q.Text, q.Turns = sealed.ID, sealed.Asker, sealed.Asked, sealed.Text, sealed.Turns
	q.Place.Channel, q.Place.Message = sealed.Channel, sealed.Message
	record.Why = sealed.Why
	return record
}

// seal writes the data of an entry. Without an asker what is private is left
// out: the person has been forgotten, or there is none.
func (l *Log) seal(entry *spsbot.Entry, open stored, asker string, sealed private) error {
	if asker != "" && !reflect.ValueOf(sealed).IsZero() {
		text, err := json.Marshal(sealed)
		if err != nil {
			return fmt.Errorf("encode an entry: %w", err)
		}
		if open.Sealed, err = l.keys.Seal(asker, text, boundTo(*entry)); err != nil {
			return err
		}
		entry.Person, _ = l.keys.Handle(asker)
	}
	data, err := json.Marshal(open)
	if err != nil {
		return fmt.Errorf("encode an entry: %w", err)
	}
	entry.Data = data
	return nil
}

// open reads the data of an entry. spsbot.ErrForgotten when the sealed part
// cannot be read any more; the rest is returned all the same.
func (r Reader) open(entry spsbot.Entry) (stored, private, error) {
	var open stored
	var sealed private
	if err := json.Unmarshal(entry.Data, &open); err != nil {
		return open, sealed, fmt.Errorf("decode entry %d: %w", entry.Number, err)
	}
	if len(open.Sealed) == 0 {
		return open, sealed, nil
	}
	text, err := r.keys.Open(open.Sealed, boundTo(entry))
	if err != nil {
		return open, sealed, fmt.Errorf("entry %d: %w", entry.Number, err)
	}
	if err := json.Unmarshal(text, &sealed); err != nil {
		return open, sealed, fmt.Errorf("decode the sealed part of entry %d: %w", entry.Number, err)
	}
	return open, sealed, nil
}

// boundTo is what a sealed part belongs to: it cannot be moved to another entry.
func boundTo(entry spsbot.Entry) []byte { return []byte(entry.Kind + " " + entry.Subject) }
