package discordtest
import ("context";"errors";"net/http")
type command struct{}
type gateway struct{}
type connection struct{}
type bucket struct{}
type event struct{ name, guild, channel string; intent int; data any }
const callbackChoices = 8
func (g *gateway) start() {}
func (g *gateway) connections() []*connection { return nil }
func (c *connection) cut() {}
func (f *Fake) dispatch(event) {}
func (f *Fake) dispatchGuild(*guild) {}
func (f *Fake) dispatchMessage(string, *message) {}
func (f *Fake) dispatchDelete(*message) {}
func (f *Fake) channelJSON(*channel) map[string]any { return nil }
func (f *Fake) routes() http.Handler { return http.NotFoundHandler() }
func (f *Fake) useCommand(Kind, User, Channel, string, string, Values) *Action { return &Action{err: errSoon} }
func (f *Fake) useMessageCommand(User, string, Message) *Action { return &Action{err: errSoon} }
func (f *Fake) useComponent(Kind, User, Message, string, []string) *Action { return &Action{err: errSoon} }
func (f *Fake) submit(User, Modal, map[string]string) *Action { return &Action{err: errSoon} }
var errSoon = errors.New("not there yet")
func matches(a, b string) bool { return a == b }
func (f *Fake) verifyEndpoint(context.Context, string) error { return errSoon }
func (f *Fake) deliver(context.Context, string, Delivery) (int, []byte, error) { return 0, nil, errSoon }
