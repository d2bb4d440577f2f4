package discordtest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"spsbot/internal/discordtest"
)

// robot is a bot that does nothing by itself: tests make it speak Discord.
type robot struct {
	t      testing.TB
	fake   *discordtest.Fake
	client *http.Client
	token  string
}

func newRobot(t testing.TB, fake *discordtest.Fake) *robot {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{}, Timeout: 10 * time.Second}
	t.Cleanup(client.CloseIdleConnections)
	return &robot{t: t, fake: fake, client: client, token: fake.Token()}
}

// answer is what REST said.
type answer struct {
	status int
	header http.Header
	body   map[string]any
	raw    string
}

func (a answer) code() int {
	code, _ := a.body["code"].(float64) // an answer without a code has none
	return int(code)
}

func (a answer) id() string {
	id, _ := a.body["id"].(string) // an answer without an id has none
	return id
}

// try makes a request with a body in JSON, or without one.
func (r *robot) try(method, path, body string) (answer, error) {
	r.t.Helper()
	var reader io.Reader
	if body != "" {
		reader = strings.NewReader(body)
	}
	request, err := http.NewRequestWithContext(context.Background(), method, r.fake.API()+path, reader)
	if err != nil {
		r.t.Fatal(err)
	}
	request.Header.Set("User-Agent", "DiscordBot (robot, 1)")
	request.Header.Set("Authorization", "Bot "+r.token)
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	got, err := r.client.Do(request)
	if err != nil {
		return answer{}, err
	}
	defer func() { _ = got.Body.Close() }() // it was read
	raw, err := io.ReadAll(got.Body)
	if err != nil {
		return answer{}, err
	}
	a := answer{status: got.StatusCode, header: got.Header, raw: string(raw)}
	if len(raw) > 0 && raw[0] == '{' {
		err = json.Unmarshal(raw, &a.body)
	}
	return a, err
}

// do makes a request that has to get an answer.
func (r *robot) do(method, path, body string) answer {
	r.t.Helper()
	a, err := r.try(method, path, body)
	if err != nil {
		r.t.Fatalf("%s %s: %v", method, path, err)
	}
	return a
}

// want makes a request and checks status and Discord's code.
func (r *robot) want(status, code int, method, path, body string) answer {
	r.t.Helper()
	a := r.do(method, path, body)
	if a.status != status || a.code() != code {
		r.t.Errorf("%s %s: got %d, code %d (%s); want %d, code %d", method, path, a.status, a.code(), a.raw, status, code)
	}
	return a
}

// text is the body of a message that is as it has to be.
func text(content string) string {
	body, err := json.Marshal(map[string]any{"content": content + " " + disclaimer, "allowed_mentions": map[string]any{"parse": []string{}}})
	if err != nil {
		return err.Error()
	}
	return string(body)
}

// respond sends the first response to an interaction.
func (r *robot) respond(status, code int, a *discordtest.Action, body string) answer {
	r.t.Helper()
	if a.Err() != nil {
		r.t.Fatalf("%s %s: %v", a.Kind, a.Name, a.Err())
	}
	return r.want(status, code, "POST", "/interactions/"+a.ID+"/"+a.Token+"/callback", body)
}

// hook is the path of an interaction's further messages.
func (r *robot) hook(a *discordtest.Action) string {
	return "/webhooks/" + r.fake.Bot().ID + "/" + a.Token
}

// register registers the commands of the tests.
func (r *robot) register() {
	r.t.Helper()
	r.want(http.StatusOK, 0, "PUT", "/applications/"+r.fake.Bot().ID+"/commands", `[
		{"name":"ask","description":"Ask a question","name_localizations":{"es-ES":"preguntar"},"contexts":[0,1,2],"integration_types":[0,1],
		 "options":[{"type":3,"name":"question","description":"Your question","required":true,"autocomplete":true,"max_length":50}]},
		{"name":"settings","description":"Settings","default_member_permissions":"32","contexts":[0],"options":[
		 {"type":1,"name":"show","description":"Show them"},
		 {"type":1,"name":"channel","description":"Set it","options":[{"type":7,"name":"where","description":"Which one","required":true}]}]},
		{"name":"Check","type":3}]`)
}

// place is a guild with a channel and a person.
type place struct {
	*robot
	guild discordtest.Guild
	help  discordtest.Channel
	ana   discordtest.User
}

func newPlace(t *testing.T, options discordtest.Options) place {
	t.Helper()
	fake := newFake(t, options)
	p := place{robot: newRobot(t, fake)}
	p.guild = fake.NewGuild("Community")
	p.help = fake.NewChannel(p.guild, "help", discordtest.TextChannel)
	p.ana = fake.NewMember(p.guild, "Ana")
	p.register()
	return p
}

func (p place) ask() *discordtest.Action {
	return p.fake.Slash(p.ana, p.help, "ask", discordtest.Values{"question": "What is it?"})
}

// wire is a gateway connection, packet by packet.
type wire struct {
	t      testing.TB
	socket *websocket.Conn
}

// packet is what the gateway sends.
type packet struct {
	Op       int            `json:"op"`
	Type     string         `json:"t"`
	Sequence int            `json:"s"`
	Data     map[string]any `json:"d"`
}

func dial(t testing.TB, fake *discordtest.Fake) *wire {
	t.Helper()
	address := "ws" + strings.TrimPrefix(fake.URL(), "http") + "/?v=10&encoding=json"
	socket, answer, err := websocket.DefaultDialer.DialContext(patience(t), address, nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close() // it is empty
	t.Cleanup(func() { _ = socket.Close() })
	if err := socket.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	return &wire{t, socket}
}

func (w *wire) send(body string) {
	w.t.Helper()
	if err := w.socket.WriteMessage(websocket.TextMessage, []byte(body)); err != nil {
		w.t.Fatal(err)
	}
}

// next reads a packet; broken JSON gives one with op -1.
func (w *wire) next() (packet, error) {
	_, data, err := w.socket.ReadMessage()
	if err != nil {
		return packet{}, err
	}
	var p packet
	var odd *json.UnmarshalTypeError
	if err := json.Unmarshal(data, &p); err != nil && !errors.As(err, &odd) { // op 9 has a truth value for data
		return packet{Op: -1, Type: string(bytes.TrimSpace(data))}, nil
	}
	return p, nil
}

// until reads up to an event.
func (w *wire) until(event string) packet {
	w.t.Helper()
	for {
		p, err := w.next()
		if err != nil {
			w.t.Fatalf("wait for %s: %v", event, err)
		}
		if p.Type == event {
			return p
		}
	}
}

// identify connects a robot to the gateway.
func identify(t testing.TB, fake *discordtest.Fake, intents string) *wire {
	t.Helper()
	w := dial(t, fake)
	w.send(`{"op":2,"d":{"token":"` + fake.Token() + `","intents":` + intents + `,"properties":{}}}`)
	return w
}
