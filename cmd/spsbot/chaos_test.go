package main

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"spsbot"
	"spsbot/internal/discordtest"
	"spsbot/internal/keyring"
	"spsbot/internal/store/embedded"
	"spsbot/prompts"
	"spsbot/review"
)

// killed is a bot in a process of its own, which a test may kill.
type killed struct {
	t       *testing.T
	fake    *discordtest.Fake
	data    string
	process *exec.Cmd
	said    *os.File
}

// startKilled starts the program against a fake and returns when it is ready.
func startKilled(t *testing.T, fake *discordtest.Fake, data string) *killed {
	t.Helper()
	k := &killed{t: t, fake: fake, data: data}
	k.process = exec.CommandContext(context.Background(), os.Args[0], "serve", "--discord-api", fake.API())
	k.process.Env = append(os.Environ(), runMain+"=1", "DISCORD_TOKEN="+fake.Token(), "SPSBOT_DATA="+data, "SPSBOT_LISTEN=127.0.0.1:0",
		"SPSBOT_LIMIT_PERSON=0", "SPSBOT_LIMIT_CHANNEL=0", "SPSBOT_LIMIT_SERVER=0", "SPSBOT_MESSAGE_CONTENT=true", "SPSBOT_LOG_LEVEL=warn")
	said, err := os.OpenFile(filepath.Join(data, "..", "spsbot.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	k.said, k.process.Stderr = said, said
	out, err := k.process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := k.process.Start(); err != nil {
		t.Fatal(err)
	}
	ready := make(chan bool, 1)
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if strings.Contains(lines.Text(), "is ready") {
				ready <- true
			}
		}
		close(ready)
	}()
	select {
	case ok := <-ready:
		if !ok {
			t.Fatalf("the program ended before it was ready; see %s", said.Name())
		}
	case <-time.After(30 * time.Second):
		t.Fatalf("the program did not get ready; see %s", said.Name())
	}
	return k
}

// kill ends the program at once, as a power cut would.
func (k *killed) kill() {
	_ = k.process.Process.Kill() // it may have ended by itself; Wait tells
	_ = k.process.Wait()
	_ = k.said.Close()
}

// end asks the program to end, and waits until it did.
func (k *killed) end() {
	if err := k.process.Process.Signal(os.Interrupt); err != nil {
		k.t.Errorf("interrupt the program: %v", err)
	}
	if err := k.process.Wait(); err != nil {
		k.t.Errorf("the program ended with %v", err)
	}
	_ = k.said.Close()
}

// asked are the actions of people during a test.
type asked struct {
	mutex   sync.Mutex
	actions []*discordtest.Action
}

func (a *asked) add(action *discordtest.Action) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.actions = append(a.actions, action)
}

// askOn asks in all ways until the context ends.
func askOn(ctx context.Context, fake *discordtest.Fake, guild discordtest.Guild, channel discordtest.Channel, every time.Duration) *asked {
	questions := []string{
		"What is stiff person syndrome?", "How many mg of diazepam should I take?", "I can't breathe and the spasm does not stop",
		"hello", "Is stem cell therapy approved for SPS?", "What is the weather in Rome?",
	}
	var all asked
	var people []discordtest.User
	for n := range 20 {
		people = append(people, fake.NewMember(guild, fmt.Sprintf("person %d", n)))
	}
	for n := 0; ctx.Err() == nil; n++ {
		who, question := people[n%len(people)], questions[rand.IntN(len(questions))]
		switch n % 3 {
		case 0:
			all.add(fake.Mention(who, channel, question))
		case 1:
			all.add(fake.Slash(who, channel, "ask", discordtest.Values{"question": question}))
		default:
			all.add(fake.Direct(who, question))
		}
		select {
		case <-ctx.Done():
		case <-time.After(every):
		}
	}
	return &all
}

// TestKilledAtRandomMoments kills the program again and again while people ask,
// and holds that every accepted question has exactly one visible reply, that
// none is lost, and that none is shown which the log does not hold.
func TestKilledAtRandomMoments(t *testing.T) {
	folder := t.TempDir()
	data := filepath.Join(folder, "data")
	if err := os.Mkdir(data, 0o700); err != nil {
		t.Fatal(err)
	}
	locales, err := prompts.LoadLocales(prompts.Files())
	if err != nil {
		t.Fatal(err)
	}
	fake := discordtest.New(t, nil, discordtest.Options{
		Privileged: discordtest.IntentMessageContent, Disclaimer: discordtest.EndsWith(locales.For("en").Disclaimer()), Heartbeat: 2 * time.Second,
	})
	guild := fake.NewGuild("a community")
	channel := fake.NewChannel(guild, "questions", discordtest.TextChannel)
	k := startKilled(t, fake, data)
	ctx, cancel := context.WithTimeout(context.Background(), chaosTime)
	defer cancel()
	asking := make(chan *asked, 1)
	go func() { asking <- askOn(ctx, fake, guild, channel, chaosEvery) }()
	if chaosFaults {
		defer fake.StartStorm(discordtest.Storm{Seed: 1})()
	}
	kills := 0
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case <-time.After(500*time.Millisecond + rand.N(chaosLife)):
			k.kill()
			kills++
			k = startKilled(t, fake, data)
		}
	}
	fake.ClearFaults()
	all := <-asking
	waitDrained(t, fake, all)
	k.end()
	report := judge(t, fake, all, data)
	t.Logf("%d kills, %s", kills, report)
}

// waitDrained waits until nothing changes any more.
func waitDrained(t *testing.T, fake *discordtest.Fake, all *asked) {
	t.Helper()
	pending := func() int {
		count := 0
		for _, action := range all.actions {
			if accepted(action) && len(action.Replies()) == 0 {
				count++
			}
		}
		return count
	}
	deadline := time.Now().Add(90 * time.Second)
	for quiet := 0; quiet < 10; {
		if time.Now().After(deadline) {
			t.Errorf("%d accepted questions have no reply after 90 s", pending())
			return
		}
		writes := len(fake.History())
		time.Sleep(300 * time.Millisecond)
		if pending() == 0 && writes == len(fake.History()) {
			quiet++
		} else {
			quiet = 0
		}
	}
}

// judge compares what people see with what the log holds.
func judge(t *testing.T, fake *discordtest.Fake, all *asked, data string) string {
	t.Helper()
	store, err := embedded.Open(context.Background(), filepath.Join(data, "state"), embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	}()
	keys, err := keyring.Open(filepath.Join(data, "keys"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := keys.Close(); err != nil {
			t.Error(err)
		}
	}()
	log := review.New(store, keys, 0)
	answered, silent := 0, 0
	for _, action := range all.actions {
		replies := action.Replies()
		exchange, err := log.Get(context.Background(), log.Reference(action.ID))
		logged := err == nil
		switch {
		case len(replies) > 1:
			t.Errorf("%s %q was answered %d times", action.Kind, action.ID, len(replies))
		case len(replies) == 1 && !logged:
			t.Errorf("%s %q was answered and is not in the log: %q", action.Kind, action.ID, replies[0].Content)
		case len(replies) == 0 && accepted(action):
			t.Errorf("%s %q was accepted and is lost (logged %v)", action.Kind, action.ID, logged)
		case len(replies) == 0 && logged && exchange.Status == spsbot.StatusShown:
			t.Errorf("%s %q is shown by the log and by nobody else", action.Kind, action.ID)
		}
		if len(replies) == 1 {
			answered++
		} else {
			silent++
		}
	}
	if answered == 0 {
		t.Error("nobody was answered")
	}
	return fmt.Sprintf("%d asked, %d answered once, %d came while the program was down", len(all.actions), answered, silent)
}

// accepted reports whether an interaction was acknowledged: from then on its
// author counts on a reply.
func accepted(action *discordtest.Action) bool {
	_, acknowledged := action.AckedAfter()
	return acknowledged && action.Token != ""
}
