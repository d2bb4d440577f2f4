package main

import (
	"path/filepath"
	"testing"
)

func TestKeysStandWhereTheOperatorWantsThem(t *testing.T) {
	for _, test := range []struct {
		options dataOptions
		want    string
	}{
		{dataOptions{Data: "data"}, filepath.Join("data", "keys")},
		{dataOptions{Data: "data", Keys: "elsewhere"}, "elsewhere"},
	} {
		if got := test.options.keys(); got != test.want {
			t.Errorf("%+v: %s, want %s", test.options, got, test.want)
		}
	}
}
