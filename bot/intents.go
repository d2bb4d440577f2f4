package bot

import "github.com/bwmarrin/discordgo"

// Intents returns the events that are wanted from the gateway. Posts that do
// not mention the bot come with their content only where the application may
// read messages.
func Intents(messageContent bool) int {
	intents := discordgo.IntentsGuilds | discordgo.IntentsGuildMessages | discordgo.IntentsDirectMessages
	if messageContent {
		intents |= discordgo.IntentMessageContent
	}
	return int(intents)
}
