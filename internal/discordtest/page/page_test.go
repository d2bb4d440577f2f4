package page_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"go.uber.org/goleak"

	"spsbot/internal/discordtest"
	"spsbot/internal/discordtest/page"
)

const disclaimer = "Please see your doctor."

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// rehearsal is a fake with a bot and the page over it.
type rehearsal struct {
	t         *testing.T
	fake      *discordtest.Fake
	server    *httptest.Server
	client    *http.Client
	help      discordtest.Channel
	ana, luis discordtest.User
}

func rehearse(t *testing.T) *rehearsal {
	t.Helper()
	fake := discordtest.New(t, nil, discordtest.Options{
		Disclaimer: discordtest.EndsWith(disclaimer),
		Exempt: func(_ discordtest.Message, trigger discordtest.Trigger) bool {
			return trigger.Kind == discordtest.KindModal
		},
	})
	guild := fake.NewGuild("Community")
	r := &rehearsal{t: t, fake: fake, help: fake.NewChannel(guild, "help", discordtest.TextChannel)}
	fake.NewChannel(guild, "questions", discordtest.ForumChannel)
	r.ana = fake.NewMember(guild, "Ana")
	r.luis = fake.SetLocale(fake.NewMember(guild, "Luis", fake.NewRole(guild, "moderators", discordtest.ManageGuild)), "es-ES")
	handler, err := page.Handler(fake, page.Options{Home: r.help, Viewer: r.ana, Patience: 5 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	r.server = httptest.NewServer(handler)
	r.client = r.server.Client()
	t.Cleanup(r.server.Close)
	startBot(t, fake)
	return r
}

// startBot connects a small bot with discordgo.
func startBot(t *testing.T, fake *discordtest.Fake) {
	t.Helper()
	session, err := discordgo.New("Bot " + fake.Token())
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: fake.Transport(), Timeout: 20 * time.Second}
	session.Client, session.StateEnabled = client, false
	session.Identify.Intents = discordgo.IntentsGuilds | discordgo.IntentsGuildMessages | discordgo.IntentsDirectMessages
	session.AddHandler(func(s *discordgo.Session, i *discordgo.InteractionCreate) {
		if err := s.InteractionRespond(i.Interaction, respond(i)); err != nil {
			t.Errorf("respond: %v", err)
		}
	})
	session.AddHandler(func(s *discordgo.Session, m *discordgo.MessageCreate) {
		if m.Author.Bot || len(m.Mentions) == 0 && m.GuildID != "" {
			return
		}
		send := &discordgo.MessageSend{Content: "Good to hear from you. " + disclaimer, AllowedMentions: quiet(), Reference: m.Reference()}
		if _, err := s.ChannelMessageSendComplex(m.ChannelID, send); err != nil {
			t.Errorf("reply: %v", err)
		}
	})
	if err := session.Open(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := session.Close(); err != nil {
			t.Logf("close the session: %v", err)
		}
		client.CloseIdleConnections()
	})
	permission := int64(discordgo.PermissionManageGuild)
	_, err = session.ApplicationCommandBulkOverwrite(fake.Bot().ID, "", []*discordgo.ApplicationCommand{
		{
			Name: "ask", Description: "Ask a question", NameLocalizations: &map[discordgo.Locale]string{discordgo.SpanishES: "preguntar"},
			Options: []*discordgo.ApplicationCommandOption{{
				Type: discordgo.ApplicationCommandOptionString, Name: "question", Description: "Your question", Required: true, Autocomplete: true,
			}},
		},
		{Name: "settings", Description: "Settings of the server", DefaultMemberPermissions: &permission},
		{Name: "Check", Type: discordgo.MessageApplicationCommand},
	})
	if err != nil {
		t.Fatal(err)
	}
}

func quiet() *discordgo.MessageAllowedMentions {
	return &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}
}

const answerText = "**Short answer:** It may help some people. [1]\n\n- one *line*\n- <b>another</b> line\n\n" +
	"[1] [A source](https://example.org/source), 2021 \\*not emphasis\\*\n-# small print\n" + disclaimer

// respond answers whatever was done.
func respond(i *discordgo.InteractionCreate) *discordgo.InteractionResponse {
	message := func(text string, flags discordgo.MessageFlags) *discordgo.InteractionResponse {
		return &discordgo.InteractionResponse{Type: discordgo.InteractionResponseChannelMessageWithSource, Data: &discordgo.InteractionResponseData{
			Content: text, Flags: flags, AllowedMentions: quiet(),
		}}
	}
	switch i.Type {
	case discordgo.InteractionApplicationCommandAutocomplete:
		return &discordgo.InteractionResponse{Type: discordgo.InteractionApplicationCommandAutocompleteResult, Data: &discordgo.InteractionResponseData{
			Choices: []*discordgo.ApplicationCommandOptionChoice{{Name: "What is it?", Value: "What is it?"}},
		}}
	case discordgo.InteractionMessageComponent:
		if i.MessageComponentData().CustomID == "wrong" {
			return &discordgo.InteractionResponse{Type: discordgo.InteractionResponseModal, Data: &discordgo.InteractionResponseData{
				CustomID: "report", Title: "What is not right?", Components: []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{
					discordgo.TextInput{CustomID: "what", Label: "In your words", Style: discordgo.TextInputParagraph, Required: true},
				}}},
			}}
		}
		return message("The passage. "+disclaimer, discordgo.MessageFlagsEphemeral)
	case discordgo.InteractionModalSubmit:
		return message("Thank you for telling us.", discordgo.MessageFlagsEphemeral)
	case discordgo.InteractionPing, discordgo.InteractionApplicationCommand:
	}
	answer := message(answerText, 0)
	answer.Data.Embeds = []*discordgo.MessageEmbed{{Title: "Sources", Fields: []*discordgo.MessageEmbedField{{Name: "[1] A source", Value: "Reviewed 2021"}}}}
	answer.Data.Components = []discordgo.MessageComponent{
		discordgo.ActionsRow{Components: []discordgo.MessageComponent{
			discordgo.Button{Label: "Passages", CustomID: "passages", Style: discordgo.SecondaryButton},
			discordgo.Button{Label: "Not right", CustomID: "wrong", Style: discordgo.SecondaryButton},
		}},
	}
	return answer
}

// fetch gets or posts, follows to where that leads, and returns the page.
func (r *rehearsal) fetch(method, path string, form url.Values) (int, string) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 15*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, r.server.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		r.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := r.client.Do(request)
	if err != nil {
		r.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }() // it was read
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

// do posts a form to the channel as somebody and wants to see texts afterwards.
func (r *rehearsal) do(who discordtest.User, deed string, form url.Values, wants ...string) string {
	r.t.Helper()
	form.Set("as", who.ID)
	status, body := r.fetch("POST", "/channels/"+r.help.ID+"/"+deed, form)
	if status != http.StatusOK {
		r.t.Errorf("%s: status %d", deed, status)
	}
	for _, want := range wants {
		if !strings.Contains(body, want) {
			r.t.Errorf("%s: the page lacks %q:\n%s", deed, want, body)
		}
	}
	return body
}

func TestOneCanTakePart(t *testing.T) {
	t.Parallel()
	r := rehearse(t)
	if status, body := r.fetch("GET", "/", nil); status != http.StatusOK || !strings.Contains(body, "Nobody has written here yet") {
		t.Fatalf("status %d:\n%s", status, body)
	}
	r.do(r.ana, "suggest", url.Values{"command": {"ask"}, "suggest": {"question"}, "option.question": {"wh"}},
		`name="pick.question" value="What is it?"`, `value="wh"`)
	r.do(r.ana, "command", url.Values{"command": {"ask"}, "pick.question": {"What is it?"}},
		"Ana used /ask", "<strong>Short answer:</strong>", "<li>one <em>line</em></li>", "&lt;b&gt;another&lt;/b&gt;", `<a href="https://example.org/source"`,
		"*not emphasis*", `<p class="small">small print</p>`, "<h4>Sources</h4>", `value="passages"`)
	answer := r.fake.Visible(r.help, r.ana)[0]
	about := func(key, value string) url.Values { return url.Values{"message": {answer.ID}, key: {value}} }
	r.do(r.ana, "press", about("button", "passages"), "The passage.", "Only you can see this message.")
	if body := r.do(r.luis, "say", url.Values{"text": {"hello"}, "mention": {"yes"}}, "Good to hear from you.", "/preguntar", "/settings"); strings.Contains(body, "The passage.") {
		t.Error("Luis sees what is for Ana alone")
	}
	r.do(r.ana, "press", about("button", "wrong"), "What is not right?", "In your words")
	r.do(r.ana, "submit", url.Values{"field.what": {"the date"}}, "Thank you for telling us.")
	r.do(r.ana, "check", about("command", "Check"), "Short answer")
	r.do(r.ana, "say", url.Values{"text": {"and then?"}, "reply": {answer.ID}}, "In reply to", "spsbot: Short answer: It may help some people.", "Good to hear")
	mine := r.fake.Say(r.ana, r.help, "a typing eror").Message()
	r.do(r.ana, "edit", url.Values{"message": {mine.ID}, "text": {"an error"}}, "an error", "changed")
	if body := r.do(r.ana, "delete", url.Values{"message": {mine.ID}}); strings.Contains(body, "an error</p>") {
		t.Error("the message is still there")
	}
	if _, body := r.fetch("GET", "/direct?as="+r.ana.ID, nil); !strings.Contains(body, "Direct messages with spsbot") {
		t.Errorf("no direct messages:\n%s", body)
	}
}

func TestProblemsAreSaid(t *testing.T) {
	t.Parallel()
	r := rehearse(t)
	for name, test := range map[string]struct {
		path, want string
		form       url.Values
		status     int
	}{
		"no such channel":  {"/channels/1/say", "no such channel", url.Values{"text": {"x"}}, http.StatusNotFound},
		"an empty message": {"/channels/" + r.help.ID + "/say", "The message is empty.", url.Values{}, http.StatusUnprocessableEntity},
		"no such command":  {"/channels/" + r.help.ID + "/command", "No command", url.Values{"command": {"nothing"}}, http.StatusUnprocessableEntity},
		"no such message":  {"/channels/" + r.help.ID + "/press", "The message is gone.", url.Values{}, http.StatusUnprocessableEntity},
		"no form":          {"/channels/" + r.help.ID + "/submit", "no longer open", url.Values{}, http.StatusUnprocessableEntity},
	} {
		if status, body := r.fetch("POST", test.path, test.form); status != test.status || !strings.Contains(body, test.want) {
			t.Errorf("%s: status %d:\n%s", name, status, body)
		}
	}
}

func TestOtherSitesCannotPost(t *testing.T) {
	t.Parallel()
	r := rehearse(t)
	request, err := http.NewRequestWithContext(context.Background(), http.MethodPost, r.server.URL+"/channels/"+r.help.ID+"/say", strings.NewReader("text=x"))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Origin", "https://elsewhere.example")
	answer, err := r.client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close() // only its status counts
	if answer.StatusCode != http.StatusForbidden {
		t.Errorf("status %d, want it to be refused", answer.StatusCode)
	}
}
