package route

import (
	"os"
	"strings"

	"spsbot"
	"spsbot/prompts"
)

// extra returns dev files named in EXTRA as examples.
func extra() []prompts.Example {
	var list []prompts.Example
	for _, f := range strings.Fields(os.Getenv("EXTRA")) {
		data, _ := os.ReadFile(f)
		for _, line := range strings.Split(string(data), "\n") {
			route, text, ok := strings.Cut(line, " | ")
			if !ok || line[0] == '#' || route == "language" || strings.Contains(text, " >> ") {
				continue
			}
			list = append(list, prompts.Example{Route: spsbot.Route(route), Language: "en", Text: text})
		}
	}
	return list
}
