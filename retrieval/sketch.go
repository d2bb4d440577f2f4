package retrieval

import (
	"encoding/binary"
	"math"
	"slices"
)

// sketch holds the smallest of a passage's terms, ascending, cut to their upper
// bits: two texts share about as many of these as of all their terms (Broder,
// "On the resemblance and containment of documents", 1997).
type sketch [8]uint16

func emptySketch() sketch {
	var s sketch
	for i := range s {
		s[i] = math.MaxUint16
	}
	return s
}

func (s *sketch) add(term uint64) {
	value := uint16(term >> 48)
	if value >= s[len(s)-1] {
		return
	}
	at, found := slices.BinarySearch(s[:], value)
	if found {
		return
	}
	copy(s[at+1:], s[at:])
	s[at] = value
}

// alikeSketches is the number of shared entries from which on two passages are
// worth a closer look.
const alikeSketches = len(sketch{}) - 2

// like reports whether two passages may say much the same.
func (s *sketch) like(other *sketch) bool {
	common := 0
	for i, j := 0, 0; i < len(s) && j < len(other); {
		switch {
		case s[i] == other[j]:
			common, i, j = common+1, i+1, j+1
		case s[i] < other[j]:
			i++
		default:
			j++
		}
	}
	return common >= alikeSketches
}

// sketches are those of all passages, one after the other, as a snapshot holds them.
type sketches []byte

const sketchBytes = 2 * len(sketch{})

func (s *sketches) add(one *sketch) {
	for _, value := range one {
		*s = binary.LittleEndian.AppendUint16(*s, value)
	}
}

func (s sketches) at(passage int) *sketch {
	var one sketch
	for i := range one {
		one[i] = binary.LittleEndian.Uint16(s[sketchBytes*passage+2*i:])
	}
	return &one
}
