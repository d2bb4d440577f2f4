// Package keyring turns ids of people into pseudonyms and keeps one key for
// each person, with which that person's words are encrypted. To destroy the key
// is to erase the words, wherever copies of them stand: in the database, its
// write-ahead log, its free pages and its backups. Therefore the keyring's
// folder must never be part of a backup of the database, and the package must
// never write an id, a word or a key anywhere else.
//
// What holds after Forget: nothing that was sealed for the person can be opened
// again, and no file says which pseudonym had which handle. What does not: a
// copy of the folder that somebody made before; the blocks of a flash disk or a
// copy-on-write file system, which may keep overwritten bytes for a while.
package keyring

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"spsbot"
)

// Files of the folder.
const (
	secretFile = "pseudonym.key"
	peopleFile = "people.keys"
)

// Sizes in bytes.
const (
	secretSize = 32
	nonceSize  = 12
)

// sealedVersion is the first byte of everything that Seal returns.
const sealedVersion = 1

// errShort is the answer to bytes that Seal never wrote.
var errShort = errors.New("the sealed text is damaged")

// Keyring is one folder of keys. It is safe for concurrent use; one process at
// a time may open it for writing.
type Keyring struct {
	secret []byte
	slots  *slots

	mutex    sync.RWMutex
	byAsker  map[asker]*person
	byHandle map[handle]*person
}

// person is what is known of one asker.
type person struct {
	asker   asker
	handle  handle
	key     [keySize]byte
	created time.Time
	used    time.Time
	// slot is where the key stands, write the number of its writing: 0 for
	// keys that were read from the file.
	slot, write int64
}

// Open opens the keyring of a folder and makes folder and secret when they are
// not there yet.
func Open(folder string) (*Keyring, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of keys: %w", err)
	}
	if err := makeSecret(filepath.Join(folder, secretFile)); err != nil {
		return nil, fmt.Errorf("make the secret of the pseudonyms: %w", err)
	}
	return open(folder, os.O_RDWR|os.O_CREATE)
}

// OpenReadOnly opens the keyring of a folder beside the process that owns it.
// What is sealed later cannot be opened by it.
func OpenReadOnly(folder string) (*Keyring, error) { return open(folder, os.O_RDONLY) }

func open(folder string, flags int) (*Keyring, error) {
	secret, err := os.ReadFile(filepath.Join(folder, secretFile)) //nolint:gosec // the operator names the folder
	if err != nil {
		return nil, fmt.Errorf("read the secret of the pseudonyms: %w", err)
	}
	if len(secret) != secretSize {
		return nil, fmt.Errorf("%s has %d bytes, not %d: it is damaged", secretFile, len(secret), secretSize)
	}
	file, err := openSlots(filepath.Join(folder, peopleFile), flags)
	if err != nil {
		return nil, fmt.Errorf("open the keys of people: %w", err)
	}
	k := &Keyring{secret: secret, slots: file, byAsker: map[asker]*person{}, byHandle: map[handle]*person{}}
	if err := file.load(k.add); err != nil {
		return nil, errors.Join(fmt.Errorf("read the keys of people: %w", err), file.close())
	}
	return k, nil
}

// Close closes the files.
func (k *Keyring) Close() error { return k.slots.close() }

// Pseudonym returns the pseudonym of an id: the same for the same id, and
// useless without the keyring's secret.
func (k *Keyring) Pseudonym(id string) string {
	sum := k.Hash("asker", id)
	return hex.EncodeToString(sum[:askerSize])
}

// Hash returns a keyed hash of a text; one purpose's hashes say nothing about another's.
func (k *Keyring) Hash(purpose, text string) [sha256.Size]byte {
	mac := hmac.New(sha256.New, k.secret)
	mac.Write([]byte(purpose))
	mac.Write([]byte{0})
	mac.Write([]byte(text))
	return [sha256.Size]byte(mac.Sum(nil))
}

// Handle returns the random name under which a person's words are found; ok is
// false for people who were never heard of or have been forgotten.
func (k *Keyring) Handle(pseudonym string) (string, bool) {
	asker, err := parseAsker(pseudonym)
	if err != nil {
		return "", false
	}
	k.mutex.RLock()
	defer k.mutex.RUnlock()
	p, ok := k.byAsker[asker]
	if !ok {
		return "", false
	}
	return p.handle.String(), true
}

// Seal encrypts a text with the key of a person and binds it to a context:
// Open needs the same. The person gets a key when there is none; it is durable
// before Seal returns.
func (k *Keyring) Seal(pseudonym string, text, bound []byte) ([]byte, error) {
	p, err := k.keyOf(pseudonym)
	if err != nil {
		return nil, fmt.Errorf("seal a text: %w", err)
	}
	gcm, err := newGCM(p.key)
	if err != nil {
		return nil, fmt.Errorf("seal a text: %w", err)
	}
	sealed := make([]byte, 1+handleSize+nonceSize, 1+handleSize+nonceSize+len(text)+gcm.Overhead())
	sealed[0] = sealedVersion
	copy(sealed[1:], p.handle[:])
	nonce := sealed[1+handleSize:]
	if _, err := rand.Read(nonce); err != nil {
		return nil, fmt.Errorf("seal a text: %w", err)
	}
	return gcm.Seal(sealed, nonce, text, bound), nil
}

// Open returns what was sealed; spsbot.ErrForgotten when its person was forgotten.
func (k *Keyring) Open(sealed, bound []byte) ([]byte, error) {
	if len(sealed) < 1+handleSize+nonceSize || sealed[0] != sealedVersion {
		return nil, errShort
	}
	k.mutex.RLock()
	p, ok := k.byHandle[handle(sealed[1:1+handleSize])]
	k.mutex.RUnlock()
	if !ok {
		return nil, fmt.Errorf("open a sealed text: %w", spsbot.ErrForgotten)
	}
	gcm, err := newGCM(p.key)
	if err != nil {
		return nil, fmt.Errorf("open a sealed text: %w", err)
	}
	text, err := gcm.Open(nil, sealed[1+handleSize:1+handleSize+nonceSize], sealed[1+handleSize+nonceSize:], bound)
	if err != nil {
		return nil, fmt.Errorf("open a sealed text: %w", err)
	}
	return text, nil
}

// Forget destroys the key of a person, durably, and returns the handle under
// which the words stood; empty when there was none.
func (k *Keyring) Forget(pseudonym string) (string, error) {
	asker, err := parseAsker(pseudonym)
	if err != nil {
		return "", fmt.Errorf("forget a person: %w", err)
	}
	k.mutex.Lock()
	defer k.mutex.Unlock()
	p, ok := k.byAsker[asker]
	if !ok {
		return "", nil
	}
	if err := k.destroy(p); err != nil {
		return "", fmt.Errorf("forget a person: %w", err)
	}
	return p.handle.String(), nil
}

// destroy overwrites a person's slot and drops the key; the mutex is held.
func (k *Keyring) destroy(p *person) error {
	if err := k.slots.clear(p.slot); err != nil {
		return err
	}
	delete(k.byAsker, p.asker)
	delete(k.byHandle, p.handle)
	return nil
}

// keyOf returns a person's key, new when there is none.
func (k *Keyring) keyOf(pseudonym string) (person, error) {
	asker, err := parseAsker(pseudonym)
	if err != nil {
		return person{}, err
	}
	k.mutex.Lock()
	p, ok := k.byAsker[asker]
	if !ok {
		p, err = k.create(asker)
		if err != nil {
			k.mutex.Unlock()
			return person{}, err
		}
	}
	p.used = time.Now()
	found := *p
	k.mutex.Unlock()
	// Whoever uses a key waits until it is durable, not only who made it.
	return found, k.slots.sync(found.write)
}

// create makes a person and writes the slot; the mutex is held.
func (k *Keyring) create(asker asker) (*person, error) {
	p := &person{asker: asker, created: time.Now()}
	if _, err := rand.Read(p.key[:]); err != nil {
		return nil, err
	}
	if _, err := rand.Read(p.handle[:]); err != nil {
		return nil, err
	}
	if err := k.slots.write(p); err != nil {
		return nil, err
	}
	k.add(p)
	return p, nil
}

func (k *Keyring) add(p *person) {
	k.byAsker[p.asker] = p
	k.byHandle[p.handle] = p
}

func newGCM(key [keySize]byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}
