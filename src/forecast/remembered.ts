/** Values with the mark of what they were made from. */
export type Remembered<Key, Value> = { get(key: Key): { mark: string; value: Promise<Value> } | undefined; set(key: Key, entry: { mark: string; value: Promise<Value> }): unknown; delete(key: Key): unknown };

/** The value for a key, made once for every mark, and again after making it has failed. */
export async function remembered<Key, Value>(known: Remembered<Key, Value>, key: Key, mark: string, make: () => Promise<Value>): Promise<Value> {
  const before = known.get(key);
  if (before?.mark === mark) return await before.value;
  const entry = { mark, value: make() };
  known.set(key, entry);
  try {
    return await entry.value;
  } catch (error) {
    if (known.get(key) === entry) known.delete(key);
    throw error;
  }
}
