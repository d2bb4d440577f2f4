package parse_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"spsbot/retrieval/parse"
)

// TestMain makes the test binary the process that reads files, and one that does
// so badly.
func TestMain(m *testing.M) {
	if len(os.Args) != 3 {
		os.Exit(runTests(m))
	}
	switch os.Args[1] {
	case "serve":
		if err := parse.Serve(os.Args[2], os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	case "sleep":
		time.Sleep(time.Hour)
	case "drip":
		for {
			fmt.Println(`{"page":1,"pages":9}`)
			time.Sleep(10 * time.Millisecond)
		}
	case "panic":
		panic("the page is upside down")
	default:
		os.Exit(runTests(m))
	}
}

// serveProgram names the program that stands for "serve" when the tests run under
// the race detector.
const serveProgram = "SPSBOT_TEST_SERVE"

func runTests(m *testing.M) int {
	flag.Bool("update", false, "write testdata/readers.golden anew")
	if !raceDetector {
		return m.Run()
	}
	folder, err := os.MkdirTemp("", "serve")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(folder) }()
	program, err := buildProgram(context.Background(), "serve", folder)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	if err := os.Setenv(serveProgram, program); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

// buildProgram builds a program of testdata without the race detector.
func buildProgram(ctx context.Context, name, folder string) (string, error) {
	program := filepath.Join(folder, name)
	out, err := exec.CommandContext(ctx, "go", "build", "-race=false", "-o", program, "./testdata/"+name).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build %s: %w\n%s", name, err, out)
	}
	return program, nil
}

// isolated returns a reader whose documents are read by "serve", or by one of
// the bad processes.
func isolated(t testing.TB, process string) *parse.Reader {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if program := os.Getenv(serveProgram); program != "" && process == "serve" {
		self = program
	}
	reader := parse.NewReader(englishWords(t))
	reader.Isolate = []string{self, process}
	return reader
}

// pdfToText returns the path of pdftotext; without it the test is skipped, except in CI.
func pdfToText(t testing.TB) string {
	t.Helper()
	path, err := exec.LookPath("pdftotext")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("pdftotext is not here; it is in the package poppler-utils")
		}
		t.Skip("pdftotext is not here")
	}
	return path
}

func testFile(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestIsolatedReadsTheSame(t *testing.T) {
	data := testFile(t, "guide-latex.pdf")
	here, err := parse.Read("guide.pdf", data, nil, englishWords(t))
	if err != nil {
		t.Fatal(err)
	}
	pages := 0
	there, err := isolated(t, "serve").Read(context.Background(), "guide.pdf", data, nil, func(page, count int) {
		if pages++; page != pages || count != 3 {
			t.Errorf("page %d of %d came as number %d", page, count, pages)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if here.Text != there.Text || here.Extractor != there.Extractor || len(here.Blocks) != len(there.Blocks) || pages != 3 {
		t.Errorf("read as %q (%d pages)", there.Text, pages)
	}
}

// A process that hangs, goes on for ever, eats memory or breaks down costs one
// file, within its limits.
func TestLimits(t *testing.T) {
	for process, want := range map[string]string{
		"sleep": "got stuck", "drip": "took more than", "eat": "128 MB of memory", "panic": "upside down",
	} {
		t.Run(process, func(t *testing.T) {
			reader := isolated(t, process)
			switch process {
			case "eat":
				if runtime.GOOS != "linux" {
					t.Skip("the memory of a process is limited on Linux only")
				}
				program, err := buildProgram(t.Context(), "eat", t.TempDir())
				if err != nil {
					t.Fatal(err)
				}
				reader.Isolate = []string{program}
				reader.Limit(10*time.Second, 20*time.Second, 128<<20)
			case "panic":
				reader.Limit(10*time.Second, 20*time.Second, 1<<30)
			default:
				reader.Limit(300*time.Millisecond, time.Second, 1<<30)
			}
			start := time.Now()
			_, err := reader.Read(context.Background(), "guide.pdf", testFile(t, "guide-latex.pdf"), nil, nil)
			if !errors.Is(err, parse.ErrUnreadable) || !strings.Contains(err.Error(), want) {
				t.Errorf("error %v, want one about %q", err, want)
			}
			if took := time.Since(start); took > 15*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	if _, err := isolated(t, "sleep").Read(ctx, "guide.pdf", testFile(t, "guide-latex.pdf"), nil, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v", err)
	}
}
