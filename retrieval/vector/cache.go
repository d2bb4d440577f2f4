package vector

import (
	"context"
	"crypto/sha256"
	"fmt"
	"sync"
)

// Cache remembers the vectors of texts by the model's name and the text's hash,
// so that a text is sent to a model once. It is safe for concurrent use.
type Cache struct {
	model string
	embed Embedder
	mutex sync.Mutex
	known map[[sha256.Size]byte][]float32
}

// batchSize is the number of texts that are sent at once.
const batchSize = 64

// NewCache returns a cache of what a model says.
func NewCache(model string, embed Embedder) *Cache {
	return &Cache{model: model, embed: embed, known: map[[sha256.Size]byte][]float32{}}
}

func (c *Cache) key(text string) [sha256.Size]byte {
	return sha256.Sum256([]byte(c.model + "\x00" + text))
}

// Known returns the vectors of texts as far as they are known; nil where one is not.
func (c *Cache) Known(texts []string) [][]float32 {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		vectors[i] = c.known[c.key(text)]
	}
	return vectors
}

// Learn asks the model for the texts that are not known yet. What it learned
// before an error stays known.
func (c *Cache) Learn(ctx context.Context, texts []string) error {
	var missing []string
	seen := map[string]bool{}
	for i, vector := range c.Known(texts) {
		if vector == nil && !seen[texts[i]] {
			seen[texts[i]] = true
			missing = append(missing, texts[i])
		}
	}
	for len(missing) > 0 {
		batch := missing[:min(batchSize, len(missing))]
		missing = missing[len(batch):]
		vectors, err := c.embed(ctx, batch)
		if err != nil {
			return fmt.Errorf("embed %d texts with %s: %w", len(batch), c.model, err)
		}
		if len(vectors) != len(batch) {
			return fmt.Errorf("embed with %s: %d vectors for %d texts", c.model, len(vectors), len(batch))
		}
		c.mutex.Lock()
		for i, text := range batch {
			c.known[c.key(text)] = vectors[i]
		}
		c.mutex.Unlock()
	}
	return nil
}
