package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"spsbot"
	"spsbot/answer/reply"
)

// lineWriter writes one reply, or the fault of one line.
type lineWriter interface {
	reply(record spsbot.Record, sealed reply.Sealed) error
	fault(fault lineError) error
}

// writer returns the writer for people or for programs.
func (c *askCommand) writer(std streams) lineWriter {
	if c.JSON {
		encoder := json.NewEncoder(std.out)
		encoder.SetEscapeHTML(false)
		return jsonWriter{encoder}
	}
	return textWriter{out: std.out, err: std.err, style: newStyle(std.out)}
}

// jsonWriter writes the contract of the command line: one object a line.
type jsonWriter struct{ encoder *json.Encoder }

type jsonReply struct {
	ID          string         `json:"id"`
	Question    string         `json:"question"`
	Route       spsbot.Route   `json:"route"`
	Why         []string       `json:"why"`
	Text        string         `json:"text"`
	Messages    []string       `json:"messages"`
	Sentences   []jsonSentence `json:"sentences"`
	Citations   []jsonCitation `json:"citations"`
	Withheld    int            `json:"withheld"`
	Disclaimer  string         `json:"disclaimer"`
	Locale      string         `json:"locale"`
	SourceSet   string         `json:"source_set"`
	Prompts     string         `json:"prompts"`
	Mode        spsbot.Mode    `json:"mode"`
	Suggestions []string       `json:"suggestions"`
	TookUS      int64          `json:"took_us"`
}

type jsonSentence struct {
	Text      string `json:"text"`
	Citations []int  `json:"citations"`
}

type jsonCitation struct {
	N          int         `json:"n"`
	Source     string      `json:"source"`
	Title      string      `json:"title"`
	Publisher  string      `json:"publisher"`
	URL        string      `json:"url"`
	Kind       spsbot.Kind `json:"kind"`
	Reviewed   string      `json:"reviewed"`
	Commercial bool        `json:"commercial"`
	Passage    string      `json:"passage"`
	Heading    string      `json:"heading"`
	Quote      string      `json:"quote"`
}

func (w jsonWriter) reply(record spsbot.Record, _ reply.Sealed) error {
	line := jsonReply{
		ID: record.Question.ID, Question: record.Question.Text,
		Route: record.Route, Why: notNil(record.Why),
		Text: record.Text, Messages: notNil(record.Messages),
		Sentences: make([]jsonSentence, 0, len(record.Sentences)),
		Citations: make([]jsonCitation, 0, len(record.Citations)),
		Withheld:  record.Withheld, Disclaimer: record.Disclaimer, Locale: record.Locale,
		SourceSet: record.SourceSet, Prompts: record.Prompts, Mode: record.Mode,
		Suggestions: notNil(record.Suggestions), TookUS: record.Took.Microseconds(),
	}
	for _, sentence := range record.Sentences {
		line.Sentences = append(line.Sentences, jsonSentence(sentence))
	}
	for _, citation := range record.Citations {
		line.Citations = append(line.Citations, jsonCitation(citation))
	}
	if err := w.encoder.Encode(line); err != nil {
		return fmt.Errorf("write a reply: %w", err)
	}
	return nil
}

func (w jsonWriter) fault(fault lineError) error {
	err := w.encoder.Encode(struct {
		ID    string `json:"id"`
		Error string `json:"error"`
	}{fault.id, fault.text})
	if err != nil {
		return fmt.Errorf("write a fault: %w", err)
	}
	return nil
}

func notNil(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// textWriter writes for people: wrapped, with colours on a terminal.
type textWriter struct {
	out, err io.Writer
	style    style
}

func (w textWriter) reply(record spsbot.Record, sealed reply.Sealed) error {
	text := reply.Unescape(sealed.Text())
	body := strings.TrimSuffix(text, record.Disclaimer)
	_, err := fmt.Fprintf(w.out, "%s%s\n\n", w.style.body(body, record.Route), w.style.faint(w.style.wrap(record.Disclaimer)))
	if err != nil {
		return fmt.Errorf("write a reply: %w", err)
	}
	return nil
}

func (w textWriter) fault(fault lineError) error {
	if _, err := fmt.Fprintf(w.err, "spsbot: %s\n", fault.text); err != nil {
		return fmt.Errorf("write a fault: %w", err)
	}
	return nil
}
