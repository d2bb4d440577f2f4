package bot_test

import (
	"os"
	"sync"
	"testing"

	"spsbot/internal/discordtest"
	"spsbot/internal/discordtest/openapi"
)

// document is Discord's own description, read once.
//
//nolint:gochecknoglobals // it takes a while to read, and never changes
var document = sync.OnceValues(func() (*openapi.Document, error) { return openapi.Load(os.Getenv(openapi.Variable)) })

// openAPI compares bodies with Discord's own description where SPSBOT_OPENAPI
// names it; where not, the fake says so.
func openAPI(t testing.TB) discordtest.Oracle {
	t.Helper()
	if os.Getenv(openapi.Variable) == "" {
		return nil
	}
	loaded, err := document()
	if err != nil {
		t.Fatal(err)
	}
	return loaded.Check
}
