package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/rogpeppe/go-internal/testscript"

	"spsbot"
)

// contractLine is one line of "ask --json", as anybody would read it who knows
// the contract and not the program.
type contractLine struct {
	ID        *string  `json:"id"`
	Question  *string  `json:"question"`
	Route     string   `json:"route"`
	Why       []string `json:"why"`
	Text      string   `json:"text"`
	Messages  []string `json:"messages"`
	Sentences []struct {
		Text      string `json:"text"`
		Citations []int  `json:"citations"`
	} `json:"sentences"`
	Citations []struct {
		N                                                               int
		Source, Title, Publisher, URL, Kind, Reviewed, Passage, Heading string
		Commercial                                                      bool
		Quote                                                           string
	} `json:"citations"`
	Withheld    *int     `json:"withheld"`
	Disclaimer  string   `json:"disclaimer"`
	Locale      string   `json:"locale"`
	SourceSet   string   `json:"source_set"`
	Prompts     string   `json:"prompts"`
	Mode        string   `json:"mode"`
	Suggestions []string `json:"suggestions"`
	TookUS      *int64   `json:"took_us"`
}

// checkReplies holds that standard output is so many lines that keep the
// contract: replies with all keys in order, or faults.
func checkReplies(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: replies N")
	}
	lines := outputLines(ts)
	if strconv.Itoa(len(lines)) != args[0] {
		ts.Fatalf("%d lines, want %s", len(lines), args[0])
	}
	for i, line := range lines {
		if err := checkLine(line); err != nil {
			ts.Fatalf("line %d: %v\n%s", i+1, err, line)
		}
	}
}

func outputLines(ts *testscript.TestScript) []string {
	return slices.Collect(strings.Lines(ts.ReadFile("stdout")))
}

func checkLine(line string) error {
	keys, err := keysOf(line)
	if err != nil {
		return err
	}
	if slices.Equal(keys, []string{"id", "error"}) {
		return nil
	}
	want := strings.Fields("id question route why text messages sentences citations withheld disclaimer locale source_set prompts mode suggestions took_us")
	if !slices.Equal(keys, want) {
		return fmt.Errorf("the keys are %q, want %q", keys, want)
	}
	if at := regexp.MustCompile(`"(\w+)":null`).FindStringSubmatch(line); at != nil {
		return fmt.Errorf("%s is null", at[1])
	}
	var reply contractLine
	decoder := json.NewDecoder(strings.NewReader(line))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&reply); err != nil {
		return err
	}
	if err := reply.checkText(); err != nil {
		return err
	}
	return reply.checkCitations()
}

// keysOf returns the keys of a JSON object in the order in which they stand.
func keysOf(line string) ([]string, error) {
	decoder := json.NewDecoder(bytes.NewReader([]byte(line)))
	token, err := decoder.Token()
	if err != nil {
		return nil, err
	}
	if token != json.Delim('{') {
		return nil, fmt.Errorf("begins with %v and is no JSON object", token)
	}
	var keys []string
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			return nil, err
		}
		keys = append(keys, fmt.Sprint(key))
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return nil, err
		}
	}
	return keys, nil
}

func (r *contractLine) checkText() error {
	hash := regexp.MustCompile(`^[0-9a-f]{12}$`)
	switch {
	case !spsbot.Route(r.Route).Valid():
		return fmt.Errorf("the route is %q", r.Route)
	case len(r.Why) == 0:
		return fmt.Errorf("no reason is given for the route")
	case r.Disclaimer == "" || !strings.HasSuffix(r.Text, r.Disclaimer):
		return fmt.Errorf("the text does not end with the disclaimer")
	case len(r.Messages) == 0:
		return fmt.Errorf("no message")
	case !hash.MatchString(r.SourceSet) || !hash.MatchString(r.Prompts):
		return fmt.Errorf("the versions are %q and %q", r.SourceSet, r.Prompts)
	case r.Mode != "quote" || r.Locale == "" || *r.TookUS < 0:
		return fmt.Errorf("mode %q, locale %q, took %d", r.Mode, r.Locale, *r.TookUS)
	}
	for i, message := range r.Messages {
		if len(utf16.Encode([]rune(message))) > 2000 || !strings.HasSuffix(message, r.Disclaimer) {
			return fmt.Errorf("message %d is too long or lacks the disclaimer", i+1)
		}
	}
	return nil
}

func (r *contractLine) checkCitations() error {
	if answered := len(r.Sentences)+*r.Withheld > 0; answered != (r.Route == string(spsbot.RouteAnswer)) {
		return fmt.Errorf("route %s with %d sentences", r.Route, len(r.Sentences))
	}
	for i, citation := range r.Citations {
		if citation.N != i+1 || !strings.HasPrefix(citation.Passage, citation.Source+"#") || citation.Quote == "" || citation.Title == "" {
			return fmt.Errorf("citation %d is %+v", i+1, citation)
		}
	}
	for _, sentence := range r.Sentences {
		if len(sentence.Citations) == 0 {
			return fmt.Errorf("%q cites nothing", sentence.Text)
		}
		for _, n := range sentence.Citations {
			if n < 1 || n > len(r.Citations) || !strings.Contains(r.Citations[n-1].Quote, sentence.Text) {
				return fmt.Errorf("%q is not in the passage that it cites, %d", sentence.Text, n)
			}
		}
	}
	return nil
}

func checkField(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: field LINE KEY REGEXP")
	}
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	lines := outputLines(ts)
	if n < 1 || n > len(lines) {
		ts.Fatalf("there is no line %d of %d", n, len(lines))
	}
	var fields map[string]json.RawMessage
	ts.Check(json.Unmarshal([]byte(lines[n-1]), &fields))
	pattern, err := regexp.Compile(args[2])
	ts.Check(err)
	if pattern.Match(fields[args[1]]) == neg {
		ts.Fatalf("line %d: %s is %s", n, args[1], fields[args[1]])
	}
}
