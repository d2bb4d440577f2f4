package bot_test

import (
	"strings"
	"testing"

	"spsbot"
	"spsbot/bot"
	"spsbot/internal/discordtest"
)

const (
	plainQuestion = "What is stiff person syndrome?"
	doseQuestion  = "How many mg of baclofen should I take?"
	emergency     = "I can't breathe, the spasm does not stop, please help me now"
)

func TestAQuestionIsDeferredAndAnswered(t *testing.T) {
	w := newWorld(t)
	action := w.ask(w.patient, plainQuestion)
	if kind, err := action.WaitAck(w.within()); err != nil || kind != 5 {
		t.Fatalf("acknowledged by %d: %v, want a deferral", kind, err)
	}
	m := w.answered(action)
	if !strings.Contains(m.Content, "[1]") || m.EphemeralFor != "" {
		t.Errorf("answered %q for %q", m.Content, m.EphemeralFor)
	}
	if len(m.Embeds) != 1 || len(m.Buttons()) != 4 {
		t.Errorf("%d cards and %d buttons, want 1 and 4", len(m.Embeds), len(m.Buttons()))
	}
	e := w.exchange(action.ID, isShown)
	if e.Record.Route != spsbot.RouteAnswer || e.Record.Question.Text != plainQuestion || e.Shown[0].Message != m.ID {
		t.Errorf("logged %+v", e)
	}
}

func TestFixedRoutesReplyAtOnce(t *testing.T) {
	w := newWorld(t)
	for question, want := range map[string]struct {
		route   spsbot.Route
		private bool
	}{
		doseQuestion:                           {spsbot.RouteDosing, false},
		emergency:                              {spsbot.RouteEmergency, true},
		"hello there":                          {spsbot.RouteSmalltalk, false},
		"What is the best pizza in town?":      {spsbot.RouteOutOfScope, false},
		"I feel so alone and sad, only crying": {spsbot.RouteSupport, true},
	} {
		action := w.ask(w.patient, question)
		if kind, err := action.WaitAck(w.within()); err != nil || kind != 4 {
			t.Fatalf("%q: acknowledged by %d: %v, want a message", question, kind, err)
		}
		m := w.answered(action)
		if private := m.EphemeralFor == w.patient.ID; private != want.private {
			t.Errorf("%q: private %v, want %v", question, private, want.private)
		}
		if e := w.exchange(action.ID, isShown); e.Record.Route != want.route {
			t.Errorf("%q: logged as %s, want %s", question, e.Record.Route, want.route)
		}
	}
}

func TestMentionsRepliesAndDirectMessagesAreAnswered(t *testing.T) {
	w := newWorld(t)
	mention := w.fake.Mention(w.patient, w.channel, plainQuestion)
	m := w.answered(mention)
	if m.Reference != mention.ID || len(m.Pings) > 0 {
		t.Errorf("refers to %q and pings %q", m.Reference, m.Pings)
	}
	w.exchange(mention.ID, isShown)
	follow := w.fake.ReplyTo(w.patient, m, "And what causes it?")
	w.answered(follow)
	e := w.exchange(follow.ID, isShown)
	if len(e.Record.Question.Turns) != 1 || e.Record.Question.Turns[0] != plainQuestion {
		t.Errorf("the follow-up carries %q", e.Record.Question.Turns)
	}
	if direct := w.answered(w.fake.Direct(w.patient, doseQuestion)); direct.Content == "" {
		t.Error("the direct message got an empty reply")
	}
	quiet := w.fake.Say(w.patient, w.channel, "I am only talking to my friends")
	w.answered(w.fake.Mention(w.patient, w.channel, "hello"))
	if replies := quiet.Replies(); len(replies) > 0 {
		t.Errorf("a message to others was answered: %q", replies[0].Content)
	}
}

func TestButtonsOpenReportAndGoOn(t *testing.T) {
	w := newWorld(t)
	action := w.ask(w.patient, plainQuestion)
	m := w.answered(action)
	w.exchange(action.ID, isShown)

	opened := w.answered(w.fake.Press(w.carer, m, "Read the passages"))
	if opened.EphemeralFor != w.carer.ID || !strings.Contains(opened.Content, "> ") {
		t.Errorf("opened %q for %q", opened.Content, opened.EphemeralFor)
	}
	if thanks := w.answered(w.fake.Press(w.carer, m, "Helpful")); thanks.EphemeralFor != w.carer.ID {
		t.Errorf("thanked %q", thanks.Content)
	}
	modal, err := w.fake.Press(w.patient, m, "Not right").WaitModal(w.within())
	if err != nil {
		t.Fatal(err)
	}
	w.answered(w.fake.Submit(w.patient, modal, map[string]string{"text": "the source says something else"}))
	e := w.exchange(action.ID, func(e spsbot.Exchange) bool { return len(e.Feedback) == 2 })
	if e.Feedback[0].Verdict != spsbot.VerdictHelpful || e.Feedback[1].Text != "the source says something else" {
		t.Errorf("feedback %+v", e.Feedback)
	}
	modal, err = w.fake.Press(w.patient, m, "Ask a follow-up").WaitModal(w.within())
	if err != nil {
		t.Fatal(err)
	}
	follow := w.fake.Submit(w.patient, modal, map[string]string{"text": "how is it treated?"})
	w.answered(follow)
	if e := w.exchange(follow.ID, isShown); len(e.Record.Question.Turns) != 1 {
		t.Errorf("the follow-up carries %q", e.Record.Question.Turns)
	}

	refused := w.answered(w.ask(w.carer, doseQuestion))
	button := refused.Buttons()[0]
	general := w.fake.Press(w.carer, refused, button.CustomID)
	w.answered(general)
	if e := w.exchange(general.ID, isShown); e.Record.Route != spsbot.RouteAnswer {
		t.Errorf("the offered question %q became %s", button.Label, e.Record.Route)
	}
}

func TestAnEmergencyThatWasAGeneralQuestionIsAnswered(t *testing.T) {
	w := newWorld(t)
	action := w.ask(w.patient, emergency)
	m := w.answered(action)
	w.exchange(action.ID, isShown)
	general := w.fake.Press(w.patient, m, "It was a general question")
	w.answered(general)
	if e := w.exchange(general.ID, isShown); e.Record.Route == spsbot.RouteEmergency {
		t.Error("it is still an emergency")
	}
}

func TestCommandsInform(t *testing.T) {
	w := newWorld(t)
	for _, name := range []string{"sources", "about", "privacy"} {
		if m := w.answered(w.fake.Slash(w.patient, w.channel, name, nil)); m.Content == "" {
			t.Errorf("/%s says nothing", name)
		}
	}
	trials := w.answered(w.fake.Slash(w.patient, w.channel, "trials", nil))
	if !strings.Contains(trials.Content, "[1]") {
		t.Errorf("/trials says %q", trials.Content)
	}
	choices, err := w.fake.Autocomplete(w.patient, w.channel, "ask", "question", "stem", nil).WaitChoices(w.within())
	if err != nil || len(choices) == 0 {
		t.Errorf("%d choices: %v", len(choices), err)
	}
	parts, err := w.fake.Slash(w.patient, w.channel, "sources", nil).WaitUntil(w.within(), func(parts []discordtest.Message) bool {
		return len(parts) > 0 && len(parts[len(parts)-1].Components) > 0
	})
	if err != nil {
		t.Fatal(err)
	}
	sources := parts[len(parts)-1]
	menu := sources.Components[0].Components[0]
	opened := w.answered(w.fake.Choose(w.patient, sources, menu.CustomID, menu.Options[0].Value))
	if !strings.Contains(opened.Content, "> ") {
		t.Errorf("opened %q", opened.Content)
	}
	longest := w.fake.Choose(w.patient, sources, menu.CustomID, "gencell-ms-stem-cells")
	parts, err = longest.WaitUntil(w.within(), func(parts []discordtest.Message) bool {
		return len(parts) > 0 && len(parts[len(parts)-1].Buttons()) > 0
	})
	if err != nil {
		t.Fatal(err)
	}
	more := w.answered(w.fake.Press(w.patient, parts[len(parts)-1], "More"))
	if !strings.Contains(more.Content, "> ") || more.Content == parts[0].Content {
		t.Errorf("more is %q", more.Content)
	}
}

func TestAMessageOfSomebodyElseIsCheckedAndNotStored(t *testing.T) {
	w := newWorld(t)
	claim := w.fake.Say(w.carer, w.channel, "Stem cells cure stiff person syndrome, everybody knows").Message()
	action := w.fake.MessageCommand(w.patient, "Check against vetted sources", claim)
	if m := w.answered(action); m.EphemeralFor != w.patient.ID {
		t.Errorf("the reply is for %q", m.EphemeralFor)
	}
	if e := w.exchange(action.ID, isShown); e.Record.Question.Text != "" {
		t.Errorf("stored %q", e.Record.Question.Text)
	}
	crisis := w.fake.Say(w.carer, w.channel, "I want to end my life tonight").Message()
	m := w.answered(w.fake.MessageCommand(w.patient, "Check against vetted sources", crisis))
	if !strings.HasPrefix(m.Content, "The message that you chose") {
		t.Errorf("a crisis of somebody else is answered by %q", m.Content)
	}
}

func TestPrivacyShowsAndForgets(t *testing.T) {
	w := newWorld(t)
	action := w.ask(w.patient, plainQuestion)
	w.answered(action)
	w.exchange(action.ID, isShown)
	privacy := w.answered(w.fake.Slash(w.patient, w.channel, "privacy", nil))
	mine := w.answered(w.fake.Press(w.patient, privacy, "Show my records"))
	if len(mine.Files) != 1 || !strings.Contains(string(mine.Files[0].Data), plainQuestion) {
		t.Errorf("handed over %d files", len(mine.Files))
	}
	sure := w.answered(w.fake.Press(w.patient, privacy, "Forget me"))
	w.answered(w.fake.Press(w.patient, sure, "Yes, forget me"))
	w.exchange(action.ID, func(e spsbot.Exchange) bool { return e.Forgotten && e.Record.Question.Text == "" })
	if none := w.answered(w.fake.Press(w.patient, privacy, "Show my records")); len(none.Files) != 0 {
		t.Error("records are left")
	}
}

func TestAnEditIsAnsweredInPlaceAndADeletionRemovesTheReply(t *testing.T) {
	w := newWorld(t)
	question := w.fake.Mention(w.patient, w.channel, plainQuestion)
	first := w.answered(question)
	w.exchange(question.ID, isShown)
	edit := w.fake.Edit(w.patient, question.Message(), doseQuestion)
	again := w.answered(edit)
	if again.ID != first.ID || again.Content == first.Content {
		t.Errorf("the edit was answered by %s %q", again.ID, again.Content)
	}
	gone := w.fake.Delete(w.patient, question.Message())
	if removed, err := gone.WaitRemoved(w.within()); err != nil || removed.ID != first.ID {
		t.Errorf("removed %q: %v", removed.ID, err)
	}
	w.exchange(question.ID, func(e spsbot.Exchange) bool { return e.Status == spsbot.StatusRemoved })
}

func TestOtherBotsAndDuplicatesAreNotAnswered(t *testing.T) {
	w := newWorld(t)
	other := w.fake.NewOtherBot("another bot")
	w.fake.Join(w.guild, other)
	ignored := w.fake.Mention(other, w.channel, plainQuestion)
	w.answered(w.fake.Mention(w.patient, w.channel, "hello"))
	if replies := ignored.Replies(); len(replies) > 0 {
		t.Errorf("another bot was answered: %q", replies[0].Content)
	}
}

func TestWhoAsksTooMuchIsToldUntilWhen(t *testing.T) {
	w := newWorld(t, func(_ *world, o *bot.Options) { o.Limits.Person = 2 })
	for range 2 {
		w.answered(w.ask(w.patient, plainQuestion))
	}
	limited := w.answered(w.ask(w.patient, plainQuestion))
	if !strings.Contains(limited.Content, "<t:") || limited.EphemeralFor != w.patient.ID {
		t.Errorf("the third question got %q", limited.Content)
	}
	if m := w.answered(w.ask(w.patient, emergency)); strings.Contains(m.Content, "<t:") {
		t.Error("an emergency was limited")
	}
	if m := w.answered(w.ask(w.carer, plainQuestion)); strings.Contains(m.Content, "<t:") {
		t.Error("another person was limited")
	}
}
