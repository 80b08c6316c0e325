import type { Locale } from '../../shared/contracts/contact.ts';
import { seconds } from '../../shared/duration.ts';
import type { OwnPhones } from '../interactions/index.ts';
import type { StoryContext } from './context.ts';
import type { FlowTrial } from './flow-studio/index.ts';
import type { Asker } from './ports.ts';
import { tryFlow } from './try-flow.ts';

/** A phone that answers by itself has answered by then, or never does. */
const ringLimitMs = seconds(15);

export interface CallDraftParts {
  readonly phones: OwnPhones;
  /** Whose phone that is, signed in now; null when it is nobody's. */
  readonly ownerOf: (phone: string) => { readonly userId: string; readonly locale: Locale } | null;
}

/** Rings the asker's own phone for a draft. The name by which the phone knows the call, or null where it cannot be rung. */
export type CallDraft = (asker: Asker, phone: string, trial: FlowTrial) => string | null;

/** Somebody who writes a flow is its caller, in their own browser: their phone is rung, and what answers is tried as from any phone of the house. */
export function createCallDraft(context: StoryContext, { phones, ownerOf }: CallDraftParts): CallDraft {
  return (asker, phone, trial) => {
    const owner = ownerOf(phone);
    if (owner?.userId !== asker.userId) return null;
    const reservationId = context.ids.next<string>();
    const call = phones.call({ username: phone, reservationId, shownAs: trial.flow.name[owner.locale] });
    if (!call) return null;
    const scope = context.scope.child(`draft ${trial.flow.flowId}`);
    scope.run(async () => {
      const limit = context.clock.timer(ringLimitMs, () => call.hangUp('fault', 'system', 'upstream'));
      const isAnswered = await call.answer().finally(() => limit.cancel());
      if (isAnswered) await tryFlow(call, trial, { id: asker.userId, locale: owner.locale }, context);
      else context.log.info('flow:tryNotAnswered', { flowId: trial.flow.flowId, by: asker.userId });
      await scope.end('draft called');
    });
    return reservationId;
  };
}
