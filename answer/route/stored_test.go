package route

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"spsbot/prompts"
)

// TestStoredRouter holds that the stored router was made from the words as they
// are, and by the program as it is. With -update it makes both anew.
func TestStoredRouter(t *testing.T) {
	storedPath := filepath.Join("..", "..", "prompts", prompts.StoredRouter)
	examples, rules, glossary := load(t)
	inputs, err := prompts.RouterInputs(prompts.Files(), glossary)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		router, err := New(examples, rules, glossary)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(storedPath, router.Store(inputs), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	stored, err := os.ReadFile(storedPath)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Load(stored, inputs, rules); err != nil {
		t.Errorf("the stored router does not fit the words; make it anew with: go test ./answer/route -run TestStoredRouter -update (%v)", err)
	}
}

// TestStoreLoads holds that a loaded router decides as the one that was stored.
func TestStoreLoads(t *testing.T) {
	router := newRouter(t)
	_, rules, _ := load(t)
	again, err := Load(router.Store("x"), "x", rules)
	if err != nil {
		t.Fatal(err)
	}
	if string(again.Store("x")) != string(router.Store("x")) {
		t.Error("a router that was stored and loaded is another one")
	}
	if _, err := Load(router.Store("x"), "y", rules); !errors.Is(err, ErrStale) {
		t.Errorf("a router of other words loads: %v", err)
	}
}
