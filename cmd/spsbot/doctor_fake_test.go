package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"spsbot/bot/outbox"
	"spsbot/config"
	"spsbot/internal/discordtest"
)

// The fake Discord computes permissions on its own, to refuse what it must: the
// doctor has to come to the same result, whatever the channels forbid.
func TestTheDoctorSeesTheSamePermissionsAsDiscord(t *testing.T) {
	fake := discordtest.New(t, nil, discordtest.Options{})
	guild := fake.NewGuild("Community")
	extra := fake.NewRole(guild, "extra", 0)
	own := fake.Roles(guild)[1]
	fake.Join(guild, fake.Bot(), own, extra)
	chance := rand.New(rand.NewPCG(1, 2))
	const needed = discordtest.Permissions(outbox.NeededPermissions)
	some := func() discordtest.Permissions { // mostly few of the bits that matter
		bits := needed
		for range 1 + chance.IntN(4) {
			bits &= discordtest.Permissions(chance.Uint64())
		}
		return bits
	}
	p := newPatient(t)
	p.settings.Channels = nil
	want := map[string]bool{}
	for n := range 40 {
		name := fmt.Sprintf("channel-%d", n)
		channel := fake.NewChannel(guild, name, discordtest.TextChannel)
		for _, who := range []string{guild.ID, own.ID, extra.ID, fake.Bot().ID} {
			if chance.IntN(2) == 0 {
				fake.Overwrite(channel, who, some(), some())
			}
		}
		p.settings.Channels = append(p.settings.Channels, channel.ID)
		want[name] = fake.Permissions(fake.Bot(), channel).Has(needed)
	}
	good := 0
	for _, f := range p.visit(t, fake, guild) {
		_, name, found := strings.Cut(f.Text, "#")
		if !found {
			continue
		}
		name, _, _ = strings.Cut(name, " ")
		if (f.Status == statusOK) != want[name] {
			t.Errorf("%s: %+v, but the fake says %v", name, f, want[name])
		}
		if want[name] {
			good++
		}
	}
	if good == 0 || good == len(want) {
		t.Errorf("%d of %d channels are well: the test is worth nothing", good, len(want))
	}
}

func TestTheDoctorAtTheFakeDiscord(t *testing.T) {
	fake := discordtest.New(t, nil, discordtest.Options{})
	guild := fake.NewGuild("Community")
	p := newPatient(t)
	p.settings.Channels = []string{fake.NewChannel(guild, "help", discordtest.TextChannel).ID}
	for _, f := range p.visit(t, fake, guild) {
		if f.Status != statusOK {
			t.Errorf("%+v", f)
		}
	}
	fake.Advance(-10 * time.Minute)
	for _, f := range p.visit(t, fake, guild) {
		if (f.Status == statusFailed) != (f.Check == "clock") {
			t.Errorf("with a clock that differs: %+v", f)
		}
	}
}

// visit looks at the fake with the settings of a guild.
func (p *patient) visit(t *testing.T, fake *discordtest.Fake, guild discordtest.Guild) []finding {
	t.Helper()
	p.server, p.config.Token, p.config.DiscordAPI = guild.ID, config.Secret(fake.Token()), fake.API()
	p.fill(t)
	return p.look(t)
}
