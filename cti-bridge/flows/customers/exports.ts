import type { WireError } from '../../../shared/contracts/errors.ts';
import { minutes } from '../../../shared/duration.ts';
import { byteOrderMark, type CustomerScope, csvLine, type Dossier, type ExportedPerson } from '../../crm/index.ts';
import { ok, type Result } from '../../kernel/index.ts';
import type { Asker } from '../ports.ts';
import { answered, noSuchPerson, refusal } from './answer.ts';
import { authorOf, type CustomerParts } from './parts.ts';

/** What leaves us as a file. Who took what, and when, stands in the audit of the records. */
export interface Exports {
  /** CSV, piece by piece: the customers the asker may see, or those a text is found in. In the audit when it resolves, read or not. */
  customers(asker: Asker, text: string): Promise<Result<AsyncIterable<string>, WireError>>;
  /** The same for whoever asks for this path within a minute, once: a download that needs no memory, which cannot say who it is. */
  openLink(asker: Asker, text: string): Promise<Result<{ readonly path: string }, WireError>>;
  /** What a link leads to; null when it was used, is too old or never was. */
  takeLink(token: string): AsyncIterable<string> | null;
  /** All that is stored of one person. */
  dossier(asker: Asker, contactId: string): Promise<Result<Dossier, WireError>>;
}

const peopleAPage = 500;
const severalOf = 3;

/** Columns by the names that an import knows, so that what was exported can be imported again. */
const columns: readonly (readonly [title: string, value: (person: ExportedPerson) => string | boolean | null])[] = [
  ['contactId', (person) => person.contactId],
  ['name', (person) => person.name],
  ['title', (person) => person.title],
  ['company', (person) => person.company],
  ['tier', (person) => person.tier],
  ['segment', (person) => person.segment],
  ['stage', (person) => person.stage],
  ['locale', (person) => person.locale],
  ['birthday', (person) => person.birthday],
  ['orgUnit', (person) => person.orgUnitId],
  ...numbered('mobile', (person) => person.mobiles),
  ...numbered('phone', (person) => person.phones),
  ...numbered('email', (person) => person.emails),
  ...numbered('externalId', (person) => person.externalIds),
  ['membership', (person) => person.memberships[0] ?? null],
  ['addressLines', (person) => person.address?.lines ?? null],
  ['city', (person) => person.address?.city ?? null],
  ['region', (person) => person.address?.region ?? null],
  ['postalCode', (person) => person.address?.postalCode ?? null],
  ['country', (person) => person.address?.country ?? null],
  ['prefersChannel', (person) => person.prefersChannel],
  ['allowsRecording', (person) => person.allowsRecording],
  ['allowsCallOffers', (person) => person.allowsCallOffers],
  ['allowsSmsOffers', (person) => person.allowsSmsOffers],
  ['allowsEmailOffers', (person) => person.allowsEmailOffers],
];

/** The first few of a list, each in a column of its own: `mobile`, `mobile 2`, `mobile 3`. */
function numbered(title: string, values: (person: ExportedPerson) => readonly string[]) {
  return Array.from(
    { length: severalOf },
    (_, index) => [index === 0 ? title : `${title} ${index + 1}`, (person: ExportedPerson) => values(person)[index] ?? null] as const,
  );
}

/** How long a link waits for the browser that asked for it, and how many may wait at all. */
const linkKeptMs = minutes(1);
const mostLinks = 1_000;

/** Where a link is served; `newToken`: a secret that nobody guesses. */
export const exportLinkPath = '/api/exports/files/';

export function createExports(parts: CustomerParts, newToken: () => string): Exports {
  const { clock, ids, store, scopeOf, log } = parts;
  const links = new Map<string, { readonly content: AsyncIterable<string>; readonly until: number }>();

  async function customers(asker: Asker, text: string): Promise<Result<AsyncIterable<string>, WireError>> {
    const [entryId, scope, at] = [ids.next(), scopeOf(asker), clock.now()];
    // Before anything leaves: an export that is broken off was one, too. What was looked for is not kept, it may be a name.
    const counts = { filtered: text === '' ? 0 : 1 };
    await store.privacy.audit({ entryId, author: authorOf(asker), at, kind: 'export', subjectId: null, counts });
    return ok(lines(asker, { entryId, scope, at, text }));
  }

  async function* lines(asker: Asker, { entryId, scope, at, text }: OpenedExport): AsyncGenerator<string> {
    yield byteOrderMark + csvLine(columns.map(([title]) => title));
    let people = 0;
    for (let after = ''; ; ) {
      const page = await store.privacy.exportPage(scope, { after, limit: peopleAPage, text });
      const last = page.at(-1);
      if (!last) break;
      after = last.contactId;
      people += page.length;
      yield page.map((person) => csvLine(columns.map(([, value]) => value(person)))).join('');
    }
    const counts = { people };
    await store.privacy.audit({ entryId: ids.next(), author: authorOf(asker), at, kind: 'export', subjectId: entryId, counts });
    log.info('customers:exported', { userId: asker.userId, people });
  }

  return {
    customers: (asker, text) => answered(parts, 'an export', customers(asker, text)),

    async openLink(asker, text) {
      for (const [token, { until }] of links) if (until <= clock.now()) links.delete(token);
      if (links.size >= mostLinks) return refusal('too_many_requests', 'Too many downloads wait at the moment. Try again in a minute.');
      const content = await answered(parts, 'an export', customers(asker, text));
      if (!content.ok) return content;
      const token = newToken();
      links.set(token, { content: content.value, until: clock.now() + linkKeptMs });
      return ok({ path: `${exportLinkPath}${token}` });
    },

    takeLink(token) {
      const link = links.get(token);
      links.delete(token);
      return link && link.until > clock.now() ? link.content : null;
    },

    dossier: (asker, contactId) => {
      const read = async () => {
        const dossier = await store.privacy.dossier(contactId, scopeOf(asker));
        if (!dossier) return noSuchPerson;
        const counts = Object.fromEntries(Object.entries(dossier.tables).map(([table, rows]) => [table, rows.length]));
        await store.privacy.audit({
          entryId: ids.next(),
          author: authorOf(asker),
          at: clock.now(),
          kind: 'dossier',
          subjectId: contactId,
          counts,
        });
        return ok(dossier);
      };
      return answered(parts, 'reading a dossier', read());
    },
  };
}

interface OpenedExport {
  readonly entryId: string;
  readonly scope: CustomerScope;
  readonly at: number;
  readonly text: string;
}
