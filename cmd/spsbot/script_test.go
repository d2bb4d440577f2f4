package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// runMain is the variable that makes the test binary be the program, for tests
// that kill it.
const runMain = "SPSBOT_TEST_RUN_MAIN"

func TestMain(m *testing.M) {
	if os.Getenv(runMain) != "" {
		main()
		return
	}
	testscript.Main(m, map[string]func(){"spsbot": main})
}

// TestScripts runs the scripts of testdata/script against the real program.
// Beside the commands of testscript they know
//
//	status N COMMAND …      run COMMAND; it has to end with the exit status N
//	logged DIR              DIR becomes a data folder whose log holds three questions
//	write FILE TEXT [N]     write N times TEXT, a Go string in double quotes
//	replies N               standard output is N lines that keep the contract
//	field LINE KEY REGEXP   the field of that line, as JSON, matches
//
// and the condition [root], for which no file is unreadable.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Condition: func(name string) (bool, error) {
			if name == "root" {
				return os.Geteuid() == 0, nil
			}
			return false, errors.New("unknown condition")
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": runForStatus, "write": writeFile, "logged": seedLog, "replies": checkReplies, "field": checkField,
		},
	})
}

func runForStatus(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N command …")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var failed *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &failed) {
		got = failed.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("%s ended with status %d, want %d\n%s%s", args[1], got, want, ts.ReadFile("stdout"), ts.ReadFile("stderr"))
	}
}

func writeFile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 || len(args) > 3 {
		ts.Fatalf(`usage: write file '"text"' [times]`)
	}
	text, err := strconv.Unquote(args[1])
	ts.Check(err)
	times := 1
	if len(args) == 3 {
		times, err = strconv.Atoi(args[2])
		ts.Check(err)
	}
	ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[0])), 0o700))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Repeat(text, times)), 0o600))
}
