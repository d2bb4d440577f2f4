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
	textScale     = env("TS", 2)
	classScale    = env("CS", 1.8)
	epochs        = int(env("EP", 6))
	learningRate  = env("LR", 0.15)
	decay         = env("DE", 0.0005)
)

var (
	factorLow       = env("FL", 0.5)
	factorUnsigned  = env("FU", 0.8)
	factorStrange   = env("FS", 3)
	factorElsewhere = env("FE", 1.5)
	thrE            = float64(env("TE", 0.35))
	dropEvery       = int(env("DROP", 2))
	averaging       = env("AVG", 0) > 0
	thrD            = float64(env("TD", 0.3))
)
