/** What outlives the page: whose conversation it is, what was not sent yet. Where the browser keeps nothing for us, it lives as long as the page. */
export interface Kept {
  read(name: string): string | null;
  /** Null forgets. */
  write(name: string, value: string | null): void;
}

/** `storage` throws where it is denied, already at being asked for, and when it is full. */
export function keptIn(storage: () => Storage, prefix: string): Kept {
  const memory = new Map<string, string>();
  return {
    read(name) {
      try {
        return storage().getItem(prefix + name) ?? memory.get(name) ?? null;
      } catch {
        return memory.get(name) ?? null;
      }
    },
    write(name, value) {
      if (value === null) memory.delete(name);
      else memory.set(name, value);
      try {
        if (value === null) storage().removeItem(prefix + name);
        else storage().setItem(prefix + name, value);
      } catch {
        // It is in memory, which is all that is left.
      }
    },
  };
}
