import type { Result } from '../../kernel/index.ts';
import { err, ok } from '../../kernel/index.ts';

export interface CSeq {
  readonly number: number;
  readonly method: string;
}

/** RFC 3261 §8.1.1.5: the number is below 2^31. */
export function parseCSeq(text: string): Result<CSeq, string> {
  const match = /^(\d{1,12})\s+([A-Za-z0-9\-.!%*_+`'~]+)$/.exec(text.trim());
  const number = Number(match?.[1]);
  if (!match || number >= 2 ** 31) return err('bad CSeq');
  return ok({ number, method: match[2] ?? '' });
}
