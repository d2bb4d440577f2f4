package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"spsbot/internal/keyring"
	"spsbot/internal/store/embedded"
	"spsbot/review"
)

// Folders of the data folder. The keys stand apart, so that a backup of the
// state holds no word of a person that could be read.
const (
	stateFolder = "state"
	keysFolder  = "keys"
)

// dataOptions say where the bot keeps what it must not lose.
type dataOptions struct {
	Data string `help:"The data folder." type:"path" placeholder:"DIR" default:"data" env:"SPSBOT_DATA"`
	Keys string `help:"The folder of the keys, if they are not in the data folder." type:"path" placeholder:"DIR" env:"SPSBOT_KEYS"`
}

func (o dataOptions) state() string { return filepath.Join(o.Data, stateFolder) }

func (o dataOptions) keys() string {
	if o.Keys != "" {
		return o.Keys
	}
	return filepath.Join(o.Data, keysFolder)
}

// readLog opens the answer log for reading; the bot may be running. The second
// result closes it.
func (o dataOptions) readLog() (review.Reader, func() error, error) {
	store, err := embedded.OpenReader(o.state())
	if errors.Is(err, fs.ErrNotExist) {
		return review.Reader{}, nil, fmt.Errorf("there is no log in %s. Hint: name the data folder of the bot with --data or SPSBOT_DATA", o.Data)
	}
	if err != nil {
		return review.Reader{}, nil, err
	}
	keys, err := keyring.OpenReadOnly(o.keys())
	if err != nil {
		return review.Reader{}, nil, errors.Join(err, store.Close())
	}
	return review.NewReader(store, keys), func() error { return errors.Join(store.Close(), keys.Close()) }, nil
}
