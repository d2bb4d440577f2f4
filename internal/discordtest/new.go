package discordtest

// TB is what New needs of a test; *testing.T and *testing.B are such.
type TB interface {
	Helper()
	Cleanup(cleanup func())
	Logf(format string, args ...any)
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// Oracle compares the body of a request with Discord's OpenAPI document.
// openapi.Oracle makes one.
type Oracle = func(method, path string, body []byte) error

// New starts a fake for one test. When the test ends, the fake is closed, and
// the test fails by every violation. The oracle may be nil, which is logged.
func New(t TB, oracle Oracle, options Options) *Fake {
	t.Helper()
	if options.Schema = oracle; oracle == nil {
		t.Logf("discordtest: bodies are NOT compared with Discord's OpenAPI document")
	}
	fake, err := Start(options)
	if err != nil {
		t.Fatalf("%v", err)
	}
	t.Cleanup(func() {
		if err := fake.Close(); err != nil {
			t.Errorf("close the fake Discord: %v", err)
		}
		for _, violation := range fake.Violations() {
			t.Errorf("discordtest: %s", violation)
		}
		if more := fake.ViolationCount() - len(fake.Violations()); more > 0 {
			t.Errorf("discordtest: and %d more violations", more)
		}
	})
	return fake
}
