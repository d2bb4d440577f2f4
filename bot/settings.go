package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"

	"spsbot"
	"spsbot/bot/outbox"
)

// Settings are those of one server. Their JSON form is stored: a field may be
// added, but neither renamed nor given another meaning.
type Settings struct {
	// Channels are where people may ask; empty for everywhere.
	Channels []string `json:"channels,omitempty"`
	// Review is the channel for moderators, empty for none.
	Review string `json:"review,omitempty"`
	// Public are routes whose replies everybody sees, Private those that only
	// the asker sees, where they differ from the standard.
	Public  []spsbot.Route `json:"public,omitempty"`
	Private []spsbot.Route `json:"private,omitempty"`
	// NoMentions switches replies to mentions off.
	NoMentions bool `json:"no_mentions,omitempty"`
	// Threads are the forums and channels in which the first post of a new
	// thread is answered.
	Threads []string `json:"threads,omitempty"`
	// Language is that of replies to messages that do not show their own.
	Language string `json:"language,omitempty"`
	// Country is the code of the country whose numbers to call are shown.
	Country string `json:"country,omitempty"`
	// AlertRole is whom alerts mention, Alerts what they are about.
	AlertRole string             `json:"alert_role,omitempty"`
	Alerts    []outbox.AlertKind `json:"alerts,omitempty"`
	// DutyFrom and DutyUntil are the hours (UTC) at which moderators are around;
	// equal for always. DutyNote is told to people in distress at other times.
	DutyFrom  int    `json:"duty_from,omitempty"`
	DutyUntil int    `json:"duty_until,omitempty"`
	DutyNote  string `json:"duty_note,omitempty"`
	// PlainCards leaves cards away.
	PlainCards bool `json:"plain_cards,omitempty"`
}

// isPrivate is the standard: what is delicate is seen by the asker alone.
func isPrivate(route spsbot.Route) bool {
	switch route {
	case spsbot.RouteEmergency, spsbot.RouteSupport, spsbot.RouteMisuse:
		return true
	case spsbot.RouteDosing, spsbot.RoutePersonal, spsbot.RouteSmalltalk, spsbot.RouteOutOfScope,
		spsbot.RouteLanguage, spsbot.RouteNoSource, spsbot.RouteAnswer:
	}
	return false
}

// private reports whether the replies of a route are seen by the asker alone.
func (s *Settings) private(route spsbot.Route) bool {
	return slices.Contains(s.Private, route) || isPrivate(route) && !slices.Contains(s.Public, route)
}

// setPrivate makes exactly these routes private.
func (s *Settings) setPrivate(routes []spsbot.Route) {
	s.Private, s.Public = nil, nil
	for _, route := range spsbot.Routes() {
		switch chosen := slices.Contains(routes, route); {
		case chosen && !isPrivate(route):
			s.Private = append(s.Private, route)
		case !chosen && isPrivate(route):
			s.Public = append(s.Public, route)
		}
	}
}

// open reports whether people may ask in a channel; parent is the channel of a thread.
func (s *Settings) open(channel, parent string) bool {
	return len(s.Channels) == 0 || slices.Contains(s.Channels, channel) || parent != "" && slices.Contains(s.Channels, parent)
}

// offDuty reports whether moderators are away at a time.
func (s *Settings) offDuty(now time.Time) bool {
	hour := now.UTC().Hour()
	switch {
	case s.DutyFrom == s.DutyUntil:
		return false
	case s.DutyFrom < s.DutyUntil:
		return hour < s.DutyFrom || hour >= s.DutyUntil
	}
	return hour >= s.DutyUntil && hour < s.DutyFrom
}

// note returns what people in distress are told at a time; empty while
// moderators are around.
func (s *Settings) note(now time.Time) string {
	if s.offDuty(now) {
		return s.DutyNote
	}
	return ""
}

// settingsBook holds the settings of all servers, and remembers them. It is
// safe for concurrent use.
type settingsBook struct {
	values Values
	mutex  sync.Mutex
	known  map[string]Settings
}

func newSettingsBook(values Values) *settingsBook {
	return &settingsBook{values: values, known: map[string]Settings{}}
}

func settingsKey(server string) string { return "settings:" + server }

// of returns the settings of a server; those of a direct message are empty.
// Where they cannot be read the standard holds.
func (s *settingsBook) of(ctx context.Context, server string) Settings {
	if server == "" {
		return Settings{}
	}
	s.mutex.Lock()
	settings, known := s.known[server]
	s.mutex.Unlock()
	if known {
		return settings
	}
	settings, _, err := ReadSettings(ctx, s.values.Get, server)
	if err != nil {
		return Settings{}
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.known[server] = settings
	return settings
}

// ReadSettings reads the settings of a server with the Get of a store; found is
// false while nobody has changed any.
func ReadSettings(ctx context.Context, get func(ctx context.Context, key string) ([]byte, bool, error), server string) (settings Settings, found bool, err error) {
	data, found, err := get(ctx, settingsKey(server))
	if err != nil || !found {
		return settings, false, err
	}
	if err := json.Unmarshal(data, &settings); err != nil {
		return Settings{}, true, fmt.Errorf("read the settings of server %s: %w", server, err)
	}
	return settings, true, nil
}

// change applies a change to the settings of a server and stores them.
func (s *settingsBook) change(ctx context.Context, server string, change func(*Settings)) (Settings, error) {
	settings := s.of(ctx, server)
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if current, known := s.known[server]; known {
		settings = current
	}
	change(&settings)
	data, err := json.Marshal(settings)
	if err != nil {
		return settings, fmt.Errorf("write the settings: %w", err)
	}
	if err := s.values.Put(ctx, settingsKey(server), data, 0); err != nil {
		return settings, fmt.Errorf("store the settings: %w", err)
	}
	s.known[server] = settings
	return settings, nil
}
