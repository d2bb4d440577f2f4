package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"time"

	"spsbot/config"
	"spsbot/internal/discordtest"
	"spsbot/internal/discordtest/page"
)

type demoCommand struct {
	sourceOptions
	Listen string `help:"Where the page is shown: an address of this computer." default:"127.0.0.1:8400"`
}

// Run starts a made-up Discord with the bot in it, and shows the conversation in
// the browser. Nothing leaves this computer, and nothing is kept.
func (c *demoCommand) Run(ctx context.Context, std streams) error {
	fake, err := discordtest.Start(discordtest.Options{
		Privileged: discordtest.IntentMessageContent, History: 1000, Disclaimer: func(string) bool { return true },
	})
	if err != nil {
		return err
	}
	handler, err := demoPage(fake)
	if err != nil {
		return errors.Join(err, fake.Close())
	}
	data, err := os.MkdirTemp("", "spsbot-demo-")
	if err != nil {
		return errors.Join(fmt.Errorf("make a folder for the demo: %w", err), fake.Close())
	}
	err = c.serve(ctx, std, fake, handler, data)
	return errors.Join(err, fake.Close(), os.RemoveAll(data))
}

// demoPage makes a small community, and the page that shows it.
func demoPage(fake *discordtest.Fake) (http.Handler, error) {
	guild := fake.NewGuild("A small community")
	home := fake.NewChannel(guild, "questions", discordtest.TextChannel)
	fake.NewChannel(guild, "forum", discordtest.ForumChannel)
	fake.NewChannel(guild, "moderators", discordtest.TextChannel)
	patient := fake.NewMember(guild, "Ana")
	fake.NewMember(guild, "Ben")
	fake.NewMember(guild, "Moderator", fake.NewRole(guild, "moderators", discordtest.ManageGuild))
	return page.Handler(fake, page.Options{Home: home, Viewer: patient})
}

// serve runs the bot against the fake, and the page, until the context ends.
func (c *demoCommand) serve(ctx context.Context, std streams, fake *discordtest.Fake, handler http.Handler, data string) error {
	settings := config.Default()
	settings.Data, settings.Sources, settings.DiscordAPI, settings.Token = data, c.Sources, fake.API(), config.Secret(fake.Token())
	settings.Listen, settings.MessageContent, settings.LogLevel = "127.0.0.1:0", true, "error"
	s, err := open(ctx, settings, std)
	if err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", c.Listen)
	if err != nil {
		return errors.Join(fmt.Errorf("listen on %s: %w. Hint: --listen takes another address", c.Listen, err), s.close())
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	shown := make(chan error, 1)
	go func() { shown <- c.show(ctx, std, fake, server, listener) }()
	err = s.serve(ctx, streams{in: std.in, out: io.Discard, err: std.err})
	cancel()
	return errors.Join(err, server.Close(), <-shown, s.close())
}

// show serves the page as soon as the bot is there: what people do before would
// get no answer.
func (c *demoCommand) show(ctx context.Context, std streams, fake *discordtest.Fake, server *http.Server, listener net.Listener) error {
	if err := fake.WaitReady(ctx, 1); err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return fmt.Errorf("wait for the bot: %w", err)
	}
	out := &printer{out: std.out}
	out.printf("Open http://%s in your browser: a made-up Discord with the bot in it.\nNothing leaves this computer, and nothing is kept. Ctrl-C ends it.\n", listener.Addr())
	if err := out.done("where the demo is"); err != nil {
		return err
	}
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve the page: %w", err)
	}
	return nil
}
