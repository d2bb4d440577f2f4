// Command spsbot answers questions with cited passages of vetted documents. It is the only place that
// wires the packages together; it must hold no rule of its own about what is said.
package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// The exit statuses, a contract of the command line.
const (
	exitDone   = 0 // every line got a reply
	exitFailed = 1
	exitUsage  = 2 // bad use
)

type commands struct {
	Ask      askCommand      `cmd:"" help:"Answer a question, or one on each line of standard input."`
	Chat     chatCommand     `cmd:"" help:"Ask several questions in a row; follow-ups are understood."`
	Search   searchCommand   `cmd:"" help:"Search the passages, with their scores; nothing is answered."`
	Source   sourceCommand   `cmd:"" help:"List the sources, or show one with its passages."`
	Eval     evalCommand     `cmd:"" help:"Measure the replies to questions with known routes and facts."`
	Demo     demoCommand     `cmd:"" help:"Try the bot in your browser, in a made-up Discord: no token, no account."`
	Serve    serveCommand    `cmd:"" help:"Answer on Discord."`
	Log      logCommand      `cmd:"" help:"Read the answer log of a running or stopped bot."`
	Doctor   doctorCommand   `cmd:"" help:"Look at everything that serving needs, and say what to do about what is missing."`
	Health   healthCommand   `cmd:"" help:"Ask the bot on this computer whether it is well."`
	Document documentCommand `cmd:"" name:"read-document" hidden:"" help:"Read one document; for the program itself."`
	Version  versionCommand  `cmd:"" help:"Show the versions of the program, its words and its sources."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr})
	stop()
	os.Exit(status)
}

// errReported stands for an error that was reported already; only the exit status is left.
var errReported = errors.New("already reported")

// run carries out one command line and returns the exit status.
func run(ctx context.Context, args []string, std streams) int {
	var cli commands
	status := -1
	parser, err := kong.New(&cli,
		kong.Name("spsbot"),
		kong.Description("Answers questions with cited passages of documents that a community has vetted. General information, not medical advice."),
		kong.UsageOnError(),
		kong.Writers(std.out, std.err),
		kong.Exit(func(code int) { status = code }),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(std),
	)
	if err != nil {
		std.complain("%v", err)
		return exitFailed
	}
	parsed, err := parser.Parse(args)
	if status >= 0 { // help was asked for and printed
		return status
	}
	if err != nil {
		std.complain("%v\nHint: \"spsbot --help\" lists the commands, \"spsbot ask --help\" the options of one.", err)
		return exitUsage
	}
	return report(parsed.Run(), std)
}

// report prints an error for people and returns the exit status.
func report(err error, std streams) int {
	var usage usageError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errReported):
		return exitFailed
	case errors.As(err, &usage):
		std.complain("%v", err)
		return exitUsage
	}
	std.complain("%v", err)
	return exitFailed
}

// usageError is a wrong use of the command line.
type usageError struct{ text string }

func (e usageError) Error() string { return e.text }
