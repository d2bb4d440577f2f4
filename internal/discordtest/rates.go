package discordtest

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// bucket is the limit of one route.
type bucket struct {
	used int
	ends time.Time
}

// Limits of Discord that are counted.
const (
	globalPerSecond = 50
	mostInvalid     = 10_000
	invalidWindow   = 10 * time.Minute
)

// admit counts a request and decides whether it is carried out: the token, the
// limits, the faults that come before. It reports whether it was answered.
func (f *Fake) admit(w http.ResponseWriter, c *call) bool {
	f.mutex.Lock()
	if f.ledger.requests == nil {
		f.ledger.requests = map[string]int{}
	}
	f.ledger.requests[c.route]++
	f.countGlobal(c)
	if agent := c.Header.Get("User-Agent"); !strings.HasPrefix(agent, "DiscordBot (") {
		f.violate("user_agent", c.route, fmt.Sprintf("Discord wants one that begins with \"DiscordBot (\", got %q", agent))
	}
	if !c.isInteraction() && c.route != "GET /gateway" && c.Header.Get("Authorization") != "Bot "+f.options.Token {
		f.mutex.Unlock()
		f.answer(w, c, reply{}, &refusal{http.StatusUnauthorized, 0, "401: Unauthorized"})
		return true
	}
	limited, wait, global := f.limited(c)
	fault, struck := f.strike(c.place(), BadGateway, ServerError, SlowBefore, DroppedBefore)
	f.mutex.Unlock()
	if limited {
		f.tooMany(w, c, wait, global)
		return true
	}
	return struck && f.failBefore(w, c, fault)
}

func (c *call) place() FaultPlace { return FaultPlace{Method: c.Method, Path: c.path} }

// failBefore applies a fault that comes before the request is carried out.
func (f *Fake) failBefore(w http.ResponseWriter, c *call, fault Fault) bool {
	switch fault.Kind { //nolint:exhaustive // strike was asked for these kinds
	case SlowBefore:
		return !f.sleep(fault.Wait)
	case DroppedBefore:
		drop(w)
	case ServerError:
		f.answer(w, c, reply{}, &refusal{http.StatusInternalServerError, 0, "500: Internal Server Error"})
	default:
		badGateway(w)
	}
	return true
}

// spoil applies a fault that comes after the request was carried out.
func (f *Fake) spoil(w http.ResponseWriter, c *call) bool {
	f.mutex.Lock()
	fault, struck := f.strike(c.place(), BadGatewayApplied, SlowAfter, DroppedAfter, MalformedAnswer)
	f.mutex.Unlock()
	if !struck {
		return false
	}
	switch fault.Kind { //nolint:exhaustive // strike was asked for these kinds
	case SlowAfter:
		return !f.sleep(fault.Wait)
	case DroppedAfter:
		drop(w)
	case MalformedAnswer:
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"id": "12`)) // whoever asked may be gone
	default:
		badGateway(w)
	}
	return true
}

// badGateway answers as the proxy before Discord does.
func badGateway(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/html")
	w.WriteHeader(http.StatusBadGateway)
	_, _ = w.Write([]byte("<html><head><title>502 Bad Gateway</title></head></html>")) // whoever asked may be gone
}

// drop cuts the connection without an answer.
func drop(w http.ResponseWriter) {
	hijacker, possible := w.(http.Hijacker)
	if !possible {
		return
	}
	if line, _, err := hijacker.Hijack(); err == nil {
		_ = line.Close() // it is to be gone
	}
}

// countGlobal counts requests outside interactions by the second.
func (f *Fake) countGlobal(c *call) {
	if c.isInteraction() {
		return
	}
	now := time.Now()
	if now.Sub(f.ledger.window) >= time.Second {
		f.ledger.window, f.ledger.inWindow = now, 0
	}
	if f.ledger.inWindow++; f.ledger.inWindow == globalPerSecond+1 {
		f.violate("rate", c.route, fmt.Sprintf("more than %d requests in a second outside interactions", globalPerSecond))
	}
}

// limited reports whether a limit stops the request, for how long, and whether
// it is the global one.
func (f *Fake) limited(c *call) (limited bool, wait time.Duration, global bool) {
	if fault, struck := f.strike(c.place(), RouteLimited, GlobalLimited); struck {
		global = fault.Kind == GlobalLimited
		if global && !c.isInteraction() {
			f.ledger.held = time.Now().Add(fault.Wait)
		}
		return true, fault.Wait, global
	}
	if left := time.Until(f.ledger.held); left > 0 && !c.isInteraction() {
		return true, left, true
	}
	if f.options.RouteLimit == 0 || c.isInteraction() {
		return false, 0, false
	}
	b := f.bucket(c)
	if b.used >= f.options.RouteLimit {
		return true, time.Until(b.ends), false
	}
	b.used++
	return false, 0, false
}

// bucket returns the one of a route: each channel and guild has its own.
func (f *Fake) bucket(c *call) *bucket {
	if f.ledger.buckets == nil {
		f.ledger.buckets = map[string]*bucket{}
	}
	key := c.bucketName()
	b := f.ledger.buckets[key]
	if b == nil || time.Now().After(b.ends) {
		b = &bucket{ends: time.Now().Add(f.options.RouteWindow)}
		f.ledger.buckets[key] = b
	}
	return b
}

func (c *call) bucketName() string {
	name := c.route
	if parts := strings.SplitN(strings.TrimPrefix(c.path, "/"), "/", 3); len(parts) > 1 && (parts[0] == "channels" || parts[0] == "guilds") {
		name += " " + parts[1]
	}
	return name
}

// bucketHeaders says how much is left of the route's limit.
func (f *Fake) bucketHeaders(header http.Header, c *call) {
	if f.options.RouteLimit == 0 || c == nil || c.isInteraction() {
		return
	}
	b := f.bucket(c)
	f.limitHeaders(header, c, f.options.RouteLimit, f.options.RouteLimit-b.used, time.Until(b.ends))
}

func (f *Fake) limitHeaders(header http.Header, c *call, limit, remaining int, after time.Duration) {
	header.Set("X-RateLimit-Bucket", fmt.Sprintf("%x", c.bucketName()))
	header.Set("X-RateLimit-Limit", strconv.Itoa(limit))
	header.Set("X-RateLimit-Remaining", strconv.Itoa(remaining))
	header.Set("X-RateLimit-Reset-After", seconds(after))
	header.Set("X-RateLimit-Reset", fmt.Sprintf("%.3f", float64(f.now().Add(after).UnixMilli())/1000))
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.3f", max(d, 0).Seconds()) }

// tooMany answers 429. The one of a route has the headers of its bucket; the
// global one has Retry-After, in whole seconds as HTTP wants it, and no more.
func (f *Fake) tooMany(w http.ResponseWriter, c *call, wait time.Duration, global bool) {
	f.mutex.Lock()
	f.countInvalid(http.StatusTooManyRequests)
	if !global {
		f.limitHeaders(w.Header(), c, max(f.options.RouteLimit, 1), 0, wait)
		w.Header().Set("X-RateLimit-Scope", "user")
	}
	f.mutex.Unlock()
	w.Header().Set("Retry-After", strconv.Itoa(int((wait+time.Second-1)/time.Second)))
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusTooManyRequests)
	_, _ = w.Write(encode(object{"message": "You are being rate limited.", "retry_after": max(wait, 0).Seconds(), "global": global})) // whoever asked may be gone
}

// countInvalid counts the answers for which Discord bans who gets too many.
func (f *Fake) countInvalid(status int) {
	if status != http.StatusUnauthorized && status != http.StatusForbidden && status != http.StatusTooManyRequests {
		return
	}
	if now := f.now(); now.Sub(f.ledger.invalidAt) >= invalidWindow {
		f.ledger.invalidAt, f.ledger.invalid = now, 0
	}
	if f.ledger.invalid++; f.ledger.invalid == mostInvalid {
		f.violate("invalid_requests", "all", fmt.Sprintf("%d answers 401, 403 or 429 in ten minutes: Discord would ban the bot", mostInvalid))
	}
}
