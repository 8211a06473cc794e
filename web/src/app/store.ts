// A few blobs that must outlive a reload (IndexedDB). Without it the app works on, only without memory.
const DATABASE = 'wuhua';
const STORE = 'drafts';

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function run<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  let database: IDBDatabase;
  try {
    database = await open();
  } catch {
    return undefined;
  }
  return new Promise((resolve) => {
    const transaction = database.transaction(STORE, mode);
    const request = act(transaction.objectStore(STORE));
    transaction.oncomplete = () => {
      database.close();
      resolve(request.result);
    };
    transaction.onabort = transaction.onerror = () => {
      database.close();
      resolve(undefined);
    };
  });
}

export async function readBlobs<T>(name: string): Promise<T | undefined> {
  return run<T>('readonly', (store) => store.get(name) as IDBRequest<T>);
}

export async function writeBlobs(name: string, value: unknown): Promise<void> {
  await run('readwrite', (store) => store.put(value, name));
}

export async function dropBlobs(name: string): Promise<void> {
  await run('readwrite', (store) => store.delete(name));
}
