package review_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"spsbot"
	"spsbot/review"
)

// exported is a small log whose pseudonyms and references are always the same.
func exported(t *testing.T) *bench {
	t.Helper()
	folder := t.TempDir()
	check(t, os.Mkdir(filepath.Join(folder, "keys"), 0o700))
	check(t, os.WriteFile(filepath.Join(folder, "keys", "pseudonym.key"), bytes.Repeat([]byte("k"), 32), 0o600))
	ctx, b := t.Context(), open(t, folder)
	check(t, b.Append(ctx, full(b, "1", "anna"), noon))
	check(t, b.Shown(ctx, "1", spsbot.Shown{Channel: "88002", Message: "5001", At: noon.Add(time.Second)}))
	check(t, b.Feedback(ctx, spsbot.Feedback{ID: "1", Asker: b.keys.Pseudonym("ben"), Verdict: spsbot.VerdictNotRight, Text: "=1+1, \"quoted\"\nnext line", At: noon}))
	formula := full(b, "2", "ben")
	formula.Question.Text, formula.Question.Turns = "@SUM(A1) <b>", nil
	check(t, b.Append(ctx, formula, noon.Add(time.Minute)))
	check(t, b.Append(ctx, full(b, "3", "clara"), noon.Add(time.Hour)))
	_, err := b.Forget(ctx, b.keys.Pseudonym("clara"))
	check(t, err)
	return b
}

func TestExport(t *testing.T) {
	b := exported(t)
	defer b.close(t)
	for _, format := range []review.Format{review.FormatJSONLines, review.FormatCSV} {
		var out bytes.Buffer
		count, err := b.Export(t.Context(), &out, review.Filter{}, format)
		check(t, err)
		if count != 3 {
			t.Errorf("%s: %d exchanges, want 3", format, count)
		}
		golden(t, "export."+string(format), out.Bytes())
	}
}

// What was exported can be read again.
func TestExportIsReadable(t *testing.T) {
	b := exported(t)
	defer b.close(t)
	var lines, table bytes.Buffer
	_, err := b.Export(t.Context(), &lines, review.Filter{Limit: 1}, review.FormatJSONLines)
	check(t, err)
	var exchange spsbot.Exchange
	check(t, json.Unmarshal(lines.Bytes(), &exchange))
	if exchange.Record.Question.ID != "1" || exchange.Record.Took != 3*time.Millisecond {
		t.Errorf("got %+v", exchange)
	}
	_, err = b.Export(t.Context(), &table, review.Filter{}, review.FormatCSV)
	check(t, err)
	rows, err := csv.NewReader(&table).ReadAll()
	check(t, err)
	if len(rows) != 4 || rows[1][13] != "'=1+1, \"quoted\"\nnext line" || rows[2][8] != "'@SUM(A1) <b>" || rows[3][8] != "" {
		t.Errorf("got %q", rows)
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("no space") }

func TestExportFaults(t *testing.T) {
	b := exported(t)
	defer b.close(t)
	for _, format := range []review.Format{review.FormatJSONLines, review.FormatCSV, "xml"} {
		if _, err := b.Export(t.Context(), fullDisk{}, review.Filter{}, format); err == nil {
			t.Errorf("%s: a full disk was no error", format)
		}
	}
}
