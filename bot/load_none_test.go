//go:build !load && !slow

package bot_test

import "time"

const loadTime time.Duration = 0
