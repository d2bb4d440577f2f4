package route

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestDebug(t *testing.T) {
	if os.Getenv("DBG") == "" {
		t.Skip()
	}
	r, err := New(load(t))
	if err != nil {
		t.Fatal(err)
	}
	f, _ := os.Open(os.Getenv("DBG"))
	sc := bufio.NewScanner(f)
	for sc.Scan() {
		text := sc.Text()
		fold := r.folder.fold(text)
		s := scanText(fold)
		r.lookup(s.tokens)
		tg := r.tongues.detect(text, fold, s.tokens)
		v := r.view(s, tg.active)
		var tags []string
		for _, sp := range v.spans {
			var w []string
			for _, tk := range s.tokens[sp.start:sp.end] {
				w = append(w, tk.text)
			}
			tags = append(tags, r.lexicon.classes[sp.class]+"("+strings.Join(w, " ")+")")
		}
		p := make([]float32, len(r.model.routes))
		ff, _ := r.features(v.tokens, v.spans, v.firedWithin(0, len(v.tokens)), v.asksWithin(0, len(v.tokens)))
		r.model.scores(r.model.learned(ff), p)
		softmax(p)
		fmt.Printf("%q\n  fold %q %+v active %b\n  %v\n  %v\n  ", text, fold, tg.tag, tg.active, tags, v.hits)
		for i := range p {
			if p[i] > 0.03 {
				fmt.Printf("%s %.2f  ", r.model.routes[i], p[i])
			}
		}
		fmt.Println()
	}
}

func TestRulesOnTraining(t *testing.T) {
	if os.Getenv("RULES") == "" {
		t.Skip()
	}
	examples, rules, g := load(t)
	r, err := New(examples, rules, g)
	if err != nil {
		t.Fatal(err)
	}
	tp, fp := map[string]int{}, map[string]int{}
	for _, e := range examples {
		fold := r.folder.fold(e.Text)
		s := scanText(fold)
		r.lookup(s.tokens)
		tg := r.tongues.detect(e.Text, fold, s.tokens)
		v := r.view(s, tg.active)
		for _, h := range v.hits {
			u := r.rules[h.rule]
			if u.Route == e.Route {
				tp[u.Name]++
				continue
			}
			fp[u.Name]++
			if true {
				fmt.Printf("FP %s [%s]: %s | %s\n", u.Name, e.Route, e.Text, h.why)
			}
		}
	}
	for _, u := range r.rules {
		fmt.Println("RULE", u.Name, tp[u.Name], fp[u.Name])
	}
}
