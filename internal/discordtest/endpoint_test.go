package discordtest_test

import (
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"spsbot/internal/discordtest"
)

// serveInteractions is a bot behind HTTP that answers every command at once.
func serveInteractions(t *testing.T, key string, answer string) *httptest.Server {
	t.Helper()
	public, err := hex.DecodeString(key)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !discordgo.VerifyInteraction(r, ed25519.PublicKey(public)) {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		body, err := io.ReadAll(r.Body)
		var interaction struct {
			Type int `json:"type"`
		}
		if err != nil || json.Unmarshal(body, &interaction) != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		if interaction.Type == 1 {
			_, _ = io.WriteString(w, `{"type":1}`) // the fake sees what is missing
			return
		}
		_, _ = io.WriteString(w, answer) // the fake sees what is missing
	}))
	t.Cleanup(server.Close)
	return server
}

func TestInteractionsOverHTTP(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordtest.Options{})
	server := serveInteractions(t, p.fake.PublicKey(), `{"type":4,"data":`+text("posted")+`}`)
	if err := p.fake.VerifyEndpoint(patience(t), server.URL); err != nil {
		t.Fatal(err)
	}
	for name, delivery := range map[string]discordtest.Delivery{
		"forged": {Forged: true}, "unsigned": {Unsigned: true}, "altered": {Altered: true},
	} {
		if status, _, err := p.fake.Deliver(patience(t), server.URL, delivery); err != nil || status != http.StatusUnauthorized {
			t.Errorf("%s: %d, %v", name, status, err)
		}
	}
	p.fake.DeliverTo(server.URL)
	action := p.ask()
	message, err := action.WaitReply(patience(t))
	if err != nil || !strings.HasPrefix(message.Content, "posted") {
		t.Errorf("got %+v, %v", message, err)
	}
	p.want(200, 0, "POST", p.hook(action), text("further"))
}

func TestStaleDeliveryHasAnOldTimestamp(t *testing.T) {
	t.Parallel()
	fake := newFake(t, discordtest.Options{})
	stamps := make(chan string, 1)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		stamps <- r.Header.Get("X-Signature-Timestamp")
	}))
	t.Cleanup(server.Close)
	if _, _, err := fake.Deliver(patience(t), server.URL, discordtest.Delivery{Age: time.Hour}); err != nil {
		t.Fatal(err)
	}
	if seconds, err := time.ParseDuration(<-stamps + "s"); err != nil || time.Since(time.Unix(0, 0).Add(seconds)) < 59*time.Minute {
		t.Errorf("signed %v, %v", seconds, err)
	}
}

func TestSilentEndpointFails(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordtest.Options{AckWithin: 50 * time.Millisecond})
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // only then does the server see that the other side is gone
		<-r.Context().Done()
	}))
	t.Cleanup(server.Close)
	p.fake.DeliverTo(server.URL)
	if _, err := p.ask().WaitReply(patience(t)); err == nil || !strings.Contains(err.Error(), discordtest.ErrFailed.Error()) {
		t.Errorf("got %v", err)
	}
	nobody := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(nobody.Close)
	if err := p.fake.VerifyEndpoint(patience(t), nobody.URL); err == nil {
		t.Error("an address that is no bot was taken for one")
	}
}
