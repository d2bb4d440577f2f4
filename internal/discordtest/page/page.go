// Package page shows the conversations of a fake Discord in a browser and lets
// anybody take part: ask, press buttons, fill in forms, write to the bot
// directly. It works without scripts, by keyboard and with a screen reader. It
// is for rehearsals on one's own computer: it knows no passwords, so it must
// never listen on a public address or show a real conversation.
package page

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"spsbot/internal/discordtest"
)

//go:embed page.html parts.html style.css
var files embed.FS

// Options say what the page begins with.
type Options struct {
	// Home is the channel that is shown first, Viewer who looks at it.
	Home   discordtest.Channel
	Viewer discordtest.User
	// Patience is how long a press or a message waits for the bot before the
	// page is shown again; 2 s when zero.
	Patience time.Duration
}

// page serves one fake.
type page struct {
	Options
	fake      *discordtest.Fake
	templates *template.Template

	mutex  sync.Mutex
	modals map[string]discordtest.Modal // open forms by the person's id
}

// Handler returns the web page of a fake.
func Handler(fake *discordtest.Fake, options Options) (http.Handler, error) {
	if options.Patience == 0 {
		options.Patience = 2 * time.Second
	}
	p := &page{Options: options, fake: fake, modals: map[string]discordtest.Modal{}}
	var err error
	if p.templates, err = template.ParseFS(files, "*.html"); err != nil {
		return nil, fmt.Errorf("read the page's templates: %w", err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, p.address(p.Home, p.Viewer), http.StatusSeeOther)
	})
	mux.HandleFunc("GET /style.css", func(w http.ResponseWriter, r *http.Request) { http.ServeFileFS(w, r, files, "style.css") })
	mux.HandleFunc("GET /channels/{channel}", p.show)
	mux.HandleFunc("GET /direct", p.direct)
	for name, do := range p.actions() {
		mux.HandleFunc("POST /channels/{channel}/"+name, func(w http.ResponseWriter, r *http.Request) { p.act(w, r, do) })
	}
	return http.NewCrossOriginProtection().Handler(withHeaders(mux)), nil
}

// withHeaders lets the browser load nothing but the page's own style.
func withHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Referrer-Policy", "no-referrer")
		next.ServeHTTP(w, r)
	})
}

func (p *page) address(c discordtest.Channel, viewer discordtest.User) string {
	return "/channels/" + c.ID + "?as=" + viewer.ID + "#latest"
}

// visit is a request by somebody to a channel.
type visit struct {
	*http.Request
	viewer  discordtest.User
	channel discordtest.Channel
}

// visit finds out who looks where; it answers when that is nobody or nowhere.
func (p *page) visit(w http.ResponseWriter, r *http.Request) (visit, bool) {
	if err := r.ParseForm(); err != nil {
		http.Error(w, "This form could not be read.", http.StatusBadRequest)
		return visit{}, false
	}
	viewer, known := p.fake.User(r.Form.Get("as"))
	if !known {
		viewer = p.Viewer
	}
	channel, found := p.fake.Channel(r.PathValue("channel"))
	if !found {
		http.Error(w, "There is no such channel.", http.StatusNotFound)
		return visit{}, false
	}
	return visit{r, viewer, channel}, true
}

func (p *page) show(w http.ResponseWriter, r *http.Request) {
	if v, found := p.visit(w, r); found {
		p.render(w, http.StatusOK, p.view(v))
	}
}

// direct leads to the person's conversation with the bot.
func (p *page) direct(w http.ResponseWriter, r *http.Request) {
	viewer, known := p.fake.User(r.FormValue("as"))
	if !known {
		viewer = p.Viewer
	}
	to := p.address(p.fake.DirectChannel(viewer), viewer)
	http.Redirect(w, r, to, http.StatusSeeOther) //nolint:gosec // it begins with a slash and holds ids of the fake's own
}

func (p *page) render(w http.ResponseWriter, status int, view view) {
	var out bytes.Buffer
	if err := p.templates.ExecuteTemplate(&out, "page.html", view); err != nil {
		http.Error(w, "This page could not be made: "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(out.Bytes()) // the browser may be gone
}

// deed is something that a person does on the page.
type deed func(v visit) (*discordtest.Action, error)

// act does something, waits a moment for what the bot does, and shows the channel.
func (p *page) act(w http.ResponseWriter, r *http.Request, do deed) {
	v, found := p.visit(w, r)
	if !found {
		return
	}
	action, err := do(v)
	if err == nil && action != nil {
		if err = action.Err(); err == nil {
			err = p.await(r.Context(), v, action)
		}
	}
	view := p.view(v)
	switch {
	case err != nil:
		view.Problem = sentence(err.Error())
		p.render(w, http.StatusUnprocessableEntity, view)
	case action != nil && action.Kind == discordtest.KindAutocomplete:
		p.render(w, http.StatusOK, p.suggestions(view, v, action))
	default:
		to := p.address(p.target(v, action), v.viewer)
		http.Redirect(w, r, to, http.StatusSeeOther) //nolint:gosec // it begins with a slash and holds ids of the fake's own
	}
}

// target is where the person is taken: a new post has a channel of its own.
func (p *page) target(v visit, action *discordtest.Action) discordtest.Channel {
	if action != nil && action.Channel.ID != "" {
		return action.Channel
	}
	return v.channel
}

// await waits until the bot answered or opened a form. That it takes longer is
// no fault: the page comes again by itself.
func (p *page) await(ctx context.Context, v visit, action *discordtest.Action) error {
	ctx, cancel := context.WithTimeout(ctx, p.patience(action))
	defer cancel()
	if action.Kind == discordtest.KindAutocomplete {
		_, err := action.WaitChoices(ctx)
		return err
	}
	if action.Token == "" {
		_, _ = action.WaitReply(ctx) // a message may stay without a reply
		return nil
	}
	switch kind, err := action.WaitAck(ctx); {
	case err != nil && action.Failed():
		return discordtest.ErrFailed
	case kind == modalOpened:
		modal, err := action.WaitModal(ctx)
		p.open(v.viewer, modal)
		return err
	}
	_, _ = action.WaitReply(ctx) // it may take longer
	return nil
}

// patience is how long to wait for the bot: not long where it may well stay silent.
func (p *page) patience(action *discordtest.Action) time.Duration {
	const brief = 500 * time.Millisecond
	addressed := action.Channel.Type == discordtest.DirectChannel || slices.Contains(action.Message().Pings, p.fake.Bot().ID)
	if action.Kind == discordtest.KindEdit || action.Kind == discordtest.KindMessage && !addressed {
		return min(brief, p.Patience)
	}
	return p.Patience
}

// modalOpened is Discord's number of the response that opens a form.
const modalOpened = 9

func (p *page) open(viewer discordtest.User, modal discordtest.Modal) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.modals[viewer.ID] = modal
}

func (p *page) modal(viewer discordtest.User) *discordtest.Modal {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if modal, is := p.modals[viewer.ID]; is {
		return &modal
	}
	return nil
}

func (p *page) shut(viewer discordtest.User) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	delete(p.modals, viewer.ID)
}

// sentence makes an error readable: a capital, a full stop.
func sentence(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + strings.TrimSuffix(text[1:], ".") + "."
}
