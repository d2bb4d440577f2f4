package outbox_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"spsbot/answer/reply"
	"spsbot/bot/outbox"
	"spsbot/prompts"
)

// call is a request that the server got.
type call struct {
	method, path string
	body         map[string]any
	at           time.Time
}

// server answers requests by a script and remembers them.
type server struct {
	*httptest.Server
	mutex  sync.Mutex
	calls  []call
	answer func(n int, r *http.Request) (status int, header map[string]string, body string)
}

func newServer(t *testing.T, answer func(n int, r *http.Request) (int, map[string]string, string)) *server {
	t.Helper()
	s := &server{answer: answer}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		data, _ := io.ReadAll(r.Body)
		c := call{method: r.Method, path: r.URL.Path, at: time.Now()}
		_ = json.Unmarshal(data, &c.body)
		s.mutex.Lock()
		n := len(s.calls)
		s.calls = append(s.calls, c)
		s.mutex.Unlock()
		status, header, body := s.answer(n, r)
		for name, value := range header {
			w.Header().Set(name, value)
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *server) seen() []call {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return append([]call(nil), s.calls...)
}

const sentBody = `{"id":"77","channel_id":"5"}`

func newOutbox(t *testing.T, api string, log io.Writer) *outbox.Outbox {
	t.Helper()
	words, err := prompts.LoadInterfaces(prompts.Files())
	if err != nil {
		t.Fatal(err)
	}
	return outbox.New(outbox.Options{API: api, Token: "token-of-the-bot", HTTP: &http.Client{}, Logger: slog.New(slog.NewTextHandler(log, nil))}, words)
}

func part(t *testing.T) reply.Part {
	t.Helper()
	locales, err := prompts.LoadLocales(prompts.Files())
	if err != nil {
		t.Fatal(err)
	}
	return reply.Fixed(reply.Thanks, locales.For("en"), reply.Params{}).Parts()[0]
}

func TestNobodyIsMentioned(t *testing.T) {
	s := newServer(t, func(int, *http.Request) (int, map[string]string, string) { return 200, nil, sentBody })
	out := newOutbox(t, s.URL, io.Discard)
	target := outbox.Target{Channel: "5", ReplyTo: "6", Nonce: "6-0"}
	if sent, err := out.Post(context.Background(), target, part(t), "6", outbox.Style{}); err != nil || sent.ID != "77" {
		t.Fatalf("sent %+v: %v", sent, err)
	}
	body := s.seen()[0].body
	mentions, _ := body["allowed_mentions"].(map[string]any)
	parse, isList := mentions["parse"].([]any)
	if !isList || len(parse) != 0 || mentions["replied_user"] != false || mentions["roles"] != nil {
		t.Errorf("allowed_mentions is %v", body["allowed_mentions"])
	}
	if body["nonce"] != "6-0" || body["enforce_nonce"] != true {
		t.Errorf("nonce %v, enforced %v", body["nonce"], body["enforce_nonce"])
	}
}

// A message with a nonce may be sent again, a follow-up may not: it would stand
// there twice.
func TestOnlyWhatStaysSingleIsRepeated(t *testing.T) {
	s := newServer(t, func(n int, _ *http.Request) (int, map[string]string, string) {
		if n == 0 {
			return 502, nil, "bad gateway"
		}
		return 200, nil, sentBody
	})
	out := newOutbox(t, s.URL, io.Discard)
	if _, err := out.Post(context.Background(), outbox.Target{Channel: "5", Nonce: "1-0"}, part(t), "1", outbox.Style{}); err != nil {
		t.Errorf("a message with a nonce: %v", err)
	}
	if calls := s.seen(); len(calls) != 2 {
		t.Errorf("%d requests, want 2", len(calls))
	}
	failing := newServer(t, func(int, *http.Request) (int, map[string]string, string) { return 502, nil, "bad gateway" })
	out = newOutbox(t, failing.URL, io.Discard)
	i := outbox.Interaction{ID: "1", Token: "secret-token", Application: "9"}
	if _, err := out.FollowUp(context.Background(), i, part(t), "1", outbox.Style{}); err == nil {
		t.Error("a follow-up that failed is no error")
	}
	if _, err := out.Post(context.Background(), outbox.Target{Channel: "5"}, part(t), "1", outbox.Style{}); err == nil {
		t.Error("a message without a nonce that failed is no error")
	}
	if calls := failing.seen(); len(calls) != 2 {
		t.Errorf("%d requests, want 2", len(calls))
	}
}

// The acknowledgement whose answer was lost counts as given.
func TestALostAcknowledgementIsOne(t *testing.T) {
	s := newServer(t, func(n int, _ *http.Request) (int, map[string]string, string) {
		if n == 0 {
			return 502, nil, ""
		}
		return 400, nil, `{"code":40060,"message":"Interaction has already been acknowledged."}`
	})
	out := newOutbox(t, s.URL, io.Discard)
	if err := out.Defer(context.Background(), outbox.Interaction{ID: "1", Token: "x", Application: "9"}, outbox.Style{}); err != nil {
		t.Errorf("got %v", err)
	}
	first := newServer(t, func(int, *http.Request) (int, map[string]string, string) {
		return 400, nil, `{"code":40060,"message":"Interaction has already been acknowledged."}`
	})
	out = newOutbox(t, first.URL, io.Discard)
	if err := out.Defer(context.Background(), outbox.Interaction{ID: "1", Token: "x", Application: "9"}, outbox.Style{}); err == nil {
		t.Error("an interaction that another process acknowledged is taken for ours")
	}
}

func TestARateLimitIsWaitedFor(t *testing.T) {
	for name, global := range map[string]bool{"of a route": false, "of the bot": true} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, func(n int, _ *http.Request) (int, map[string]string, string) {
				if n == 0 {
					return 429, map[string]string{"Retry-After": "2"}, `{"retry_after":2,"global":` + strconv.FormatBool(global) + `}`
				}
				return 200, nil, sentBody
			})
			out := newOutbox(t, s.URL, io.Discard)
			if _, err := out.Post(context.Background(), outbox.Target{Channel: "5"}, part(t), "1", outbox.Style{}); err != nil {
				t.Fatal(err)
			}
			other := time.Now()
			if _, err := out.Post(context.Background(), outbox.Target{Channel: "6"}, part(t), "1", outbox.Style{}); err != nil {
				t.Fatal(err)
			}
			calls := s.seen()
			if waited := calls[1].at.Sub(calls[0].at); waited < 1900*time.Millisecond || waited > 15*time.Second {
				t.Errorf("asked again after %s, want 2 s", waited)
			}
			if waited := calls[2].at.Sub(other); waited > 1500*time.Millisecond {
				t.Errorf("another channel waited %s", waited)
			}
		})
	}
}

func TestAnExhaustedRouteIsNotAsked(t *testing.T) {
	s := newServer(t, func(int, *http.Request) (int, map[string]string, string) {
		return 200, map[string]string{"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "2"}, sentBody
	})
	out := newOutbox(t, s.URL, io.Discard)
	for range 2 {
		if _, err := out.Post(context.Background(), outbox.Target{Channel: "5"}, part(t), "1", outbox.Style{}); err != nil {
			t.Fatal(err)
		}
	}
	calls := s.seen()
	if waited := calls[1].at.Sub(calls[0].at); waited < 1900*time.Millisecond {
		t.Errorf("asked again after %s, want 2 s", waited)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	begun := time.Now()
	if _, err := out.Post(ctx, outbox.Target{Channel: "5"}, part(t), "1", outbox.Style{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want a deadline", err)
	}
	if waited := time.Since(begun); waited > 1500*time.Millisecond {
		t.Errorf("the context was over and %s were waited", waited)
	}
}

func TestSecretsStayOutOfErrorsAndLogs(t *testing.T) {
	var log bytes.Buffer
	out := newOutbox(t, "http://127.0.0.1:1", &log)
	i := outbox.Interaction{ID: "1", Token: "secret-token", Application: "9"}
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	_, err := out.EditReply(ctx, i, part(t), "1", outbox.Style{})
	if err == nil {
		t.Fatal("nobody answers and there is no error")
	}
	for _, text := range []string{err.Error(), log.String()} {
		if strings.Contains(text, "secret-token") || strings.Contains(text, "token-of-the-bot") {
			t.Errorf("a token is shown: %s", text)
		}
	}
}

func TestModeratorsAreChecked(t *testing.T) {
	for permissions, want := range map[string]bool{"8": true, "32": true, "40": true, "0": false, "2048": false, "": false, "-1": false, "x": false} {
		if _, ok := outbox.CheckModerator(permissions); ok != want {
			t.Errorf("permissions %q: %v, want %v", permissions, ok, want)
		}
	}
	s := newServer(t, func(int, *http.Request) (int, map[string]string, string) { return 200, nil, `{}` })
	out := newOutbox(t, s.URL, io.Discard)
	words, err := prompts.LoadInterfaces(prompts.Files())
	if err != nil {
		t.Fatal(err)
	}
	err = out.Panel(context.Background(), outbox.Interaction{ID: "1", Token: "x"}, outbox.Moderator{}, outbox.Panel{Text: "for moderators only"}, false, words.For("en"))
	if err != nil {
		t.Fatal(err)
	}
	data, _ := s.seen()[0].body["data"].(map[string]any)
	if text, _ := data["content"].(string); text == "" || strings.Contains(text, "moderators only") {
		t.Errorf("who is no moderator saw %q", text)
	}
}

func TestAReportIsBehindASpoiler(t *testing.T) {
	s := newServer(t, func(int, *http.Request) (int, map[string]string, string) { return 200, nil, sentBody })
	out := newOutbox(t, s.URL, io.Discard)
	words, err := prompts.LoadInterfaces(prompts.Files())
	if err != nil {
		t.Fatal(err)
	}
	alert := outbox.Alert{
		Channel: "5", Role: "44", Kind: outbox.AlertFeedback, Link: outbox.Link{Server: "1", Channel: "2", Message: "3"},
		Report: "wrong || <@&99> @everyone [x](https://example.org)\n# big",
	}
	if err := out.Alert(context.Background(), alert, words.For("en").Alerts); err != nil {
		t.Fatal(err)
	}
	body := s.seen()[0].body
	text, _ := body["content"].(string)
	inside := text[strings.Index(text, "||")+2 : strings.LastIndex(text, "||")]
	for _, active := range []string{"||", "<@&99>", "@everyone", "](http"} {
		if strings.Contains(strings.NewReplacer(`\|`, "", `\<`, "", `\@`, "", `\]`, "", `\(`, "").Replace(inside), active) {
			t.Errorf("%q is alive in %q", active, inside)
		}
	}
	mentions, _ := body["allowed_mentions"].(map[string]any)
	if roles, _ := mentions["roles"].([]any); len(roles) != 1 || roles[0] != "44" {
		t.Errorf("mentions %v", mentions)
	}
}
