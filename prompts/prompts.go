// Package prompts holds every word that the bot says or learns from: replies
// per language, route examples, the glossary, word lists, dose patterns. It
// loads and checks them and says their version. It must never decide anything:
// what the words are used for stands in the packages that use them.
package prompts

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"go.yaml.in/yaml/v3"
)

//go:embed router.bin *.yaml routes/*.yaml rules/*.yaml replies/*.yaml replies/disclaimer.txt discord/*.yaml words/*.yaml names/*.yaml
var files embed.FS

// Files returns the embedded word files, as they stand in this folder.
func Files() fs.FS { return files }

// Version returns the first 12 hexadecimal digits of the SHA-256 over the names
// and contents of all files, in the order of their names.
func Version(words fs.FS) (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(words, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(words, path)
		if err != nil {
			return err
		}
		fmt.Fprintf(sum, "%s %d\n", path, len(data))
		sum.Write(data)
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("hash the word files: %w", err)
	}
	return hex.EncodeToString(sum.Sum(nil))[:12], nil
}

// decode reads one YAML file into target and refuses fields that target does not have.
func decode(words fs.FS, path string, target any) error {
	data, err := fs.ReadFile(words, path)
	if err != nil {
		return fmt.Errorf("read word file: %w", err)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(target); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("parse word file %s: %w", path, err)
	}
	return nil
}
