package parse

import "strings"

// tableRow writes one row of a table as a block of its own: each cell after the
// name of its column, so that it can be understood without the rows around it.
func tableRow(header, cells []string) []rawBlock {
	var parts []string
	for i, cell := range cells {
		cell = strings.Join(strings.Fields(clean(cell)), " ")
		if cell == "" {
			continue
		}
		name := ""
		if i < len(header) {
			name = strings.TrimSuffix(strings.Join(strings.Fields(clean(header[i])), " "), ":")
		}
		if name != "" && name != cell {
			cell = name + ": " + cell
		}
		parts = append(parts, cell)
	}
	text := strings.Join(parts, "; ")
	if text == "" || isRule(text) {
		return nil
	}
	return []rawBlock{{Text: text, Kind: Item, Fixed: true, Row: true}}
}
