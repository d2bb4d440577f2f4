package bot_test

import (
	"testing"

	"go.uber.org/goleak"
)

// Nothing that a test starts may be left running.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
