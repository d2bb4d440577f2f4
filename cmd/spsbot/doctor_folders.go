package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"spsbot/internal/keyring"
	"spsbot/internal/store/embedded"
)

// Free space of the data folder, in bytes: a year of a busy server needs less
// than the first; below the second the bot may stop any day.
const (
	littleSpace = 1 << 30
	noSpace     = 100 << 20
)

// data looks at the data folder; state is its database, nil when it could not
// be opened.
func (d *doctor) data(ctx context.Context, folders dataOptions, state *embedded.Reader) {
	const check = "data folder"
	folder := folders.Data
	if !d.folder(check, folder, "SPSBOT_DATA") {
		return
	}
	if free, known := freeSpace(existing(folder)); known {
		switch {
		case free < noSpace:
			d.failed(check, "Make room, or set SPSBOT_DATA to a folder on another disk.", "Only %d MiB are free.", free>>20)
		case free < littleSpace:
			d.warning(check, "Make room soon: without any, no question can be accepted.", "Only %d MiB are free.", free>>20)
		}
	}
	switch _, err := os.Stat(folder); {
	case err != nil:
		d.ok(check, "%s is made at the first start.", folder)
		return
	case state == nil:
		if _, err := embedded.OpenReader(folders.state()); err != nil && !errors.Is(err, fs.ErrNotExist) {
			d.failed(check, "Restore the newest backup of the data folder, and keep the damaged one aside.", "The database cannot be opened: %v.", err)
			return
		}
		d.ok(check, "%s can be written; the database is made at the first start.", folder)
		return
	}
	if _, _, err := state.Get(ctx, "health"); err != nil {
		d.failed(check, "Restore the newest backup of the data folder, and keep the damaged one aside.", "The database cannot be read: %v.", err)
		return
	}
	d.ok(check, "%s can be written, and its database can be read.", folder)
}

// keys looks at the folder of keys.
func (d *doctor) keys(folders dataOptions, records bool) {
	const check = "keys"
	folder := folders.keys()
	if !d.folder(check, folder, "SPSBOT_KEYS") {
		return
	}
	if inside(folder, folders.Data) {
		d.warning(check, "Set SPSBOT_KEYS to a folder elsewhere, or leave "+folder+" out of every backup. docs/operating.md says how to move it.",
			"%s is inside the data folder: a backup of both could be read even after somebody asked to be forgotten.", folder)
	}
	ring, err := keyring.OpenReadOnly(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist) && records:
		d.failed(check, "Put the folder of keys back, or correct SPSBOT_KEYS. Without the keys, nobody can read the words in the log again.",
			"There is a database, but %s holds no keys.", folder)
	case errors.Is(err, fs.ErrNotExist):
		d.ok(check, "%s is filled at the first start.", folder)
	case err != nil:
		d.failed(check, "Look at the files and their permissions.", "%v.", err)
	default:
		if err := ring.Close(); err != nil {
			d.failed(check, "Look at the disk.", "%v.", err)
			return
		}
		d.ok(check, "The keys in %s can be read.", folder)
	}
}

// folder looks whether a folder can be written, now or once it is made, and
// whether others can look into it.
func (d *doctor) folder(check, folder, variable string) bool {
	info, err := os.Stat(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		d.failed(check, "Correct "+variable+" or the permissions of the folders above.", "%v.", err)
		return false
	case !info.IsDir():
		d.failed(check, "Set "+variable+" to a folder.", "%s is a file.", folder)
		return false
	case info.Mode().Perm()&0o007 != 0:
		d.failed(check, "chmod 700 "+folder, "Everybody on this computer can look into %s (mode %04o).", folder, info.Mode().Perm())
	case info.Mode().Perm()&0o070 != 0:
		d.warning(check, "chmod 700 "+folder+", unless that group is meant to", "A group of users can look into %s (mode %04o).", folder, info.Mode().Perm())
	}
	if err := tryWriting(existing(folder)); err != nil {
		d.failed(check, "Let the user that runs the bot write there, or set "+variable+" to another folder.", "%s cannot be written: %v.", folder, err)
		return false
	}
	return true
}

// existing returns the folder, or the nearest above it that is there.
func existing(folder string) string {
	for {
		if info, err := os.Stat(folder); err == nil && info.IsDir() {
			return folder
		}
		above := filepath.Dir(folder)
		if above == folder {
			return folder
		}
		folder = above
	}
}

// tryWriting makes a file in a folder and takes it away again.
func tryWriting(folder string) error {
	file, err := os.CreateTemp(folder, ".spsbot-doctor-*")
	if err != nil {
		return withoutName(err)
	}
	_, err = file.WriteString("ok")
	return withoutName(errors.Join(err, file.Close(), os.Remove(file.Name())))
}

// withoutName takes the name of the file, which means nothing, out of an error.
func withoutName(err error) error {
	var failed *fs.PathError
	if errors.As(err, &failed) {
		return fmt.Errorf("%s: %w", failed.Op, failed.Err)
	}
	return err
}

// inside reports whether a folder is, or will be, in another one.
func inside(folder, other string) bool {
	relative, err := filepath.Rel(resolved(other), resolved(folder))
	return err == nil && relative != ".." && !strings.HasPrefix(relative, ".."+string(filepath.Separator))
}

// resolved returns the absolute name of a folder without symbolic links, as far
// as it is there.
func resolved(folder string) string {
	absolute, err := filepath.Abs(folder)
	if err != nil {
		return folder
	}
	there := existing(absolute)
	real, err := filepath.EvalSymlinks(there)
	if err != nil {
		return absolute
	}
	return filepath.Join(real, strings.TrimPrefix(absolute, there))
}
