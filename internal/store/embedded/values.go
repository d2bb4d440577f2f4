package embedded

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"time"
)

// Get is Values.Get of package store, also for who only reads.
func (r *Reader) Get(ctx context.Context, key string) ([]byte, bool, error) {
	var value []byte
	row := r.db.QueryRowContext(ctx, `SELECT value FROM vals WHERE key = ? AND (expires IS NULL OR expires > ?)`, key, millis(time.Now()))
	err := row.Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	return value, err == nil, wrap(err, "get a value")
}

// Put is Values.Put of package store.
func (s *Store) Put(ctx context.Context, key string, value []byte, ttl time.Duration) error {
	if value == nil {
		value = []byte{}
	}
	var expires sql.NullInt64
	if ttl > 0 {
		expires = sql.NullInt64{Int64: millis(time.Now().Add(ttl)), Valid: true}
	}
	return wrap(s.write.do(ctx, func(tx *transaction) error {
		_, err := tx.exec(`INSERT INTO vals (key, value, expires) VALUES (?, ?, ?)
			ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires = excluded.expires`, key, value, expires)
		return err
	}), "put a value")
}

// Delete is Values.Delete of package store.
func (s *Store) Delete(ctx context.Context, key string) error {
	return wrap(s.write.do(ctx, func(tx *transaction) error {
		_, err := tx.exec(`DELETE FROM vals WHERE key = ?`, key)
		return err
	}), "delete a value")
}

// Increment is Values.Increment of package store. Counters stand in memory: a
// limit is not worth a sync of the disk.
func (s *Store) Increment(ctx context.Context, key string, ttl time.Duration) (int64, error) {
	if err := ctx.Err(); err != nil {
		return 0, wrap(err, "count")
	}
	if ttl <= 0 {
		return 0, errors.New("store: count: a counter needs a time to live")
	}
	return s.counters.increment(key, ttl, time.Now()), nil
}

// counters count within a time. The zero value is ready.
type counters struct {
	mutex sync.Mutex
	byKey map[string]counter
}

type counter struct {
	count int64
	until time.Time
}

func (c *counters) increment(key string, ttl time.Duration, now time.Time) int64 {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.byKey == nil {
		c.byKey = map[string]counter{}
	}
	found, ok := c.byKey[key]
	if !ok || !now.Before(found.until) {
		found = counter{until: now.Add(ttl)}
	}
	found.count++
	c.byKey[key] = found
	return found.count
}

// tidy drops the counters whose time is over.
func (c *counters) tidy(now time.Time) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for key, found := range c.byKey {
		if !now.Before(found.until) {
			delete(c.byKey, key)
		}
	}
}
