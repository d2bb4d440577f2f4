package verify

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"

	"spsbot/prompts"
)

func newTestGuard(t testing.TB) *Guard {
	t.Helper()
	rules, err := prompts.Dose(prompts.Files())
	if err != nil {
		t.Fatal(err)
	}
	g, err := NewGuard(rules)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestScratch(t *testing.T) {
	g := newTestGuard(t)
	f, _ := os.Open(os.Getenv("SCRATCH"))
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	for sc.Scan() {
		line := sc.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		want := ""
		if strings.HasPrefix(line, "+ ") || strings.HasPrefix(line, "- ") {
			want, line = line[:1], line[2:]
		}
		fs := g.Find(line)
		if want == "+" && len(fs) > 0 || want == "-" && len(fs) == 0 {
			continue
		}
		if want == "+" {
			fmt.Println("MISSED", line)
			continue
		}
		for _, f := range fs {
			fmt.Printf("%s [%s] %s\n", f.Kind, line[f.Start:f.End], line)
		}
	}
}

func BenchmarkNone(b *testing.B) {
	g := newTestGuard(b)
	s := "Because the condition causes extreme sensitivity to external stimuli, such as sudden noises, touch or emotional stress, these therapies must be introduced cautiously by 2 people over the course of 10 visits."
	b.ReportAllocs()
	for b.Loop() {
		g.Has(s)
	}
}
