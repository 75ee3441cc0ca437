// @ts-check
// The one photo that a visitor asked this browser to remember. It is what would be sent, without metadata, in
// IndexedDB.

const DATABASE = "anytryon";
const STORE = "photos";
const KEY = "person";

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => reject(request.error);
  });
}

/**
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} act
 * @returns {Promise<T>} when it is on the disk
 */
async function inStore(mode, act) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** @returns {Promise<Blob | undefined>} */
export const remembered = () => inStore("readonly", (store) => store.get(KEY));
/** @param {Blob} photo */
export const remember = (photo) => inStore("readwrite", (store) => store.put(photo, KEY));
export const forget = () => inStore("readwrite", (store) => store.delete(KEY));
