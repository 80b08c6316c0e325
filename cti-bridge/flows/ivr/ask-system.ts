import type { LookUpAnswer } from '../../interactions/index.ts';
import type { Deed } from '../../ivr/index.ts';
import type { StoryContext } from '../context.ts';
import { type DeedRun, type Done, done } from './deed-run.ts';
import { factOf, valueAt } from './taken-values.ts';

type Http = Extract<Deed, { readonly kind: 'http' }>;

/**
 * Asks another system. `answered`: with a status of success, and what is taken of the answer is known from then on; `refused`: with any other.
 * What was asked and answered stays out of the log: it is about a customer.
 */
export async function askSystem({ takes, ...question }: Http, { interaction, scope }: DeedRun, context: StoryContext): Promise<Done> {
  const { log, ivr } = context;
  const answer = await ivr.lookUps.ask(question, scope.signal);
  const { interactionId } = interaction;
  switch (answer.kind) {
    case 'answered':
      if (answer.status < 200 || answer.status > 299) {
        log.info('ivr:lookUpRefused', { interactionId, status: answer.status });
        return done('refused');
      }
      return done('answered', Object.fromEntries(takes.flatMap(({ path, as }) => entryOf(`lookUp.${as}`, taken(answer, path)))));
    case 'timedOut':
      log.warn('ivr:lookUpTimedOut', { interactionId });
      return done('timeout');
    case 'notAllowed':
    case 'failed':
      log.warn('ivr:lookUpFailed', { interactionId, kind: answer.kind, why: answer.why });
      return done('error');
  }
}

const entryOf = (as: string, value: string | null): readonly (readonly [string, string])[] => (value === null ? [] : [[as, value]]);

/** A place in the JSON, or else the header of that name. */
function taken({ headers, body }: Extract<LookUpAnswer, { readonly kind: 'answered' }>, path: string): string | null {
  if (path === '' || path.startsWith('/')) return valueAt(body, path);
  const name = path.toLowerCase();
  return Object.hasOwn(headers, name) ? factOf(headers[name]) : null;
}
