import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import type { LoginAnswer } from '../../../shared/contracts/bridge-events.ts';
import { loginRequestSchema } from '../../../shared/contracts/bridge-events.ts';
import type { ErrorCode } from '../../../shared/contracts/errors.ts';
import { contractVersion } from '../../../shared/contracts/version.ts';
import type { ApiLimits } from '../limits.ts';
import { loginWindowMs } from '../limits.ts';
import { type PhoneDoor, phoneOf } from '../phone-of.ts';
import type { LogInRefusal, Sessions } from '../ports.ts';
import { userOf } from '../user-of.ts';
import { replyError } from './wire-reply.ts';

export interface LoginOptions {
  readonly sessions: Sessions;
  readonly phone: PhoneDoor;
  readonly limits: Pick<ApiLimits, 'loginsPerMinute'>;
  readonly isDraining: () => boolean;
}

const words: Readonly<Record<LogInRefusal, string>> = {
  login_failed: 'The name or the password is wrong.',
  too_many_requests: 'Too many attempts. Try again in half an hour.',
  conflict: 'You are signed in at another desktop. Sign in here and end it there?',
};

/** POST /api/login and POST /api/logout. */
export async function loginRoutes(app: FastifyInstance, options: LoginOptions): Promise<void> {
  await app.register(rateLimit, {
    global: false,
    max: options.limits.loginsPerMinute,
    timeWindow: loginWindowMs,
    errorResponseBuilder: () => Object.assign(new Error('Too many log-ins from this address. Try again in a minute.'), { statusCode: 429 }),
  });

  app.post('/api/login', { config: { right: 'public', rateLimit: { max: options.limits.loginsPerMinute } } }, async (request, reply) => {
    if (options.isDraining()) return replyError(reply, 'storage_unavailable', 'The bridge is shutting down.');
    const parsed = loginRequestSchema.safeParse(request.body);
    if (!parsed.success) return replyError(reply, 'bad_request', 'A log-in has a username, a password, takeOver and contractMajor.');
    const { contractMajor, ...credentials } = parsed.data;
    if (contractMajor !== contractVersion.major) {
      const message = `This desktop speaks version ${contractMajor}, the bridge version ${contractVersion.major}. Update the older of the two.`;
      return replyError(reply, 'version_mismatch' satisfies ErrorCode, message);
    }
    const made = await options.sessions.logIn(credentials, request.ip);
    if (!made.ok) return replyError(reply, made.error, words[made.error]);
    const { token, session } = made.value;
    const answer: LoginAnswer = { token, user: userOf(session), phone: phoneOf(session, options.phone) };
    return reply.header('cache-control', 'no-store').send(answer);
  });

  app.post('/api/logout', { config: { right: 'session:own' } }, async (request, reply) => {
    if (request.signedIn) options.sessions.end(request.signedIn, 'loggedOut');
    return reply.status(204).send();
  });
}
