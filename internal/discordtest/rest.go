package discordtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"path"
	"strings"
	"time"
)

// call is one REST request.
type call struct {
	*http.Request
	route string // "POST /channels/{id}/messages"
	path  string // without /api and version
	body  []byte // the JSON, also of a form
	files []File
	write *Write // filled by whoever carries the request out
}

// refusal is an error as Discord answers it.
type refusal struct {
	status, code int
	message      string
}

func (r *refusal) Error() string { return fmt.Sprintf("%d: %s", r.code, r.message) }

// Refusals that are given in several places.
func unknown(code int, what string) *refusal {
	return &refusal{http.StatusNotFound, code, "Unknown " + what}
}

func badRequest(detail string) *refusal {
	return &refusal{http.StatusBadRequest, 50035, "Invalid Form Body: " + detail}
}

func missingAccess() *refusal { return &refusal{http.StatusForbidden, 50001, "Missing Access"} }

func missingPermissions() *refusal {
	return &refusal{http.StatusForbidden, 50013, "Missing Permissions"}
}

// reply is a successful answer; nil content answers 204.
type reply struct {
	status  int
	content any
}

func ok(content any) (reply, error) { return reply{http.StatusOK, content}, nil }

func nothing() (reply, error) { return reply{status: http.StatusNoContent}, nil }

// endpoint carries out a request, with the mutex held.
type endpoint func(c *call) (reply, error)

// routes serves everything: the gateway by its upgrade, REST by its paths.
func (f *Fake) routes() http.Handler {
	mux := http.NewServeMux()
	for _, table := range []map[string]endpoint{f.getRoutes(), f.messageRoutes(), f.channelRoutes(), f.interactionRoutes(), f.commandRoutes()} {
		for pattern, carry := range table {
			mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) { f.serve(w, r, pattern, carry) })
		}
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		f.serve(w, r, r.Method+" /unknown", func(*call) (reply, error) {
			return reply{}, &refusal{http.StatusNotFound, 0, "404: Not Found"}
		})
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !f.enter() {
			return
		}
		defer f.running.Done()
		if strings.EqualFold(r.Header.Get("Upgrade"), "websocket") {
			f.serveGateway(w, r)
			return
		}
		mux.ServeHTTP(w, withoutVersion(r))
	})
}

// withoutVersion takes "/api/v10" off the path; other versions lead nowhere.
func withoutVersion(r *http.Request) *http.Request {
	trimmed := strings.TrimPrefix(r.URL.Path, "/api")
	for _, version := range []string{"/v9/", "/v10/"} {
		if rest, found := strings.CutPrefix(trimmed, version); found {
			return withPath(r, "/"+rest)
		}
	}
	return withPath(r, "/no-such-version")
}

func withPath(r *http.Request, path string) *http.Request {
	r = r.Clone(r.Context())
	r.URL.Path, r.URL.RawPath = path, ""
	return r
}

// enter counts a request as running; false when the fake is at its end.
func (f *Fake) enter() bool {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if f.ending.Err() != nil {
		return false
	}
	f.running.Add(1)
	return true
}

// background runs something that Close waits for; false when the fake is at its
// end. Whoever calls it holds the mutex or is itself waited for.
func (f *Fake) background(do func()) bool {
	if f.ending.Err() != nil {
		return false
	}
	f.running.Go(do)
	return true
}

// sleep waits; false when the fake ends before.
func (f *Fake) sleep(wait time.Duration) bool {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-f.ending.Done():
		return false
	}
}

// serve answers one request, with checks before and faults around.
func (f *Fake) serve(w http.ResponseWriter, r *http.Request, route string, carry endpoint) {
	c, err := newCall(r, route)
	if err != nil {
		f.answer(w, c, reply{}, badRequest(err.Error()))
		return
	}
	if f.admit(w, c) {
		return
	}
	var schema error
	if f.options.Schema != nil && len(c.body) > 0 {
		schema = f.options.Schema(r.Method, c.path, c.body)
	}
	f.mutex.Lock()
	if schema != nil {
		f.violate("openapi", c.route, schema.Error())
	}
	answer, err := carry(c)
	if err == nil && c.write != nil {
		c.write.Method, c.write.Path, c.write.Body = r.Method, c.path, c.body
		f.write(*c.write)
	}
	f.mutex.Unlock()
	if f.spoil(w, c) {
		return
	}
	f.answer(w, c, answer, err)
}

// longestBody is Discord's limit of a request, in bytes.
const longestBody = 25 << 20

// newCall reads a request.
func newCall(r *http.Request, route string) (*call, error) {
	c := &call{Request: r, route: route, path: r.URL.Path}
	kind, parameters, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err == nil && kind == "multipart/form-data" {
		return c, c.readForm(multipart.NewReader(io.LimitReader(r.Body, longestBody), parameters["boundary"]))
	}
	if c.body, err = io.ReadAll(io.LimitReader(r.Body, longestBody)); err != nil {
		return c, err
	}
	if len(c.body) > 0 && kind != "application/json" {
		return c, fmt.Errorf("a body of the type %q", kind)
	}
	if len(c.body) > 0 && !json.Valid(c.body) {
		return c, errors.New("the body is no JSON")
	}
	return c, nil
}

func (c *call) readForm(form *multipart.Reader) error {
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return err
		}
		if part.FormName() == "payload_json" {
			c.body = data
			continue
		}
		c.files = append(c.files, File{Name: path.Base(part.FileName()), Size: len(data), Data: data})
	}
}

// decode reads the body.
func (c *call) decode(target any) error {
	if err := json.Unmarshal(c.body, target); err != nil {
		return badRequest(err.Error())
	}
	return nil
}

// isInteraction reports whether the request answers an interaction: it needs no
// token of the bot and is not counted against the global limit.
func (c *call) isInteraction() bool {
	return strings.HasPrefix(c.path, "/interactions/") || strings.HasPrefix(c.path, "/webhooks/")
}

// answer writes what came out.
func (f *Fake) answer(w http.ResponseWriter, c *call, answer reply, err error) {
	var refused *refusal
	if err != nil && !errors.As(err, &refused) {
		refused = badRequest(err.Error())
	}
	if refused != nil {
		answer = reply{refused.status, object{"code": refused.code, "message": refused.message}}
	}
	f.mutex.Lock()
	f.countInvalid(answer.status)
	f.bucketHeaders(w.Header(), c)
	w.Header().Set("Date", f.now().UTC().Format(http.TimeFormat))
	var body []byte
	if answer.content != nil {
		body = encode(answer.content)
	}
	f.mutex.Unlock()
	if body != nil {
		w.Header().Set("Content-Type", "application/json")
	}
	w.WriteHeader(answer.status)
	_, _ = w.Write(body) // whoever asked may be gone
}

// matches reports whether a path fits a pattern of path.Match.
func matches(pattern, name string) bool {
	fits, err := path.Match(pattern, name)
	return err == nil && fits
}
