import type { FastifyInstance } from 'fastify';
import {
  type UploadAnswer,
  type UploadName,
  type UploadRequest,
  uploadLimitBytes,
  uploads,
} from '../../../shared/contracts/bridge-events.ts';
import type { Ack, WireError } from '../../../shared/contracts/errors.ts';
import { seconds } from '../../../shared/duration.ts';
import type { Guides } from '../../flows/guides.ts';
import type { Administration, Asker, FlowUploads } from '../../flows/ports.ts';
import { type Clock, type Log, type Result, TimeLimitError, withTimeLimit } from '../../kernel/index.ts';
import { askerOf } from '../command.ts';
import { strictRequest } from '../sockets/strict-requests.ts';
import { replyError } from './wire-reply.ts';

export interface UploadOptions {
  readonly administration: Pick<Administration, 'check' | 'save'>;
  readonly flows: FlowUploads;
  readonly guides: Pick<Guides, 'guide:save-draft'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Below the desktop's own limit (30 s, with the sending), so that it hears a reason instead of nothing. */
const workLimitMs = seconds(12);

/** What is more than one message of a socket may have, such as a whole organisation: POSTed to the path that the contract says, answered with an `Ack`. */
export function uploadRoutes(app: FastifyInstance, { administration, flows, guides, clock, log }: UploadOptions): void {
  upload('configuration:check', (asker, request) => administration.check(asker, request));
  upload('configuration:save', (asker, request) => administration.save(asker, request));
  upload('flow:save-draft', flows['flow:save-draft']);
  upload('flow:check', flows['flow:check']);
  upload('flow:simulate', flows['flow:simulate']);
  upload('guide:save-draft', guides['guide:save-draft']);

  function upload<Name extends UploadName>(
    name: Name,
    run: (asker: Asker, request: UploadRequest<Name>) => Promise<Result<UploadAnswer<Name>, WireError>>,
  ): void {
    const { path, right, request: schema } = uploads[name];
    const strict = strictRequest(schema);
    app.post(path, { config: { right, answersAck: true, takesFiles: true }, bodyLimit: uploadLimitBytes }, async (request, reply) => {
      const parsed = strict.safeParse(request.body);
      if (!parsed.success) return replyError(reply, 'bad_request', `The request of ${name} does not fit.`);
      if (!request.signedIn) return replyError(reply, 'unauthorized', 'Sign in first.');
      try {
        const done = await withTimeLimit(clock, workLimitMs, name, run(askerOf(request.signedIn), parsed.data as UploadRequest<Name>));
        if (!done.ok) return replyError(reply, done.error.code, done.error.message);
        return reply.header('cache-control', 'no-store').send({ ok: true, value: done.value } satisfies Ack<unknown>);
      } catch (error) {
        if (!(error instanceof TimeLimitError)) throw error;
        log.error('upload:late', { upload: name });
        return replyError(reply, 'storage_unavailable', `${name} took too long; it may still happen. Try again.`);
      }
    });
  }
}
