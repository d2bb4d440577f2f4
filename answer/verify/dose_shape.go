package verify

import (
	"fmt"
	"strconv"
	"strings"

	"spsbot/prompts"
)

// shift is a compiled prompts.DoseShift.
type shift struct {
	from, after, to classes
	within          int
}

func (s shift) apply(pieces []piece) {
	for i := range pieces {
		if pieces[i].is&s.from == 0 {
			continue
		}
		for j := i - 1; j >= 0 && j >= i-s.within && pieces[j].is&isStop == 0; j-- {
			if pieces[j].is&s.after != 0 {
				pieces[i].is = pieces[i].is&^s.from | s.to
				break
			}
		}
	}
}

// shape is one alternative of a pattern, compiled.
type shape struct {
	kind  string
	steps []step
	// first are the classes with which a match can begin.
	first classes
	// must are sets of which the sentence has to hold one class each, not are
	// the classes of which it may hold none.
	must []classes
	not  classes
}

// step is one part of a shape.
type step struct {
	any      classes
	min, max int
	role     role
}

type role uint8

const (
	take   role = iota // takes pieces of these classes, as many as it can
	gap                // takes pieces of other classes, as few as it can
	ahead              // the next piece is of none of these classes
	behind             // the piece before is of none of these classes
)

// repeats bounds "num+", so that a long row of numbers costs no more than its length.
const repeats = 6

func compileShapes(rules prompts.DoseRules, names classNames) ([]shape, error) {
	c := shapeCompiler{parts: rules.Parts, names: names}
	var err error
	if c.findBarriers, err = c.set(rules.FindBarriers); err != nil {
		return nil, fmt.Errorf("find_barriers: %w", err)
	}
	if c.passBarriers, err = c.set(rules.PassBarriers); err != nil {
		return nil, fmt.Errorf("pass_barriers: %w", err)
	}
	var shapes []shape
	for _, p := range rules.Patterns {
		for _, match := range p.Match {
			rows, err := c.expand(strings.Fields(match), 0)
			if err != nil {
				return nil, fmt.Errorf("%q: %w", match, err)
			}
			for _, row := range rows {
				s, err := c.shape(p, row)
				if err != nil {
					return nil, fmt.Errorf("%q: %w", match, err)
				}
				shapes = append(shapes, s)
			}
		}
	}
	return shapes, nil
}

type shapeCompiler struct {
	parts                      map[string][]string
	names                      classNames
	findBarriers, passBarriers classes
}

func (c shapeCompiler) set(names []string) (classes, error) {
	if len(names) == 0 {
		return 0, nil
	}
	return c.names.lookup(strings.Join(names, "|"))
}

// expand puts the alternatives of each "@part" in its place.
func (c shapeCompiler) expand(row []string, depth int) ([][]string, error) {
	const deepest = 4 // parts within parts; more is a circle
	for i, field := range row {
		name, ok := strings.CutPrefix(field, "@")
		if !ok {
			continue
		}
		if len(c.parts[name]) == 0 || depth > deepest {
			return nil, fmt.Errorf("part %q does not exist or holds itself", name)
		}
		var rows [][]string
		for _, part := range c.parts[name] {
			full := append(append(append([]string{}, row[:i]...), strings.Fields(part)...), row[i+1:]...)
			more, err := c.expand(full, depth+1)
			if err != nil {
				return nil, err
			}
			rows = append(rows, more...)
		}
		return rows, nil
	}
	return [][]string{row}, nil
}

func (c shapeCompiler) shape(p prompts.DosePattern, row []string) (shape, error) {
	s := shape{kind: p.Kind}
	needs, err := c.set(p.Needs)
	if err != nil {
		return s, err
	}
	if needs != 0 {
		s.must = append(s.must, needs)
	}
	if s.not, err = c.set(p.Unless); err != nil {
		return s, err
	}
	begun := false // a step was seen that must take a piece
	for _, field := range row {
		one, err := c.step(p, field)
		if err != nil {
			return s, err
		}
		s.steps = append(s.steps, one)
		switch {
		case one.role == gap && !begun:
			return s, fmt.Errorf("must not begin with a gap")
		case one.role == take && !begun:
			s.first |= one.any
		}
		if one.role == take && one.min > 0 {
			s.must = append(s.must, one.any)
			begun = true
		}
	}
	if !begun {
		return s, fmt.Errorf("matches nothing")
	}
	return s, nil
}

func (c shapeCompiler) step(p prompts.DosePattern, field string) (step, error) {
	if count, ok := strings.CutPrefix(field, ".."); ok {
		n, err := strconv.Atoi(count)
		if err != nil {
			return step{}, fmt.Errorf("gap %q: %w", field, err)
		}
		barriers := c.findBarriers
		if p.Kind == "" {
			barriers = c.passBarriers
		}
		return step{any: ^(barriers | isStop), max: n, role: gap}, nil
	}
	s := step{min: 1, max: 1}
	switch {
	case strings.HasPrefix(field, "<!"):
		s.role, field = behind, field[2:]
	case strings.HasPrefix(field, "!"):
		s.role, field = ahead, field[1:]
	case strings.HasSuffix(field, "?"):
		s.min, field = 0, field[:len(field)-1]
	case strings.HasSuffix(field, "*"):
		s.min, s.max, field = 0, repeats, field[:len(field)-1]
	case strings.HasSuffix(field, "+"):
		s.max, field = repeats, field[:len(field)-1]
	}
	var err error
	s.any, err = c.names.lookup(field)
	return s, err
}

// match returns the end of the steps in pieces from i on, -1 when they do not fit.
func match(steps []step, pieces []piece, i int) int {
	if len(steps) == 0 {
		return i
	}
	s, rest := steps[0], steps[1:]
	switch s.role {
	case ahead:
		if i < len(pieces) && pieces[i].is&s.any != 0 {
			return -1
		}
		return match(rest, pieces, i)
	case behind:
		if i > 0 && pieces[i-1].is&s.any != 0 {
			return -1
		}
		return match(rest, pieces, i)
	case gap:
		for n := 0; ; n++ {
			if end := match(rest, pieces, i+n); end >= 0 {
				return end
			}
			// A piece belongs to the gap unless any of its classes is a barrier.
			if n == s.max || i+n >= len(pieces) || pieces[i+n].is&^s.any != 0 {
				return -1
			}
		}
	}
	n := 0
	for n < s.max && i+n < len(pieces) && pieces[i+n].is&s.any != 0 {
		n++
	}
	for ; n >= s.min; n-- {
		if end := match(rest, pieces, i+n); end >= 0 {
			return end
		}
	}
	return -1
}

// eachSentence calls yield with each sentence, its stops at both ends
// included, until yield returns false.
func eachSentence(pieces []piece, yield func([]piece) bool) {
	from := 0
	for i := 1; i < len(pieces); i++ {
		if pieces[i].is&isStop == 0 {
			continue
		}
		if i > from+1 && !yield(pieces[from:i+1]) {
			return
		}
		from = i
	}
}

// eachMatch calls yield with the kind, the first and the last piece of each
// dose in a sentence, until yield returns false.
func eachMatch(shapes []shape, sentence []piece, yield func(kind string, from, to piece) bool) {
	var holds classes
	for _, p := range sentence {
		holds |= p.is
	}
	var buf [64]*shape
	live, finds := buf[:0], false
	for i := range shapes {
		if shapes[i].fits(holds) {
			live = append(live, &shapes[i])
			finds = finds || shapes[i].kind != ""
		}
	}
	if !finds {
		return
	}
	for i := 0; i < len(sentence); {
		end, kind := matchAny(live, sentence, i)
		if end <= i {
			i++
			continue
		}
		if kind != "" {
			from, to := trim(sentence, i, end)
			if from.is&isStop == 0 && !yield(kind, from, to) {
				return
			}
		}
		i = end
	}
}

func matchAny(live []*shape, sentence []piece, i int) (end int, kind string) {
	for _, s := range live {
		if sentence[i].is&s.first == 0 {
			continue
		}
		if end := match(s.steps, sentence, i); end > i {
			return end, s.kind
		}
	}
	return -1, ""
}

// trim leaves out the stops at the ends of a match.
func trim(sentence []piece, i, end int) (from, to piece) {
	for i < end-1 && sentence[i].is&isStop != 0 {
		i++
	}
	for end-1 > i && sentence[end-1].is&isStop != 0 {
		end--
	}
	return sentence[i], sentence[end-1]
}

// fits reports whether a sentence with these classes can match at all.
func (s *shape) fits(holds classes) bool {
	if holds&s.not != 0 {
		return false
	}
	for _, set := range s.must {
		if holds&set == 0 {
			return false
		}
	}
	return true
}
