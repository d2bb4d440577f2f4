package route

import (
	"fmt"
	"os"
	"sort"
	"testing"

	"spsbot"
	"spsbot/prompts"
)

func load(t testing.TB) ([]prompts.Example, prompts.RouteRules, spsbot.Glossary) {
	t.Helper()
	examples, err := prompts.Examples(prompts.Files())
	if err != nil {
		t.Fatal(err)
	}
	rules, err := prompts.Rules(prompts.Files())
	if err != nil {
		t.Fatal(err)
	}
	glossary, err := prompts.Glossary(prompts.Files())
	if err != nil {
		t.Log(err)
	}
	return append(examples, extra()...), rules, glossary
}

func TestModelCV(t *testing.T) {
	examples, rules, glossary := load(t)
	const folds = 5
	m := map[spsbot.Route]map[spsbot.Route]int{}
	right, total := 0, 0
	langR, langT := map[string]int{}, map[string]int{}
	for f := 0; f < folds; f++ {
		var tr, te []prompts.Example
		for i, e := range examples {
			if i%folds == f {
				te = append(te, e)
			} else {
				tr = append(tr, e)
			}
		}
		r, err := New(tr, rules, glossary)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range te {
			s := scanText(r.folder.fold(e.Text))
			r.lookup(s.tokens)
			tg := r.tongues.detect(e.Text, r.folder.fold(e.Text), s.tokens)
			v := r.view(s, tg.active)
			p := make([]float32, len(r.model.routes))
			ff, _ := r.features(v.tokens, v.spans, v.firedWithin(0, len(v.tokens)), v.asksWithin(0, len(v.tokens)))
			r.model.scores(r.model.learned(ff), p)
			softmax(p)
			best := 0
			for i := range p {
				if p[i] > p[best] {
					best = i
				}
			}
			want := e.Route
			if want == spsbot.RouteNoSource {
				want = spsbot.RouteAnswer
			}
			got := r.model.routes[best]
			if m[want] == nil {
				m[want] = map[spsbot.Route]int{}
			}
			m[want][got]++
			if os.Getenv("PROB") != "" {
				fmt.Printf("PROB %s em=%.3f do=%.3f pe=%.3f mi=%.3f su=%.3f sm=%.3f oos=%.3f an=%.3f %s: %s\n", want, p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], e.Language, e.Text)
			}
			total++
			langT[e.Language]++
			if got == want {
				right++
				langR[e.Language]++
			} else if os.Getenv("ERR") != "" {
				fmt.Printf("%s→%s %.2f %s: %s\n", want, got, p[best], tg.tag, e.Text)
			}
		}
	}
	for _, w := range learnedRoutes() {
		t.Log(w, m[w])
	}
	var ls []string
	for l := range langT {
		ls = append(ls, fmt.Sprintf("%s %.3f", l, float64(langR[l])/float64(langT[l])))
	}
	sort.Strings(ls)
	t.Log(ls)
	t.Logf("%d/%d %.4f", right, total, float64(right)/float64(total))
}

func BenchmarkNew(b *testing.B) {
	examples, rules, glossary := load(b)
	for b.Loop() {
		if _, err := New(examples, rules, glossary); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		load(b)
	}
}
