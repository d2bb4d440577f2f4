package prompts

import (
	"fmt"
	"io/fs"

	"spsbot"
)

// Glossary loads and checks glossary.yaml: unique ids, known kinds, at least
// one name each, narrower ids that exist.
func Glossary(words fs.FS) (spsbot.Glossary, error) {
	var file struct {
		Concepts []struct {
			ID       string               `yaml:"id"`
			Kind     spsbot.ConceptKind   `yaml:"kind"`
			Field    bool                 `yaml:"field"`
			Names    []string             `yaml:"names"`
			Narrower []string             `yaml:"narrower"`
			Kinds    []spsbot.ConceptKind `yaml:"kinds"`
		} `yaml:"concepts"`
	}
	if err := decode(words, "glossary.yaml", &file); err != nil {
		return spsbot.Glossary{}, err
	}
	known := make(map[string]bool, len(file.Concepts))
	for _, c := range file.Concepts {
		if c.ID == "" || len(c.Names) == 0 || known[c.ID] {
			return spsbot.Glossary{}, fmt.Errorf("glossary.yaml: concept %q needs an id of its own and at least one name", c.ID)
		}
		known[c.ID] = true
	}
	var glossary spsbot.Glossary
	for _, c := range file.Concepts {
		for _, kind := range append(c.Kinds, c.Kind) {
			if !kind.Valid() {
				return spsbot.Glossary{}, fmt.Errorf("glossary.yaml: concept %q has an unknown kind %q", c.ID, kind)
			}
		}
		for _, id := range c.Narrower {
			if !known[id] {
				return spsbot.Glossary{}, fmt.Errorf("glossary.yaml: concept %q has an unknown narrower concept %q", c.ID, id)
			}
		}
		glossary.Concepts = append(glossary.Concepts, spsbot.Concept(c))
	}
	return glossary, nil
}

// Languages loads the languages besides that of the documents in which
// questions are understood: those that have names/TAG.yaml and words/TAG.yaml.
func Languages(words fs.FS) ([]spsbot.Language, error) {
	files, err := fs.Glob(words, "names/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list the names of other languages: %w", err)
	}
	var languages []spsbot.Language
	for _, path := range files {
		var file struct {
			Language string              `yaml:"language"`
			Names    map[string][]string `yaml:"names"`
		}
		if err := decode(words, path, &file); err != nil {
			return nil, err
		}
		list, err := Words(words, file.Language)
		if err != nil {
			return nil, err
		}
		languages = append(languages, spsbot.Language{Words: list, Names: file.Names})
	}
	return languages, nil
}

// Words loads the word lists of one language from words/LANGUAGE.yaml.
func Words(words fs.FS, language string) (spsbot.Words, error) {
	var list spsbot.Words
	if err := decode(words, "words/"+language+".yaml", &list); err != nil {
		return spsbot.Words{}, err
	}
	return list, nil
}
