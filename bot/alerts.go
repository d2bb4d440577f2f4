package bot

import (
	"context"
	"slices"
	"sync"
	"time"

	"spsbot/bot/outbox"
)

// alertSpan is how long further alerts of one kind and server are gathered
// after one was sent.
const alertSpan = 2 * time.Minute

// alerter keeps moderators from a flood: the first alert goes out at once, those
// that follow within a span come together at its end.
type alerter struct {
	send  func(ctx context.Context, server string, alert outbox.Alert)
	mutex sync.Mutex
	open  map[alertKey]*gathered
}

type alertKey struct {
	server string
	kind   outbox.AlertKind
}

type gathered struct {
	until time.Time
	last  outbox.Alert
	count int
}

func newAlerter(send func(ctx context.Context, server string, alert outbox.Alert)) *alerter {
	return &alerter{send: send, open: map[alertKey]*gathered{}}
}

// add sends an alert, or keeps it for the end of the span.
func (a *alerter) add(ctx context.Context, server string, alert outbox.Alert, now time.Time) {
	key := alertKey{server, alert.Kind}
	a.mutex.Lock()
	g, waiting := a.open[key]
	if waiting {
		g.last, g.count = alert, g.count+1
		a.mutex.Unlock()
		return
	}
	a.open[key] = &gathered{until: now.Add(alertSpan)}
	a.mutex.Unlock()
	a.send(ctx, server, alert)
}

// run sends what was gathered, until the context ends.
func (a *alerter) run(ctx context.Context) {
	tick := time.NewTicker(alertSpan / 8)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			a.flush(time.Now().Add(alertSpan))
			return
		case now := <-tick.C:
			a.flush(now)
		}
	}
}

// flush sends what was gathered in spans that are over.
func (a *alerter) flush(now time.Time) {
	due := map[alertKey]gathered{}
	a.mutex.Lock()
	for key, g := range a.open {
		if now.Before(g.until) {
			continue
		}
		delete(a.open, key)
		if g.count > 0 {
			due[key] = *g
		}
	}
	a.mutex.Unlock()
	for key, g := range due {
		ctx, cancel := context.WithTimeout(context.Background(), lease)
		g.last.More = g.count - 1
		a.send(ctx, key.server, g.last)
		cancel()
	}
}

// alert tells the moderators of a question's server about it, where they want that.
func (b *Bot) alert(a asking, kind outbox.AlertKind) {
	place := a.question.Place
	if place.Server == "" || a.settings.Review == "" || !slices.Contains(a.settings.Alerts, kind) {
		return
	}
	link := outbox.Link{Server: place.Server, Channel: place.Channel, Message: place.Message}
	b.begin("an alert", lease, func(ctx context.Context) {
		b.alerts.add(ctx, place.Server, outbox.Alert{Kind: kind, Link: link}, time.Now())
	})
}

// sendAlert posts an alert in the review channel of a server.
func (b *Bot) sendAlert(ctx context.Context, server string, alert outbox.Alert) {
	settings := b.settings.of(ctx, server)
	if settings.Review == "" {
		return
	}
	alert.Channel, alert.Role = settings.Review, settings.AlertRole
	if err := b.Outbox.Alert(ctx, alert, b.Words.For(settings.Language).Alerts); err != nil {
		b.Logger.Error("moderators could not be alerted", "kind", string(alert.Kind), "error", err)
	}
}
