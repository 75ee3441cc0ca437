// @ts-check
// The one photo that a visitor asked this browser to remember. It is what would be sent, without metadata, in
// IndexedDB. Nothing is stored before, and nothing is left when it is forgotten, not even an empty database.

const DATABASE = "anytryon";
const STORE = "photos";
const KEY = "person";

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * @param {boolean} create where there is none; to begin one and give it up leaves none behind
 * @returns {Promise<IDBDatabase>}
 */
function open(create) {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    if (create) request.result.createObjectStore(STORE);
    else request.transaction?.abort();
  };
  return answer(request);
}

/** @returns {Promise<Blob | undefined>} */
export async function remembered() {
  const database = await open(false).catch(() => null);
  if (!database) return undefined;
  try {
    return await answer(database.transaction(STORE).objectStore(STORE).get(KEY));
  } finally {
    database.close();
  }
}

/** @param {Blob} photo */
export async function remember(photo) {
  const database = await open(true);
  try {
    const transaction = database.transaction(STORE, "readwrite");
    transaction.objectStore(STORE).put(photo, KEY);
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

export async function forget() {
  await answer(indexedDB.deleteDatabase(DATABASE));
}
