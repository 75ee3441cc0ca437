-- The trash of an account, newest first, without reading what it keeps. An order that is not in the
-- trash writes nothing here.
CREATE INDEX orders_trash ON orders (account, id) WHERE trashed_at IS NOT NULL;
