// Package archtest holds the shape of the project: which package may import
// which, and that each says what it is for. It reads source files and nothing
// else, so that the shape is held without a linter and without a network. It
// must never be imported by anything but its own test.
package archtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Rule says what one package may import besides the standard library.
type Rule struct {
	// Package is the package's folder, "." for the root.
	Package string
	// Project are folders of the project: "prompts" is one package,
	// "answer/..." is every package below that folder, "..." is any.
	Project []string
	// Libraries are the beginnings of the paths of other modules; an empty
	// beginning lets in all of them.
	Libraries []string
}

// Package is one folder with Go files.
type Package struct {
	// Folder is the path inside the module, "." for the root.
	Folder string
	// Name is the package's name, Doc its comment.
	Name, Doc string
	// Imports are those of all files.
	Imports []Import
}

// Import is one line of an import declaration.
type Import struct {
	// Path is what is imported, File the file that does it.
	Path, File string
	// Test says that the file is a test.
	Test bool
}

// Read parses the packages of a tree, whatever their build constraints. Folders
// that the go command passes over are passed over here as well.
func Read(tree fs.FS) ([]Package, error) {
	var packages []Package
	err := fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && isPassedOver(entry.Name()):
			return fs.SkipDir
		case entry.IsDir() || path.Ext(name) != ".go":
			return nil
		}
		at := slices.IndexFunc(packages, func(p Package) bool { return p.Folder == path.Dir(name) })
		if at < 0 {
			at = len(packages)
			packages = append(packages, Package{Folder: path.Dir(name)})
		}
		return packages[at].add(tree, name)
	})
	if err != nil {
		return nil, fmt.Errorf("read the packages: %w", err)
	}
	return packages, nil
}

func isPassedOver(folder string) bool {
	return folder == "testdata" || folder == "vendor" || strings.HasPrefix(folder, ".") || strings.HasPrefix(folder, "_")
}

// add reads one file into the package.
func (p *Package) add(tree fs.FS, name string) error {
	source, err := fs.ReadFile(tree, name)
	if err != nil {
		return err
	}
	file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.ImportsOnly|parser.ParseComments)
	if err != nil {
		return err
	}
	test := strings.HasSuffix(name, "_test.go")
	if !test {
		p.Name = file.Name.Name
		p.Doc += docOf(file)
	}
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return fmt.Errorf("%s: read an import: %w", name, err)
		}
		p.Imports = append(p.Imports, Import{Path: imported, File: name, Test: test})
	}
	return nil
}

func docOf(file *ast.File) string {
	if file.Doc == nil {
		return ""
	}
	return file.Doc.Text()
}
