package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"
)

type healthCommand struct{ configOptions }

// Run asks a bot on this computer whether it is well. It is for health checks
// of containers that hold no other program.
func (c *healthCommand) Run(ctx context.Context, std streams) error {
	settings, err := c.read()
	if err != nil {
		return err
	}
	address, err := healthAddress(settings.Listen)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 4*time.Second)
	defer cancel()
	call, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return fmt.Errorf("ask %s: %w", address, err)
	}
	client := &http.Client{Transport: &http.Transport{}} // never by a proxy
	defer client.CloseIdleConnections()
	answer, err := client.Do(call)
	if err != nil {
		return fmt.Errorf("the bot does not answer: %w. Hint: is \"spsbot serve\" running, with the same SPSBOT_LISTEN?", err)
	}
	if err := answer.Body.Close(); err != nil {
		return fmt.Errorf("ask %s: %w", address, err)
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("the bot is not well: it answers %s. Hint: its log says why", answer.Status)
	}
	out := &printer{out: std.out}
	out.printf("ok\n")
	return out.done("the answer")
}

// healthAddress returns where a bot that listens on an address is asked.
func healthAddress(listen string) (string, error) {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return "", fmt.Errorf("the address that the bot listens on, %q: %w", listen, err)
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
		if ip != nil && ip.To4() == nil {
			host = "::1"
		}
	}
	return "http://" + net.JoinHostPort(host, port) + "/healthz", nil
}
