package spsbot

// Surface is the way by which a message reached the bot.
type Surface string

// The surfaces.
const (
	SurfaceCommandLine    Surface = "command_line"
	SurfaceConsole        Surface = "console"         // a preview or a replay
	SurfaceSlash          Surface = "slash"           // a slash command
	SurfaceMessageCommand Surface = "message_command" // a command on somebody's message
	SurfaceMention        Surface = "mention"         // a message that mentions the bot
	SurfaceReply          Surface = "reply"           // a reply to one of the bot's messages
	SurfaceDirect         Surface = "direct"          // a direct message
	SurfaceThread         Surface = "thread"          // a message in a thread or forum post where the bot listens
	SurfaceButton         Surface = "button"          // a button under one of the bot's messages
	SurfaceModal          Surface = "modal"           // a form that a button opened
)

// Surfaces returns all surfaces.
func Surfaces() []Surface {
	return []Surface{
		SurfaceCommandLine, SurfaceConsole, SurfaceSlash, SurfaceMessageCommand, SurfaceMention,
		SurfaceReply, SurfaceDirect, SurfaceThread, SurfaceButton, SurfaceModal,
	}
}

// Valid reports whether s is one of the surfaces.
func (s Surface) Valid() bool {
	for _, known := range Surfaces() {
		if s == known {
			return true
		}
	}
	return false
}

// Place is where a message was put to the bot. The ids are Discord's, as
// decimal texts; each may be empty.
type Place struct {
	// Server is empty in direct messages and on the command line.
	Server string `json:"server,omitempty"`
	// Channel is the channel, thread or forum post. That of a direct message
	// belongs to one person and is as good as a name.
	Channel string `json:"channel,omitempty"`
	// Message is the message that asked, empty for commands and buttons.
	Message string `json:"message,omitempty"`
	// Surface is the way by which it came.
	Surface Surface `json:"surface,omitempty"`
}
