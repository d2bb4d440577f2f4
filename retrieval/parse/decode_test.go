package parse_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"

	"spsbot/retrieval/parse"
)

const cafe = "The café “Zum Anker” opens at 9 – ask for Zoë.\n"

func TestEncodings(t *testing.T) {
	latin := []byte("The caf\xe9 \x93Zum Anker\x94 opens at 9 \x96 ask for Zo\xeb.\n")
	for name, c := range map[string]struct {
		data     []byte
		warnings int
	}{
		"UTF-8":                    {[]byte(cafe), 0},
		"UTF-8 with a mark":        {[]byte("\ufeff" + cafe), 0},
		"UTF-16, big end first":    {utf16Bytes(cafe, binary.BigEndian), 0},
		"UTF-16, little end first": {utf16Bytes(cafe, binary.LittleEndian), 0},
		"UTF-32":                   {utf32Bytes(cafe), 0},
		"Windows-1252":             {latin, 1},
	} {
		t.Run(name, func(t *testing.T) {
			document, err := parse.Read("cafe.md", c.data, nil, englishWords(t))
			if err != nil {
				t.Fatal(err)
			}
			if document.Text != strings.TrimSpace(cafe) {
				t.Errorf("read as %q", document.Text)
			}
			if len(document.Warnings) != c.warnings {
				t.Errorf("warnings %q, want %d", document.Warnings, c.warnings)
			}
		})
	}
}

// Text in an encoding that it does not name is guessed, with a warning.
func TestGuessedEncodings(t *testing.T) {
	for name, c := range map[string]struct {
		encoding encoding.Encoding
		text     string
	}{
		"Russian":  {charmap.Windows1251, "Тёплая вода помогает двигаться большинству людей. Трость устойчивее на мокрой земле, чем прежде думали многие."},
		"Japanese": {japanese.ShiftJIS, "温かい水は多くの人の動きを楽にします。ぬれた地面では歩行器のほうが杖より安全です。急な音は転倒の原因になります。"},
		"Chinese":  {simplifiedchinese.GBK, "温水使大多数人的活动更容易。在湿滑的地面上，助行架比手杖更安全。突然的声音是跌倒最常见的原因。"},
	} {
		t.Run(name, func(t *testing.T) {
			data, err := c.encoding.NewEncoder().Bytes([]byte(c.text))
			if err != nil {
				t.Fatal(err)
			}
			document := read(t, "page.txt", string(data))
			if strings.ReplaceAll(document.Text, "\n", " ") != c.text || len(document.Warnings) != 1 || !strings.Contains(document.Warnings[0], "not UTF-8") {
				t.Errorf("read as %q, warnings %q", document.Text, document.Warnings)
			}
		})
	}
}

func TestLatin1WithNULs(t *testing.T) {
	text := strings.Repeat("Warm water makes movement easier for most people. ", 8)
	document, err := parse.Read("pool.txt", []byte(text+"The caf\xe9\x00 opens at 9 in the morning.\x00\n"), nil, englishWords(t))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(document.Text, "The café opens at 9 in the morning.") && !strings.Contains(document.Text, "The café  opens at 9 in the morning.") {
		t.Errorf("read as %q", document.Text)
	}
	if strings.ContainsRune(document.Text, 0) {
		t.Error("the stored text holds NULs")
	}
	if len(document.Warnings) != 2 {
		t.Errorf("warnings %q, want one for the encoding and one for the control characters", document.Warnings)
	}
}

func TestLineBreaks(t *testing.T) {
	for _, end := range []string{"\n", "\r\n", "\r", "\u2028", "\u0085", "\f"} {
		document := read(t, "page.txt", "Sticks"+end+end+"They help many people to walk."+end)
		if len(document.Blocks) != 2 || document.Blocks[0].Kind != parse.Heading {
			t.Errorf("line break %q: %q", end, outline(document))
		}
	}
}

// What cannot be seen but changes what is seen is no part of a stored text: a
// passage that holds such a character would never be shown.
func TestInvisibleCharacters(t *testing.T) {
	for name, hidden := range map[string]string{
		"zero-width space": "\u200b", "byte order mark": "\ufeff", "soft hyphen": "\u00ad",
		"word joiner": "\u2060", "left-to-right mark": "\u200e", "right-to-left mark": "\u200f",
		"right-to-left override": "\u202e", "isolate": "\u2066", "end of isolate": "\u2069",
		"invisible separator": "\u2063", "object replacement": "\ufffc", "language tag": "\U000e0041",
	} {
		t.Run(name, func(t *testing.T) {
			document := read(t, "page.txt", "Sticks help many peo"+hidden+"ple to walk.\n")
			if document.Text != "Sticks help many people to walk." {
				t.Errorf("the stored text is %+q", document.Text)
			}
		})
	}
	for _, reference := range []string{"&shy;", "&#8238;", "&#x202E;", "&lrm;", "&ZeroWidthSpace;", "&#xFFFC;"} {
		if got := read(t, "page.md", "Sticks help many peo"+reference+"ple to walk.\n").Text; got != "Sticks help many people to walk." {
			t.Errorf("%s: the stored text is %+q", reference, got)
		}
	}
	joined := "می\u200cخواهم راه بروم و با عصا بهتر می\u200cشود." // Persian needs its zero-width non-joiners
	if got := read(t, "page.md", joined+"\n").Text; got != joined {
		t.Errorf("joiners are lost: %+q", got)
	}
}

func TestUnreadable(t *testing.T) {
	garbage := make([]byte, 4096)
	source := rand.New(rand.NewPCG(1, 2))
	for i := range garbage {
		garbage[i] = byte(source.UintN(256))
	}
	for name, c := range map[string]struct {
		file string
		data []byte
		want string
	}{
		"nothing":                {"a.txt", nil, "it is empty"},
		"white space":            {"a.txt", []byte(" \n\t\r\n"), "it is empty"},
		"a mark alone":           {"a.txt", []byte("\ufeff"), ""},
		"binary garbage":         {"a.txt", garbage, "binary"},
		"NULs":                   {"a.md", make([]byte, 100), "binary"},
		"UTF-16 without a mark":  {"a.txt", utf16Bytes(cafe, binary.LittleEndian)[2:], "binary"},
		"facts and no text":      {"a.md", []byte("---\nid: x\n---\n\n"), "it holds no text"},
		"nothing but rules":      {"a.txt", []byte("-----\n*****\n=====\n"), ""},
		"nothing but a picture":  {"a.md", []byte("![stick](stick.png)\n"), ""},
		"nothing but code":       {"a.md", []byte("```\nx := 1\n```\n"), ""},
		"larger than the limit":  {"a.txt", bytes.Repeat([]byte("a"), parse.MaxSize+1), "larger than 64 MB"},
		"nothing but invisibles": {"a.txt", []byte("\u200b\u00ad\u200b"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			document, err := parse.Read(c.file, c.data, nil, englishWords(t))
			if err == nil {
				t.Fatalf("was read as %q", document.Text)
			}
			if !errors.Is(err, parse.ErrUnreadable) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want ErrUnreadable with %q", err, c.want)
			}
		})
	}
}

// A long file and a long line are read like any other.
func TestLargeFiles(t *testing.T) {
	const sentence = "Warm water makes movement easier for most people. "
	for name, text := range map[string]string{
		"a line of 1 MB": strings.Repeat(sentence, 1<<20/len(sentence)),
		"many lines":     strings.Repeat(strings.TrimSpace(sentence)+"\n\n", 1<<18/len(sentence)),
	} {
		t.Run(name, func(t *testing.T) {
			document := read(t, "long.txt", text)
			count := 0
			for _, block := range document.Blocks {
				count += len(block.Sentences)
			}
			if want := strings.Count(text, "."); count != want {
				t.Errorf("%d sentences, want %d", count, want)
			}
		})
	}
}

func utf16Bytes(text string, order binary.ByteOrder) []byte {
	var out []byte
	for _, unit := range utf16.Encode([]rune("\ufeff" + text)) {
		out = append(out, 0, 0)
		order.PutUint16(out[len(out)-2:], unit)
	}
	return out
}

func utf32Bytes(text string) []byte {
	var out []byte
	for _, r := range "\ufeff" + text {
		out = binary.LittleEndian.AppendUint32(out, uint32(r))
	}
	return out
}
