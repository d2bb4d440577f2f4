package reply_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"spsbot/answer/reply"
)

// TestForgery builds the packages of testdata/forge: each tries to make a reply,
// or a part of one, with words of its own, and must fail to compile for the
// reason that its comment gives. The one that does nothing wrong has to compile.
func TestForgery(t *testing.T) {
	goCommand, err := exec.LookPath("go")
	if err != nil {
		t.Skip("there is no go command to build with")
	}
	files, err := filepath.Glob("testdata/forge/*/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no package to build: %v", err)
	}
	for _, file := range files {
		name := filepath.Base(filepath.Dir(file))
		t.Run(name, func(t *testing.T) {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			_, want, fails := strings.Cut(string(source), "// want: ")
			want, _, _ = strings.Cut(want, "\n")
			output, err := exec.CommandContext(t.Context(), goCommand, "build", "./"+filepath.ToSlash(filepath.Dir(file))).CombinedOutput()
			var failed *exec.ExitError
			switch {
			case err != nil && !errors.As(err, &failed):
				t.Fatal(err)
			case !fails && err != nil:
				t.Errorf("does not compile:\n%s", output)
			case fails && err == nil:
				t.Error("compiles: whoever writes this can say what they like")
			case fails && !strings.Contains(string(output), want):
				t.Errorf("fails for another reason than %q:\n%s", want, output)
			}
		})
	}
}

// What the program fills into a notice has no place for free text: no field of
// it, however deep, is a text that another package can set.
func TestParamsHoldNoFreeText(t *testing.T) {
	for _, path := range openTexts(reflect.TypeFor[reply.Params](), "Params", nil) {
		t.Errorf("%s is free text", path)
	}
}

// openTexts returns the paths of the exported fields that can hold a text.
func openTexts(kind reflect.Type, path string, seen []reflect.Type) []string {
	if slices.Contains(seen, kind) {
		return nil
	}
	seen = append(seen, kind)
	is := func(kinds ...reflect.Kind) bool { return slices.Contains(kinds, kind.Kind()) }
	switch {
	case is(reflect.String, reflect.Interface):
		return []string{path}
	case is(reflect.Slice, reflect.Array, reflect.Pointer):
		return openTexts(kind.Elem(), path, seen)
	case is(reflect.Map):
		return append(openTexts(kind.Key(), path+" key", seen), openTexts(kind.Elem(), path, seen)...)
	case is(reflect.Struct):
		var found []string
		for i := range kind.NumField() {
			if field := kind.Field(i); field.IsExported() {
				found = append(found, openTexts(field.Type, path+"."+field.Name, seen)...)
			}
		}
		return found
	}
	return nil
}
