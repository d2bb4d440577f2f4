package bot

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"
)

// Limits of the interactions endpoint.
const (
	// longestInteraction bounds the body of an interaction, in bytes.
	longestInteraction = 1 << 20
	// answerWithin is how long the response waits for the first answer: Discord
	// gives three seconds, of which the way takes a part.
	answerWithin = 2500 * time.Millisecond
	// mostSkew is how far the time of a signature may be from ours: a request
	// that was listened to must not be used again later.
	mostSkew = 5 * time.Minute
)

// errAnswered says that the first answer was given already.
var errAnswered = errors.New("the interaction was answered already, or its time is over")

// InteractionsHandler serves the interactions that Discord posts, for an
// application with this public key (64 hexadecimal digits).
func (b *Bot) InteractionsHandler(publicKey string) (http.Handler, error) {
	key, err := hex.DecodeString(publicKey)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return nil, fmt.Errorf("the public key of the application is none")
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b.serveInteraction(w, r, key)
	}), nil
}

func (b *Bot) serveInteraction(w http.ResponseWriter, r *http.Request, key ed25519.PublicKey) {
	if r.Method != http.MethodPost {
		http.Error(w, "post interactions here", http.StatusMethodNotAllowed)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, longestInteraction)
	if !fresh(r.Header.Get("X-Signature-Timestamp"), time.Now()) || !discordgo.VerifyInteraction(r, key) {
		http.Error(w, "the signature is not Discord's", http.StatusUnauthorized)
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, "the body could not be read", http.StatusBadRequest)
		return
	}
	var kind struct {
		Type int `json:"type"`
	}
	if err := json.Unmarshal(body, &kind); err != nil {
		http.Error(w, "the body is no interaction", http.StatusBadRequest)
		return
	}
	if kind.Type == interactionPing {
		b.writeAnswer(w, []byte(`{"type":1}`))
		return
	}
	answer := newFirstAnswer()
	b.Interaction(body, answer.give)
	select {
	case data := <-answer.given:
		if data == nil {
			w.WriteHeader(http.StatusAccepted) // it was given another way
		} else {
			b.writeAnswer(w, data)
		}
		answer.taken()
	case <-r.Context().Done():
		answer.miss()
	case <-time.After(answerWithin):
		answer.miss()
		w.WriteHeader(http.StatusAccepted)
	}
}

// fresh reports whether the time of a signature, in seconds, is about now.
func fresh(timestamp string, now time.Time) bool {
	seconds, err := json.Number(timestamp).Int64()
	if err != nil {
		return false
	}
	skew := now.Sub(time.Unix(seconds, 0))
	return skew < mostSkew && skew > -mostSkew
}

func (b *Bot) writeAnswer(w http.ResponseWriter, data []byte) {
	w.Header().Set("Content-Type", "application/json")
	if _, err := w.Write(data); err != nil {
		b.Logger.Warn("the response to an interaction could not be written", "error", err)
	}
	// It has to leave before the handler ends: what follows may overtake it.
	if err := http.NewResponseController(w).Flush(); err != nil {
		b.Logger.Warn("the response to an interaction could not be sent at once", "error", err)
	}
}

// firstAnswer hands the first answer of a handler to the response that waits
// for it.
type firstAnswer struct {
	given  chan []byte
	done   chan struct{} // the response was written
	missed chan struct{} // nobody waits any more
}

func newFirstAnswer() *firstAnswer {
	return &firstAnswer{given: make(chan []byte), done: make(chan struct{}), missed: make(chan struct{})}
}

// give hands over an answer and returns when it was written.
func (a *firstAnswer) give(ctx context.Context, body []byte) error {
	select {
	case a.given <- body:
	case <-a.missed:
		return errAnswered
	case <-a.done:
		return errAnswered
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case <-a.done:
	case <-ctx.Done():
	}
	return nil
}

func (a *firstAnswer) taken() { close(a.done) }
func (a *firstAnswer) miss()  { close(a.missed) }
