package embedded_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"spsbot"
	"spsbot/internal/store/embedded"
)

// crashFolder is the environment variable that makes the test's own program a
// bot without a face: it works on the store of that folder until it is killed.
const crashFolder = "SPSBOT_TEST_CRASH_FOLDER"

// crashes is how often the bot is killed.
const crashes = 15

// crashed is what the killed processes had promised, as they said on their
// standard output: that survives them.
type crashed struct {
	accepted map[string]bool
	shown    map[string]map[string]bool // the outcomes of a job that were shown
}

// TestKilledAtRandom kills a working process again and again. Whatever it had
// accepted is settled once, logged once, and never shown in two ways. Leases
// last an hour, so that only a store that voids them at its start gets through.
func TestKilledAtRandom(t *testing.T) {
	folder := t.TempDir()
	seen := crashed{accepted: map[string]bool{}, shown: map[string]map[string]bool{}}
	for round := range crashes {
		seen.round(t, folder, round)
	}
	drain(t, folder, &seen)
	logged := map[string][]string{}
	s := open(t, folder, embedded.Options{})
	for entry, err := range s.Scan(t.Context(), spsbot.EntryQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		logged[entry.Subject] = append(logged[entry.Subject], string(entry.Data))
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for id := range seen.accepted {
		if len(logged[id]) != 1 || len(seen.shown[id]) != 1 || !seen.shown[id][logged[id][0]] {
			t.Errorf("%s was accepted; logged %q, shown %v", id, logged[id], seen.shown[id])
		}
	}
	for id := range seen.shown {
		if len(logged[id]) != 1 {
			t.Errorf("%s was shown and logged %d times", id, len(logged[id]))
		}
	}
	t.Logf("%d kills, %d accepted, %d logged", crashes, len(seen.accepted), len(logged))
	if len(seen.accepted) < crashes {
		t.Errorf("only %d jobs were accepted: the test shows nothing", len(seen.accepted))
	}
}

// round starts the bot, lets it work and kills it.
func (c *crashed) round(t *testing.T, folder string, round int) {
	t.Helper()
	child := exec.Command(os.Args[0]) //nolint:noctx // it is killed, that is the point
	child.Env = append(os.Environ(), crashFolder+"="+folder, fmt.Sprintf("SPSBOT_TEST_CRASH_ROUND=%d", round))
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	var once sync.Once
	reader := bufio.NewReader(out)
	for {
		line, err := reader.ReadString('\n')
		if err != nil { // the end, and perhaps half a line: it promised nothing
			break
		}
		once.Do(func() {
			time.AfterFunc(time.Duration(rand.IntN(150))*time.Millisecond, func() { _ = child.Process.Kill() })
		})
		c.note(strings.Fields(line))
	}
	once.Do(func() { t.Error("the bot said nothing") })
	if err := child.Wait(); err == nil || child.ProcessState.ExitCode() != -1 {
		t.Fatalf("the bot was not killed: %v", err)
	}
}

func (c *crashed) note(words []string) {
	switch words[0] {
	case "accepted":
		c.accepted[words[1]] = true
	case "shown":
		if c.shown[words[1]] == nil {
			c.shown[words[1]] = map[string]bool{}
		}
		c.shown[words[1]][words[2]] = true
	}
}

// drain does what is left.
func drain(t *testing.T, folder string, seen *crashed) {
	t.Helper()
	s := open(t, folder, embedded.Options{})
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	for {
		again, err := workOnce(t.Context(), s, "last", func(format string, args ...any) {
			seen.note(strings.Fields(fmt.Sprintf(format, args...)))
		})
		if err != nil {
			t.Fatal(err)
		}
		if !again {
			return
		}
	}
}

// workOnce does one job as a worker does: settle, show, acknowledge. Every
// attempt has an outcome of its own.
func workOnce(ctx context.Context, s *embedded.Store, worker string, say func(string, ...any)) (bool, error) {
	job, ok, err := s.Claim(ctx, worker, "questions", time.Hour)
	if err != nil || !ok {
		return false, err
	}
	mine := fmt.Appendf(nil, "%s-%d-%x", worker, job.Deliveries, rand.Uint64())
	winner, err := s.Settle(ctx, job.ID, mine, spsbot.Entry{Subject: job.ID, Kind: "record", At: time.Now(), Data: mine})
	if err != nil {
		return false, err
	}
	say("shown %s %s\n", job.ID, winner)
	return true, s.Acknowledge(ctx, job.ID)
}

// crashingBot accepts and works until it is killed.
func crashingBot(folder string) error {
	ctx := context.Background()
	s, err := embedded.Open(ctx, folder, embedded.Options{})
	if err != nil {
		return err
	}
	var mutex sync.Mutex
	say := func(format string, args ...any) {
		mutex.Lock()
		defer mutex.Unlock()
		fmt.Printf(format, args...)
	}
	failed := make(chan error)
	for worker := range 4 {
		go func() {
			for i := 0; ; i++ {
				id := fmt.Sprintf("q-%s-%d-%d", os.Getenv("SPSBOT_TEST_CRASH_ROUND"), worker, i)
				if _, err := s.Enqueue(ctx, spsbot.Job{ID: id, Lane: "questions", Payload: []byte(id)}); err != nil {
					failed <- err
				}
				say("accepted %s\n", id)
			}
		}()
		go func() {
			name := fmt.Sprint("worker", worker, "-", os.Getpid())
			for {
				err := s.Wait(ctx, "questions")
				if err == nil {
					_, err = workOnce(ctx, s, name, say)
				}
				if err != nil && !errors.Is(err, spsbot.ErrUnknown) {
					failed <- err
				}
			}
		}()
	}
	return <-failed
}
