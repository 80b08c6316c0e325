import type { Right } from '../../../shared/contracts/rights.ts';
import { asId, type UserId } from '../../../shared/ids.ts';
import { type CustomerScope, mostPressingFirst } from '../../crm/index.ts';
import { ok } from '../../kernel/index.ts';
import { OrgTree } from '../org-tree.ts';
import type { Asker, CustomerCommands } from '../ports.ts';
import { keeperFor, orgPathOf } from './accounts.ts';
import { answered, refusal } from './answer.ts';
import { authorOf, type CustomerParts } from './parts.ts';

type ManagerStories = Pick<CustomerCommands, 'account:mine' | 'account:managers' | 'account:care' | 'account:hand-over'>;

const noSuchAgent = refusal('not_found', 'There is no such agent, or they are not among those you may see.');

/** What an account manager has: their customers, the days to remember, and the handover to a colleague. */
export function createMyCustomers(parts: CustomerParts): ManagerStories {
  const { clock, ids, configuration, scopeOf, store } = parts;
  const { accounts } = store;

  /** Agents of the asker's offices, and the asker. */
  const colleaguesOf = (asker: Asker) => {
    const scope = new OrgTree(configuration()).scopeOf(asker);
    return configuration().users.flatMap((user) =>
      user.agent && (user.agent.id === asker.agentId || scope.has(user.agent.id)) ? [{ ...user, agent: user.agent }] : [],
    );
  };
  /** Whose customers a colleague may see, by the rights of their role. */
  const scopeOfColleague = ({ id, role }: { readonly id: string; readonly role: string }): CustomerScope => {
    const rights: readonly Right[] = configuration().roles.find((each) => each.id === role)?.rights ?? [];
    return { units: new OrgTree(configuration()).unitsOf({ userId: asId<UserId>(id), may: (right) => rights.includes(right) }) };
  };

  return {
    'account:mine': async (asker, { agentId }) => {
      const whose = agentId ?? asker.agentId;
      if (whose === null) return ok({ accounts: [] });
      if (whose !== asker.agentId && !(asker.may('agent:supervise') && colleaguesOf(asker).some(({ agent }) => agent.id === whose)))
        return noSuchAgent;
      const list = async () => {
        const mine = await accounts.lookedAfterBy(whose, scopeOf(asker), clock.now());
        return ok({
          accounts: mostPressingFirst(mine, clock.now()).map(({ orgUnitId, ...account }) => ({
            ...account,
            orgPath: orgPathOf(configuration(), orgUnitId),
          })),
        });
      };
      return answered(parts, 'the customers of an account manager', list());
    },

    'account:managers': (asker) => {
      const list = async () => {
        const counts = new Map((await accounts.customersByManager(scopeOf(asker))).map((each) => [each.agentId, each.customers]));
        const managers = colleaguesOf(asker).map(({ agent, name }) => ({ agentId: agent.id, name, customers: counts.get(agent.id) ?? 0 }));
        return ok({ managers: managers.sort((one, other) => other.customers - one.customers || one.name.localeCompare(other.name)) });
      };
      return answered(parts, 'account managers', list());
    },

    'account:care': async (asker, { days, whose }) => {
      if (whose === 'mine' && asker.agentId === null) return ok({ anniversaries: [] });
      const care = async () =>
        ok({ anniversaries: [...(await accounts.care(whose === 'mine' ? asker.agentId : null, scopeOf(asker), days, clock.now()))] });
      return answered(parts, 'days to remember', care());
    },

    'account:hand-over': async (asker, { accountIds, toAgentId, remark }) => {
      const keeper = keeperFor(asker);
      if (!keeper.ok) return keeper;
      const to = colleaguesOf(asker).find(({ agent }) => agent.id === toAgentId);
      if (!to) return noSuchAgent;
      return answered(
        parts,
        'handing customers over',
        accounts.handOver({
          ...{ changeId: ids.next(), author: authorOf(asker), at: clock.now(), scope: scopeOf(asker) },
          ...{ accountIds, from: keeper.value, to: { agentId: toAgentId, name: to.name }, toScope: scopeOfColleague(to), remark },
        }),
      );
    },
  };
}
