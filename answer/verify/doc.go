// Package verify checks a draft against the passages that it cites, and
// withholds what must not leave: quotes that are not in their passage,
// sentences that their passages do not support, doses. It is the only place
// where a Checked is made. It must never change a quote's words, only withhold.
package verify
