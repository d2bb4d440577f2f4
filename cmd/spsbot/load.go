package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"spsbot/answer"
	"spsbot/prompts"
	"spsbot/sources"
)

// sourceOptions say where the documents are.
type sourceOptions struct {
	Sources string `help:"Answer from the documents in this folder instead of the starter set." type:"path" placeholder:"DIR" env:"SPSBOT_SOURCES"`
}

// loaded is everything that answering needs.
type loaded struct {
	words    *answer.Words
	set      *sources.Set
	snapshot answer.Snapshot
}

// load reads the documents, loads the router and builds the index. What is to
// be said about single files goes to standard error.
func (o sourceOptions) load(ctx context.Context, std streams) (*loaded, error) {
	words, err := answer.LoadWords(prompts.Files())
	if err != nil {
		return nil, fmt.Errorf("read the word files: %w", err)
	}
	var engine *answer.Engine
	var failed error
	ready := make(chan struct{})
	go func() { // the router is loaded while the documents are read
		defer close(ready)
		engine, failed = answer.NewEngine(prompts.Files(), words)
	}()
	set, err := o.read(ctx, words, std)
	if err != nil {
		return nil, err
	}
	index := words.Index(set.Documents)
	<-ready
	if failed != nil {
		return nil, failed
	}
	if engine.Learned() {
		std.complain("the words were changed: the router learned them anew. Hint: go test ./answer/route -run TestStoredRouter -update keeps what it learned")
	}
	return &loaded{words, set, answer.NewSnapshot(engine, index, set.Version)}, nil
}

// read reads the documents of the folder, or the starter set.
func (o sourceOptions) read(ctx context.Context, words *answer.Words, std streams) (*sources.Set, error) {
	folder, err := o.folder()
	if err != nil {
		return nil, err
	}
	set, err := newLoader(words, nil).Load(ctx, folder)
	if set != nil {
		for _, problem := range set.Problems {
			std.complain("%s", problem)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.name(), err)
	}
	return set, nil
}

func (o sourceOptions) folder() (fs.FS, error) {
	if o.Sources == "" {
		return sources.Starter()
	}
	info, err := os.Stat(o.Sources)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("there is no folder %s. Hint: --sources takes a folder with Markdown or text files", o.Sources)
	case err != nil:
		return nil, fmt.Errorf("open the folder of documents: %w", err)
	case !info.IsDir():
		return nil, fmt.Errorf("%s is a file. Hint: --sources takes the folder that it is in", o.Sources)
	}
	return os.DirFS(o.Sources), nil
}

func (o sourceOptions) name() string {
	if o.Sources == "" {
		return "starter set"
	}
	return o.Sources
}
