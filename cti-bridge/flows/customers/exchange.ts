import type { WireError } from '../../../shared/contracts/errors.ts';
import { type BulkLine, type TmfType, tmfTypes } from '../../../shared/contracts/tmf/index.ts';
import {
  type Author,
  type CustomerScope,
  mergePatch,
  type ResourceFilter,
  type ResourceRow,
  rowChange,
  type TakenRow,
  toResource,
  toRow,
  type WireResource,
} from '../../crm/index.ts';
import { ok, type Result } from '../../kernel/index.ts';
import type { Asker } from '../ports.ts';
import { answered, refusal } from './answer.ts';
import type { CustomerParts } from './parts.ts';

/** Who sends: another system by HTTP, a log-in, or a folder that is watched. */
export interface Sender {
  readonly author: Author;
  /** By which its ids are told from those of others. */
  readonly source: string;
  readonly scope: CustomerScope;
  /** Where people belong whom it does not put anywhere. */
  readonly orgUnitId: string | null;
}

/** The record as other systems read and write it, in the shapes of the TM Forum. */
export interface Exchange {
  senderOf(asker: Asker): Sender;
  /** Resources of whatever kind, each with its `@type`; one outcome each, in order. What is taken is on disk when it resolves. */
  takeAll(sender: Sender, written: readonly unknown[]): Promise<readonly BulkLine[]>;
  /** The same `externalId` from the same sender again is a change of what is there. */
  create(
    sender: Sender,
    type: TmfType,
    written: unknown,
  ): Promise<Result<{ readonly isNew: boolean; readonly resource: WireResource }, WireError>>;
  /** RFC 7396. */
  patch(sender: Sender, type: TmfType, id: string, patch: unknown): Promise<Result<WireResource, WireError>>;
  read(sender: Sender, type: TmfType, id: string): Promise<Result<WireResource, WireError>>;
  list(
    sender: Sender,
    type: TmfType,
    filter: ResourceFilter,
  ): Promise<Result<{ readonly resources: readonly WireResource[]; readonly total: number }, WireError>>;
}

/** So many share a turn of the writer: between two turns calls write what they have to. */
const rowsATurn = 5;

export function createExchange(parts: CustomerParts): Exchange {
  const { clock, ids, store, configuration, scopeOf } = parts;
  const reading = () => {
    const { homeCountry, dialling } = configuration().organisation;
    return { homeCountry, dialling, now: clock.now() };
  };

  /** What the configuration must know of is judged here, the rest by the store. */
  function readRow(written: unknown, type?: TmfType): Result<ResourceRow, string> {
    const row = toRow(written, reading(), type);
    if (!row.ok) return row;
    const unit = row.value.fields.orgUnitId;
    const isKnown = unit === undefined || unit === null || configuration().orgUnits.some(({ id }) => id === unit);
    return isKnown ? row : { ok: false, error: `There is no orgUnit ${String(unit)}.` };
  }

  function take(sender: Sender, rows: readonly ResourceRow[]): Promise<readonly TakenRow[]> {
    return store.exchange.take({ ...sender, at: clock.now(), rows: rows.map((row) => ({ changeId: ids.next(), row })) });
  }

  async function stored(sender: Sender, type: TmfType, id: string): Promise<Result<WireResource, WireError>> {
    const row = await store.exchange.read(type, id, sender.source, sender.scope);
    return row ? ok(toResource(row)) : noSuchResource;
  }

  return {
    senderOf: (asker) => {
      const isSystem = asker.userId.startsWith('api:');
      const source = isSystem ? asker.userId : `api:user:${asker.userId}`;
      const orgUnitId = isSystem ? (configuration().apiClients.find(({ id }) => `api:${id}` === asker.userId)?.orgUnit ?? null) : null;
      return { author: { userId: isSystem ? null : asker.userId, name: asker.name, source }, source, scope: scopeOf(asker), orgUnitId };
    },

    takeAll: async (sender, written) => {
      const lines: BulkLine[] = [];
      for (let from = 0; from < written.length; from += rowsATurn) {
        const some = written.slice(from, from + rowsATurn).map((each) => ({ each, row: readRow(each) }));
        const rows = some.flatMap(({ row }) => (row.ok ? [row.value] : []));
        const outcomes = rows.length === 0 ? [] : [...(await take(sender, rows))];
        for (const [index, { each, row }] of some.entries()) {
          const outcome = row.ok ? outcomes.shift() : undefined;
          const taken = outcome !== undefined && outcome.outcome !== 'refused' ? outcome : null;
          lines.push({
            line: from + index + 1,
            type: row.ok ? row.value.type : typeOf(each),
            externalId: row.ok ? row.value.externalId : null,
            id: taken?.id ?? null,
            outcome: taken?.outcome ?? 'refused',
            message: taken ? null : row.ok ? ((outcome as { message?: string } | undefined)?.message ?? null) : row.error,
          });
        }
      }
      return lines;
    },

    create: (sender, type, written) => {
      const create = async () => {
        const row = readRow(written, type);
        if (!row.ok) return refusal('bad_request', row.error);
        const [outcome] = await take(sender, [{ ...row.value, id: null }]);
        if (!outcome || outcome.outcome === 'refused') return refused(outcome);
        const resource = await stored(sender, type, outcome.id);
        return resource.ok ? ok({ isNew: outcome.outcome === 'created', resource: resource.value }) : resource;
      };
      return answered(parts, `taking a ${type}`, create());
    },

    patch: (sender, type, id, patch) => {
      const change = async () => {
        const before = await stored(sender, type, id);
        if (!before.ok) return before;
        // Of now, unless it says otherwise: when it was last told of is not when this was.
        const { lastUpdate: _stored, ...current } = before.value;
        const merged = readRow(mergePatch(current, patch), type);
        if (!merged.ok) return refusal('bad_request', merged.error);
        const was = readRow(before.value, type);
        if (!was.ok) return refusal('bad_request', was.error);
        const [outcome] = await take(sender, [rowChange({ ...was.value, id: before.value.id }, merged.value)]);
        return !outcome || outcome.outcome === 'refused' ? refused(outcome) : stored(sender, type, outcome.id);
      };
      return answered(parts, `changing a ${type}`, change());
    },

    read: (sender, type, id) => answered(parts, `reading a ${type}`, stored(sender, type, id)),

    list: (sender, type, filter) => {
      const list = async () => {
        const { rows, total } = await store.exchange.list(type, sender.source, sender.scope, filter);
        return ok({ resources: rows.map(toResource), total });
      };
      return answered(parts, `listing ${type}`, list());
    },
  };
}

const noSuchResource = refusal('not_found', 'There is no such resource, or it is not among those you may see.');

function refused(outcome: Extract<TakenRow, { outcome: 'refused' }> | undefined) {
  if (!outcome) return refusal('internal', 'Nothing came of it.');
  return refusal(outcome.why === 'notFound' ? 'not_found' : 'conflict', outcome.message);
}

function typeOf(written: unknown): string | null {
  const type: unknown = typeof written === 'object' && written !== null ? Reflect.get(written, '@type') : undefined;
  return tmfTypes.find((each) => each === type) ?? null;
}
