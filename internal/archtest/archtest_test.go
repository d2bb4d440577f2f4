package archtest

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

const module = "spsbot"

// rules are the import directions of docs/architecture.md. Those of
// .golangci.yml say the same to the linter.
func rules() []Rule {
	anyLibrary := []string{""}
	return []Rule{
		{Package: "."},
		{Package: "prompts", Project: []string{"."}, Libraries: []string{"go.yaml.in/yaml/v3"}},
		{Package: "retrieval", Project: []string{".", "retrieval/..."}, Libraries: anyLibrary},
		{Package: "retrieval/analysis", Project: []string{"."}, Libraries: anyLibrary},
		{Package: "retrieval/index"},
		{Package: "retrieval/parse", Project: []string{".", "retrieval/parse/pdftext"}, Libraries: anyLibrary},
		{Package: "retrieval/parse/pdftext", Libraries: anyLibrary},
		{Package: "retrieval/snapshot"},
		{Package: "retrieval/vector", Libraries: []string{"github.com/viterin/vek"}},
		{Package: "retrieval/parse", Project: []string{"."}, Libraries: anyLibrary},
		{Package: "sources", Project: []string{".", "retrieval", "retrieval/..."}, Libraries: anyLibrary},
		{Package: "answer", Project: []string{".", "answer/...", "prompts", "retrieval", "retrieval/..."}, Libraries: anyLibrary},
		{Package: "answer/route", Project: []string{".", "prompts"}, Libraries: anyLibrary},
		{Package: "answer/compose", Project: []string{".", "retrieval"}, Libraries: anyLibrary},
		{Package: "answer/verify", Project: []string{".", "prompts"}, Libraries: anyLibrary},
		{Package: "answer/reply", Project: []string{".", "answer/verify", "prompts"}, Libraries: anyLibrary},
		{Package: "bot", Project: []string{".", "answer/reply", "answer/verify", "bot/gateway", "bot/outbox", "prompts"}, Libraries: []string{"github.com/bwmarrin/discordgo"}},
		{Package: "bot/gateway", Libraries: []string{"github.com/gorilla/websocket"}},
		{Package: "bot/outbox", Project: []string{".", "answer/reply", "prompts"}, Libraries: []string{"golang.org/x/time/rate"}},
		{Package: "config", Libraries: []string{"go.yaml.in/yaml/v3"}},
		{Package: "internal/figures", Project: []string{"."}, Libraries: anyLibrary},
		{Package: "review", Project: []string{".", "internal/keyring"}},
		{Package: "internal/keyring", Project: []string{"."}},
		{Package: "internal/scrub", Project: []string{"prompts"}},
		{Package: "internal/store", Project: []string{"."}},
		{Package: "internal/store/embedded", Project: []string{".", "internal/store"}, Libraries: []string{"modernc.org/sqlite"}},
		{Package: "internal/store/storetest", Project: []string{".", "internal/store"}, Libraries: anyLibrary},
		{Package: "internal/archtest"},
		{Package: "internal/discordtest", Libraries: []string{"github.com/gorilla/websocket"}},
		{Package: "internal/bench", Project: []string{"..."}, Libraries: anyLibrary}, // a module of its own
		{Package: "internal/discordtest/page", Project: []string{"internal/discordtest"}},
		{Package: "internal/discordtest/openapi", Libraries: []string{"github.com/santhosh-tekuri/jsonschema"}},
		{Package: "cmd/spsbot", Project: []string{"..."}, Libraries: anyLibrary},
	}
}

func TestTheProjectKeepsItsShape(t *testing.T) {
	packages, err := Read(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	for _, wrong := range Check(module, packages, rules()) {
		t.Error(wrong)
	}
}

// A check that finds nothing is worth nothing: each of these trees is wrong in
// one way, and the last one is right.
func TestCheckFindsWhatIsWrong(t *testing.T) {
	const (
		root = "// Package spsbot holds types; it must import nothing.\npackage spsbot\n"
		leaf = "// Package leaf is at the end; it must stay there.\npackage leaf\n"
	)
	leafMay := func(project, libraries []string) []Rule {
		return []Rule{{Package: "."}, {Package: "leaf", Project: project, Libraries: libraries}}
	}
	for name, test := range map[string]struct {
		root, leaf, leafTest string
		rules                []Rule
		want                 string // empty when all is well
	}{
		"the root imports a package": {
			root: root + `import _ "spsbot/leaf"`, leaf: leaf, rules: leafMay(nil, nil),
			want: "root.go: must not import spsbot/leaf",
		},
		"a package imports the root without leave": {
			root: root, leaf: leaf + `import _ "spsbot"`, rules: leafMay([]string{"prompts"}, []string{""}),
			want: "leaf/leaf.go: must not import spsbot",
		},
		"a package imports a neighbour whose name begins alike": {
			root: root, leaf: leaf + `import _ "spsbot/leafage"`, rules: leafMay([]string{".", "leaf", "leaf/..."}, nil),
			want: "leaf/leaf.go: must not import spsbot/leafage",
		},
		"a library outside its home": {
			root: root, leaf: leaf + `import _ "go.yaml.in/yaml/v3"`, rules: leafMay([]string{"."}, []string{"golang.org/x/text"}),
			want: "leaf/leaf.go: must not import go.yaml.in/yaml/v3",
		},
		"a test imports unsafe": {
			root: root, leaf: leaf, leafTest: "package leaf\n\nimport _ \"unsafe\"", rules: leafMay(nil, nil),
			want: "leaf/leaf_test.go: must not import unsafe",
		},
		"a package that no rule knows": {
			root: root, leaf: leaf, rules: []Rule{{Package: "."}},
			want: "leaf: no rule says what this package may import",
		},
		"a rule for a package that is gone": {
			root: root, leaf: leaf, rules: append(leafMay(nil, nil), Rule{Package: "stem"}),
			want: "stem: there is a rule, but no package",
		},
		"a package without a comment": {
			root: root, leaf: "package leaf\n", rules: leafMay(nil, nil),
			want: `leaf: its comment has to begin with "Package leaf "`,
		},
		"a package that does not say its limits": {
			root: root, leaf: "// Package leaf is at the end.\npackage leaf\n", rules: leafMay(nil, nil),
			want: "leaf: its comment does not say what the package must never do",
		},
		"a project as it should be": {
			root: root + `import _ "time"`, leaf: leaf + "import (\n_ \"spsbot\"\n_ \"golang.org/x/text/cases\"\n)",
			leafTest: "package leaf_test\n\nimport _ \"spsbot/leaf\"",
			rules:    leafMay([]string{"."}, []string{"golang.org/x/text"}),
		},
	} {
		t.Run(name, func(t *testing.T) {
			tree := fstest.MapFS{
				"root.go":                {Data: []byte(test.root)},
				"leaf/leaf.go":           {Data: []byte(test.leaf)},
				"leaf/testdata/forge.go": {Data: []byte("package forge\n\nimport _ \"unsafe\"")},
				".git/hook.go":           {Data: []byte("not Go at all")},
			}
			if test.leafTest != "" {
				tree["leaf/leaf_test.go"] = &fstest.MapFile{Data: []byte(test.leafTest)}
			}
			packages, err := Read(tree)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(Check(module, packages, test.rules), "\n"); got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestReadNamesTheBrokenFile(t *testing.T) {
	_, err := Read(fstest.MapFS{"leaf/broken.go": {Data: []byte("package")}})
	if err == nil || !strings.Contains(err.Error(), "leaf/broken.go") {
		t.Errorf("got %v, want an error that names the file", err)
	}
}
