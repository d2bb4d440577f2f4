package main

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"spsbot/bot/outbox"
	"spsbot/config"
	"spsbot/internal/store/embedded"
	"spsbot/prompts"
)

// patience bounds the wait for one answer of Discord, retries included.
const patience = 15 * time.Second

// Where things are set.
const (
	portal       = "https://discord.com/developers/applications"
	portalBot    = portal + " → your application → Bot"
	portalGlobal = portal + " → your application → General Information"
)

// visit is one look at Discord.
type visit struct {
	*doctor
	settings config.Config
	outbox   *outbox.Outbox
	state    *embedded.Reader // nil when there is none
	me       outbox.Application
}

// discord looks at everything that Discord knows.
func (d *doctor) discord(ctx context.Context, settings config.Config, state *embedded.Reader, server string) {
	later := []string{"intents", "interactions", "gateway", "permissions", "clock"}
	if settings.Token == "" {
		d.failed("token", "Copy it from "+portalBot+" (Reset Token), and set DISCORD_TOKEN, or DISCORD_TOKEN_FILE to a file that holds it. \"spsbot demo\" needs none.", "There is no token.")
		d.skipped("it needs the token.", later...)
		return
	}
	watch := &watch{next: &http.Transport{Proxy: http.ProxyFromEnvironment}}
	client := &http.Client{Transport: watch, Timeout: patience}
	defer client.CloseIdleConnections()
	v := &visit{doctor: d, settings: settings, state: state, outbox: outbox.New(outbox.Options{
		API: settings.DiscordAPI, Token: settings.Token.Reveal(), HTTP: client, Logger: slog.New(slog.DiscardHandler),
	}, prompts.Interfaces{})}
	if v.token(ctx) {
		v.intents()
		v.interactions()
		v.gateway(ctx)
		v.servers(ctx, server)
		d.clock(watch)
		return
	}
	d.skipped("Discord has to accept the token first.", later[:4]...)
	d.clock(watch)
}

// token asks Discord who the bot is.
func (v *visit) token(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var err error
	v.me, err = v.outbox.Application(ctx)
	var refused *outbox.Error
	switch {
	case err == nil:
		v.ok("token", "Discord knows the bot as %q (application %s).", v.me.Name, v.me.ID)
	case errors.As(err, &refused) && refused.Status == http.StatusUnauthorized:
		v.failed("token", "Press Reset Token in "+portalBot+" and set the new one. The client secret and the public key are no tokens.", "Discord does not accept it.")
	default:
		v.failed("token", "Look whether this computer reaches "+v.settings.DiscordAPI+": network, firewall, proxy (HTTPS_PROXY), and https://discordstatus.com.", "Discord could not be asked: %v.", err)
	}
	return err == nil
}

// intents compares what the bot will ask the gateway for with what it may have.
func (v *visit) intents() {
	wanted, allowed := v.settings.MessageContent, v.me.MayReadMessages()
	switch {
	case wanted && !allowed:
		v.failed("intents", "Switch on Message Content Intent in "+portalBot+", or set SPSBOT_MESSAGE_CONTENT=false.",
			"SPSBOT_MESSAGE_CONTENT is true, but the application has no message content intent: Discord will refuse the connection.")
	case wanted:
		v.ok("intents", "The bot may read posts that do not mention it.")
	default:
		v.ok("intents", "No privileged intent is asked for; first posts of threads are not answered.")
	}
}

// interactions compares where Discord sends commands with where the bot expects them.
func (v *visit) interactions() {
	const check = "interactions"
	ours, theirs, endpoint := strings.ToLower(v.settings.PublicKey), strings.ToLower(v.me.PublicKey), v.me.Endpoint
	switch {
	case ours == "" && endpoint == "":
		v.ok(check, "Commands come over the gateway.")
	case ours == "":
		v.failed(check, "Empty Interactions Endpoint URL in "+portalGlobal+", or set DISCORD_PUBLIC_KEY to the application's public key.",
			"Discord posts commands to %s, but the bot waits for them at the gateway: nobody gets an answer.", endpoint)
	case ours != theirs:
		v.failed(check, "Copy Public Key from "+portalGlobal+".", "DISCORD_PUBLIC_KEY is not the key of this application: every command would be refused.")
	case endpoint == "":
		v.warning(check, "Enter https://YOUR-HOST/interactions as Interactions Endpoint URL in "+portalGlobal+", or take DISCORD_PUBLIC_KEY away.",
			"The bot serves /interactions, but Discord was not told; commands come over the gateway.")
	default:
		v.ok(check, "Discord posts commands to %s, and the key is right.", endpoint)
	}
}

// gateway looks whether the bot may connect.
func (v *visit) gateway(ctx context.Context) {
	const check = "gateway"
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	state, err := v.outbox.GatewayState(ctx)
	left, total := state.Sessions.Remaining, state.Sessions.Total
	again := (time.Duration(state.Sessions.ResetAfter) * time.Millisecond).Round(time.Minute)
	switch {
	case err != nil:
		v.failed(check, "Try again in some minutes; https://discordstatus.com says whether Discord has a problem.", "Discord did not give its address: %v.", err)
	case total > 0 && left == 0:
		v.failed(check, "Stop the bot, find out why it began so often (its log says so), and wait.", "No connection may be begun for %s: all %d of a day are used.", again, total)
	case total > 0 && left < total/10:
		v.warning(check, "Find out why the bot connects so often; its log says so.", "Only %d of %d connections are left for the next %s.", left, total, again)
	case state.Shards > 1:
		v.warning(check, "One process serves up to about 2,500 servers; more need a later version.", "Discord recommends %d connections for the servers that the bot is in.", state.Shards)
	default:
		v.ok(check, "%s; %d of %d connections of a day are left.", state.URL, left, total)
	}
}

// Skews of our clock.
const (
	muchSkew    = 2 * time.Second
	tooMuchSkew = time.Minute
)

// clock compares our clock with Discord's.
func (d *doctor) clock(w *watch) {
	skew, known := w.skew()
	const advice = "Switch on time synchronisation (timedatectl set-ntp true, chrony, or that of the host)."
	switch size := skew.Abs(); {
	case !known:
		d.skipped("Discord gave no time.", "clock")
	case size > tooMuchSkew:
		d.failed("clock", advice, "It differs from Discord's by %s: times in the log, hours on duty and signatures would be wrong.", size.Round(time.Second))
	case size > muchSkew:
		d.warning("clock", advice, "It differs from Discord's by %s.", size.Round(100*time.Millisecond))
	default:
		d.ok("clock", "It agrees with Discord's.")
	}
}

// watch notes how our clock differs from the dates of answers. The answer that
// came fastest says it best. It is safe for concurrent use.
type watch struct {
	next http.RoundTripper

	mutex   sync.Mutex
	fastest time.Duration
	ahead   time.Duration
	known   bool
}

// RoundTrip carries out a request and looks at the date of the answer.
func (w *watch) RoundTrip(request *http.Request) (*http.Response, error) {
	sent := time.Now()
	answer, err := w.next.RoundTrip(request)
	took := time.Since(sent)
	if err != nil {
		return answer, err
	}
	date, err := http.ParseTime(answer.Header.Get("Date"))
	if err != nil {
		return answer, nil // without a date there is nothing to compare
	}
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if !w.known || took < w.fastest {
		// A date has no fraction: on average the second is half over.
		w.known, w.fastest, w.ahead = true, took, sent.Add(took/2).Sub(date.Add(time.Second/2))
	}
	return answer, nil
}

// skew returns by how much our clock is ahead for certain; negative when behind.
func (w *watch) skew() (skew time.Duration, known bool) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	doubt := w.fastest / 2
	switch {
	case w.ahead > doubt:
		return w.ahead - doubt, w.known
	case w.ahead < -doubt:
		return w.ahead + doubt, w.known
	}
	return 0, w.known
}
