package embedded_test

import (
	"fmt"
	"os"
	"testing"

	"go.uber.org/goleak"

	"spsbot/internal/store"
	"spsbot/internal/store/embedded"
	"spsbot/internal/store/storetest"
)

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T, place string, limits storetest.Limits) store.Store {
		return open(t, place, embedded.Options{DepthLimit: limits.Depth, DeliveryLimit: limits.Deliveries})
	})
}

func open(t testing.TB, folder string, options embedded.Options) *embedded.Store {
	t.Helper()
	s, err := embedded.Open(t.Context(), folder, options)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestMain(m *testing.M) {
	if folder := os.Getenv(crashFolder); folder != "" {
		fmt.Fprintln(os.Stderr, "the crashing bot:", crashingBot(folder))
		os.Exit(1)
	}
	goleak.VerifyTestMain(m)
}
