import type { CommandAnswer, CommandRequest } from '../../../shared/contracts/bridge-events.ts';
import type { WireError } from '../../../shared/contracts/errors.ts';
import type { Changing } from '../../crm/index.ts';
import { checkCustomValues, normaliseIdentifier } from '../../crm/index.ts';
import { err, ok, type Result } from '../../kernel/index.ts';
import type { Asker, CustomerCommands } from '../ports.ts';
import { answered, noSuchPerson, refusal } from './answer.ts';
import { authorOf, type CustomerParts } from './parts.ts';
import { reachOf } from './reach.ts';

type Page = CommandAnswer<'contact:page'>;
type RecordStories = Pick<
  CustomerCommands,
  | 'contact:page'
  | 'contact:stream'
  | 'contact:history'
  | 'contact:edit'
  | 'contact:create'
  | 'contact:set-identifier'
  | 'contact:share-identifier'
  | 'contact:remove-identifier'
  | 'contact:set-address'
  | 'contact:undo-change'
>;

/** The record of one person, looked at and changed. What is changed is answered with the page as it is from now on. */
export function createRecords(parts: CustomerParts): RecordStories {
  const { clock, ids, configuration, scopeOf, store } = parts;
  const { records } = store;
  const changing = (asker: Asker): Omit<Changing, 'scope'> => ({ changeId: ids.next(), author: authorOf(asker), at: clock.now() });
  const numbering = () => configuration().organisation;

  async function pageOf(asker: Asker, contactId: string): Promise<Result<Page, WireError>> {
    const page = await records.page(contactId, reachOf(parts, asker, contactId), clock.now());
    return page ? ok(page) : noSuchPerson;
  }
  const after = async (asker: Asker, contactId: string, change: Promise<Result<null, WireError>>) => {
    const changed = await change;
    return changed.ok ? pageOf(asker, contactId) : changed;
  };
  const change = (asker: Asker, contactId: string) => ({ ...changing(asker), contactId, scope: reachOf(parts, asker, contactId) });

  return {
    'contact:page': (asker, { contactId }) => answered(parts, 'page', pageOf(asker, contactId)),
    'contact:stream': (asker, { contactId, ...wanted }) =>
      answered(parts, 'stream', records.stream(contactId, reachOf(parts, asker, contactId), wanted).then(orNobody)),
    'contact:history': (asker, { contactId, before, limit }) =>
      answered(
        parts,
        'history',
        records
          .history(contactId, reachOf(parts, asker, contactId), before, limit)
          .then((changes) => (changes ? ok({ changes: [...changes] }) : noSuchPerson)),
      ),
    'contact:edit': async (asker, { contactId, basedOn, fields }) => {
      const refused = refusalOfFields(asker, fields);
      if (refused) return refused;
      return answered(parts, 'edit', after(asker, contactId, records.edit({ ...change(asker, contactId), basedOn, fields })));
    },
    'contact:create': (asker, request) => answered(parts, 'create', create(asker, request)),
    'contact:set-identifier': async (asker, { contactId, kind, value, ...rest }) => {
      const normalised = normaliseIdentifier(kind, value, numbering());
      if (!normalised) return noIdentifier(kind);
      return answered(
        parts,
        'identifier',
        after(asker, contactId, records.setIdentifier({ ...change(asker, contactId), ...rest, ...normalised })),
      );
    },
    'contact:share-identifier': (asker, { value, contactIds }) => {
      const people = [...new Set(contactIds)].map((contactId) => ({ contactId, scope: reachOf(parts, asker, contactId) }));
      return answered(
        parts,
        'identifier',
        records.shareIdentifier({ ...changing(asker), value, people }).then((shared) => (shared.ok ? ok({}) : shared)),
      );
    },
    'contact:remove-identifier': (asker, { contactId, identifierId }) =>
      answered(parts, 'identifier', after(asker, contactId, records.removeIdentifier({ ...change(asker, contactId), identifierId }))),
    'contact:set-address': (asker, { contactId, address }) =>
      answered(parts, 'address', after(asker, contactId, records.setAddress({ ...change(asker, contactId), address }))),
    'contact:undo-change': (asker, { contactId, changeId }) =>
      answered(parts, 'undo', after(asker, contactId, records.undoChange({ ...change(asker, contactId), undoes: changeId }))),
  };

  function refusalOfFields(asker: Asker, fields: CommandRequest<'contact:edit'>['fields']) {
    const { customFields, orgUnits } = configuration();
    const problem = checkCustomValues(customFields, 'person', fields.custom ?? {});
    if (problem) return refusal('bad_request', problem);
    const { units } = scopeOf(asker);
    const isAmongTheirs = (id: string) => orgUnits.some((unit) => unit.id === id) && (units === null || units.includes(id));
    if (fields.orgUnitId != null && !isAmongTheirs(fields.orgUnitId)) return refusal('bad_request', 'There is no such office among yours.');
    return null;
  }

  async function create(asker: Asker, { fields, identifiers, interactionId }: CommandRequest<'contact:create'>) {
    const normalised = identifiers.map(({ kind, value }) => normaliseIdentifier(kind, value, numbering()));
    const wrong = identifiers.find((_, index) => normalised[index] === null);
    if (wrong) return noIdentifier(wrong.kind);
    const contactId = ids.next();
    const created = await records.create({
      ...{ ...changing(asker), scope: scopeOf(asker), contactId },
      ...{ name: fields.name.trim(), locale: fields.locale, title: fields.title?.trim() || null, accountId: fields.accountId },
      ...{
        orgUnitId: officeOf(asker),
        identifiers: normalised.filter((each) => each !== null),
        isKnownToBeAnother: interactionId !== null,
      },
    });
    if (!created.ok) return created;
    // The contact may be over by now: the person is there all the same.
    if (interactionId !== null) await parts.isNowWith(asker, interactionId, contactId);
    return pageOf(asker, contactId);
  }

  /** Whoever creates a customer must be able to see them afterwards. */
  function officeOf({ userId }: Asker): string | null {
    return configuration().users.find(({ id }) => id === userId)?.orgUnit ?? null;
  }
}

function orNobody<Value>(value: Value | null): Result<Value, WireError> {
  return value === null ? noSuchPerson : ok(value);
}

function noIdentifier(kind: string) {
  const what = kind === 'email' ? 'an e-mail address' : kind === 'phone' || kind === 'mobile' ? 'a telephone number' : 'an identifier';
  return err({ code: 'bad_request' as const, message: `This is not ${what} that can be read.` });
}
