package outbox

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Options say where Discord is and as whom to speak.
type Options struct {
	// API is the address of the REST interface with its version, without a
	// slash at the end: "https://discord.com/api/v10".
	API string
	// Token is the bot's token. It is sent to API and nowhere else.
	Token string
	// HTTP carries the requests; its timeout bounds those whose context does not.
	HTTP *http.Client
	// Logger gets what goes wrong, without tokens and without what people wrote.
	Logger *slog.Logger
}

// client speaks Discord's REST interface within its limits.
type client struct {
	Options
	limits *limits
}

// request is one call.
type request struct {
	method, path string
	body         any
	file         *File
	// repeatable says that carrying it out twice changes nothing more than once.
	repeatable bool
	// interaction says that it answers an interaction, which is not counted
	// against the bot's global limit, and needs no authorisation.
	interaction bool
}

// Error is Discord's refusal of a request.
type Error struct {
	// Status is that of HTTP, Code Discord's own, 0 when there is none.
	Status, Code int
	// Message is Discord's explanation.
	Message string
}

func (e *Error) Error() string {
	return fmt.Sprintf("discord answered %d (code %d): %s", e.Status, e.Code, e.Message)
}

// Codes of Discord that callers tell apart.
const (
	codeUnknownMessage     = 10008
	codeUnknownInteraction = 10062
	codeAcknowledged       = 40060
	codeUnknownWebhook     = 10015
	codeInvalidWebhook     = 50027
)

// Gone reports whether an error says that what should be answered or changed is
// no longer there: a deleted message, an interaction whose time is over.
func Gone(err error) bool {
	var refused *Error
	if !errors.As(err, &refused) {
		return false
	}
	switch refused.Code {
	case codeUnknownMessage, codeUnknownInteraction, codeUnknownWebhook, codeInvalidWebhook:
		return true
	}
	return refused.Status == http.StatusNotFound
}

// Refused reports whether an error is Discord's final word on a request: asking
// again would not help.
func Refused(err error) bool {
	var refused *Error
	return errors.As(err, &refused) && refused.Status >= 400 && refused.Status < 500 && refused.Status != http.StatusTooManyRequests
}

// acknowledged reports whether an interaction was answered before.
func acknowledged(err error) bool {
	var refused *Error
	return errors.As(err, &refused) && refused.Code == codeAcknowledged
}

// Attempts and waits of requests that fail on Discord's side.
const (
	mostAttempts = 6
	firstPause   = 200 * time.Millisecond
	mostPause    = 5 * time.Second
)

// do carries out a request until it succeeds, is refused, may not be repeated,
// or the context ends. The answer is decoded into target unless that is nil.
func (c *client) do(ctx context.Context, r request, target any) error {
	pause := firstPause
	unsure := false // an earlier attempt may have been carried out
	for attempt := 1; ; attempt++ {
		err := c.attempt(ctx, r, target)
		if unsure && r.interaction && acknowledged(err) {
			return nil // it was carried out, and its answer was lost
		}
		var limited *limitedError
		switch {
		case err == nil || ctx.Err() != nil || attempt == mostAttempts:
			return err
		case errors.As(err, &limited): // the limits know for how long to wait
			continue
		case Refused(err):
			return err
		case !r.repeatable:
			return err
		}
		unsure = true
		select {
		case <-ctx.Done():
			return fmt.Errorf("%w (after: %w)", ctx.Err(), err)
		case <-time.After(pause):
		}
		pause = min(2*pause, mostPause)
	}
}

// attempt carries out a request once.
func (c *client) attempt(ctx context.Context, r request, target any) error {
	route := routeOf(r.method, r.path)
	if err := c.limits.wait(ctx, route, r.interaction); err != nil {
		return fmt.Errorf("%s: wait for the rate limit: %w", route, err)
	}
	body, kind, err := r.encode()
	if err != nil {
		return fmt.Errorf("%s: %w", route, err)
	}
	call, err := http.NewRequestWithContext(ctx, r.method, c.API+r.path, body)
	if err != nil {
		return fmt.Errorf("%s: %w", route, withoutAddress(err))
	}
	call.Header.Set("User-Agent", "DiscordBot (spsbot, 1)")
	if kind != "" {
		call.Header.Set("Content-Type", kind)
	}
	if !r.interaction {
		call.Header.Set("Authorization", "Bot "+c.Token)
	}
	answer, err := c.HTTP.Do(call)
	if err != nil {
		return fmt.Errorf("%s: %w", route, withoutAddress(err))
	}
	defer func() { _ = answer.Body.Close() }() // it was read; there is nothing left to lose
	return c.finish(route, answer, target)
}

// longestAnswer bounds what is read of an answer, in bytes.
const longestAnswer = 8 << 20

// finish reads the answer to a request.
func (c *client) finish(route string, answer *http.Response, target any) error {
	data, err := io.ReadAll(io.LimitReader(answer.Body, longestAnswer))
	if err != nil {
		return fmt.Errorf("%s: read the answer: %w", route, withoutAddress(err))
	}
	c.limits.learn(route, answer.Header)
	if answer.StatusCode < 300 {
		if target == nil || len(data) == 0 {
			return nil
		}
		if err := json.Unmarshal(data, target); err != nil {
			return fmt.Errorf("%s: read the answer: %w", route, err)
		}
		return nil
	}
	var said struct {
		Code       int     `json:"code"`
		Message    string  `json:"message"`
		RetryAfter float64 `json:"retry_after"`
		Global     bool    `json:"global"`
	}
	if err := json.Unmarshal(data, &said); err != nil {
		said.Message = http.StatusText(answer.StatusCode) // not every proxy answers in JSON
	}
	c.limits.count(answer.StatusCode, c.Logger)
	if answer.StatusCode == http.StatusTooManyRequests {
		wait := said.RetryAfter
		if wait == 0 {
			wait, _ = strconv.ParseFloat(answer.Header.Get("Retry-After"), 64)
		}
		global := said.Global || answer.Header.Get("X-RateLimit-Global") == "true"
		c.limits.hold(route, time.Duration(wait*float64(time.Second)), global)
		return fmt.Errorf("%s: %w", route, &limitedError{})
	}
	return fmt.Errorf("%s: %w", route, &Error{Status: answer.StatusCode, Code: said.Code, Message: said.Message})
}

// limitedError says that a rate limit was met; the request was not carried out.
type limitedError struct{}

func (*limitedError) Error() string { return "a rate limit was met" }

// encode writes the body, with a file beside it as a form.
func (r request) encode() (io.Reader, string, error) {
	if r.body == nil {
		return nil, "", nil
	}
	data, err := json.Marshal(r.body)
	if err != nil {
		return nil, "", fmt.Errorf("write the body: %w", err)
	}
	if r.file != nil {
		return r.file.form(data)
	}
	return bytes.NewReader(data), "application/json", nil
}

// withoutAddress takes the address out of an error: it may hold the token of an
// interaction, which is a credential.
func withoutAddress(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		if !strings.Contains(err.Error(), "://") {
			return err
		}
		err = inner
	}
}
