package outbox

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limits of Discord (its documentation of rate limits, 2026).
const (
	// A bot may make 50 requests within any second, answers to interactions
	// aside. A bucket lets through its rate and its burst within a second, and a
	// program that was restarted has a predecessor in that second: so ours are
	// smaller.
	globalRate  = 40
	globalBurst = 4
	// invalidSpan and mostInvalid: who gets 401, 403 or 429 more than 10,000
	// times in ten minutes is banned for a while; we stop before.
	invalidSpan = 10 * time.Minute
	mostInvalid = 9_000
)

// ErrStopped says that too many requests were refused lately, so that none is
// made until that is better: more would have the bot banned.
var ErrStopped = errors.New("too many requests were refused; none is made for a while")

// limits keep requests within Discord's rates. It is safe for concurrent use.
type limits struct {
	global *rate.Limiter

	mutex       sync.Mutex
	routes      map[string]*window // those that have nothing left, or are held
	globalUntil time.Time
	invalid     int
	invalidFrom time.Time
}

// window is what is left of a route until it is filled again.
type window struct {
	remaining int
	until     time.Time
}

func newLimits() *limits {
	global := rate.NewLimiter(globalRate, globalBurst)
	global.AllowN(time.Now(), globalBurst) // begin with nothing, for the predecessor's sake
	return &limits{global: global, routes: map[string]*window{}}
}

// wait returns when a request may be made, or with the context's error.
func (l *limits) wait(ctx context.Context, route string, interaction bool) error {
	for {
		pause, err := l.reserve(route, interaction, time.Now())
		if err != nil {
			return err
		}
		if pause <= 0 {
			break
		}
		if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < pause {
			return context.DeadlineExceeded // it would be over before its turn
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
	if interaction {
		return nil
	}
	return l.global.Wait(ctx)
}

// reserve takes one request from the route's window, or says how long to wait.
func (l *limits) reserve(route string, interaction bool, now time.Time) (time.Duration, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if now.Sub(l.invalidFrom) < invalidSpan && l.invalid >= mostInvalid {
		return 0, ErrStopped
	}
	if !interaction && now.Before(l.globalUntil) {
		return l.globalUntil.Sub(now), nil
	}
	w, known := l.routes[route]
	switch {
	case !known:
	case !now.Before(w.until):
		delete(l.routes, route)
	case w.remaining <= 0:
		return w.until.Sub(now), nil
	default:
		w.remaining--
	}
	return 0, nil
}

// learn reads what an answer says about its route's limit.
func (l *limits) learn(route string, header http.Header) {
	remaining, err := strconv.Atoi(header.Get("X-RateLimit-Remaining"))
	if err != nil {
		return
	}
	after, err := strconv.ParseFloat(header.Get("X-RateLimit-Reset-After"), 64)
	if err != nil {
		return
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	until := time.Now().Add(time.Duration(after * float64(time.Second)))
	if w, known := l.routes[route]; known && w.until.After(until.Add(-time.Second)) && w.remaining < remaining {
		return // requests under way were counted already
	}
	l.routes[route] = &window{remaining: remaining, until: until}
	l.forget()
}

// mostWindows is the number of windows from which those that are over are dropped:
// every interaction has a route of its own.
const mostWindows = 2000

func (l *limits) forget() {
	if len(l.routes) < mostWindows {
		return
	}
	now := time.Now()
	for route, w := range l.routes {
		if !now.Before(w.until) || w.remaining > 0 && len(l.routes) > 2*mostWindows {
			delete(l.routes, route)
		}
	}
}

// hold stops a route, or all of them, after a limit was met.
func (l *limits) hold(route string, wait time.Duration, global bool) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	until := time.Now().Add(max(wait, 50*time.Millisecond))
	if global {
		l.globalUntil = until
		return
	}
	l.routes[route] = &window{until: until}
}

// count counts the answers that lead to a ban.
func (l *limits) count(status int, logger *slog.Logger) {
	if status != http.StatusUnauthorized && status != http.StatusForbidden && status != http.StatusTooManyRequests {
		return
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if now := time.Now(); now.Sub(l.invalidFrom) >= invalidSpan {
		l.invalidFrom, l.invalid = now, 0
	}
	if l.invalid++; l.invalid%1000 == 0 {
		logger.Warn("discord refused many requests", "in_ten_minutes", l.invalid)
	}
}

// routeOf names the route of a request for its limit and for errors: ids that
// share a limit and the tokens of interactions are left out.
func routeOf(method, path string) string {
	path, _, _ = strings.Cut(path, "?")
	parts := strings.Split(strings.Trim(path, "/"), "/")
	for i := range parts {
		switch {
		case i == 0:
		case i == 1 && (parts[0] == "channels" || parts[0] == "guilds" || parts[0] == "interactions"):
			// a major parameter has a limit of its own
		case i == 2 && parts[0] == "webhooks":
			parts[i] = "token" + fingerprint(parts[i])
		case i == 2 && parts[0] == "interactions":
			parts[i] = "token"
		case strings.Trim(parts[i], "0123456789") == "":
			parts[i] = "id"
		}
	}
	return method + " /" + strings.Join(parts, "/")
}
