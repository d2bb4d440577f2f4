package discordtest_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"spsbot/internal/discordtest"
)

func TestDeferredAnswerFollowUpAndDeletion(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordtest.Options{})
	action := p.ask()
	p.respond(204, 0, action, `{"type":5,"data":{"flags":64}}`)
	if seen := p.fake.Visible(p.help, p.ana); len(seen) != 1 || !seen[0].Loading || seen[0].EphemeralFor != p.ana.ID {
		t.Fatalf("while it thinks, Ana sees %+v", seen)
	}
	if replies := action.Replies(); len(replies) != 0 {
		t.Errorf("an answer that is not there yet counts as one: %+v", replies)
	}
	// The first further message takes the place of the one that is awaited.
	p.want(200, 0, "POST", p.hook(action), text("first"))
	second := p.want(200, 0, "POST", p.hook(action), text("second"))
	replies, err := action.WaitReplies(patience(t), 2)
	if err != nil || replies[0].EphemeralFor != p.ana.ID || replies[1].EphemeralFor != "" {
		t.Errorf("got %+v, %v", replies, err)
	}
	bob := p.fake.NewMember(p.guild, "Bob")
	if seen := p.fake.Visible(p.help, bob); len(seen) != 1 || seen[0].ID != second.id() {
		t.Errorf("Bob sees %+v, want the second message only", seen)
	}
	p.want(200, 0, "PATCH", p.hook(action)+"/messages/@original", text("changed"))
	p.want(204, 0, "DELETE", p.hook(action)+"/messages/"+second.id(), "")
	removed, err := action.WaitRemoved(patience(t))
	if err != nil || removed.ID != second.id() {
		t.Errorf("removed %+v, %v", removed, err)
	}
	var kinds []discordtest.WriteKind
	for _, w := range p.fake.History() {
		kinds = append(kinds, w.Kind)
	}
	want := []discordtest.WriteKind{
		discordtest.WriteCommands, discordtest.WriteCallback, discordtest.WriteEdit, discordtest.WriteCreate,
		discordtest.WriteEdit, discordtest.WriteDelete,
	}
	if !slices.Equal(kinds, want) {
		t.Errorf("history %v, want %v", kinds, want)
	}
}

func TestDeadlinesRunOnTheFakesClock(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordtest.Options{})
	late := p.ask()
	p.fake.Advance(3*time.Second + time.Millisecond)
	p.respond(404, 10062, late, `{"type":5}`)
	if _, err := late.WaitReply(patience(t)); err == nil || !strings.Contains(err.Error(), discordtest.ErrFailed.Error()) || !late.Failed() {
		t.Errorf("got %v, want the failure that a person sees", err)
	}
	action := p.ask()
	p.want(404, 10015, "POST", p.hook(action), text("too early"))
	p.respond(204, 0, action, `{"type":5}`)
	p.respond(400, 40060, action, `{"type":5}`)
	p.fake.Advance(15*time.Minute + time.Second)
	p.want(401, 50027, "PATCH", p.hook(action)+"/messages/@original", text("too late"))
	if p.fake.InvalidRequests() != 1 {
		t.Errorf("%d invalid requests, want that with the dead token", p.fake.InvalidRequests())
	}
}

func TestMessagesAndWhatTheyAnswer(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordtest.Options{})
	path := "/channels/" + p.help.ID + "/messages"
	asked := p.fake.Mention(p.ana, p.help, "what is it?")
	p.want(204, 0, "POST", "/channels/"+p.help.ID+"/typing", "")
	if !p.fake.Typing(p.help) {
		t.Error("the bot does not type")
	}
	reply := strings.TrimSuffix(text("answer"), "}") + `,"nonce":"n1","enforce_nonce":true,"message_reference":{"message_id":"` + asked.ID + `"}}`
	first := p.want(200, 0, "POST", path, reply)
	if again := p.want(200, 0, "POST", path, reply); again.id() != first.id() {
		t.Error("an enforced nonce made two messages")
	}
	p.fake.Advance(6 * time.Minute)
	if again := p.want(200, 0, "POST", path, reply); again.id() == first.id() {
		t.Error("the nonce was remembered for longer than its window")
	}
	message, err := asked.WaitReply(patience(t))
	if err != nil || message.ID != first.id() || message.Reference != asked.ID {
		t.Errorf("got %+v, %v", message, err)
	}
	edited := p.fake.Edit(p.ana, asked.Message(), "<@"+p.fake.Bot().ID+"> what else is it?")
	p.want(200, 0, "PATCH", path+"/"+first.id(), text("another answer"))
	if message, err = edited.WaitReply(patience(t)); err != nil || !strings.HasPrefix(message.Content, "another") || message.Edits != 1 {
		t.Errorf("after the edit: %+v, %v", message, err)
	}
	deleted := p.fake.Delete(p.ana, asked.Message())
	p.want(204, 0, "DELETE", path+"/"+first.id(), "")
	if _, err := deleted.WaitRemoved(patience(t)); err != nil {
		t.Error(err)
	}
	p.want(404, 10008, "PATCH", path+"/"+first.id(), text("gone"))
	p.want(403, 50005, "PATCH", path+"/"+p.fake.Say(p.ana, p.help, "mine").ID, text("not mine"))
}

func TestPermissionsAreHeld(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordtest.Options{})
	path := "/channels/" + p.help.ID
	p.fake.Overwrite(p.help, p.fake.Bot().ID, 0, discordtest.SendMessages)
	p.want(403, 50013, "POST", path+"/messages", text("quiet"))
	p.fake.Overwrite(p.help, p.fake.Bot().ID, 0, discordtest.ViewChannel)
	p.want(403, 50001, "GET", path, "")
	p.fake.Overwrite(p.help, p.fake.Bot().ID, 0, discordtest.EmbedLinks)
	p.want(200, 0, "POST", path+"/messages", `{"content":"`+disclaimer+`","embeds":[{"title":"card"}],"allowed_mentions":{"parse":[]}}`)
	if seen := p.fake.Visible(p.help, p.ana); len(seen) != 1 || len(seen[0].Embeds) != 0 {
		t.Errorf("without EMBED_LINKS, Ana sees %+v", seen)
	}
	p.fake.Overwrite(p.help, p.guild.ID, 0, discordtest.ViewChannel)
	if p.fake.Visible(p.help, p.ana) != nil || p.fake.Say(p.ana, p.help, "hello").Err() == nil {
		t.Error("Ana sees a hidden channel")
	}
	p.fake.CloseDirect(p.ana)
	opened := p.want(200, 0, "POST", "/users/@me/channels", `{"recipient_id":"`+p.ana.ID+`"}`)
	p.want(403, 50007, "POST", "/channels/"+opened.id()+"/messages", text("hello"))
	p.token = "wrong"
	p.want(401, 0, "GET", "/users/@me", "")
}

func TestThreadsHangOnMessages(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordtest.Options{})
	asked := p.fake.Mention(p.ana, p.help, "what is it?")
	on := "/channels/" + p.help.ID + "/messages/" + asked.ID + "/threads"
	p.want(201, 0, "POST", on, `{"name":"What is it?","auto_archive_duration":1440}`)
	p.want(400, 160004, "POST", on, `{"name":"What is it?"}`)
	p.want(200, 0, "POST", "/channels/"+asked.ID+"/messages", text("answer"))
	if _, err := asked.WaitReply(patience(t)); err != nil {
		t.Error(err)
	}
	forum := p.fake.NewChannel(p.guild, "questions", discordtest.ForumChannel)
	post := p.fake.Post(p.ana, forum, "Cold", "Does cold matter?")
	p.want(200, 0, "POST", "/channels/"+post.Channel.ID+"/messages", text("an answer in the post"))
	if message, err := post.WaitReply(patience(t)); err != nil || message.Channel != post.ID {
		t.Errorf("got %+v, %v", message, err)
	}
	p.want(400, 50008, "POST", "/channels/"+forum.ID+"/messages", text("no"))
	p.want(201, 0, "POST", "/channels/"+forum.ID+"/threads", `{"name":"News","message":`+text("a post")+`}`)
}

func TestLooking(t *testing.T) {
	t.Parallel()
	p := newPlace(t, discordtest.Options{Privileged: discordtest.IntentMessageContent})
	said := p.fake.Say(p.ana, p.help, "hello")
	for path, want := range map[string]string{
		"/gateway/bot":                                    `"shards":1`,
		"/applications/@me":                               `"flags":524288`,
		"/users/@me":                                      `"bot":true`,
		"/users/" + p.ana.ID:                              `"username":"Ana"`,
		"/users/@me/guilds":                               `"name":"Community"`,
		"/guilds/" + p.guild.ID:                           `"preferred_locale":"en-US"`,
		"/guilds/" + p.guild.ID + "/roles":                `"@everyone"`,
		"/guilds/" + p.guild.ID + "/channels":             `"name":"help"`,
		"/guilds/" + p.guild.ID + "/members/@me":          `"roles"`,
		"/channels/" + p.help.ID:                          `"last_message_id":"` + said.ID + `"`,
		"/channels/" + p.help.ID + "/messages?limit=5":    `"content":"hello"`,
		"/channels/" + p.help.ID + "/messages/" + said.ID: `"content":"hello"`,
		"/applications/" + p.fake.Bot().ID + "/commands":  `"preguntar"`,
	} {
		if got := p.want(200, 0, "GET", path, ""); !strings.Contains(got.raw, want) {
			t.Errorf("%s: no %s in %s", path, want, got.raw)
		}
	}
	p.want(404, 10003, "GET", "/channels/1", "")
	p.want(404, 0, "GET", "/nowhere", "")
	p.fake.Remove(p.guild)
	p.want(403, 50001, "GET", "/guilds/"+p.guild.ID, "")
}
