package main

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestHealthAsksTheBotOnThisComputer(t *testing.T) {
	for listen, want := range map[string]string{
		"127.0.0.1:8080": "http://127.0.0.1:8080/healthz",
		":8080":          "http://127.0.0.1:8080/healthz",
		"0.0.0.0:80":     "http://127.0.0.1:80/healthz",
		"[::]:80":        "http://[::1]:80/healthz",
		"10.0.0.7:9000":  "http://10.0.0.7:9000/healthz",
	} {
		if got, err := healthAddress(listen); err != nil || got != want {
			t.Errorf("%s: %s, %v", listen, got, err)
		}
	}
	if _, err := healthAddress("8080"); err == nil {
		t.Error("a port alone is taken for an address")
	}
}

func TestHealthEndsWithAStatus(t *testing.T) {
	status := http.StatusOK
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/healthz" {
			t.Errorf("asked for %s", r.URL.Path)
		}
		w.WriteHeader(status)
	}))
	defer server.Close()
	t.Setenv("SPSBOT_LISTEN", strings.TrimPrefix(server.URL, "http://"))
	ask := func(wantStatus int, want string) {
		t.Helper()
		var out bytes.Buffer
		if got := run(context.Background(), []string{"health"}, streams{out: &out, err: &out}); got != wantStatus || !strings.Contains(out.String(), want) {
			t.Errorf("ended with %d and says %s", got, &out)
		}
	}
	ask(exitDone, "ok")
	status = http.StatusServiceUnavailable
	ask(exitFailed, "not well: it answers 503")
	server.Close()
	ask(exitFailed, "does not answer")
}
