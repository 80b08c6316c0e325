import type { AccountPage } from '../../../shared/contracts/account.ts';
import type { CommandAnswer, CommandRequest } from '../../../shared/contracts/bridge-events.ts';
import type { Configuration } from '../../../shared/contracts/configuration.ts';
import type { WireError } from '../../../shared/contracts/errors.ts';
import { checkCustomValues, type OfAccount } from '../../crm/index.ts';
import { err, ok, type Result } from '../../kernel/index.ts';
import { OrgTree } from '../org-tree.ts';
import type { Asker, CustomerCommands } from '../ports.ts';
import { answered, noSuchAccount, refusal } from './answer.ts';
import { authorOf, type CustomerParts } from './parts.ts';

type AccountStories = Pick<
  CustomerCommands,
  | 'account:page'
  | 'account:stream'
  | 'account:edit'
  | 'account:set-person'
  | 'account:set-visit'
  | 'account:set-anniversary'
  | 'account:add-gift'
>;

/**
 * The file of one company. Whoever sees it may read it; it is written by who looks after it, as manager or deputy, and by supervisors. What is
 * changed is answered with the page as it is from now on.
 */
export function createAccounts(parts: CustomerParts): AccountStories {
  const { clock, ids, configuration, scopeOf, store } = parts;
  const { accounts } = store;

  async function pageOf(asker: Asker, accountId: string): Promise<Result<AccountPage, WireError>> {
    const file = await accounts.page(accountId, scopeOf(asker), clock.now());
    if (!file) return noSuchAccount;
    const { orgUnitId, deputyIds, ...page } = file;
    return ok({
      ...page,
      mayWrite: mayWrite(asker, page.managerAgentId, deputyIds),
      orgPath: orgPathOf(configuration(), orgUnitId),
      deputies: deputyIds.map((id) => agentNamed(configuration(), id)),
    });
  }

  function changing(asker: Asker, accountId: string): Result<OfAccount, WireError> {
    const keeper = keeperFor(asker);
    if (!keeper.ok) return keeper;
    return ok({
      ...{ changeId: ids.next(), author: authorOf(asker), at: clock.now(), scope: scopeOf(asker) },
      ...{ accountId, keeper: keeper.value },
    });
  }

  function change<Request extends { readonly accountId: string }>(
    what: string,
    perform: (of: OfAccount, request: Omit<Request, 'accountId'>, asker: Asker) => Promise<Result<null, WireError>>,
    check: (asker: Asker, request: Request) => Result<null, WireError> = () => ok(null),
  ) {
    return async (asker: Asker, request: Request) => {
      const { accountId, ...rest } = request;
      const of = changing(asker, accountId);
      if (!of.ok) return of;
      const checked = check(asker, request);
      if (!checked.ok) return checked;
      const work = async () => {
        const changed = await perform(of.value, rest, asker);
        return changed.ok ? pageOf(asker, accountId) : changed;
      };
      return answered(parts, what, work());
    };
  }

  return {
    'account:page': (asker, { accountId }) => answered(parts, 'the page of a company', pageOf(asker, accountId)),
    'account:stream': (asker, { accountId, ...wanted }) => {
      const stream = async () => {
        const page = await accounts.stream(accountId, scopeOf(asker), wanted);
        return page ? ok(page satisfies CommandAnswer<'account:stream'>) : noSuchAccount;
      };
      return answered(parts, 'the timeline of a company', stream());
    },
    'account:edit': change<CommandRequest<'account:edit'>>(
      'changing a company',
      (of, { basedOn, fields }) => accounts.edit({ ...of, basedOn, fields }),
      (asker, { fields }) => checkFields(configuration(), scopeOf(asker).units, fields),
    ),
    'account:set-person': change<CommandRequest<'account:set-person'>>('changing a person of a company', (of, person) =>
      accounts.setPerson({ ...of, ...person }),
    ),
    'account:set-visit': change<CommandRequest<'account:set-visit'>>('keeping a visit', (of, { at, ...visit }, asker) =>
      accounts.setVisit({ ...of, ...visit, visitAt: at, agentId: asker.agentId }),
    ),
    'account:set-anniversary': change<CommandRequest<'account:set-anniversary'>>('keeping a day to remember', (of, day) =>
      accounts.setAnniversary({ ...of, ...day }),
    ),
    'account:add-gift': change<CommandRequest<'account:add-gift'>>('keeping a gift', (of, { at, ...gift }) =>
      accounts.addGift({ ...of, ...gift, givenAt: at }),
    ),
  };
}

function mayWrite(asker: Asker, managerAgentId: string | null, deputyIds: readonly string[]): boolean {
  const keeper = keeperFor(asker);
  if (!asker.may('account:write') || !keeper.ok) return false;
  return keeper.value === null || managerAgentId === keeper.value || deputyIds.includes(keeper.value);
}

/** Whose customers somebody may change: their own, or with the rights of a supervisor (null) those of anybody they see. */
export function keeperFor(asker: Asker): Result<string | null, WireError> {
  if (asker.may('agent:supervise')) return ok(null);
  if (asker.agentId === null) return refusal('forbidden', 'Only who looks after customers, or a supervisor, may change them.');
  return ok(asker.agentId);
}

export function orgPathOf(configuration: Configuration, orgUnitId: string | null): AccountPage['orgPath'] {
  const units = new Map(configuration.orgUnits.map((unit) => [unit.id, unit]));
  return new OrgTree(configuration).pathOf(orgUnitId).flatMap((id) => {
    const unit = units.get(id);
    return unit ? [{ id, name: unit.name }] : [];
  });
}

/** Somebody who left keeps their id as name. */
export function agentNamed({ users }: Configuration, agentId: string): { readonly agentId: string; readonly name: string } {
  return { agentId, name: users.find((user) => user.agent?.id === agentId)?.name ?? agentId };
}

/** What refers to the organisation must be there, and an office must be one of the asker's. */
function checkFields(
  { orgUnits, users, customFields }: Configuration,
  units: readonly string[] | null,
  { orgUnitId, deputies, custom }: CommandRequest<'account:edit'>['fields'],
): Result<null, WireError> {
  if (orgUnitId != null && !orgUnits.some((unit) => unit.id === orgUnitId && (units === null || units.includes(unit.id))))
    return err({ code: 'bad_request', message: 'There is no such office among yours.' });
  const problem = checkCustomValues(customFields, 'account', custom ?? {});
  if (problem) return err({ code: 'bad_request', message: problem });
  const unknown = deputies?.find((id) => !users.some((user) => user.agent?.id === id));
  return unknown === undefined ? ok(null) : err({ code: 'bad_request', message: `There is no agent ${unknown}.` });
}
