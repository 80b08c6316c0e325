import { type LoginAnswer, loginAnswerSchema } from '../../shared/contracts/bridge-events.ts';
import type { DesktopApi } from '../../shared/contracts/desktop-api.ts';
import type { KeptTexts } from './kept-texts.ts';

const sessionKey = 'crosspoint.session';

/** Lets a reload go on where it was: the log-in lives as long as this window. In clear it is never written to disk. */
export interface SessionKeeper {
  read(): LoginAnswer | null;
  write(login: LoginAnswer): void;
  forget(): void;
  /** That of a program that ended without signing out or being closed; somebody is asked before it is gone on with. */
  left(): LoginAnswer | null;
}

/** In Electron the log-in also lies in the key store of the operating system, so that a program that crashed can go on with its call. */
export interface SessionSecret {
  /** What lay there when the page began. */
  readonly found: string | null;
  write(text: string): void;
  forget(): void;
}

export function sessionKeeper(storage: Storage, secret: SessionSecret | null = null): SessionKeeper {
  let left = readLogin(secret?.found ?? null);
  return {
    read: () => readLogin(storage.getItem(sessionKey)),
    write(login) {
      const text = JSON.stringify(login);
      left = null;
      storage.setItem(sessionKey, text);
      secret?.write(text);
    },
    forget() {
      left = null;
      storage.removeItem(sessionKey);
      secret?.forget();
    },
    left: () => left,
  };
}

/** Null for what is no log-in: the agent signs in. */
function readLogin(text: string | null): LoginAnswer | null {
  if (text === null) return null;
  try {
    const parsed = loginAnswerSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Null in a browser, which has no key store. What cannot be kept is one more log-in, and nothing else. */
export async function sessionSecret(desktop: DesktopApi): Promise<SessionSecret | null> {
  if (desktop.kind === 'browser') return null;
  const ignore = () => undefined;
  const found = await desktop.call('secret:read', { name: 'session' }).catch(() => ({ value: null }));
  return {
    found: found.value,
    write: (value) => void desktop.call('secret:write', { name: 'session', value }).catch(ignore),
    forget: () => void desktop.call('secret:forget', { name: 'session' }).catch(ignore),
  };
}

/**
 * Text that the bridge has not stored yet, by writer and interaction: a computer may have several users, and each sees only their own. An
 * entry lives until it is stored, usually a third of a second.
 */
export function draftJournal(
  texts: KeptTexts,
  writer: () => string,
  kind: 'draft' | 'message' | 'sending' | 'guide' | 'writtenGuide' | 'writtenArticle' = 'draft',
) {
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
