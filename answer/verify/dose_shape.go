package verify

import (
	"fmt"
	"strconv"
	"strings"

	"spsbot/prompts"
)

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
