package route

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A word of a pattern is read as the same word of a message, though all its
// letters look like Latin ones or its script sets no blanks.
func TestPatternsReadAsMessages(t *testing.T) {
	r := newRouter(t)
	for pattern, message := range map[string]string{
		"не могу":        "я не могу дышать",
		"в":              "нож в спине",
		"не ем":          "не ем",
		"να πεθάνω":      "θέλω να πεθάνω",
		"μου":            "με πονάει το στήθος μου",
		"อยากตาย":        "หนูอยากตายแล้ว",
		"죽고 싶":           "죽고 싶",
		"आत्महत्या":      "मैं आत्महत्या करूँगी",
		"không thở được": "mẹ tôi không thở được",
	} {
		items, err := newBuilder(r.folder).parse(pattern)
		if err != nil {
			t.Fatal(err)
		}
		want := make([]string, len(items))
		for i := range items {
			want[i] = items[i].text
		}
		var got []string
		tokens := scanText(r.folder.fold(message)).tokens
		for i := 0; i+len(want) <= len(tokens); i++ {
			got = nil
			for _, one := range tokens[i : i+len(want)] {
				got = append(got, one.text)
			}
			if cmp.Equal(got, want) {
				break
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q is not found in %q (-want +got):\n%s", pattern, message, diff)
		}
	}
}
