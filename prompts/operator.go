package prompts

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
)

// Operator is who runs the bot, as /privacy names it. Only NewOperator makes
// one that is not empty.
type Operator struct{ name, policy, terms string }

// longestOperator is the length of the longest name that is shown, in bytes.
const longestOperator = 200

// NewOperator checks what the configuration says: a name on one line, and https
// addresses. Each may be empty.
func NewOperator(name, policy, terms string) (Operator, error) {
	if len(name) > longestOperator || strings.ContainsFunc(name, unicode.IsControl) {
		return Operator{}, fmt.Errorf("the operator's name must be one line of at most %d bytes", longestOperator)
	}
	for _, address := range []string{policy, terms} {
		if address == "" {
			continue
		}
		parsed, err := url.Parse(address)
		if err != nil || parsed.Scheme != "https" || parsed.Host == "" {
			return Operator{}, fmt.Errorf("%q is no https address", address)
		}
	}
	return Operator{name, policy, terms}, nil
}

// Name returns the operator's name.
func (o Operator) Name() string { return o.name }

// Policy returns the address of the privacy policy.
func (o Operator) Policy() string { return o.policy }

// Terms returns the address of the terms of use.
func (o Operator) Terms() string { return o.terms }
