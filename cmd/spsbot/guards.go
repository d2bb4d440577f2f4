package main

import (
	"fmt"

	"spsbot/answer/verify"
	"spsbot/internal/scrub"
	"spsbot/prompts"
)

// newGuard returns the dose guard that withholds sentences from replies.
func newGuard() (*verify.Guard, error) {
	rules, err := prompts.Dose(prompts.Files())
	if err != nil {
		return nil, err
	}
	guard, err := verify.NewGuard(rules)
	if err != nil {
		return nil, fmt.Errorf("read the dose rules: %w", err)
	}
	return guard, nil
}

// newScrubber returns the scrubber that takes personal data out of messages.
func newScrubber() (*scrub.Scrubber, error) {
	rules, err := prompts.Scrub(prompts.Files())
	if err != nil {
		return nil, err
	}
	scrubber, err := scrub.New(rules)
	if err != nil {
		return nil, fmt.Errorf("read the patterns of personal data: %w", err)
	}
	return scrubber, nil
}
