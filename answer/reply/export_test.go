package reply

// Escape lets the tests of other packages see what escape does.
func Escape(text string) string { return escape(text) }
