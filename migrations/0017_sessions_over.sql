-- A session that is over is deleted within the hour, whichever of its two limits it has met.
CREATE INDEX sessions_used ON sessions (used_at);
CREATE INDEX sessions_begun ON sessions (signed_in_at);
