// Package openapi compares bodies of requests with Discord's own OpenAPI
// document, as an oracle that this project did not write. It is for tests; it
// must never be linked into the program, and never be the only check: the
// document leaves out some limits, and lets misspelled fields pass.
package openapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Variable is the environment variable that names the document.
const Variable = "SPSBOT_OPENAPI"

// Document is Discord's description of its REST interface. It is safe for
// concurrent use.
type Document struct {
	templates []template

	mutex    sync.Mutex // guards the rest
	compiler *jsonschema.Compiler
	schemas  map[string]*jsonschema.Schema
}

// template is a path with parameters in braces, and the methods that take a body.
type template struct {
	path    string
	parts   []string
	methods map[string]bool
}

// TB is what Oracle needs of a test.
type TB interface {
	Helper()
	Logf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// Oracle loads the document that the environment names and returns its Check.
// Without one it says so and returns nil, which discordtest.New understands.
// A package with many tests does better to load the document once.
func Oracle(t TB) func(method, path string, body []byte) error {
	t.Helper()
	name := os.Getenv(Variable) //nolint:forbidigo // a test is told by its environment where the document is
	if name == "" {
		t.Logf("openapi: %s is not set: bodies are NOT compared with Discord's OpenAPI document", Variable)
		return nil
	}
	document, err := Load(name)
	if err != nil {
		t.Fatalf("openapi: %s: %v", Variable, err)
	}
	return document.Check
}

// resource is the name of the document inside the compiler; nothing is fetched.
const resource = "https://discord.invalid/openapi.json"

// Load reads the document.
func Load(name string) (*Document, error) {
	data, err := os.ReadFile(name) //nolint:gosec // a test names the file
	if err != nil {
		return nil, fmt.Errorf("read the OpenAPI document: %w", err)
	}
	content, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("read the OpenAPI document %s: %w", name, err)
	}
	d := &Document{compiler: jsonschema.NewCompiler(), schemas: map[string]*jsonschema.Schema{}}
	d.compiler.DefaultDraft(jsonschema.Draft2020)
	if err := d.compiler.AddResource(resource, content); err != nil {
		return nil, fmt.Errorf("read the OpenAPI document %s: %w", name, err)
	}
	if err := d.readPaths(data); err != nil {
		return nil, fmt.Errorf("read the OpenAPI document %s: %w", name, err)
	}
	return d, nil
}

func (d *Document) readPaths(data []byte) error {
	var document struct {
		Paths map[string]map[string]json.RawMessage `json:"paths"`
	}
	if err := json.Unmarshal(data, &document); err != nil {
		return err
	}
	if len(document.Paths) == 0 {
		return errors.New("it has no paths")
	}
	for path, operations := range document.Paths {
		t := template{path: path, parts: strings.Split(path, "/"), methods: map[string]bool{}}
		for method, raw := range operations {
			var operation struct {
				Body struct {
					Content map[string]json.RawMessage `json:"content"`
				} `json:"requestBody"`
			}
			if json.Unmarshal(raw, &operation) == nil && operation.Body.Content["application/json"] != nil {
				t.methods[method] = true
			}
		}
		d.templates = append(d.templates, t)
	}
	// Where several fit, the one with fewer parameters is meant.
	slices.SortFunc(d.templates, func(a, b template) int { return strings.Count(a.path, "{") - strings.Count(b.path, "{") })
	return nil
}

// Check compares a body with what the document says of a request. The path is
// that of any version, with or without /api/v10. What the document does not know
// is an error, too.
func (d *Document) Check(method, path string, body []byte) error {
	schema, err := d.schema(strings.ToLower(method), path)
	if err != nil {
		return err
	}
	content, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("the body is no JSON: %w", err)
	}
	if err := schema.Validate(withoutFalseAlarms(content)); err != nil {
		return fmt.Errorf("the body is not as Discord's document has it: %w", err)
	}
	return nil
}

// schema finds and compiles what the document says of a request's body.
func (d *Document) schema(method, path string) (*jsonschema.Schema, error) {
	parts := strings.Split(withoutVersion(path), "/")
	for _, t := range d.templates {
		if !t.fits(parts) || !t.methods[method] {
			continue
		}
		pointer := "/paths/" + escape(t.path) + "/" + method + "/requestBody/content/" + escape("application/json") + "/schema"
		d.mutex.Lock()
		defer d.mutex.Unlock()
		if schema, done := d.schemas[pointer]; done {
			return schema, nil
		}
		schema, err := d.compiler.Compile(resource + "#" + (&url.URL{Path: pointer}).EscapedPath())
		if err != nil {
			return nil, fmt.Errorf("compile the schema of %s %s: %w", method, t.path, err)
		}
		d.schemas[pointer] = schema
		return schema, nil
	}
	return nil, fmt.Errorf("Discord's document knows no %s %s with a body", strings.ToUpper(method), path) //nolint:staticcheck // a name begins it
}

func withoutVersion(path string) string {
	path = strings.TrimPrefix(path, "/api")
	for _, version := range []string{"/v9/", "/v10/"} {
		if rest, found := strings.CutPrefix(path, version); found {
			return "/" + rest
		}
	}
	return path
}

func (t template) fits(parts []string) bool {
	return slices.EqualFunc(t.parts, parts, func(want, got string) bool {
		return want == got || strings.HasPrefix(want, "{") && got != ""
	})
}

// escape writes a part of a JSON pointer.
func escape(part string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(part)
}

// withoutFalseAlarms changes what Discord takes although its document says
// otherwise: permissions of commands may be numbers in strings.
func withoutFalseAlarms(content any) any {
	switch value := content.(type) {
	case []any:
		for i := range value {
			value[i] = withoutFalseAlarms(value[i])
		}
	case map[string]any:
		if text, is := value["default_member_permissions"].(string); is {
			value["default_member_permissions"] = json.Number(text)
		}
	}
	return content
}
