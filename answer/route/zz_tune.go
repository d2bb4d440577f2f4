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
	weightWord    = env("WW", 1)
	weightPair    = env("WP", 0.7)
	weightGram    = env("WG", 0.4)
	weightClass   = env("WC", 1)
	weightCP      = env("WCP", 0.3)
	weightRule    = env("WR", 1.5)
	weightShape   = env("WS", 0.5)
	weightShape2  = env("WS2", 0.7)
	weightStrange = env("WST", 1)
	gateSoft      = float64(env("GS", 0.1))
	textScale     = env("TS", 1)
	classScale    = env("CS", 2)
	epochs        = int(env("EP", 6))
	learningRate  = env("LR", 0.15)
	decay         = env("DE", 0.0005)
)
