import type { Deed } from '../../ivr/index.ts';
import type { StoryContext } from '../context.ts';
import { type DeedRun, type Done, done } from './deed-run.ts';

type Sms = Extract<Deed, { readonly kind: 'sms' }>;

/** Sends the caller a text message, or whoever has the number they typed. It is said as it is where nothing here sends any. */
export async function sendText({ to, text }: Sms, { interaction, scope }: DeedRun, context: StoryContext): Promise<Done> {
  const { log, ivr } = context;
  const { call, interactionId } = interaction;
  const number = to ?? call.caller.number;
  if (number === null || number.trim() === '' || text.trim() === '') return done('notSent');
  const outcome = await ivr.textMessages.send(number, text, scope.signal);
  if (outcome === 'sent') return done('sent');
  log.warn('ivr:textNotSent', { interactionId, why: outcome });
  return done('notSent');
}
