package route

import (
	"encoding/binary"
	"errors"
	"math"
)

// errBroken says that stored data ends early or holds what cannot be.
var errBroken = errors.New("the stored router is broken")

// writer puts numbers and texts one after the other.
type writer struct{ data []byte }

func (w *writer) number(n int) { w.data = binary.AppendVarint(w.data, int64(n)) }
func (w *writer) count(n int)  { w.data = binary.AppendUvarint(w.data, uint64(n)) }
func (w *writer) float(f float32) {
	w.data = binary.LittleEndian.AppendUint32(w.data, math.Float32bits(f))
}

func (w *writer) text(s string) {
	w.count(len(s))
	w.data = append(w.data, s...)
}

// reader takes them out again. After an error it yields zeros and the error stays.
type reader struct {
	data string
	err  error
}

// number reads a signed number.
func (r *reader) number() int {
	n := r.unsigned()
	return int(n>>1) ^ -int(n&1)
}

// count reads a number of things, each of which takes at least one byte.
func (r *reader) count() int {
	n := r.unsigned()
	if n > uint64(len(r.data)) {
		r.fail()
		return 0
	}
	return int(n)
}

// below reads a number that must be smaller than limit.
func (r *reader) below(limit int) int {
	n := r.unsigned()
	if n >= uint64(limit) {
		r.fail()
		return 0
	}
	return int(n)
}

func (r *reader) unsigned() uint64 {
	var n uint64
	for i := 0; i < len(r.data) && i < binary.MaxVarintLen64; i++ {
		b := r.data[i]
		n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			r.data = r.data[i+1:]
			return n
		}
	}
	r.fail()
	return 0
}

func (r *reader) text() string { return r.bytes(r.count()) }

func (r *reader) float() float32 {
	data := r.bytes(4)
	if r.err != nil {
		return 0
	}
	return math.Float32frombits(binary.LittleEndian.Uint32([]byte(data)))
}

// bytes takes the next n bytes.
func (r *reader) bytes(n int) string {
	if n > len(r.data) {
		r.fail()
		return ""
	}
	out := r.data[:n]
	r.data = r.data[n:]
	return out
}

func (r *reader) fail() { r.data, r.err = "", errBroken }
