package prompts_test

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"spsbot/prompts"
)

const lockFile = "prompts.lock"

// TestLock holds that no word changes unseen: every embedded file has a line
// with its hash in prompts.lock, and a change of words shows there as well.
// "go test ./prompts -run TestLock -update" writes the file anew.
func TestLock(t *testing.T) {
	words := embedded(t)
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(words)) {
		sum := sha256.Sum256(words[name].Data)
		lines = append(lines, fmt.Sprintf("%s  %s", hex.EncodeToString(sum[:8]), name))
		if name != prompts.StoredRouter && strings.Contains(string(words[name].Data), "\r") {
			t.Errorf("%s has line breaks of Windows: its hash would differ between checkouts", name)
		}
	}
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile(lockFile, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	data, err := os.ReadFile(lockFile)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(strings.TrimSpace(string(data)), "\n"), lines); diff != "" {
		t.Errorf("word files were changed (-lock +files). If that was meant: go test ./prompts -run TestLock -update\n%s", diff)
	}
}

func TestMain(m *testing.M) {
	flag.Bool("update", false, "write prompts.lock anew")
	flag.Parse()
	os.Exit(m.Run())
}
