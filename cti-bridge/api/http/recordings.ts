import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { recordingLinkPath } from '../../../shared/contracts/recording.ts';
import type { Listening } from '../../flows/ports.ts';
import { askerOf } from '../command.ts';
import { replyError } from './wire-reply.ts';

export interface RecordingOptions {
  readonly listening: Listening;
}

/**
 * The sound of recordings as WAV, whole or a part of it (`Range: bytes=`, one range; RFC 9110 section 14): GET /api/recordings/:recordingId
 * with the bearer of a log-in, and by a link that a player can follow, which cannot say who it is.
 */
export function recordingRoutes(app: FastifyInstance, { listening }: RecordingOptions): void {
  app.get<{ Params: { recordingId: string } }>(
    '/api/recordings/:recordingId',
    { config: { right: 'recording:listen' } },
    async (request, reply) => {
      const { signedIn, params } = request;
      if (!signedIn) return replyError(reply, 'unauthorized', 'Sign in first.');
      return sendSound(request, reply, await listening.open(askerOf(signedIn), params.recordingId));
    },
  );

  // Whoever has the link was given it by `recording:open`, a short while ago.
  app.get<{ Params: { token: string } }>(`${recordingLinkPath}:token`, { config: { right: 'public' } }, async (request, reply) => {
    // The page of the installed desktop is of another origin, and a player does not say from where it asks. The link is the key.
    void reply.header('cross-origin-resource-policy', 'cross-origin');
    return sendSound(request, reply, await listening.openLink(request.params.token));
  });
}

/** Answers with a sound, whole or the part that was asked for. */
export function sendSound(
  { headers }: Pick<FastifyRequest, 'headers'>,
  reply: FastifyReply,
  found: Awaited<ReturnType<Listening['open']>>,
) {
  if (!found.ok) return replyError(reply, found.error.code, found.error.message);
  const { bytes, read } = found.value;
  const range = rangeOf(headers.range, bytes);
  void reply
    .header('content-type', 'audio/wav')
    .header('content-disposition', 'inline')
    .header('x-content-type-options', 'nosniff')
    .header('accept-ranges', 'bytes')
    .header('cache-control', 'no-store');
  if (range === 'unsatisfiable') return reply.status(416).header('content-range', `bytes */${bytes}`).send();
  const { from, to } = range ?? { from: 0, to: bytes - 1 };
  if (range) void reply.status(206).header('content-range', `bytes ${from}-${to}/${bytes}`);
  return reply.header('content-length', to - from + 1).send(Readable.from(read(from, to)));
}

/** Null: the whole of it, also where several ranges or other units are asked for, as the RFC allows. */
export function rangeOf(
  header: string | undefined,
  bytes: number,
): { readonly from: number; readonly to: number } | 'unsatisfiable' | null {
  const asked = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  if (!asked) return null;
  const [, first = '', last = ''] = asked;
  if (first === '' && last === '') return null;
  const from = first === '' ? Math.max(0, bytes - Number(last)) : Number(first);
  const to = first === '' || last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
  if (first !== '' && last !== '' && Number(last) < from) return null;
  return from >= bytes || from > to ? 'unsatisfiable' : { from, to };
}
