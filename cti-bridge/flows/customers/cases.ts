import type { CustomValue } from '../../../shared/contracts/record.ts';
import { checkCustomValues } from '../../crm/index.ts';
import { ok } from '../../kernel/index.ts';
import type { Asker, CustomerCommands } from '../ports.ts';
import { answered, refusal } from './answer.ts';
import { noSuchAgent } from './commitments.ts';
import { authorOf, type CustomerParts } from './parts.ts';
import { reachOf, reachOfSubject } from './reach.ts';

type CaseStories = Pick<CustomerCommands, 'case:read' | 'case:open' | 'case:step' | 'case:list'>;

/** A customer's matter from the day it is opened to the day it is closed. */
export function createCases(parts: CustomerParts): CaseStories {
  const { clock, ids, scopeOf, store } = parts;
  const { cases } = store;
  const by = (asker: Asker) => ({ changeId: ids.next(), author: authorOf(asker), at: clock.now() });
  const refusalOfFields = (custom: Readonly<Record<string, CustomValue | null>>) => {
    const problem = checkCustomValues(parts.configuration().customFields, 'case', custom);
    return problem === null ? null : refusal('bad_request', problem);
  };
  const noSuchCase = refusal('not_found', 'There is no such case, or it is not among those you may see.');

  return {
    'case:read': (asker, { caseId }) =>
      answered(
        parts,
        'case',
        reachOfSubject(parts, asker, 'case', caseId)
          .then((scope) => cases.read(caseId, scope))
          .then((found) => (found ? ok(found) : noSuchCase)),
      ),
    'case:open': async (asker, request) =>
      noSuchAgent(parts, request.ownerAgentId) ??
      answered(parts, 'case', cases.open({ ...by(asker), scope: reachOf(parts, asker, request.contactId), ...request })),
    'case:step': async (asker, step) =>
      noSuchAgent(parts, step.ownerAgentId) ??
      refusalOfFields(step.custom ?? {}) ??
      answered(
        parts,
        'case',
        reachOfSubject(parts, asker, 'case', step.caseId).then((scope) => cases.step({ ...by(asker), scope, ...step })),
      ),
    'case:list': async (asker, { whose, state, limit }) => {
      // Nobody's own are the cases of somebody who takes none.
      if (whose === 'mine' && asker.agentId === null) return ok({ cases: [], total: 0 });
      const listed = cases.list(scopeOf(asker), { ownerAgentId: whose === 'mine' ? asker.agentId : null, state, limit, at: clock.now() });
      return answered(
        parts,
        'cases',
        listed.then(({ cases: found, total }) => ok({ cases: [...found], total })),
      );
    },
  };
}
