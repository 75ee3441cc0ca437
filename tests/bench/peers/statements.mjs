// The product's statements, as its `store` has them.

export const PROVIDER = "SELECT status FROM provider_status WHERE provider = 'kie'";
export const ORDER = "SELECT * FROM orders WHERE id = ?1";
export const BY_IDEMPOTENCY = "SELECT * FROM orders WHERE visitor = ?1 AND idempotency = ?2";
const USES =
  "WITH uses (used_at, counts) AS (SELECT created_at, given_back = 0 AND created_at > ?2 FROM orders " +
  "WHERE visitor = ?1 UNION ALL SELECT used_at, used_at > ?2 FROM spent_tries " +
  "WHERE period IN (?3, ?3 + 1, ?3 + 2) AND visitor = ?1) ";
export const TRIAL = `${USES}SELECT used_at, counts FROM uses ORDER BY used_at`;
export const REQUIRE =
  `${USES}INSERT INTO spent_tries (period, visitor, order_hash, used_at) SELECT NULL, ?1, '', ?2 ` +
  "WHERE (SELECT total(counts) >= ?4 OR count(*) >= ?5 FROM uses)";
export const INSERT =
  "INSERT INTO orders (id, version, state, visitor, idempotency, fingerprint, options, prompt_version, model, " +
  "images, metadata_removed, result_key, callback_token, tasks, parked, created_at, expires_at, due_at) VALUES " +
  "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)";
