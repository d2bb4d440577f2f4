// Package discordtest is a fake Discord on the loopback interface: the REST
// interface (v9 and v10), the gateway and HTTP interactions over real sockets,
// the people who ask, and Discord's faults on demand. Tests point a bot at it and
// look at what a person would see; `spsbot demo` lets anybody try the bot without
// a token.
//
// Every body that the bot sends is checked: against a table of Discord's limits,
// against Discord's OpenAPI document where the test has it, and against what this
// project promises: nobody is pinged, and nothing that a patient can read goes
// without the disclaimer. What is wrong is a Violation; New fails the test by it.
//
// A test in short:
//
//	fake := discordtest.New(t, openapi.Oracle(t), discordtest.Options{Disclaimer: discordtest.EndsWith(text)})
//	guild := fake.NewGuild("Community")
//	help := fake.NewChannel(guild, "help", discordtest.TextChannel)
//	ana := fake.NewMember(guild, "Ana")
//	… start the bot with fake.API(), fake.Token() …
//	action := fake.Slash(ana, help, "ask", discordtest.Values{"question": "What is it?"})
//	answer, err := action.WaitReply(ctx)
//
// It knows nothing of this project's own types, so that it stays a second opinion.
// It must never reach out of the machine, and never be handed a real token.
package discordtest
