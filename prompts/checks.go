package prompts

import (
	"io/fs"

	"spsbot"
)

// Checks loads checks.yaml: the words by which new documents are checked.
func Checks(words fs.FS) (spsbot.CheckWords, error) {
	var list spsbot.CheckWords
	if err := decode(words, "checks.yaml", &list); err != nil {
		return spsbot.CheckWords{}, err
	}
	return list, nil
}
