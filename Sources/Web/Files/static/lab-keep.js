// SPDX-License-Identifier: Apache-2.0
// Trials stay on the phone, in IndexedDB, until the clinic's server has said that it holds them.

const STORE = "trials";

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("soleus-lab", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function run(mode, work) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** A trial: {id, owner, path, bytes, hash, fields}. */
export const keep = (trial) => run("readwrite", (store) => store.put(trial));
export const forget = (id) => run("readwrite", (store) => store.delete(id));

/** This person's trials that wait; a phone may be shared. */
export async function waiting(owner) {
  const all = await run("readonly", (store) => store.getAll());
  return all.filter((trial) => trial.owner === owner);
}
