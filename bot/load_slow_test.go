//go:build slow

package bot_test

import "time"

const loadTime = 10 * time.Minute
