/** What another system is asked over HTTP. */
export interface LookUpQuestion {
  readonly method: 'GET' | 'POST';
  /** Absolute; `http:` or `https:`. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** From the resolution of the name to the last byte of the answer. */
  readonly limitMs: number;
  /** Told when there is a connection: from then on the other side may have had it, whatever comes of it. */
  readonly onConnected?: () => void;
}

/**
 * What came of it. `answered`: with this status, whatever it is, and the body where it is JSON, else null; headers by their names in small
 * letters. `notAllowed`: nobody was asked, because of where it would have gone. `failed`: no answer that can be used.
 */
export type LookUpAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: unknown }
  | { readonly kind: 'notAllowed'; readonly why: 'badAddress' | 'unnamedPort' | 'insideAddress' }
  | { readonly kind: 'failed'; readonly why: 'unknownHost' | 'unreachable' | 'tooLarge' | 'badAnswer' | 'stopped' }
  | { readonly kind: 'timedOut' };

/** Asks other systems for what is known of a caller. Implemented by `channels/lookups`. Never rejects. */
export interface LookUps {
  ask(question: LookUpQuestion, signal: AbortSignal): Promise<LookUpAnswer>;
}
