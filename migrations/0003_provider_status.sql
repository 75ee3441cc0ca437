-- How the provider answered last, written only when that changes: /api/health reads it.
CREATE TABLE provider_status (
  provider   TEXT    NOT NULL PRIMARY KEY,
  status     TEXT    NOT NULL CHECK (status IN ('ok', 'out_of_credits', 'unauthorized', 'maintenance')),
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO provider_status (provider, status, changed_at) VALUES ('kie', 'ok', 0);
