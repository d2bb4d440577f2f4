package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestDemoShowsAnAnswer starts the demo as anybody would, asks by the page's
// form, and reads the reply on the page.
func TestDemoShowsAnAnswer(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	reader, writer := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"demo", "--listen", "127.0.0.1:0"}, streams{strings.NewReader(""), writer, io.Discard})
		_ = writer.Close() // a pipe closes without an error
	}()
	lines := bufio.NewScanner(reader)
	if !lines.Scan() {
		t.Fatalf("the demo said nothing; status %d", <-ended)
	}
	address := regexp.MustCompile(`http://[\d.:]+`).FindString(lines.Text())
	go func() { _, _ = io.Copy(io.Discard, reader) }()
	page, home := fetch(ctx, t, address, nil)
	form := regexp.MustCompile(`action="(/channels/\d+/command)"><input type="hidden" name="as" value="(\d+)"><input type="hidden" name="command" value="ask"`).FindStringSubmatch(page)
	if form == nil {
		t.Fatalf("no form to ask on %s", home)
	}
	fetch(ctx, t, address+form[1], url.Values{"as": {form[2]}, "command": {"ask"}, "option.question": {"What is stiff person syndrome?"}})
	for !strings.Contains(page, "not medical advice") {
		if ctx.Err() != nil {
			t.Fatal("no reply is shown")
		}
		page, _ = fetch(ctx, t, home, nil)
	}
	moderator := regexp.MustCompile(`value="(\d+)">Moderator`).FindStringSubmatch(page)
	if moderator == nil {
		t.Fatal("there is no moderator to be")
	}
	panel, _ := fetch(ctx, t, address+form[1], url.Values{"as": {moderator[1]}, "command": {"settings"}})
	if !strings.Contains(panel, "Review channel") {
		t.Errorf("the moderator does not see the settings: %s", panel)
	}
	cancel()
	if status := <-ended; status != exitDone {
		t.Errorf("the demo ended with status %d", status)
	}
}

// fetch gets a page, or posts a form, and returns the page and its address.
func fetch(ctx context.Context, t *testing.T, address string, form url.Values) (page, at string) {
	t.Helper()
	method := http.MethodGet
	if form != nil {
		method = http.MethodPost
	}
	request, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	if form != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(response.Body)
	if closed := response.Body.Close(); err == nil {
		err = closed
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(data), response.Request.URL.String()
}
