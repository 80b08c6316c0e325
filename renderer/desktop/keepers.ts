import { type LoginAnswer, loginAnswerSchema } from '../../shared/contracts/bridge-events.ts';

const sessionKey = 'crosspoint.session';

/** Lets a reload go on where it was: the log-in lives as long as this window, and is never written to disk. */
export interface SessionKeeper {
  read(): LoginAnswer | null;
  write(login: LoginAnswer): void;
  forget(): void;
}

export function sessionKeeper(storage: Storage): SessionKeeper {
  return {
    read() {
      const text = storage.getItem(sessionKey);
      if (text === null) return null;
      try {
        const parsed = loginAnswerSchema.safeParse(JSON.parse(text));
        return parsed.success ? parsed.data : null;
      } catch {
        // Not JSON: nothing to go on with; the agent signs in.
        return null;
      }
    },
    write: (login) => storage.setItem(sessionKey, JSON.stringify(login)),
    forget: () => storage.removeItem(sessionKey),
  };
}

/**
 * Text that the bridge has not stored yet, by writer and interaction: a computer may have several users, and each sees only their own. An
 * entry lives until it is stored, usually a third of a second.
 */
export function draftJournal(storage: Storage, writer: () => string, kind: 'draft' | 'message' | 'sending' = 'draft') {
  const prefix = () => `crosspoint.${kind}.${writer()}.`;
  const draftKey = (interactionId: string) => `${prefix()}${interactionId}`;
  return {
    all: () =>
      Object.keys(storage)
        .filter((key) => key.startsWith(prefix()))
        .map((key) => ({ interactionId: key.slice(prefix().length), text: storage.getItem(key) ?? '' })),
    read: (interactionId: string) => storage.getItem(draftKey(interactionId)),
    write(interactionId: string, text: string) {
      try {
        storage.setItem(draftKey(interactionId), text);
      } catch {
        // The storage is full: the text is still in memory and on its way to the bridge.
      }
    },
    forget: (interactionId: string) => storage.removeItem(draftKey(interactionId)),
  };
}

/** Messages that were sent off and are not stored by the bridge yet, by writer and message. */
export function outboxJournal(storage: Storage, writer: () => string) {
  const { all, write, forget } = draftJournal(storage, writer, 'sending');
  return { all: () => all().map(({ interactionId: id, text }) => ({ id, text })), write, forget };
}
