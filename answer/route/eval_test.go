package route

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"testing"

	"spsbot"
	"spsbot/prompts"
)

type evalCase struct {
	ID       string         `json:"id"`
	Question string         `json:"question"`
	Turns    []string       `json:"turns"`
	Route    spsbot.Route   `json:"route"`
	Alt      []spsbot.Route `json:"alt"`
	Language string         `json:"language"`
	Style    string         `json:"style"`
}

func readEval(t testing.TB, path string) []evalCase {
	f, err := os.Open(path)
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	var list []evalCase
	for sc.Scan() {
		var c evalCase
		if err := json.Unmarshal(sc.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		if n := len(c.Turns); n > 0 && c.Question == "" {
			c.Question, c.Turns = c.Turns[n-1], c.Turns[:n-1]
		} else if n > 0 && c.Turns[n-1] == c.Question {
			c.Turns = c.Turns[:n-1]
		}
		list = append(list, c)
	}
	return list
}

func right(c evalCase, got spsbot.Route) bool {
	fold := func(r spsbot.Route) spsbot.Route {
		if r == spsbot.RouteNoSource {
			return spsbot.RouteAnswer
		}
		return r
	}
	if got == fold(c.Route) {
		return true
	}
	for _, a := range c.Alt {
		if got == fold(a) {
			return true
		}
	}
	return false
}

// score prints confusion and the misses of a set of cases.
func score(t *testing.T, r *Router, cases []evalCase, show bool) {
	conf := map[spsbot.Route]map[spsbot.Route]int{}
	good := 0
	by := map[string][2]int{}
	for _, c := range cases {
		d := r.Decide(spsbot.Question{Text: c.Question, Turns: c.Turns})
		if conf[c.Route] == nil {
			conf[c.Route] = map[spsbot.Route]int{}
		}
		ok := right(c, d.Route)
		key := d.Route
		if ok {
			key = "ok"
			good++
		} else if show {
			fmt.Printf("MISS %s→%s %s/%s: %q %v | %v\n", c.Route, d.Route, c.Language, c.Style, c.Question, c.Turns, d.Why)
		}
		conf[c.Route][key]++
		for _, k := range []string{"L " + c.Language, "S " + c.Style} {
			x := by[k]
			x[1]++
			if ok {
				x[0]++
			}
			by[k] = x
		}
	}
	for _, w := range spsbot.Routes() {
		if conf[w] != nil {
			t.Log(w, conf[w])
		}
	}
	var keys []string
	for k := range by {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	line := ""
	for _, k := range keys {
		line += fmt.Sprintf("%s %d/%d; ", k, by[k][0], by[k][1])
	}
	t.Log(line)
	t.Logf("RIGHT %d/%d %.4f", good, len(cases), float64(good)/float64(len(cases)))
}

func TestEvalFile(t *testing.T) {
	path := os.Getenv("EVAL")
	if path == "" {
		t.Skip()
	}
	r, err := New(load(t))
	if err != nil {
		t.Fatal(err)
	}
	score(t, r, readEval(t, path), os.Getenv("SHOW") != "")
}

// TestDecideCV is Decide by cross-validation over the examples.
func TestDecideCV(t *testing.T) {
	examples, rules, glossary := load(t)
	const folds = 5
	var all []evalCase
	_ = all
	for f := 0; f < folds; f++ {
		var tr []prompts.Example
		var te []evalCase
		for i, e := range examples {
			if i%folds == f {
				te = append(te, evalCase{Question: e.Text, Route: e.Route, Language: e.Language, Style: string(e.Route)})
			} else {
				tr = append(tr, e)
			}
		}
		r, err := New(tr, rules, glossary)
		if err != nil {
			t.Fatal(err)
		}
		score(t, r, te, os.Getenv("SHOW") != "")
	}
}
