package main

import (
	"context"
	"fmt"
	"runtime/debug"

	"spsbot/answer"
	"spsbot/prompts"
)

type versionCommand struct{ sourceOptions }

// Run prints what a reply's record is stamped with.
func (c *versionCommand) Run(ctx context.Context, std streams) error {
	words, err := prompts.Version(prompts.Files())
	if err != nil {
		return err
	}
	lists, err := answer.LoadWords(prompts.Files())
	if err != nil {
		return fmt.Errorf("read the word files: %w", err)
	}
	set, err := c.read(ctx, lists, std)
	if err != nil {
		return err
	}
	out := &printer{out: std.out}
	out.printf("spsbot      %s\nprompts     %s\nsource set  %s (%s)\n", programVersion(), words, set.Version, c.name())
	return out.done("the versions")
}

// programVersion returns the version that the program was built from.
func programVersion() string {
	program := "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		program = info.Main.Version
		for _, setting := range info.Settings {
			if setting.Key == "vcs.revision" {
				program += " " + setting.Value
			}
		}
	}
	return program
}
