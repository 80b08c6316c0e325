import type { FastifyInstance } from 'fastify';
import { promptLinkPath, soundUploadLimitBytes } from '../../../shared/contracts/ivr/prompts.ts';
import type { Prompts } from '../../flows/prompts.ts';
import { askerOf } from '../command.ts';
import { sendSound } from './recordings.ts';
import { replyError } from './wire-reply.ts';

export interface PromptOptions {
  readonly prompts: Pick<Prompts, 'take' | 'openLink'>;
}

interface SoundParams {
  readonly promptId: string;
  readonly locale: string;
  readonly origin: string;
}

/** POST /api/prompts/:promptId/:locale/:origin with a WAV file as the body; GET of a link that `prompt:open` gave, as recordings have them. */
export async function promptRoutes(app: FastifyInstance, { prompts }: PromptOptions): Promise<void> {
  await app.register(async (sounds) => {
    sounds.removeAllContentTypeParsers();
    sounds.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    sounds.post<{ Params: SoundParams }>(
      '/api/prompts/:promptId/:locale/:origin',
      { bodyLimit: soundUploadLimitBytes, config: { right: 'configuration:write', answersAck: true, takesFiles: true } },
      async ({ signedIn, params: { promptId, locale, origin }, body }, reply) => {
        if (!signedIn) return replyError(reply, 'unauthorized', 'Sign in first.');
        if ((locale !== 'en' && locale !== 'zh') || (origin !== 'uploaded' && origin !== 'recorded'))
          return replyError(reply, 'not_found', 'There is nothing here.');
        if (!Buffer.isBuffer(body)) return replyError(reply, 'bad_request', 'The sound is missing.');
        const taken = await prompts.take(askerOf(signedIn), { promptId, locale, origin, wav: body });
        if (!taken.ok) return replyError(reply, taken.error.code, taken.error.message);
        return reply.header('cache-control', 'no-store').send({ ok: true, value: taken.value });
      },
    );
  });

  app.get<{ Params: { token: string } }>(`${promptLinkPath}:token`, { config: { right: 'public' } }, async (request, reply) => {
    // As a link to a recording: the page of the installed desktop is of another origin, and the link is the key.
    void reply.header('cross-origin-resource-policy', 'cross-origin');
    return sendSound(request, reply, await prompts.openLink(request.params.token));
  });
}
