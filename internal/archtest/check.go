package archtest

import (
	"fmt"
	"slices"
	"strings"
)

// Check returns what is wrong with the packages of a module, in plain lines;
// none when all is well. Every package needs a rule, and every rule a package.
// Tests may import what they need, but nothing may import unsafe: it can forge
// what is sealed.
func Check(module string, packages []Package, rules []Rule) []string {
	var wrong []string
	for _, p := range packages {
		at := slices.IndexFunc(rules, func(r Rule) bool { return r.Package == p.Folder })
		if at < 0 {
			wrong = append(wrong, p.Folder+": no rule says what this package may import")
			continue
		}
		wrong = append(wrong, p.checkDoc()...)
		for _, imported := range p.Imports {
			if !rules[at].allows(module, imported) {
				wrong = append(wrong, fmt.Sprintf("%s: must not import %s", imported.File, imported.Path))
			}
		}
	}
	for _, rule := range rules {
		if !slices.ContainsFunc(packages, func(p Package) bool { return p.Folder == rule.Package }) {
			wrong = append(wrong, rule.Package+": there is a rule, but no package")
		}
	}
	return wrong
}

// checkDoc holds that a package says what it is for and what it must not do.
func (p Package) checkDoc() []string {
	want := "Package " + p.Name + " "
	if p.Name == "main" {
		want = "Command "
	}
	switch {
	case !strings.HasPrefix(p.Doc, want):
		return []string{fmt.Sprintf("%s: its comment has to begin with %q", p.Folder, want)}
	case !strings.Contains(p.Doc, "must"):
		return []string{p.Folder + ": its comment does not say what the package must never do"}
	}
	return nil
}

// allows reports whether a rule lets an import in.
func (r Rule) allows(module string, imported Import) bool {
	switch folder, inside := strings.CutPrefix(imported.Path, module+"/"); {
	case imported.Path == "unsafe":
		return false
	case imported.Test || isStandard(module, imported.Path):
		return true
	case imported.Path == module:
		return slices.ContainsFunc(r.Project, func(pattern string) bool { return covers(pattern, ".") })
	case inside:
		return slices.ContainsFunc(r.Project, func(pattern string) bool { return covers(pattern, folder) })
	}
	return slices.ContainsFunc(r.Libraries, func(start string) bool { return strings.HasPrefix(imported.Path, start) })
}

// isStandard reports whether a path belongs to the standard library: its first
// part has no dot, and it is not the module's own.
func isStandard(module, imported string) bool {
	first, _, _ := strings.Cut(imported, "/")
	return first != module && !strings.Contains(first, ".")
}

// covers reports whether a pattern of a rule covers a folder.
func covers(pattern, folder string) bool {
	start, deep := strings.CutSuffix(pattern, "...")
	return pattern == folder || deep && strings.HasPrefix(folder, start)
}
