import type { Result } from '../../../kernel/index.ts';
import type { LineTrouble } from '../line-trouble.ts';

/** A message as the mailbox lists it. */
export interface ListedMail {
  /** Counts up within one `uidValidity`, and names this message alone. */
  readonly uid: number;
  readonly bytes: number;
  /** Epoch ms: when the server got it. */
  readonly receivedAt: number;
}

/**
 * A mailbox that is open, over one connection. Everything rejects once the connection is gone or the server no longer answers within its time;
 * the mailbox is of no use then and is closed.
 */
export interface OpenMailbox {
  readonly uidValidity: string;
  /** What the next message will be called, at least. */
  readonly uidNext: number;
  /** Those above `uid` that are there now, the lowest first; the first hundred. */
  listAfter(uid: number): Promise<readonly ListedMail[]>;
  /** Those that nobody has read and that came since then, the lowest first; all. */
  listUnread(since: number): Promise<readonly ListedMail[]>;
  /** Its bytes as they are read from the server; null: it is no longer there. */
  read(uid: number): Promise<AsyncIterable<Uint8Array> | null>;
  /** The lines above its text. */
  readHeader(uid: number): Promise<Uint8Array | null>;
  /** Others who look into the mailbox see that it is taken. Resolves too where the server does not allow it. */
  markRead(uid: number): Promise<void>;
  /** Resolves when the server says that something came, or after the time. At once when something came since the last listing. */
  waitForNews(limitMs: number): Promise<void>;
  close(): Promise<void>;
}

export interface MailboxServer {
  open(signal: AbortSignal): Promise<Result<OpenMailbox, LineTrouble>>;
}
