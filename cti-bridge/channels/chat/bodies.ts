import type { IncomingMessage } from 'node:http';
import type { Clock } from '../../kernel/index.ts';

export class BodyError extends Error {
  readonly why: 'tooLarge' | 'tooSlow' | 'brokenOff';

  constructor(why: BodyError['why']) {
    super(`the body was refused: ${why}`);
    this.why = why;
  }
}

/** The body in pieces, as far as it is not larger than `most` and goes on in time; else it throws a `BodyError` where it is read. */
export async function* piecesOf(
  request: IncomingMessage,
  { clock, most, pieceLimitMs }: { readonly clock: Clock; readonly most: number; readonly pieceLimitMs: number },
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  const pieces = request[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  for (;;) {
    const piece = await new Promise<IteratorResult<Uint8Array>>((resolve, reject) => {
      const limit = clock.timer(pieceLimitMs, () => reject(new BodyError('tooSlow')));
      pieces
        .next()
        .then(resolve, () => reject(new BodyError('brokenOff')))
        .finally(() => limit.cancel());
    });
    if (piece.done) {
      if (!request.complete) throw new BodyError('brokenOff');
      return;
    }
    bytes += piece.value.byteLength;
    if (bytes > most) throw new BodyError('tooLarge');
    yield piece.value;
  }
}

/** The body as JSON; undefined where it is none. Throws a `BodyError`. */
export async function jsonOf(request: IncomingMessage, limits: Parameters<typeof piecesOf>[1]): Promise<unknown> {
  const pieces: Uint8Array[] = [];
  for await (const piece of piecesOf(request, limits)) pieces.push(piece);
  try {
    return JSON.parse(Buffer.concat(pieces).toString('utf8'));
  } catch {
    return undefined;
  }
}
