package discordtest

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// DeliverTo posts interactions to an address from now on, signed, instead of
// dispatching them over the gateway; an empty address goes back to the gateway.
func (f *Fake) DeliverTo(address string) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.endpoint = address
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
	body := delivery.Body
	if len(body) == 0 {
		body = f.ping()
	}
	at := strconv.FormatInt(f.Now().Add(-delivery.Age).Unix(), 10)
	key := f.private
	if delivery.Forged {
		_, other, err := ed25519.GenerateKey(rand.Reader)
		if err != nil {
			return 0, nil, fmt.Errorf("make another key: %w", err)
		}
		key = other
	}
	signature := hex.EncodeToString(ed25519.Sign(key, append([]byte(at), body...)))
	if delivery.Altered {
		body = append(bytes.Clone(body), ' ')
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return 0, nil, fmt.Errorf("deliver an interaction: %w", err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", "Discord-Interactions/1.0 (+https://discord.com)")
	if !delivery.Unsigned {
		request.Header.Set("X-Signature-Ed25519", signature)
		request.Header.Set("X-Signature-Timestamp", at)
	}
	answer, err := f.poster.Do(request)
	if err != nil {
		return 0, nil, fmt.Errorf("deliver an interaction: %w", err)
	}
	defer func() { _ = answer.Body.Close() }() // it was read
	read, err := io.ReadAll(io.LimitReader(answer.Body, longestBody))
	if err != nil {
		return 0, nil, fmt.Errorf("read the answer to an interaction: %w", err)
	}
	return answer.StatusCode, read, nil
}

func (f *Fake) ping() []byte {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return encode(object{
		"id": f.id(), "application_id": f.world.application, "type": 1, "token": "ping", "version": 1,
		"user": f.userJSON(f.world.application), "entitlements": []any{}, "authorizing_integration_owners": object{}, "app_permissions": "0",
	})
}

// VerifyEndpoint does what Discord does when an operator saves the address: it
// sends a PING, which has to be answered by type 1, and one with a wrong
// signature, which has to be refused with 401.
func (f *Fake) VerifyEndpoint(ctx context.Context, address string) error {
	status, body, err := f.Deliver(ctx, address, Delivery{})
	if err != nil {
		return err
	}
	var pong callbackBody
	if err := json.Unmarshal(body, &pong); status != http.StatusOK || err != nil || pong.Type != callbackPong {
		return fmt.Errorf("the PING was answered with %d and %q", status, abridged(string(body)))
	}
	if status, _, err = f.Deliver(ctx, address, Delivery{Forged: true}); err != nil {
		return err
	}
	if status != http.StatusUnauthorized {
		return fmt.Errorf("a forged PING was answered with %d instead of 401", status)
	}
	return nil
}

// post delivers an interaction in the background and takes the response from
// the answer, if it comes in time.
func (f *Fake) post(a *Action, address string, payload object) {
	body := encode(payload)
	f.background(func() {
		ctx, cancel := context.WithTimeout(f.ending, f.options.AckWithin)
		defer cancel()
		status, answer, err := f.Deliver(ctx, address, Delivery{Body: body})
		var response callbackBody
		if err == nil && status == http.StatusOK {
			err = json.Unmarshal(answer, &response)
		}
		schema := f.compare(a, status, answer)
		f.mutex.Lock()
		defer f.mutex.Unlock()
		if schema != nil {
			f.violate("openapi", postedRoute, schema.Error())
		}
		f.take(a, status, response, answer, err)
	})
}

// compare checks a response by the OpenAPI document, as if it came over REST.
func (f *Fake) compare(a *Action, status int, answer []byte) error {
	if f.options.Schema == nil || status != http.StatusOK {
		return nil
	}
	return f.options.Schema(http.MethodPost, "/interactions/"+a.ID+"/"+a.Token+"/callback", answer)
}

// postedRoute stands for the route where the response came as an answer.
const postedRoute = "the answer to a posted interaction"

// take applies the answer to a posted interaction.
func (f *Fake) take(a *Action, status int, response callbackBody, answer []byte, err error) {
	if status == http.StatusAccepted || a.callback != 0 {
		return // it was, or is to be, answered over REST
	}
	if err == nil && status != http.StatusOK {
		err = fmt.Errorf("status %d", status)
	}
	if err != nil {
		a.refused = true
		a.touch()
		f.touch()
		return
	}
	c := &call{route: postedRoute, body: answer}
	if err := f.respond(c, a, response); err != nil {
		f.violate("limits", postedRoute, err.Error())
		a.refused = true
		a.touch()
		return
	}
	c.write.Method, c.write.Path, c.write.Body = http.MethodPost, postedRoute, answer
	f.write(*c.write)
}
