//go:build load && !slow

package bot_test

import "time"

const loadTime = 30 * time.Second
