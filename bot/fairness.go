package bot

import (
	"context"
	"strconv"
	"time"

	"spsbot"
)

// Limits are how many questions are answered within a span; 0 is no limit.
type Limits struct {
	// Person is for one person in ten minutes, Channel and Server for a place in one minute.
	Person, Channel, Server int
	// Misuse is how many attempts at misuse one person gets an answer to in ten minutes.
	Misuse int
}

// Spans of the limits.
const (
	personSpan = 10 * time.Minute
	placeSpan  = time.Minute
)

// exempt reports whether a route is answered however much somebody asks.
func exempt(route spsbot.Route) bool {
	return route == spsbot.RouteEmergency || route == spsbot.RouteSupport
}

// limited reports whether a question is over a limit, and until when. Where
// the counters cannot be read, the question is answered.
func (b *Bot) limited(ctx context.Context, q spsbot.Question, route spsbot.Route, now time.Time) (until time.Time, over bool) {
	if exempt(route) {
		return time.Time{}, false
	}
	place := q.Place
	checks := []struct {
		key   string
		limit int
		span  time.Duration
	}{
		{"person:" + q.Asker, b.Limits.Person, personSpan},
		{"channel:" + place.Channel, b.Limits.Channel, placeSpan},
		{"server:" + place.Server, b.Limits.Server, placeSpan},
	}
	if route == spsbot.RouteMisuse {
		checks[0].key, checks[0].limit = "misuse:"+q.Asker, b.Limits.Misuse
	}
	if place.Server == "" {
		checks = checks[:1] // a direct message has one person
	}
	for _, check := range checks {
		if check.limit == 0 {
			continue
		}
		begun := now.Truncate(check.span)
		key := "limit:" + check.key + ":" + strconv.FormatInt(begun.Unix(), 36)
		count, err := b.Values.Increment(ctx, key, check.span)
		if err != nil {
			b.Logger.Warn("a limit could not be counted", "error", err)
			continue
		}
		if count > int64(check.limit) {
			return begun.Add(check.span), true
		}
	}
	return time.Time{}, false
}
