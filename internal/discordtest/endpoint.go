package discordtest

import (
	"context"
	"time"
)

// DeliverTo posts interactions to an address from now on, signed, instead of
// dispatching them over the gateway; an empty address goes back to the gateway.
func (f *Fake) DeliverTo(address string) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.endpoint = address
}

// VerifyEndpoint does what Discord does when an operator saves the address: it
// sends a PING, which has to be answered by type 1, and one with a wrong
// signature, which has to be refused with 401.
func (f *Fake) VerifyEndpoint(ctx context.Context, address string) error {
	return f.verifyEndpoint(ctx, address)
}

// Delivery is one signed request to the bot, for tests of the signature check.
type Delivery struct {
	// Body is the JSON; a PING when empty.
	Body []byte
	// Age is subtracted from the timestamp: a replayed request is an old one.
	Age time.Duration
	// Forged signs with another key, Unsigned leaves the headers out, Altered
	// changes the body after signing.
	Forged, Unsigned, Altered bool
}

// Deliver posts a delivery and returns status and body of the answer.
func (f *Fake) Deliver(ctx context.Context, address string, delivery Delivery) (int, []byte, error) {
	return f.deliver(ctx, address, delivery)
}
