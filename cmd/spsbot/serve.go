package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"spsbot/bot"
	"spsbot/bot/gateway"
	"spsbot/bot/outbox"
	"spsbot/config"
	"spsbot/internal/keyring"
	"spsbot/internal/store/embedded"
	"spsbot/prompts"
	"spsbot/review"
)

// configOptions say where the configuration is.
type configOptions struct {
	Config     string `help:"Configuration file; the environment wins over it." type:"path" placeholder:"FILE" env:"SPSBOT_CONFIG"`
	DiscordAPI string `help:"Address of Discord's REST interface." name:"discord-api" placeholder:"URL"`
}

func (o configOptions) read() (config.Config, error) {
	c, err := config.Load(o.Config, os.Environ())
	if o.DiscordAPI != "" {
		c.DiscordAPI = o.DiscordAPI
	}
	return c, err
}

type serveCommand struct{ configOptions }

// Run serves Discord until the program is told to end.
func (c *serveCommand) Run(ctx context.Context, std streams) error {
	settings, err := c.read()
	if err != nil {
		return err
	}
	if settings.Token == "" {
		return usageError{"no token. Hint: set DISCORD_TOKEN, or DISCORD_TOKEN_FILE to a file that holds it; docs/operating.md says where to get it, and \"spsbot demo\" needs none"}
	}
	s, err := open(ctx, settings, std)
	if err != nil {
		return err
	}
	err = s.serve(ctx, std)
	return errors.Join(err, s.close())
}

// service is everything that serving needs, wired together.
type service struct {
	settings config.Config
	logger   *slog.Logger
	store    *embedded.Store
	keys     *keyring.Keyring
	log      *review.Log
	outbox   *outbox.Outbox
	bot      *bot.Bot
	words    prompts.Interfaces
	client   *http.Client
	me       outbox.Application
}

// open loads what is answered from, opens the data folder and wires the bot.
func open(ctx context.Context, settings config.Config, std streams) (*service, error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(settings.LogLevel)); err != nil {
		return nil, fmt.Errorf("the log level: %w", err)
	}
	s := &service{settings: settings, logger: slog.New(slog.NewJSONHandler(std.err, &slog.HandlerOptions{Level: level}))}
	all, err := sourceOptions{Sources: settings.Sources}.load(ctx, std)
	if err != nil {
		return nil, err
	}
	if s.words, err = prompts.LoadInterfaces(prompts.Files()); err != nil {
		return nil, err
	}
	transport := &http.Transport{Proxy: http.ProxyFromEnvironment, MaxIdleConnsPerHost: settings.Workers + 64, IdleConnTimeout: 90 * time.Second}
	s.client = &http.Client{Transport: transport, Timeout: 30 * time.Second}
	s.outbox = outbox.New(outbox.Options{API: settings.DiscordAPI, Token: settings.Token.Reveal(), HTTP: s.client, Logger: s.logger}, s.words)
	if s.me, err = s.outbox.Application(ctx); err != nil {
		return nil, fmt.Errorf("ask Discord who the bot is: %w. Hint: \"spsbot doctor\" looks into it", err)
	}
	if err := s.openData(ctx); err != nil {
		return nil, errors.Join(err, s.close())
	}
	if err := s.wire(all); err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

// openData opens the database and the keys.
func (s *service) openData(ctx context.Context) error {
	data := dataOptions{Data: s.settings.Data, Keys: s.settings.Keys}
	var err error
	if s.store, err = embedded.Open(ctx, data.state(), embedded.Options{}); err != nil {
		return fmt.Errorf("open the data folder %s: %w", s.settings.Data, err)
	}
	if s.keys, err = keyring.Open(data.keys()); err != nil {
		return fmt.Errorf("open the folder of keys %s: %w", data.keys(), err)
	}
	s.log = review.New(s.store, s.keys, time.Duration(s.settings.RetentionDays)*24*time.Hour)
	return nil
}

// wire makes the bot.
func (s *service) wire(all *loaded) error {
	operator, err := prompts.NewOperator(s.settings.Operator, s.settings.PrivacyURL, s.settings.TermsURL)
	if err != nil {
		return err
	}
	scrubber, err := newScrubber()
	if err != nil {
		return err
	}
	desk := desk{all.snapshot}
	s.bot = bot.New(bot.Options{
		Application: s.me.ID, Answers: func() bot.Answers { return desk }, Outbox: s.outbox, Queue: s.store, Journal: s.log,
		Values: s.store, Keys: s.keys, Scrub: scrubber.Scrub, Words: s.words,
		Operator: operator, Days: s.settings.RetentionDays, Program: programVersion(), Workers: s.settings.Workers,
		Limits: bot.Limits{
			Person: s.settings.LimitPerson, Channel: s.settings.LimitChannel, Server: s.settings.LimitServer, Misuse: s.settings.LimitMisuse,
		},
		Logger: s.logger,
	})
	return nil
}

// close closes what was opened, the newest first.
func (s *service) close() error {
	var failed error
	if s.keys != nil {
		failed = s.keys.Close()
	}
	if s.store != nil {
		failed = errors.Join(s.store.Close(), failed)
	}
	if s.client != nil {
		s.client.CloseIdleConnections()
	}
	return failed
}

// serve runs until the context ends, or until something ends that is needed.
func (s *service) serve(ctx context.Context, std streams) error {
	if s.settings.MessageContent && !s.me.MayReadMessages() {
		// Discord would close every connection, and ends the token of who comes too often.
		return errNoIntent
	}
	if err := s.outbox.Register(ctx, s.me.ID, bot.Commands(s.words)); err != nil {
		return fmt.Errorf("make the commands known: %w", err)
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", s.settings.Listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w. Hint: SPSBOT_LISTEN sets another address", s.settings.Listen, err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", s.health)
	if s.settings.PublicKey != "" {
		handler, err := s.bot.InteractionsHandler(s.settings.PublicKey)
		if err != nil {
			return errors.Join(err, listener.Close())
		}
		mux.Handle("/interactions", handler)
	}
	s.welcome(std)
	return s.run(ctx, listener, &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second})
}

// run runs all parts until the context ends or one of them fails; then it ends
// them in the order in which work flows: no new events, then those under way.
func (s *service) run(ctx context.Context, listener net.Listener, server *http.Server) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	ended := make(chan struct{}, 3)
	part := func(name string, run func() error) {
		go func() {
			defer func() { ended <- struct{}{} }()
			if err := run(); err != nil {
				cancel(fmt.Errorf("%s: %w", name, err))
			}
		}()
	}
	part("serve the endpoint", func() error {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	part("keep the gateway", func() error { return s.connect(ctx) })
	part("tidy the log", func() error { return s.sweep(ctx) })
	working, stop := context.WithCancel(context.WithoutCancel(ctx))
	worked := make(chan error, 1)
	go func() { worked <- s.bot.Run(working) }()
	<-ctx.Done()
	closing, done := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer done()
	failed := server.Shutdown(closing)
	for range cap(ended) {
		<-ended
	}
	stop()
	failed = errors.Join(failed, <-worked)
	if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) {
		failed = errors.Join(cause, failed)
	}
	return failed
}

// connect keeps the gateway. With the interactions endpoint it is kept for
// messages all the same.
func (s *service) connect(ctx context.Context) error {
	intents := bot.Intents(s.settings.MessageContent)
	return gateway.New(gateway.Options{
		Token: s.settings.Token.Reveal(), Intents: intents, Address: s.outbox.Gateway, Handle: s.bot.Handle, Logger: s.logger,
	}).Run(ctx)
}

// sweep deletes once a day what must not be kept any longer.
func (s *service) sweep(ctx context.Context) error {
	tick := time.NewTicker(24 * time.Hour)
	defer tick.Stop()
	for {
		swept, err := s.log.Sweep(ctx, time.Now())
		if err != nil && ctx.Err() == nil {
			s.logger.Error("the log could not be tidied", "error", err)
		} else if swept.Entries+swept.ServerEntries > 0 {
			s.logger.Info("old records were deleted", "entries", swept.Entries, "of_servers_left", swept.ServerEntries)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// health says whether questions can be accepted: whether the store writes.
func (s *service) health(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if err := s.store.Put(ctx, "health", []byte{1}, time.Hour); err != nil {
		s.logger.Error("the store cannot be written", "error", err)
		http.Error(w, "the store cannot be written", http.StatusServiceUnavailable)
		return
	}
	if _, err := w.Write([]byte("ok\n")); err != nil {
		s.logger.Debug("a health check was not waited for", "error", err)
	}
}

// errNoIntent says what to do before the bot may connect.
var errNoIntent = errors.New("SPSBOT_MESSAGE_CONTENT is set, but the application may not read messages. Hint: switch on its message content intent, or take the setting away; everything but the first posts of threads works without")

// welcome says how to invite the bot, and what is missing.
func (s *service) welcome(std streams) {
	out := &printer{out: std.out}
	out.printf("%s is ready. Invite it with\n  %s\n", s.me.Name, inviteLink(s.me.ID))
	if s.settings.PublicKey != "" {
		out.printf("Set the interactions endpoint of the application to https://YOUR-HOST/interactions (served on %s).\n", s.settings.Listen)
	}
	if !s.settings.MessageContent {
		out.printf("To answer the first posts of threads, it needs the message content intent and SPSBOT_MESSAGE_CONTENT=true; everything else works without.\n")
	}
	if err := out.done("the invitation"); err != nil {
		s.logger.Warn("the invitation could not be written", "error", err)
	}
}

// inviteLink is the address by which a server lets the bot in, with exactly the
// permissions that it needs.
func inviteLink(application string) string {
	return fmt.Sprintf("https://discord.com/oauth2/authorize?client_id=%s&permissions=%d&scope=bot+applications.commands", application, outbox.NeededPermissions)
}
