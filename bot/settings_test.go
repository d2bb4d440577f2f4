package bot_test

import (
	"strings"
	"testing"

	"spsbot"
	"spsbot/internal/discordtest"
)

// choose opens a section of the settings and chooses values in its first menu.
func (w *world) choose(section string, values ...string) discordtest.Message {
	w.t.Helper()
	panel := w.answered(w.fake.Slash(w.moderator, w.channel, "settings", nil))
	opened := w.answered(w.fake.Choose(w.moderator, panel, panel.Components[0].Components[0].CustomID, section))
	return w.answered(w.fake.Choose(w.moderator, opened, menuOf(w.t, opened).CustomID, values...))
}

// menuOf returns the first menu of a panel.
func menuOf(t testing.TB, m discordtest.Message) discordtest.Component {
	t.Helper()
	for _, row := range m.Components {
		for _, component := range row.Components {
			if component.Type != discordtest.TypeButton {
				return component
			}
		}
	}
	t.Fatalf("no menu in %q", m.Content)
	return discordtest.Component{}
}

func TestOnlyModeratorsChangeSettings(t *testing.T) {
	w := newWorld(t)
	denied := w.fake.Slash(w.patient, w.channel, "settings", nil)
	if err := denied.Err(); err == nil { // Discord itself does not offer it
		if m := w.answered(denied); strings.Contains(m.Content, "Channels") {
			t.Errorf("a patient saw %q", m.Content)
		}
	}
	panel := w.answered(w.fake.Slash(w.moderator, w.channel, "settings", nil))
	if panel.EphemeralFor != w.moderator.ID || !strings.Contains(panel.Content, "Review channel") {
		t.Errorf("the moderator saw %q for %q", panel.Content, panel.EphemeralFor)
	}
}

func TestChannelsAreKeptApart(t *testing.T) {
	w := newWorld(t)
	other := w.fake.NewChannel(w.guild, "other", discordtest.TextChannel)
	w.choose("channels", w.channel.ID)
	elsewhere := w.answered(w.fake.Slash(w.patient, other, "ask", discordtest.Values{"question": plainQuestion}))
	if !strings.Contains(elsewhere.Content, "not switched on") || elsewhere.EphemeralFor != w.patient.ID {
		t.Errorf("elsewhere it says %q", elsewhere.Content)
	}
	if m := w.answered(w.fake.Slash(w.patient, other, "ask", discordtest.Values{"question": emergency})); strings.Contains(m.Content, "not switched on") {
		t.Error("an emergency was not answered elsewhere")
	}
	quiet := w.fake.Mention(w.patient, other, plainQuestion)
	if m := w.answered(w.ask(w.patient, plainQuestion)); !strings.Contains(m.Content, "[1]") {
		t.Errorf("in its channel it says %q", m.Content)
	}
	if replies := quiet.Replies(); len(replies) > 0 {
		t.Errorf("a mention elsewhere got %q", replies[0].Content)
	}
}

func TestRoutesArePrivateAsChosen(t *testing.T) {
	w := newWorld(t)
	w.choose("visibility", "dosing", "answer")
	for question, private := range map[string]bool{doseQuestion: true, plainQuestion: true, emergency: false} {
		if m := w.answered(w.ask(w.patient, question)); (m.EphemeralFor != "") != private {
			t.Errorf("%q is for %q, want private %v", question, m.EphemeralFor, private)
		}
	}
}

func TestTheCountrySetsTheNumbers(t *testing.T) {
	w := newWorld(t)
	panel := w.answered(w.fake.Slash(w.moderator, w.channel, "settings", nil))
	opened := w.answered(w.fake.Choose(w.moderator, panel, menuOf(t, panel).CustomID, "country"))
	for country, want := range map[string]string{"zz": "no country", "gb": "GB"} {
		modal, err := w.fake.Press(w.moderator, opened, opened.Buttons()[0].CustomID).WaitModal(w.within())
		if err != nil {
			t.Fatal(err)
		}
		saved, err := w.fake.Submit(w.moderator, modal, map[string]string{"text": country}).WaitUntil(w.within(), func(m []discordtest.Message) bool {
			return len(m) > 0 && strings.Contains(m[0].Content, want)
		})
		if err != nil {
			t.Fatalf("%s: %v", country, err)
		}
		opened = saved[0]
	}
	if m := w.answered(w.ask(w.patient, emergency)); !strings.Contains(m.Content, "999") || strings.Contains(m.Content, "911") {
		t.Errorf("the emergency reply is %q", m.Content)
	}
}

func TestModeratorsAreAlertedOnceAndThenTogether(t *testing.T) {
	w := newWorld(t)
	w.choose("review", w.review.ID)
	w.choose("alerts", "emergency")
	w.answered(w.ask(w.patient, emergency))
	w.answered(w.ask(w.carer, emergency))
	var alerts []discordtest.Message
	if err := w.fake.Await(w.within(), "an alert", func() bool {
		alerts = w.fake.Visible(w.review, w.moderator)
		return len(alerts) > 0
	}); err != nil {
		t.Fatal(err)
	}
	if len(alerts) != 1 || strings.Contains(alerts[0].Content, "breathe") {
		t.Errorf("%d alerts, the first %q", len(alerts), alerts[0].Content)
	}
}

func TestASetupGoesThroughAllSteps(t *testing.T) {
	w := newWorld(t)
	m := w.answered(w.fake.Slash(w.moderator, w.channel, "setup", nil))
	for step := range 9 {
		if want := "Step " + string(rune('1'+step)) + " of 9"; !strings.HasPrefix(m.Content, want) {
			t.Fatalf("step %d shows %q", step+1, m.Content)
		}
		m = w.answered(w.fake.Press(w.moderator, m, "Next"))
	}
	if !strings.HasPrefix(m.Content, "All set") {
		t.Errorf("it ends with %q", m.Content)
	}
}

func TestForumPostsAreAnsweredWhereSwitchedOn(t *testing.T) {
	w := newWorld(t)
	forum := w.fake.NewChannel(w.guild, "forum", discordtest.ForumChannel)
	quiet := w.fake.Post(w.patient, forum, "a question", plainQuestion)
	panel := w.answered(w.fake.Slash(w.moderator, w.channel, "settings", nil))
	opened := w.answered(w.fake.Choose(w.moderator, panel, menuOf(t, panel).CustomID, "conversation"))
	w.answered(w.fake.Choose(w.moderator, opened, menuOf(t, opened).CustomID, forum.ID))
	post := w.fake.Post(w.patient, forum, "another question", plainQuestion)
	if m := w.answered(post); !strings.Contains(m.Content, "[1]") {
		t.Errorf("the post got %q", m.Content)
	}
	if e := w.exchange(post.ID, isShown); e.Record.Question.Place.Surface != spsbot.SurfaceThread {
		t.Errorf("logged as %s", e.Record.Question.Place.Surface)
	}
	if replies := quiet.Replies(); len(replies) > 0 {
		t.Errorf("a post was answered before: %q", replies[0].Content)
	}
}

func TestAUserInstallAnswersPrivatelyElsewhere(t *testing.T) {
	w := newWorld(t)
	strange := w.fake.NewGuild("somewhere else")
	w.fake.Remove(strange)
	channel := w.fake.NewChannel(strange, "talk", discordtest.TextChannel)
	w.fake.Join(strange, w.patient)
	w.fake.Install(w.patient)
	action := w.fake.Slash(w.patient, channel, "ask", discordtest.Values{"question": plainQuestion})
	if m := w.answered(action); m.EphemeralFor != w.patient.ID {
		t.Errorf("the reply is for %q", m.EphemeralFor)
	}
}
