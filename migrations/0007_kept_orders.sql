-- Orders of accounts. They have no time of their own: they are kept until their owner puts them into
-- the trash, and 29 days longer. Columns are added and no row is rewritten, so the code that runs
-- while this is applied goes on.
ALTER TABLE orders ADD COLUMN account TEXT CHECK (           -- NULL: whoever has the id reads it
  account IS NULL OR (length(account) = 22 AND (expires_at IS NULL OR expires_at = 0)));

-- Whether its files lie under kept/. They are stored under anon/ and moved once the order has ended.
ALTER TABLE orders ADD COLUMN kept INTEGER NOT NULL DEFAULT 0 CHECK (
  kept IN (0, account IS NOT NULL AND state IN ('delivered', 'failed', 'canceled')));

ALTER TABLE orders ADD COLUMN trashed_at INTEGER CHECK (
  trashed_at IS NULL OR (account IS NOT NULL AND state IN ('delivered', 'failed', 'canceled')));

-- When something must be done about an ended order that is kept: its files moved, the trash emptied.
ALTER TABLE orders ADD COLUMN keep_at INTEGER CHECK (
  (keep_at IS NOT NULL) = (account IS NOT NULL AND state IN ('delivered', 'failed', 'canceled')
    AND expires_at IS NOT 0 AND (kept = 0 OR trashed_at IS NOT NULL)));

-- What its owner notes about it.
ALTER TABLE orders ADD COLUMN starred INTEGER NOT NULL DEFAULT 0 CHECK (
  starred IN (0, account IS NOT NULL));
ALTER TABLE orders ADD COLUMN rating INTEGER CHECK (
  rating IS NULL OR (rating BETWEEN 1 AND 5 AND account IS NOT NULL));
ALTER TABLE orders ADD COLUMN label TEXT CHECK (
  label IS NULL OR (length(label) <= 80 AND account IS NOT NULL));
ALTER TABLE orders ADD COLUMN preview TEXT CHECK (          -- the small picture of History, as in `images`
  preview IS NULL OR (json_valid(preview) AND account IS NOT NULL));

-- 0: its owner objected to statistics, so how it ended is not counted.
ALTER TABLE orders ADD COLUMN counted INTEGER NOT NULL DEFAULT 1 CHECK (counted IN (0, 1));

-- An anonymous order writes neither of these.
CREATE INDEX orders_keep ON orders (keep_at) WHERE keep_at IS NOT NULL;
CREATE INDEX orders_account ON orders (account, id) WHERE account IS NOT NULL;
