package route

import (
	"os"
	"strconv"
)

func env(k string, d float32) float32 {
	if v := os.Getenv(k); v != "" {
		f, _ := strconv.ParseFloat(v, 32)
		return float32(f)
	}
	return d
}

var (
	weightWord   = env("WW", 1)
	weightPair   = env("WP", 0.7)
	weightGram   = env("WG", 0.4)
	weightClass  = env("WC", 1)
	weightCP     = env("WCP", 0.7)
	weightRule   = env("WR", 1.5)
	weightShape  = env("WS", 0.5)
	textScale    = env("TS", 2.5)
	classScale   = env("CS", 0)
	epochs       = int(env("EP", 6))
	learningRate = env("LR", 0.35)
	decay        = env("DE", 2e-5)
)
