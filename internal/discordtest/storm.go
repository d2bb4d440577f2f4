package discordtest

import (
	"math/rand/v2"
	"time"
)

// Storm is a random schedule of faults: at every turn it does one thing to the
// gateway or switches one fault of the REST interface on until the next turn.
type Storm struct {
	// Seed makes the schedule repeatable.
	Seed uint64
	// Every is the mean time between two turns, 500 ms when zero.
	Every time.Duration
	// Chance is the share of requests and events that a fault befalls, 0.05 when zero.
	Chance float64
	// Kinds are the faults to choose from; all but LostEvent, CloseOnIdentify and
	// SilentHello when empty.
	Kinds []FaultKind
	// Codes are close codes for the gateway to choose from, 4000 and 1006 (a cut
	// without a frame) when empty.
	Codes []int
}

// StartStorm begins a storm; the returned function ends it and takes its faults away.
func (f *Fake) StartStorm(storm Storm) (stop func()) {
	storm.fill()
	chance := rand.New(rand.NewPCG(storm.Seed, 1)) //nolint:gosec // the schedule is to be repeatable
	quit, done := make(chan struct{}), make(chan struct{})
	if !f.enter() {
		return func() {}
	}
	defer f.running.Done()
	blowing := f.background(func() {
		defer close(done)
		for f.blow(storm, chance, quit) {
		}
	})
	if !blowing {
		return func() {}
	}
	return func() {
		close(quit)
		<-done
	}
}

// blow takes one turn and reports whether there is a next one.
func (f *Fake) blow(storm Storm, chance *rand.Rand, quit <-chan struct{}) bool {
	injected := f.turn(storm, chance)
	if injected != nil {
		defer injected.Remove()
	}
	timer := time.NewTimer(time.Duration(chance.ExpFloat64() * float64(storm.Every)))
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-quit:
	case <-f.ending.Done():
	}
	return false
}

func (s *Storm) fill() {
	if s.Every == 0 {
		s.Every = 500 * time.Millisecond
	}
	if s.Chance == 0 {
		s.Chance = 0.05
	}
	if len(s.Kinds) == 0 {
		s.Kinds = []FaultKind{
			RouteLimited, GlobalLimited, BadGatewayApplied, BadGateway, ServerError, SlowBefore, SlowAfter, DroppedBefore, DroppedAfter,
			MalformedAnswer, ReconnectFirst, InvalidSession, Unacknowledged, DuplicatedEvent, LateEvent, UnknownComponent, MalformedEvent,
		}
	}
	if len(s.Codes) == 0 {
		s.Codes = []int{4000, 1006}
	}
}

// turn does one random thing.
func (f *Fake) turn(storm Storm, chance *rand.Rand) *Injected {
	switch pick := chance.IntN(len(storm.Kinds) + 3); pick {
	case len(storm.Kinds):
		f.Reconnect()
	case len(storm.Kinds) + 1:
		f.CloseGateway(storm.Codes[chance.IntN(len(storm.Codes))])
	case len(storm.Kinds) + 2: // fair weather
	default:
		fault := Fault{
			Kind: storm.Kinds[pick], Chance: storm.Chance,
			Wait: time.Duration(chance.IntN(1000)) * time.Millisecond, Resumable: chance.IntN(2) == 0,
		}
		if fault.Kind == ReconnectFirst || fault.Kind == InvalidSession || fault.Kind == Unacknowledged {
			fault.Chance, fault.Times = 0, 1 // they are rare by themselves
		}
		return f.Inject(fault)
	}
	return nil
}
