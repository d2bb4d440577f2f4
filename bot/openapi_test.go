package bot_test

import (
	"testing"

	"spsbot/internal/discordtest"
)

func openAPI(testing.TB) discordtest.Oracle { return nil }
