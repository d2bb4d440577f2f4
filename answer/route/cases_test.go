package route

import (
	"os"
	"strings"
	"testing"

	"spsbot"
)

// ownCase is one line of testdata/cases.txt.
type ownCase struct {
	route    spsbot.Route
	question spsbot.Question
}

// ownCases reads testdata/cases.txt.
func ownCases(t testing.TB) []ownCase {
	t.Helper()
	data, err := os.ReadFile("testdata/cases.txt")
	if err != nil {
		t.Fatal(err)
	}
	var cases []ownCase
	for _, line := range strings.Split(string(data), "\n") {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		route, text, ok := strings.Cut(line, " | ")
		if !ok || !spsbot.Route(route).Valid() {
			t.Fatalf("cases.txt: %q is no case", line)
		}
		turns := strings.Split(text, " >> ")
		last := len(turns) - 1
		cases = append(cases, ownCase{spsbot.Route(route), spsbot.Question{Text: turns[last], Turns: turns[:last]}})
	}
	return cases
}

func TestCases(t *testing.T) {
	r := newRouter(t)
	for _, c := range ownCases(t) {
		if d := r.Decide(c.question); d.Route != c.route {
			t.Errorf("%s→%s %q %q: %q", c.route, d.Route, c.question.Turns, c.question.Text, d.Why)
		}
	}
}
