package route

import (
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"strings"
	"testing"
	"time"

	"spsbot"
)

// slowest is the most time for a kilobyte of a message: four times the aim of
// 5 ms, so that a busy machine passes, and more where every step is watched.
const slowest = 20 * time.Millisecond * everyExample

// TestTimePerKilobyte holds that no kind of long message takes long: codes,
// nonsense, characters that unfold, words written as one.
func TestTimePerKilobyte(t *testing.T) {
	r := newRouter(t)
	plain := strings.Repeat("How many mg of baclofen can I take with diazepam? What is stiff person syndrome? ", 200)
	code := base64.StdEncoding.EncodeToString([]byte(plain))
	noise := make([]byte, 12_000)
	for i, state := 0, newShuffle(0); i < len(noise); i++ {
		noise[i] = byte(state.number() >> 24)
	}
	for name, text := range map[string]string{
		"plain":                 plain,
		"base64":                code,
		"base64 of base64":      base64.StdEncoding.EncodeToString([]byte(code)),
		"base64 of noise":       base64.StdEncoding.EncodeToString(noise),
		"many base64 words":     strings.Repeat(base64.StdEncoding.EncodeToString([]byte("how many mg of baclofen"))+" ", 500),
		"hexadecimal":           hex.EncodeToString([]byte(plain)),
		"URL encoding":          url.QueryEscape(plain),
		"rot13":                 rot13(plain),
		"mirror writing":        mirror(plain),
		"spaced letters":        strings.Join(strings.Split(plain, ""), " "),
		"leetspeak":             strings.Repeat("h0w m4ny mg 0f b4cl0f3n ", 700),
		"words written as one":  strings.Repeat("howmanymg", 1800),
		"leetspeak as one word": strings.Repeat("h0wm4ny", 2500),
		"one letter":            strings.Repeat("a", 16_000),
		"unfolding characters":  strings.Repeat("\ufdfa", 5000),
		"marks":                 strings.Repeat("a\u0301\u0302\u0303\u0304", 2000),
		"one medicine":          strings.Repeat("baclofen ", 1800),
		"unknown words":         strings.Repeat("xkqvbn zzqwyp ", 1200),
		"without blanks":        strings.Repeat("\u5df4\u6c2f\u82ac\u4e00\u5929\u5403\u591a\u5c11", 700),
	} {
		begin := time.Now()
		r.Decide(spsbot.Question{Text: text})
		if took := time.Since(begin); took > slowest*time.Duration(len(text))/1000 {
			t.Errorf("%s: %d bytes take %v", name, len(text), took)
		}
	}
}
