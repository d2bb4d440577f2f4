package embedded

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"spsbot"
)

// Enqueue is Queue.Enqueue of package store.
func (s *Store) Enqueue(ctx context.Context, job spsbot.Job) (bool, error) {
	if job.ID == "" || job.Lane == "" {
		return false, errors.New("store: enqueue a job: it needs an id and a lane")
	}
	fresh := false
	err := s.write.do(ctx, func(tx *transaction) error {
		known, err := tx.row(`SELECT 1 FROM jobs WHERE id = ?`, []any{job.ID}, new(int))
		if err != nil || known {
			return err
		}
		depth, err := tx.depth(job.Lane)
		if err != nil {
			return err
		}
		if depth >= s.options.DepthLimit {
			return spsbot.ErrFull
		}
		now := millis(time.Now())
		_, err = tx.exec(`INSERT INTO jobs (id, lane, payload, accepted, due) VALUES (?, ?, ?, ?, ?)`, job.ID, job.Lane, job.Payload, now, now)
		if err != nil {
			return err
		}
		tx.depths[job.Lane]++
		fresh = true
		return nil
	})
	if err != nil {
		return false, wrap(err, "enqueue a job")
	}
	if fresh {
		s.bells.ring(job.Lane)
	}
	return fresh, nil
}

// depth returns how many jobs of a lane are not acknowledged; it counts once in
// a transaction.
func (tx *transaction) depth(lane string) (int, error) {
	if depth, ok := tx.depths[lane]; ok {
		return depth, nil
	}
	depth := 0
	if _, err := tx.row(`SELECT count(*) FROM jobs WHERE lane = ? AND acknowledged IS NULL`, []any{lane}, &depth); err != nil {
		return 0, err
	}
	if tx.depths == nil {
		tx.depths = map[string]int{}
	}
	tx.depths[lane] = depth
	return depth, nil
}

// Claim is Queue.Claim of package store.
func (s *Store) Claim(ctx context.Context, worker, lane string, lease time.Duration) (spsbot.Job, bool, error) {
	if worker == "" || lane == "" || lease <= 0 {
		return spsbot.Job{}, false, errors.New("store: claim a job: it needs a worker, a lane and a lease")
	}
	var job spsbot.Job
	ok := false
	err := s.write.do(ctx, func(tx *transaction) error {
		now := time.Now()
		var err error
		var accepted int64
		ok, err = tx.row(`UPDATE jobs SET worker = ?, due = ?, deliveries = deliveries + 1
			WHERE id = (SELECT id FROM jobs WHERE lane = ? AND acknowledged IS NULL AND due <= ? ORDER BY due, rowid LIMIT 1)
			RETURNING id, lane, payload, accepted, deliveries, outcome`,
			[]any{worker, millis(now.Add(lease)), lane, millis(now)},
			&job.ID, &job.Lane, &job.Payload, &accepted, &job.Deliveries, &job.Outcome)
		job.Accepted = time.UnixMilli(accepted)
		return err
	})
	if err != nil || !ok {
		return spsbot.Job{}, false, wrap(err, "claim a job")
	}
	job.Exhausted = job.Deliveries > s.options.DeliveryLimit
	return job, true, nil
}

// Settle is Queue.Settle of package store.
func (s *Store) Settle(ctx context.Context, id string, outcome []byte, entry spsbot.Entry) ([]byte, error) {
	if len(outcome) == 0 {
		return nil, errors.New("store: settle a job: the outcome is empty")
	}
	var winner []byte
	err := s.write.do(ctx, func(tx *transaction) error {
		known, err := tx.row(`SELECT outcome FROM jobs WHERE id = ? AND acknowledged IS NULL`, []any{id}, &winner)
		switch {
		case err != nil || winner != nil:
			return err
		case !known:
			return spsbot.ErrUnknown
		}
		if _, err := tx.exec(`UPDATE jobs SET outcome = ? WHERE id = ?`, outcome, id); err != nil {
			return err
		}
		winner = outcome
		return tx.append(entry)
	})
	if err != nil {
		return nil, wrap(err, "settle a job")
	}
	return winner, nil
}

// Acknowledge is Queue.Acknowledge of package store.
func (s *Store) Acknowledge(ctx context.Context, id string) error {
	return wrap(s.write.do(ctx, func(tx *transaction) error {
		_, err := tx.exec(`UPDATE jobs SET acknowledged = ?, payload = NULL, outcome = NULL, worker = NULL
			WHERE id = ? AND acknowledged IS NULL`, millis(time.Now()), id)
		return err
	}), "acknowledge a job")
}

// Peek is Queue.Peek of package store.
func (s *Store) Peek(ctx context.Context, id string) (spsbot.Job, bool, error) {
	var job spsbot.Job
	var accepted int64
	row := s.db.QueryRowContext(ctx, `SELECT id, lane, payload, accepted, deliveries, outcome, acknowledged IS NOT NULL FROM jobs WHERE id = ?`, id)
	err := row.Scan(&job.ID, &job.Lane, &job.Payload, &accepted, &job.Deliveries, &job.Outcome, &job.Acknowledged)
	if errors.Is(err, sql.ErrNoRows) {
		return spsbot.Job{}, false, nil
	}
	if err != nil {
		return spsbot.Job{}, false, wrap(err, "look at a job")
	}
	job.Accepted = time.UnixMilli(accepted)
	job.Exhausted = job.Deliveries > s.options.DeliveryLimit
	return job, true, nil
}

// Wait is Queue.Wait of package store.
func (s *Store) Wait(ctx context.Context, lane string) error {
	for {
		// The bell is heard from before the look, so that nothing falls between.
		bell, closed := s.bells.listen(lane)
		if closed {
			return wrap(spsbot.ErrClosed, "wait for work")
		}
		var due sql.NullInt64
		err := s.db.QueryRowContext(ctx, `SELECT min(due) FROM jobs WHERE lane = ? AND acknowledged IS NULL`, lane).Scan(&due)
		if err != nil {
			if _, closed := s.bells.listen(lane); closed {
				err = spsbot.ErrClosed
			}
			return wrap(err, "wait for work")
		}
		var timer <-chan time.Time
		if due.Valid {
			until := time.Until(time.UnixMilli(due.Int64))
			if until <= 0 {
				return nil
			}
			timer = time.After(until)
		}
		select {
		case <-ctx.Done():
			return wrap(ctx.Err(), "wait for work")
		case <-bell:
		case <-timer:
		}
	}
}
