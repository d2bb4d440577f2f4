package main

import (
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"spsbot/config"
	"spsbot/prompts"
)

// The guide for operators is checked against the program that it describes.
const guide = "../../docs/operating.md"

func readText(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// rows returns the cells of the table whose first heading is given.
func rows(t *testing.T, text, heading string) [][]string {
	t.Helper()
	var found [][]string
	_, table, ok := strings.Cut(text, "\n| "+heading+" |")
	if !ok {
		t.Fatalf("there is no table of %q", heading)
	}
	lines := strings.Split(table, "\n")
	for _, line := range lines[2:] {
		if !strings.HasPrefix(line, "|") {
			break
		}
		var cells []string
		for _, cell := range strings.Split(strings.Trim(line, "|"), "|") {
			cells = append(cells, strings.TrimSpace(cell))
		}
		found = append(found, cells)
	}
	return found
}

func inner(cell string) string { return strings.Trim(cell, "`") }

func TestTheGuideNamesEverySettingAndNoOther(t *testing.T) {
	table := map[string]string{}
	for _, row := range rows(t, readText(t, guide), "environment") {
		if len(row) != 4 || row[3] == "" {
			t.Errorf("the row %q has not four cells with an explanation", row)
			continue
		}
		table[inner(row[0])] = inner(row[1]) + " = " + inner(row[2])
	}
	want := map[string]string{"NO_COLOR": " = "}
	standard := reflect.ValueOf(config.Default())
	for n := range standard.NumField() {
		tag := standard.Type().Field(n).Tag
		want[tag.Get("env")] = tag.Get("yaml") + " = " + fmt.Sprint(standard.Field(n))
	}
	parser, err := kong.New(&commands{})
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range parser.Model.Leaves(false) {
		for _, group := range command.AllFlags(false) {
			for _, flag := range group {
				for _, name := range flag.Envs {
					if _, found := want[name]; !found {
						want[name] = " = "
					}
				}
			}
		}
	}
	for name, setting := range want {
		if got, found := table[name]; !found || got != setting {
			t.Errorf("%s: the table says %q, the program %q", name, got, setting)
		}
		delete(table, name)
	}
	for name := range table {
		t.Errorf("the program knows no %s", name)
	}
}

func TestTheGuideExplainsWhatModeratorsAndPeopleSee(t *testing.T) {
	text := readText(t, guide)
	interfaces, err := prompts.LoadInterfaces(prompts.Files())
	if err != nil {
		t.Fatal(err)
	}
	english := interfaces.For("en")
	for _, section := range english.Sections {
		if !strings.Contains(text, "- **"+section.Title+"**: ") {
			t.Errorf("the setting %q is not explained", section.Title)
		}
	}
	for key, command := range english.Commands {
		name := "`/" + command.Name + "`"
		switch key {
		case "question": // an option
			continue
		case "check": // in the menu of a message
			name = "*" + command.Name + "*"
		}
		if !strings.Contains(text, name) {
			t.Errorf("%s is not named", name)
		}
	}
	parser, err := kong.New(&commands{})
	if err != nil {
		t.Fatal(err)
	}
	var known []string
	for _, command := range parser.Model.Leaves(false) {
		known = append(known, strings.Fields(command.FullPath())[1])
	}
	for _, match := range regexp.MustCompile("(?m)(?:`|^|bot /)spsbot ([a-z]+)").FindAllStringSubmatch(text, -1) {
		if !slices.Contains(known, match[1]) {
			t.Errorf("the program has no command %q", match[1])
		}
	}
}

// A message that the guide explains has to be one that the program prints.
func TestTheGuideExplainsMessagesThatExist(t *testing.T) {
	var source strings.Builder
	err := fs.WalkDir(os.DirFS("../.."), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		source.WriteString(readText(t, "../../"+name))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	messages := rows(t, readText(t, guide), "message")
	if len(messages) < 10 {
		t.Errorf("%d messages are explained", len(messages))
	}
	for _, row := range messages {
		if !strings.Contains(source.String(), `"`+inner(row[0])) && !strings.Contains(source.String(), inner(row[0])+": %w") {
			t.Errorf("no code says %s", row[0])
		}
	}
}
