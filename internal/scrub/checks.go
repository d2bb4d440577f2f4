package scrub

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// checkNamed returns the test of that name, nil for none.
func checkNamed(name string) (func(string) bool, error) {
	switch name {
	case "":
		return nil, nil
	case "luhn":
		return isLuhn, nil
	case "iban":
		return isIBAN, nil
	case "nhs":
		return isNHS, nil
	case "digits7":
		return func(text string) bool { return len(digitsOf(text)) >= 7 }, nil
	case "digits9":
		return func(text string) bool { n := len(digitsOf(text)); return n >= 9 && n <= 15 }, nil
	case "secret":
		return isSecret, nil
	case "octets":
		return isOctets, nil
	}
	return nil, fmt.Errorf("there is no check %q", name)
}

// digitsOf returns the digits of a text.
func digitsOf(text string) []byte {
	var digits []byte
	for i := range len(text) {
		if text[i] >= '0' && text[i] <= '9' {
			digits = append(digits, text[i]-'0')
		}
	}
	return digits
}

// isLuhn checks the last digit of card numbers. A row of one digit passes the
// sum and is no card.
func isLuhn(text string) bool {
	digits := digitsOf(text)
	sum, same := 0, true
	for i, digit := range digits {
		value := int(digit)
		if (len(digits)-i)%2 == 0 {
			value *= 2
			if value > 9 {
				value -= 9
			}
		}
		sum += value
		same = same && digit == digits[0]
	}
	return !same && sum%10 == 0
}

// isIBAN checks the two check digits: the number with its first four characters
// moved to the end, letters counted from 10, leaves 1 when divided by 97.
func isIBAN(text string) bool {
	compact := strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(text))
	if len(compact) < 15 || len(compact) > 34 {
		return false
	}
	rest := 0
	for _, r := range compact[4:] + compact[:4] {
		switch {
		case r >= '0' && r <= '9':
			rest = (rest*10 + int(r-'0')) % 97
		case r >= 'A' && r <= 'Z':
			rest = (rest*100 + int(r-'A') + 10) % 97
		default:
			return false
		}
	}
	return rest == 1
}

// isNHS checks the last digit of the number of the British health service:
// weights 10 to 2, modulo 11.
func isNHS(text string) bool {
	digits := digitsOf(text)
	if len(digits) != 10 {
		return false
	}
	sum := 0
	for i, digit := range digits[:9] {
		sum += int(digit) * (10 - i)
	}
	return (11-sum%11)%11 == int(digits[9])
}

// isSecret tells a token from the words of an address: many digits, or letters
// of both cases and digits without a hyphen between words.
func isSecret(text string) bool {
	digits, upper, lower := len(digitsOf(text)), false, false
	for _, r := range text {
		upper, lower = upper || unicode.IsUpper(r), lower || unicode.IsLower(r)
	}
	return upper && lower && digits > 0 && !strings.Contains(text, "-") || (upper || lower) && digits*6 >= len(text)
}

// isOctets checks that the four parts of an address are bytes.
func isOctets(text string) bool {
	for part := range strings.SplitSeq(text, ".") {
		if number, err := strconv.Atoi(part); err != nil || number > 255 {
			return false
		}
	}
	return true
}
