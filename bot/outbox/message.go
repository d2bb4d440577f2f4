package outbox

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"mime/multipart"
	"net/textproto"

	"spsbot/answer/reply"
)

// Flags of messages.
const (
	flagSuppressEmbeds = 1 << 2
	flagEphemeral      = 1 << 6
)

// message is the body of a message, as creates and edits take it.
type message struct {
	Content         string          `json:"content"`
	Embeds          []embed         `json:"embeds"`
	Components      []row           `json:"components"`
	AllowedMentions allowedMentions `json:"allowed_mentions"`
	Flags           int             `json:"flags,omitempty"`
	Reference       *reference      `json:"message_reference,omitempty"`
	Nonce           string          `json:"nonce,omitempty"`
	EnforceNonce    bool            `json:"enforce_nonce,omitempty"`
	Attachments     []attachment    `json:"attachments,omitempty"`
}

// allowedMentions names whom a message may notify. Parse is never nil: without
// it Discord would notify everybody whom the text names.
type allowedMentions struct {
	Parse       []string `json:"parse"`
	Roles       []string `json:"roles,omitempty"`
	RepliedUser bool     `json:"replied_user"`
}

type reference struct {
	Message string `json:"message_id"`
	// FailIfNotExists is always false: a reply to a deleted message is still posted.
	FailIfNotExists bool `json:"fail_if_not_exists"`
}

type embed struct {
	Fields []embedField `json:"fields"`
}

type embedField struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type attachment struct {
	ID       string `json:"id"` // the number of the file in the form
	Filename string `json:"filename"`
}

// noMentions lets a message notify nobody.
func noMentions() allowedMentions { return allowedMentions{Parse: []string{}} }

// of writes a part of a sealed reply as a message.
func (o *Outbox) of(part reply.Part, record string, style Style) message {
	m := message{
		Content: part.Text(), Embeds: []embed{}, Components: o.rows(part, record),
		AllowedMentions: noMentions(), Flags: flagSuppressEmbeds,
	}
	if card, ok := part.Card(); ok && !style.Plain {
		fields := make([]embedField, 0, len(card.Fields()))
		for _, field := range card.Fields() {
			fields = append(fields, embedField(field))
		}
		m.Embeds, m.Flags = []embed{{Fields: fields}}, 0
	}
	if style.Private {
		m.Flags |= flagEphemeral
	}
	return m
}

// Style says how a reply is shown.
type Style struct {
	// Private shows it to the person alone who asked.
	Private bool
	// Plain leaves the card away.
	Plain bool
}

// File is something that is handed to a person beside a message.
type File struct {
	// Name is the file's name, Data its content.
	Name string
	Data []byte
}

// form writes a body and the file as a form.
func (f *File) form(body []byte) (io.Reader, string, error) {
	var out bytes.Buffer
	writer := multipart.NewWriter(&out)
	part, err := writer.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {`form-data; name="payload_json"`}, "Content-Type": {"application/json"},
	})
	if err == nil {
		_, err = part.Write(body)
	}
	if err == nil {
		part, err = writer.CreateFormFile("files[0]", f.Name)
	}
	if err == nil {
		_, err = part.Write(f.Data)
	}
	if err == nil {
		err = writer.Close()
	}
	if err != nil {
		return nil, "", fmt.Errorf("write the form: %w", err)
	}
	return &out, writer.FormDataContentType(), nil
}

// fingerprint tells values apart without telling them.
func fingerprint(value string) string {
	sum := sha256.Sum256([]byte(value))
	return hex.EncodeToString(sum[:4])
}
