package bot_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// TestOnlyTheOutboxSends holds that nothing of discordgo is used here but what
// cannot send: the check of signatures and the numbers of intents. discordgo has
// about 25 methods that send free text.
func TestOnlyTheOutboxSends(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("files %q: %v", files, err)
	}
	used := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(node ast.Node) bool {
			selector, ok := node.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if of, ok := selector.X.(*ast.Ident); ok && of.Name == "discordgo" {
				used++
				if selector.Sel.Name != "VerifyInteraction" && !strings.HasPrefix(selector.Sel.Name, "Intent") {
					t.Errorf("%s uses discordgo.%s", name, selector.Sel.Name)
				}
			}
			return true
		})
	}
	if used == 0 {
		t.Error("nothing was looked at")
	}
}
