package discordtest_test

import (
	"fmt"
	"testing"
	"time"

	"spsbot/internal/discordtest"
)

// BenchmarkInteractions measures what one interaction costs the fake and a
// robot together: made, dispatched, deferred, answered and forgotten.
func BenchmarkInteractions(b *testing.B) {
	fake := discordtest.New(b, nil, discordtest.Options{Disclaimer: discordtest.EndsWith(disclaimer), History: 1000})
	guild := fake.NewGuild("Community")
	help := fake.NewChannel(guild, "help", discordtest.TextChannel)
	ana := fake.NewMember(guild, "Ana")
	robot := newRobot(b, fake)
	robot.register()
	gateway := identify(b, fake, "513")
	gateway.until("READY")
	if err := gateway.socket.SetReadDeadline(time.Time{}); err != nil {
		b.Fatal(err)
	}
	answer := text(fmt.Sprintf("%01000d", 0))
	go func() {
		for {
			if _, err := gateway.next(); err != nil {
				return
			}
		}
	}()
	for b.Loop() {
		action := fake.Slash(ana, help, "ask", discordtest.Values{"question": "What is it?"})
		robot.respond(204, 0, action, `{"type":5}`)
		robot.want(200, 0, "PATCH", robot.hook(action)+"/messages/@original", answer)
		if _, err := action.WaitReply(b.Context()); err != nil {
			b.Fatal(err)
		}
		action.Forget()
	}
}
