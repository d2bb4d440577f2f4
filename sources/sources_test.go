package sources_test

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"spsbot"
	"spsbot/prompts"
	"spsbot/retrieval"
	"spsbot/retrieval/parse"
	"spsbot/sources"
)

const body = "Sticks help many people to walk.\n"

func englishWords(t testing.TB) *spsbot.Words {
	t.Helper()
	words, err := prompts.Words(prompts.Files(), "en")
	if err != nil {
		t.Fatal(err)
	}
	return &words
}

// today is the day on which the tests read the folders.
func today() time.Time { return time.Date(2026, time.May, 20, 12, 0, 0, 0, time.UTC) }

func folder(files map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for name, text := range files {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

func load(t *testing.T, from fs.FS) *sources.Set {
	t.Helper()
	set, err := sources.Load(from, englishWords(t), today())
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func ids(set *sources.Set) []string {
	var out []string
	for _, document := range set.Documents {
		out = append(out, document.Source.ID)
	}
	return out
}

// The starter set is what most people will ever read: nothing is to be said
// about its files, all of its facts are there, and each gives passages.
func TestStarter(t *testing.T) {
	starter, err := sources.Starter()
	if err != nil {
		t.Fatal(err)
	}
	set := load(t, starter)
	for _, problem := range set.Problems {
		t.Errorf("problem: %s", problem)
	}
	files, err := fs.Glob(starter, "*")
	if err != nil || len(files) != len(set.Documents) {
		t.Errorf("%d documents of the files %q (%v)", len(set.Documents), files, err)
	}
	for _, document := range set.Documents {
		s := document.Source
		if s.Title == "" || s.Publisher == "" || s.SummaryOf == "" || s.Licence == "" || s.Published == "" && s.Reviewed == "" {
			t.Errorf("%s: facts are missing: %+v", s.ID, s)
		}
		if s.URL != "" && !strings.HasPrefix(s.URL, "https://") {
			t.Errorf("%s: its address is %q", s.ID, s.URL)
		}
		if len(retrieval.Cut(document)) == 0 {
			t.Errorf("%s: gives no passage", s.ID)
		}
	}
}

// One file with a fault is left out with the reason; the others still work.
func TestFilesWithFaults(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		file  string // the one that is at fault
		want  string // what is said about it
	}{
		"empty":               {map[string]string{"bad.txt": ""}, "bad.txt", "empty"},
		"binary":              {map[string]string{"bad.txt": strings.Repeat("\x00\x01\x02\xff", 50)}, "bad.txt", "binary"},
		"broken facts":        {map[string]string{"bad.md": "---\nid: [\n---\n" + body}, "bad.md", "front matter"},
		"unclosed facts":      {map[string]string{"bad.md": "---\nid: bad\n" + body}, "bad.md", "no closing line"},
		"broken side file":    {map[string]string{"bad.txt": body, "bad.meta.yaml": "id: ["}, "bad.txt", "side file"},
		"the id of another":   {map[string]string{"zz.md": "---\nid: good\n---\n" + body}, "zz.md", `"good" is already that of good.md`},
		"the name of another": {map[string]string{"other/good.txt": body}, "other/good.txt", `"good" is already that of good.md`},
		"long expired":        {map[string]string{"bad.md": "---\nexpires: 2026-02-01\n---\n" + body}, "bad.md", "2026-02-01"},
		"no date of expiry":   {map[string]string{"bad.md": "---\nexpires: next year\n---\n" + body}, "bad.md", "next year"},
		"in a folder below":   {map[string]string{"deep/er/bad.md": "---\n" + body}, "deep/er/bad.md", "no closing line"},
	} {
		t.Run(name, func(t *testing.T) {
			c.files["good.md"] = body
			set := load(t, folder(c.files))
			if got := ids(set); !slices.Equal(got, []string{"good"}) {
				t.Errorf("documents %q, want the good one", got)
			}
			if len(set.Problems) != 1 {
				t.Fatalf("problems %q, want one", set.Problems)
			}
			problem := set.Problems[0]
			if problem.Err == nil || problem.File != c.file || !strings.Contains(problem.String(), c.file) || !strings.Contains(problem.String(), c.want) {
				t.Errorf("problem %q, want %q and %q", problem, c.file, c.want)
			}
		})
	}
}

// brokenFS fails to open one path.
type brokenFS struct {
	fs.FS
	path string
}

func (b brokenFS) Open(name string) (fs.File, error) {
	if name == b.path {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return b.FS.Open(name)
}

// A file, a side file or a folder that may not be opened is no reason to leave
// the rest out. A document whose facts cannot be read is left out: one of them
// could be the mark that it has something to sell.
func TestNoPermission(t *testing.T) {
	all := folder(map[string]string{"a/bad.txt": body, "a/bad.meta.yaml": "commercial: true\n", "good.md": body})
	for _, path := range []string{"a/bad.txt", "a/bad.meta.yaml", "a"} {
		t.Run(path, func(t *testing.T) {
			set, err := sources.Load(brokenFS{all, path}, englishWords(t), today())
			if err != nil {
				t.Fatalf("nothing was read: %v", err)
			}
			if got := ids(set); !slices.Equal(got, []string{"good"}) {
				t.Errorf("documents %q, want the good one", got)
			}
			if len(set.Problems) != 1 || !errors.Is(set.Problems[0].Err, fs.ErrPermission) {
				t.Errorf("problems %q, want one about the permission", set.Problems)
			}
		})
	}
	_, err := sources.Load(brokenFS{all, "."}, englishWords(t), today())
	if !errors.Is(err, fs.ErrPermission) {
		t.Errorf("the folder itself: error %v, want one about the permission", err)
	}
}

func TestReviewDates(t *testing.T) {
	for expires, c := range map[string]struct {
		used, overdue bool
	}{
		"":           {true, false},
		"2027-01-01": {true, false},
		"2026-05-20": {true, false}, // the last day
		"2026-05-19": {true, true},
		"2026-03-01": {true, true},
		"2026-02-18": {false, false}, // 91 days ago
		"1999-12-31": {false, false},
	} {
		t.Run("expires "+expires, func(t *testing.T) {
			text := "---\nid: sticks\nexpires: \"" + expires + "\"\n---\n" + body
			set := load(t, folder(map[string]string{"sticks.md": text, "good.md": body}))
			used := slices.Contains(ids(set), "sticks")
			if used != c.used {
				t.Fatalf("used %v, want %v (%s)", used, c.used, set.Problems)
			}
			if wantProblem := !c.used || c.overdue; (len(set.Problems) == 1) != wantProblem {
				t.Errorf("problems %q", set.Problems)
			}
			if used && set.Documents[1].Source.Overdue != c.overdue {
				t.Errorf("overdue %v, want %v", set.Documents[1].Source.Overdue, c.overdue)
			}
		})
	}
}

func TestNoDocuments(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"empty folder":     {},
		"nothing readable": {"bad.txt": "", "worse.md": "---\n"},
		"hidden only":      {".secret.md": body, ".git/good.md": body},
	} {
		t.Run(name, func(t *testing.T) {
			set, err := sources.Load(folder(files), englishWords(t), today())
			if !errors.Is(err, sources.ErrNoDocuments) || !strings.Contains(err.Error(), ".md") {
				t.Errorf("error %v, want ErrNoDocuments and the endings", err)
			}
			if name == "nothing readable" && (set == nil || len(set.Problems) != 2) {
				t.Errorf("the reasons for the two files are lost: %+v", set)
			}
		})
	}
}

func TestWhichFilesAreRead(t *testing.T) {
	set := load(t, folder(map[string]string{
		"b.md": body, "A.TXT": body, "deep/c.markdown": body, "deep/er/d.text": body,
		".hidden.md": body, ".git/e.md": body, "deep/.trash/f.md": body,
	}))
	if got := ids(set); !slices.Equal(got, []string{"A", "b", "c", "d"}) {
		t.Errorf("documents %q", got)
	}
	if len(set.Problems) > 0 {
		t.Errorf("problems %q", set.Problems)
	}
}

// A document must never be dropped without a word, and neither must its facts.
func TestNothingIsDroppedWithoutAWord(t *testing.T) {
	for name, file := range map[string]string{
		"a format that is not read yet":     "leaflet.pdf",
		"a side file that fits no document": "god.meta.yaml",
	} {
		t.Run(name, func(t *testing.T) {
			set := load(t, folder(map[string]string{"good.md": body, file: "commercial: true\n"}))
			if len(set.Problems) != 1 || set.Problems[0].File != file {
				t.Errorf("problems %q, want one about %s", set.Problems, file)
			}
		})
	}
}

func TestWarningsAreSaid(t *testing.T) {
	set := load(t, folder(map[string]string{"latin.txt": "The caf\xe9 opens at 9 in the morning.\n", "good.md": body}))
	if len(set.Documents) != 2 || len(set.Problems) != 1 {
		t.Fatalf("%d documents, problems %q", len(set.Documents), set.Problems)
	}
	if p := set.Problems[0]; p.File != "latin.txt" || p.Err != nil || !strings.Contains(p.String(), "latin.txt: it is not UTF-8") {
		t.Errorf("problem %q", p)
	}
}

func TestProblemsAreSortedByFile(t *testing.T) {
	set := load(t, folder(map[string]string{"c.txt": "", "b.txt": "caf\xe9 au lait is a drink.\n", "a.txt": "", "d/a.txt": "", "good.md": body}))
	var files []string
	for _, problem := range set.Problems {
		files = append(files, problem.File)
	}
	if !slices.Equal(files, []string{"a.txt", "b.txt", "c.txt", "d/a.txt"}) {
		t.Errorf("problems about %q", files)
	}
}

// The version names the content: the same files have the same version, any
// change of what is read has another.
func TestVersion(t *testing.T) {
	base := map[string]string{"a.md": body, "b.txt": body, "b.meta.yaml": "title: B\n"}
	versions := map[string]string{load(t, folder(base)).Version: "base"}
	if version := load(t, folder(base)).Version; versions[version] == "" || len(version) != 12 {
		t.Errorf("version %q changes from reading to reading", version)
	}
	for name, change := range map[string]map[string]string{
		"a word more":            {"a.md": body + "Frames help, too.\n"},
		"another fact":           {"b.meta.yaml": "title: C\n"},
		"one document more":      {"c.txt": body},
		"a document in a folder": {"deep/c.txt": body},
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{}
			for file, text := range base {
				files[file] = text
			}
			for file, text := range change {
				files[file] = text
			}
			version := load(t, folder(files)).Version
			if other, taken := versions[version]; taken {
				t.Errorf("has the version of %q", other)
			}
			versions[version] = name
		})
	}
	withHidden := folder(base)
	withHidden[".note.md"] = &fstest.MapFile{Data: []byte(body)}
	if version := load(t, withHidden).Version; versions[version] != "base" {
		t.Error("a hidden file changes the version")
	}
}

func TestLargeFile(t *testing.T) {
	big := &fstest.MapFile{Data: make([]byte, parse.MaxSize+1)}
	set := load(t, fstest.MapFS{"big.txt": big, "good.md": {Data: []byte(body)}})
	if len(set.Problems) != 1 || !strings.Contains(set.Problems[0].String(), "larger than") {
		t.Errorf("problems %q", set.Problems)
	}
}
