import type { Deed } from '../../ivr/index.ts';
import type { StoryContext } from '../context.ts';
import { askSystem } from './ask-system.ts';
import { type DeedRun, type Done, done } from './deed-run.ts';
import { externalIvr } from './external-ivr.ts';
import { lookUp } from './look-up.ts';
import { promiseCallback } from './promise-callback.ts';
import { recordWords } from './record-words.ts';
import { sendText } from './send-text.ts';
import { transferOutside } from './transfer-outside.ts';

/** What somebody waits for. */
export type AwaitedDeed = Exclude<Deed, { readonly kind: 'surveyAnswer' }>;

/** Does what a flow asks for, whoever of the house does that. What fails in a way that nobody thought of is an `error`, and is logged. */
export async function doDeed(deed: AwaitedDeed, run: DeedRun, context: StoryContext): Promise<Done> {
  try {
    return context.ivr.pretends?.(deed) ?? (await begun(deed, run, context));
  } catch (error) {
    context.log.error('ivr:deedFailed', { interactionId: run.interaction.interactionId, deed: deed.kind, error: String(error) });
    return done('error');
  }
}

function begun(deed: AwaitedDeed, run: DeedRun, context: StoryContext): Promise<Done> {
  switch (deed.kind) {
    case 'lookUp':
      return lookUp(deed, run, context);
    case 'http':
      return askSystem(deed, run, context);
    case 'sms':
      return sendText(deed, run, context);
    case 'record':
      return recordWords(deed, run, context);
    case 'promiseCallback':
      return promiseCallback(deed, run, context);
    case 'transfer':
      return transferOutside(deed, run, context);
    case 'external':
      return externalIvr(deed, run, context);
  }
}
