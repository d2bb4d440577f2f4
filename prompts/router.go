package prompts

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"

	"spsbot"
)

const (
	// StoredRouter is the file of what the router learned from the words, so
	// that it need not learn them at each start.
	StoredRouter = "router.bin"

	exampleFiles = "routes/*.yaml"
	phraseFiles  = "rules/phrases.*.yaml"
)

// RouterInputs returns a hash over all that the router is made from: examples,
// phrases, rules, tables, and the names of the glossary. A stored router belongs
// to the words with the same hash.
func RouterInputs(words fs.FS, glossary spsbot.Glossary) (string, error) {
	sum := sha256.New()
	for _, pattern := range []string{exampleFiles, phraseFiles, "rules/folding.yaml", "rules/languages.yaml", "rules/routes.yaml"} {
		names, err := fs.Glob(words, pattern)
		if err != nil {
			return "", fmt.Errorf("list the router's files: %w", err)
		}
		for _, name := range names {
			data, err := fs.ReadFile(words, name)
			if err != nil {
				return "", fmt.Errorf("read word file: %w", err)
			}
			fmt.Fprintf(sum, "%s %d\n", name, len(data))
			sum.Write(data)
		}
	}
	for _, c := range glossary.Concepts {
		fmt.Fprintf(sum, "%s %t %q\n", c.Kind, c.Field, c.Names)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
