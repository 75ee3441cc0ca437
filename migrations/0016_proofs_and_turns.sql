-- When the person of a session proved to Google once more who he is. NULL for a session that began
-- without: signing in alone may be one click of whoever sits at an unlocked browser.
ALTER TABLE sessions ADD COLUMN proved_at INTEGER CHECK (
  proved_at IS NULL OR proved_at <= signed_in_at);

-- What is to be done about what accounts keep, files to be moved before the trash's end: however
-- much has lain in the trash long enough, no move waits for it.
DROP INDEX orders_keep;
CREATE INDEX orders_keep ON orders (kept, keep_at) WHERE keep_at IS NOT NULL;

-- What an account keeps, newest first, without reading what lies in its trash.
CREATE INDEX orders_shown ON orders (account, id) WHERE account IS NOT NULL AND trashed_at IS NULL;

-- When the sweep last went on with the deletion of an account whose time is over: they take turns, or
-- a few that fail each time would hold up all others.
ALTER TABLE accounts ADD COLUMN deletion_tried_at INTEGER;
CREATE INDEX accounts_turn ON accounts (coalesce(deletion_tried_at, deletion_due_at))
  WHERE deletion_due_at IS NOT NULL;
