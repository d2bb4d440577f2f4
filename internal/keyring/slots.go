package keyring

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash/crc32"
	"io"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Sizes of the parts of a slot, in bytes. A slot is 64 bytes at a multiple of
// 64, so that no slot crosses a sector and none is ever half written.
const (
	askerSize  = 16
	handleSize = 8
	keySize    = 32
	slotSize   = askerSize + handleSize + keySize + 4 + 4 // created (days), checksum
)

// slotsHeader fills the first slot and says what the file is.
const slotsHeader = "spsbot keys of people, version 1. Never back up with the data.\n\n"

type (
	// asker is a pseudonym in bytes, handle the random name of a person's words.
	asker  [askerSize]byte
	handle [handleSize]byte
)

func (h handle) String() string { return hex.EncodeToString(h[:]) }

func parseAsker(pseudonym string) (asker, error) {
	var a asker
	if len(pseudonym) != hex.EncodedLen(askerSize) {
		return a, errors.New("the asker is no pseudonym")
	}
	if _, err := hex.Decode(a[:], []byte(pseudonym)); err != nil {
		return a, errors.New("the asker is no pseudonym")
	}
	return a, nil
}

// slots is the file of keys: one slot a person, free slots all zero. A key is
// destroyed where it stands, so that no older version of the file is left.
type slots struct {
	file *os.File
	// free and end are guarded by the keyring's mutex.
	free []int64
	end  int64
	// written counts writes; synced is how many of them are durable. Who syncs
	// does so for all who wait: hundreds of new people cost a few syncs.
	written atomic.Int64
	synced  atomic.Int64
	syncing sync.Mutex
}

func openSlots(path string, flags int) (*slots, error) {
	file, err := os.OpenFile(path, flags, 0o600) //nolint:gosec // the operator names the folder
	if err != nil {
		return nil, err
	}
	return &slots{file: file, end: slotSize}, nil
}

func (s *slots) close() error { return s.file.Close() }

// load reads the whole file. A slot whose checksum is wrong was never durable,
// so nothing was sealed with it: it is free.
func (s *slots) load(add func(*person)) error {
	header := make([]byte, slotSize)
	length, err := io.ReadFull(s.file, header)
	short := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
	switch {
	case err != nil && !short:
		return err
	case !strings.HasPrefix(slotsHeader, string(header[:length])):
		return errors.New("the file is none of spsbot's keys")
	case short: // new, or the power went while it was being made
		return s.begin()
	}
	slot := make([]byte, slotSize)
	for {
		_, err := io.ReadFull(s.file, slot)
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if p, ok := decodeSlot(slot); ok {
			p.slot = s.end
			add(p)
		} else {
			s.free = append(s.free, s.end)
		}
		s.end += slotSize
	}
}

// begin writes the header of a new file.
func (s *slots) begin() error {
	if _, err := s.file.WriteAt([]byte(slotsHeader), 0); err != nil {
		return err
	}
	return s.file.Sync()
}

// write puts a person into a free slot; sync makes it durable.
func (s *slots) write(p *person) error {
	p.slot = s.end
	if last := len(s.free) - 1; last >= 0 {
		p.slot = s.free[last]
	}
	if _, err := s.file.WriteAt(encodeSlot(p), p.slot); err != nil {
		return err
	}
	if p.slot == s.end {
		s.end += slotSize
	} else {
		s.free = s.free[:len(s.free)-1]
	}
	p.write = s.written.Add(1)
	return nil
}

// sync returns when a write is durable.
func (s *slots) sync(write int64) error {
	if s.synced.Load() >= write {
		return nil
	}
	s.syncing.Lock()
	defer s.syncing.Unlock()
	if s.synced.Load() >= write {
		return nil
	}
	upTo := s.written.Load()
	if err := s.file.Sync(); err != nil {
		return err
	}
	s.synced.Store(upTo)
	return nil
}

// clear overwrites a slot, durably.
func (s *slots) clear(slot int64) error {
	if _, err := s.file.WriteAt(make([]byte, slotSize), slot); err != nil {
		return err
	}
	if err := s.file.Sync(); err != nil {
		return err
	}
	s.free = append(s.free, slot)
	return nil
}

func encodeSlot(p *person) []byte {
	slot := make([]byte, 0, slotSize)
	slot = append(slot, p.asker[:]...)
	slot = append(slot, p.handle[:]...)
	slot = append(slot, p.key[:]...)
	slot = binary.LittleEndian.AppendUint32(slot, daysOf(p.created))
	return binary.LittleEndian.AppendUint32(slot, crc32.ChecksumIEEE(slot))
}

func decodeSlot(slot []byte) (*person, bool) {
	body, sum := slot[:slotSize-4], slot[slotSize-4:]
	if crc32.ChecksumIEEE(body) != binary.LittleEndian.Uint32(sum) {
		return nil, false
	}
	p := &person{
		asker:  asker(body),
		handle: handle(body[askerSize:]),
		key:    [keySize]byte(body[askerSize+handleSize:]),
	}
	days := binary.LittleEndian.Uint32(body[slotSize-8:])
	p.created = time.Unix(int64(days)*int64(day/time.Second), 0)
	return p, true
}

const day = 24 * time.Hour

// daysOf is exact enough for pruning and says little about a person.
func daysOf(t time.Time) uint32 {
	return uint32(t.Unix() / int64(day/time.Second)) //nolint:gosec // the clock is past 1970 and before the year 11,000,000
}
