// Package snapshot keeps tables in one file that is mapped into memory: it
// opens in the same short time however large it is. Each table has checksums;
// what fails them is never given out. It knows names and bytes only, and must
// never know what the tables mean.
package snapshot

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
)

// The file begins with a head of fixed length and a list of the tables; the
// list has a checksum, and so does every page of every table.
const (
	magic      = "SPSBOT\x00\x01"
	headBytes  = 32 // magic, version, tables, size of the file, checksum of head and list
	entryBytes = 48 // name, begin, length, place of the page sums
	nameBytes  = 24
	pageBytes  = 1 << 16
	alignment  = 64
)

// maxTables is the number of tables of the largest snapshot.
const maxTables = 1 << 12

// The errors that Open and Check wrap.
var (
	// ErrVersion says that the file was written by another version of the program.
	ErrVersion = errors.New("the snapshot is of another version")
	// ErrDamaged says that bytes of the file are not those that were written.
	ErrDamaged = errors.New("the snapshot is damaged")
)

// Table is one named run of bytes.
type Table struct {
	// Name has at most 24 bytes.
	Name string
	Data []byte
}

// File is an open snapshot. It is safe for concurrent use.
type File struct {
	data   []byte
	tables map[string]*table
	close  func() error
}

type table struct {
	data, sums []byte
	checked    []atomic.Uint32 // by page, a bit each
}

func castagnoli() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) }

// Write writes tables to a file, at once or not at all: a reader sees the file
// that was there before or the new one.
func Write(path string, version uint32, tables []Table) (err error) {
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("write a snapshot: %w", err)
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("write a snapshot: %w", errors.Join(err, os.Remove(file.Name())))
		}
	}()
	head, places, err := layOut(version, tables)
	if err != nil {
		return errors.Join(err, file.Close())
	}
	write := func(data []byte, at int) {
		if err == nil && len(data) > 0 {
			_, err = file.WriteAt(data, int64(at))
		}
	}
	write(head, 0)
	for i, t := range tables {
		write(t.Data, places[i].begin)
		write(sumsOf(t.Data), places[i].sums)
	}
	if err == nil {
		err = file.Truncate(int64(binary.LittleEndian.Uint64(head[16:]))) //nolint:gosec // layOut made it of an int
	}
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}

// place says where a table and its sums stand in the file.
type place struct{ begin, sums int }

// layOut returns the head with the list of tables, and the places of the tables.
func layOut(version uint32, tables []Table) (head []byte, places []place, err error) {
	head = make([]byte, headBytes+entryBytes*len(tables))
	at := len(head)
	align := func() { at = (at + alignment - 1) / alignment * alignment }
	for i, t := range tables {
		if len(t.Name) > nameBytes || len(tables) > maxTables {
			return nil, nil, fmt.Errorf("table %q of %d: too long a name, or too many tables", t.Name, len(tables))
		}
		align()
		p := place{begin: at}
		at += len(t.Data)
		align()
		p.sums = at
		at += 4 * pages(len(t.Data))
		places = append(places, p)
		entry := head[headBytes+entryBytes*i:]
		copy(entry[:nameBytes], t.Name)
		for j, number := range []int{p.begin, len(t.Data), p.sums} {
			binary.LittleEndian.PutUint64(entry[nameBytes+8*j:], uint64(number)) //nolint:gosec // no length is negative
		}
	}
	copy(head, magic)
	binary.LittleEndian.PutUint32(head[8:], version)
	binary.LittleEndian.PutUint32(head[12:], uint32(len(tables))) //nolint:gosec // at most maxTables
	binary.LittleEndian.PutUint64(head[16:], uint64(at))          //nolint:gosec // no length is negative
	binary.LittleEndian.PutUint32(head[24:], headSum(head))
	return head, places, nil
}

// headSum returns the checksum of the head and the list, the sum itself left out.
func headSum(head []byte) uint32 {
	sum := crc32.Update(0, castagnoli(), head[:24])
	return crc32.Update(sum, castagnoli(), head[headBytes:])
}

func pages(length int) int { return (length + pageBytes - 1) / pageBytes }

func sumsOf(data []byte) []byte {
	var sums []byte
	for page := range slices.Chunk(data, pageBytes) {
		sums = binary.LittleEndian.AppendUint32(sums, crc32.Checksum(page, castagnoli()))
	}
	return sums
}

// Open opens a snapshot of a version. It checks the head, the list of tables
// and the length of the file; tables are checked as they are asked for.
func Open(path string, version uint32) (*File, error) {
	data, unmap, err := load(path)
	if err != nil {
		return nil, fmt.Errorf("open a snapshot: %w", err)
	}
	f := &File{data: data, tables: map[string]*table{}, close: unmap}
	if err := f.readHead(version); err != nil {
		return nil, fmt.Errorf("open the snapshot %s: %w", path, errors.Join(err, unmap()))
	}
	return f, nil
}

func (f *File) readHead(version uint32) error {
	if len(f.data) < headBytes || string(f.data[:len(magic)]) != magic {
		return fmt.Errorf("%w: it does not begin like one", ErrDamaged)
	}
	if found := binary.LittleEndian.Uint32(f.data[8:]); found != version {
		return fmt.Errorf("%w: %d, this program reads %d", ErrVersion, found, version)
	}
	count := binary.LittleEndian.Uint32(f.data[12:])
	size := headBytes + entryBytes*int(count)
	if count > maxTables || size > len(f.data) || headSum(f.data[:size]) != binary.LittleEndian.Uint32(f.data[24:]) ||
		binary.LittleEndian.Uint64(f.data[16:]) != uint64(len(f.data)) {
		return fmt.Errorf("%w: its head or its length is wrong", ErrDamaged)
	}
	for i := range int(count) {
		entry := f.data[headBytes+entryBytes*i:]
		name, _, _ := cutZero(entry[:nameBytes])
		var at [3]int
		for j := range at {
			number := binary.LittleEndian.Uint64(entry[nameBytes+8*j:])
			if number > uint64(len(f.data)) {
				return fmt.Errorf("%w: the table %q lies outside", ErrDamaged, name)
			}
			at[j] = int(number) //nolint:gosec // at most the length of the file
		}
		begin, length, sums := at[0], at[1], at[2]
		if begin+length > len(f.data) || sums+4*pages(length) > len(f.data) {
			return fmt.Errorf("%w: the table %q lies outside", ErrDamaged, name)
		}
		f.tables[name] = &table{
			data:    f.data[begin : begin+length : begin+length],
			sums:    f.data[sums : sums+4*pages(length)],
			checked: make([]atomic.Uint32, pages(length)/32+1),
		}
	}
	return nil
}

func cutZero(name []byte) (string, string, bool) {
	for i, c := range name {
		if c == 0 {
			return string(name[:i]), string(name[i:]), true
		}
	}
	return string(name), "", false
}

// Table returns a whole table, checked.
func (f *File) Table(name string) ([]byte, error) {
	data, check, err := f.Lazy(name)
	if err != nil {
		return nil, err
	}
	if !check(0, len(data)) {
		return nil, fmt.Errorf("%w: table %q", ErrDamaged, name)
	}
	return data, nil
}

// Lazy returns a table that is not checked yet, and what checks a stretch of
// it: no byte may be used before check said true for its stretch. A page is
// read once; after that the check is a look at a bit.
func (f *File) Lazy(name string) (data []byte, check func(from, to int) bool, err error) {
	t, known := f.tables[name]
	if !known {
		return nil, nil, fmt.Errorf("%w: there is no table %q", ErrDamaged, name)
	}
	return t.data, t.check, nil
}

func (t *table) check(from, to int) bool {
	for page := from / pageBytes; page*pageBytes < to; page++ {
		word, bit := &t.checked[page/32], uint32(1)<<(page%32)
		if word.Load()&bit != 0 {
			continue
		}
		data := t.data[page*pageBytes : min((page+1)*pageBytes, len(t.data))]
		if crc32.Checksum(data, castagnoli()) != binary.LittleEndian.Uint32(t.sums[4*page:]) {
			return false
		}
		word.Or(bit)
	}
	return true
}

// Close gives the memory back; nothing that came from the file may be used after.
func (f *File) Close() error { return f.close() }
