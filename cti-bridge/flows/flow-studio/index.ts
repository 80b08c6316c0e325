/**
 * What administrators do with call flows, and what they see of callers in them: `drafts.ts` is what is written and reaches nobody,
 * `publishing.ts` what callers meet, `watching.ts` what became of them, `trials.ts` the numbers behind which drafts answer.
 *
 * Two things to know: nothing goes live that `judge.ts` finds an error in, its own tests included; and what is published holds for the next
 * call, through `flow-library.ts`.
 */
import type { WireError } from '../../../shared/contracts/errors.ts';
import { err, ok } from '../../kernel/index.ts';
import type { FlowStudio } from '../ports.ts';
import { createDrafts } from './drafts.ts';
import { type FlowStudioParts, inTurn, noSuchFlow, problemsOf, withStore } from './parts.ts';
import { createPublishing } from './publishing.ts';
import type { FlowTrial } from './trials.ts';
import { createWatching } from './watching.ts';

export { type FlowJudge, flowJudge } from './judge.ts';
export type { FlowStudioParts } from './parts.ts';
export { type FlowTrial, FlowTrials } from './trials.ts';

export function createFlowStudio(parts: FlowStudioParts): FlowStudio {
  const { repository, library, trials, log } = parts;
  const turn = inTurn();
  const stored = withStore(log);

  /** The draft as it is now, or what is live where there is none. */
  async function trialOf(flowId: string): Promise<FlowTrial | null> {
    const kept = await repository.read(flowId);
    const flow = kept?.draft?.flow ?? kept?.live?.flow;
    const { source } = library;
    return flow ? { flow, flows: { find: (id: string) => (id === flowId ? { version: 0, flow } : source.find(id)) } } : null;
  }

  return {
    ...createDrafts(parts, turn),
    ...createPublishing(parts, turn),
    ...createWatching(parts),

    'flow:open-try': (asker, { flowId }) =>
      stored(async () => {
        const trial = await trialOf(flowId);
        if (!trial) return err(noSuchFlow);
        const dial = trials.open(asker.userId, trial);
        log.info('flow:trialOpened', { flowId, by: asker.userId, problems: (await problemsOf(trial.flow, parts)).length });
        return ok({ dial });
      }),
    'flow:call-draft': (asker, { flowId, phone }) =>
      stored(async () => {
        const trial = await trialOf(flowId);
        if (!trial) return err(noSuchFlow);
        const reservationId = parts.callDraft(asker, phone, trial);
        return reservationId === null ? err(notRegistered) : ok({ reservationId });
      }),
  };
}

const notRegistered: WireError = { code: 'conflict', message: 'Your own phone is not registered, or cannot be rung now.' };
