import { type LoginAnswer, loginAnswerSchema } from '../../shared/contracts/bridge-events.ts';
import type { KeptTexts } from './kept-texts.ts';

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
export function draftJournal(texts: KeptTexts, writer: () => string, kind: 'draft' | 'message' | 'sending' = 'draft') {
  const prefix = () => `${kind}.${writer()}.`;
  const nameOf = (interactionId: string) => `${prefix()}${interactionId}`;
  return {
    all: () => texts.names(prefix()).map((name) => ({ interactionId: name.slice(prefix().length), text: texts.read(name) ?? '' })),
    read: (interactionId: string) => texts.read(nameOf(interactionId)),
    write: (interactionId: string, text: string) => texts.write(nameOf(interactionId), text),
    forget: (interactionId: string) => texts.forget(nameOf(interactionId)),
  };
}

/** The beginnings of these names in the storage, from when they were kept there in clear. */
export const clearJournals = ['crosspoint.draft.', 'crosspoint.message.', 'crosspoint.sending.'] as const;

/** Messages that were sent off and are not stored by the bridge yet, by writer and message. */
export function outboxJournal(texts: KeptTexts, writer: () => string) {
  const { all, write, forget } = draftJournal(texts, writer, 'sending');
  return { all: () => all().map(({ interactionId: id, text }) => ({ id, text })), write, forget };
}
