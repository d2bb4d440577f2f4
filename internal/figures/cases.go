// Package figures measures replies against cases with known routes and facts,
// for the command line and for golden files. It must never decide a route or
// look at how a reply was made: it counts what came out.
package figures

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"spsbot"
)

// Case is one line of an evaluation file.
type Case struct {
	ID       string   `json:"id"`
	Question string   `json:"question"`
	Turns    []string `json:"turns"`
	// Route is the expected route; Alt are others that are as good.
	Route spsbot.Route   `json:"route"`
	Alt   []spsbot.Route `json:"alt"`
	// Facts are what a good answer holds: each a short text, or several
	// alternatives with "|" between them.
	Facts    []string `json:"facts"`
	Language string   `json:"language"`
	Style    string   `json:"style"`
}

// Ask returns the case's question: the last of its turns where it has some.
func (c Case) Ask() spsbot.Question {
	question := spsbot.Question{ID: c.ID, Text: c.Question}
	if len(c.Turns) > 0 {
		last := len(c.Turns) - 1
		question.Text, question.Turns = c.Turns[last], c.Turns[:last]
	}
	return question
}

// longestLine is the longest line of an evaluation file, in bytes.
const longestLine = 1 << 20

// ReadCases reads JSON Lines. An error names the line.
func ReadCases(r io.Reader) ([]Case, error) {
	scanner := bufio.NewScanner(r)
	scanner.Buffer(nil, longestLine)
	var cases []Case
	for line := 1; scanner.Scan(); line++ {
		if strings.TrimSpace(scanner.Text()) == "" {
			continue
		}
		var c Case
		if err := json.Unmarshal(scanner.Bytes(), &c); err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		var keys map[string]json.RawMessage
		if err := json.Unmarshal(scanner.Bytes(), &keys); err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		if !c.Route.Valid() {
			return nil, fmt.Errorf("line %d: unknown route %q", line, c.Route)
		}
		if keys["question"] == nil && keys["turns"] == nil { // an empty question is one
			return nil, fmt.Errorf("line %d: it has no question", line)
		}
		cases = append(cases, c)
	}
	if err := scanner.Err(); err != nil {
		return nil, fmt.Errorf("read the cases: %w", err)
	}
	if len(cases) == 0 {
		return nil, errors.New("it holds no case")
	}
	return cases, nil
}
