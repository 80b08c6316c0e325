import { sql } from 'kysely';
import type { CustomerScope, Dossier, ExportedPerson, LapsedPerson, LapsedRule, LegalHold, PrivacyRepository } from '../../../crm/index.ts';
import { nameKey } from '../../../crm/index.ts';
import { tablesWith } from '../../dialect.ts';
import type { ReadHandle, WriteHandle } from '../../schema.ts';
import { readGroup } from '../record/group.ts';
import { lapsedPeople } from './lapsed-people.ts';

type ExportPage = Parameters<PrivacyRepository['exportPage']>[1];

export const privacyReads = {
  async cardsOf(db: ReadHandle, contactId: string): Promise<readonly string[]> {
    const rows = await db
      .selectFrom('person')
      .select('contact_id')
      .where('head_id', '=', (select) => select.selectFrom('person as any').select('any.head_id').where('any.contact_id', '=', contactId))
      .execute();
    return rows.map((row) => row.contact_id);
  },

  async holds(db: ReadHandle, { units }: CustomerScope): Promise<readonly LegalHold[]> {
    let query = db
      .selectFrom('legal_hold')
      .leftJoin('person', 'person.contact_id', 'legal_hold.contact_id')
      .selectAll('legal_hold')
      .orderBy('legal_hold.at', 'desc');
    if (units !== null)
      query = query.where((where) => where.or([where('person.org_unit_id', 'is', null), where('person.org_unit_id', 'in', [...units])]));
    const rows = await query.execute();
    return rows.map((row) => ({
      contactId: row.contact_id,
      name: row.name,
      reason: row.reason,
      until: row.until,
      by: row.by_name,
      at: row.at,
    }));
  },

  async countLapsed(db: ReadHandle, rule: LapsedRule, scope: CustomerScope, at: number): Promise<number> {
    const { people } = await lapsedPeople(db, rule, scope, at)
      .select(({ fn }) => fn.countAll<number>().as('people'))
      .executeTakeFirstOrThrow();
    return Number(people);
  },

  async lapsed(
    db: ReadHandle,
    rule: LapsedRule,
    scope: CustomerScope,
    at: number,
    page: { readonly after: string; readonly limit: number },
  ): Promise<readonly LapsedPerson[]> {
    const rows = await lapsedPeople(db, rule, scope, at)
      .select(['person.contact_id', 'person.name'])
      .select(({ selectFrom }) =>
        selectFrom('timeline_entry')
          .innerJoin('person as card', 'card.contact_id', 'timeline_entry.contact_id')
          .select(({ fn }) => fn.max('timeline_entry.at').as('last'))
          .whereRef('card.head_id', '=', 'person.contact_id')
          .as('last'),
      )
      .where('person.contact_id', '>', page.after)
      .orderBy('person.contact_id')
      .limit(page.limit)
      .execute();
    return rows.map((row) => ({ contactId: row.contact_id, name: row.name, lastContactAt: row.last }));
  },

  /** People, each once (by their head), with the identifiers and the company of all their cards. */
  async exportPage(db: ReadHandle, { units }: CustomerScope, { after, limit, text }: ExportPage): Promise<readonly ExportedPerson[]> {
    let query = db
      .selectFrom('person')
      .selectAll()
      .whereRef('contact_id', '=', 'head_id')
      .where('contact_id', '>', after)
      .orderBy('contact_id')
      .limit(limit);
    if (units !== null)
      query = query.where((where) => where.or([where('org_unit_id', 'is', null), where('org_unit_id', 'in', [...units])]));
    if (text.trim() !== '') query = query.where(holding(text.trim()));
    const people = await query.execute();
    const heads = people.map((person) => person.contact_id);
    if (heads.length === 0) return [];
    const identifiers = await db
      .selectFrom('identifier')
      .innerJoin('person', 'person.contact_id', 'identifier.contact_id')
      .select(['person.head_id', 'identifier.kind', 'identifier.value'])
      .where('person.head_id', 'in', heads)
      .orderBy(headFirst('identifier'))
      .orderBy('identifier.identifier_id')
      .execute();
    const companies = await db
      .selectFrom('person_account')
      .innerJoin('person', 'person.contact_id', 'person_account.contact_id')
      .innerJoin('account', 'account.account_id', 'person_account.account_id')
      .select(['person.head_id', 'account.name'])
      .where('person.head_id', 'in', heads)
      .orderBy('person_account.is_primary', 'desc')
      .execute();
    const addresses = await db
      .selectFrom('address')
      .innerJoin('person', 'person.contact_id', 'address.contact_id')
      .select(['person.head_id', 'address.lines', 'address.city', 'address.region', 'address.postal_code', 'address.country'])
      .where('person.head_id', 'in', heads)
      .orderBy(headFirst('address'))
      .orderBy('address.address_id')
      .execute();
    return people.map((row) => {
      const of = (kind: string) => [
        ...new Set(identifiers.filter((each) => each.head_id === row.contact_id && each.kind === kind).map(({ value }) => value)),
      ];
      const address = addresses.find((each) => each.head_id === row.contact_id);
      return {
        contactId: row.contact_id,
        name: row.name,
        title: row.title,
        company: companies.find((each) => each.head_id === row.contact_id)?.name ?? null,
        tier: row.tier,
        segment: row.segment,
        stage: row.stage,
        locale: row.locale,
        birthday: row.birthday,
        orgUnitId: row.org_unit_id,
        prefersChannel: row.prefers_channel,
        allowsRecording: row.allows_recording === 1,
        allowsCallOffers: row.allows_call_offers === 1,
        allowsSmsOffers: row.allows_sms_offers === 1,
        allowsEmailOffers: row.allows_email_offers === 1,
        mobiles: of('mobile'),
        phones: of('phone'),
        emails: of('email'),
        externalIds: of('externalId'),
        memberships: of('membership'),
        address: address
          ? {
              lines: address.lines,
              city: address.city,
              region: address.region,
              postalCode: address.postal_code,
              country: address.country,
            }
          : null,
      };
    });
  },

  async dossier(db: ReadHandle, contactId: string, scope: CustomerScope): Promise<Dossier | null> {
    const group = await readGroup(db, contactId, scope);
    const head = group?.cards[0];
    if (!group || !head) return null;
    const ids = [...group.contactIds];
    const tables: Record<string, readonly Record<string, unknown>[]> = {};
    // Tables that come later are in it by themselves; what the search made of the rest is not theirs to read.
    for (const table of await tablesWith(db as unknown as WriteHandle, 'contact_id')) {
      if (notTheirs.has(table)) continue;
      const rows = await db
        .selectFrom(table as 'note')
        .selectAll()
        .where('contact_id', 'in', ids)
        .execute();
      if (rows.length > 0) tables[table] = rows as readonly Record<string, unknown>[];
    }
    const steps = await db
      .selectFrom('case_step')
      .innerJoin('customer_case', 'customer_case.case_id', 'case_step.case_id')
      .selectAll('case_step')
      .where('customer_case.contact_id', 'in', ids)
      .orderBy('case_step.at')
      .execute();
    if (steps.length > 0) tables.case_step = steps;
    const merges = await db
      .selectFrom('person_merge')
      .selectAll()
      .where((where) => where.or([where('kept_id', 'in', ids), where('absorbed_id', 'in', ids)]))
      .execute();
    if (merges.length > 0) tables.person_merge = merges;
    const drafts = await db
      .selectFrom('draft')
      .innerJoin('interaction', 'interaction.interaction_id', 'draft.interaction_id')
      .selectAll('draft')
      .where('interaction.contact_id', 'in', ids)
      .execute();
    if (drafts.length > 0) tables.draft = drafts;
    const passed = await db
      .selectFrom('ivr_trace')
      .innerJoin('interaction', 'interaction.interaction_id', 'ivr_trace.interaction_id')
      .selectAll('ivr_trace')
      .where('interaction.contact_id', 'in', ids)
      .orderBy('ivr_trace.at')
      .orderBy('ivr_trace.ordinal')
      .execute();
    if (passed.length > 0) tables.ivr_trace = passed;
    const guided = await db
      .selectFrom('guide_run')
      .innerJoin('interaction', 'interaction.interaction_id', 'guide_run.interaction_id')
      .selectAll('guide_run')
      .where('interaction.contact_id', 'in', ids)
      .orderBy('guide_run.saved_at')
      .execute();
    if (guided.length > 0) tables.guide_run = guided;
    return { name: head.fields.name, locale: head.fields.locale, tables };
  },
};

/** What stands on the card that is shown comes before what was merged into it. */
const headFirst = (table: 'identifier' | 'address') =>
  sql<number>`case when ${sql.ref(`${table}.contact_id`)} = person.head_id then 0 else 1 end`;

/** Queues and copies, and the hold, which the person is not told of. */
const notTheirs: ReadonlySet<string> = new Set(['customer_search', 'score_due', 'legal_hold']);

/** The literal text in a name, or at the start of a number, an address or an id of theirs. */
function holding(text: string) {
  const inName = `%${nameKey(text).replace(/[\\%_]/g, '\\$&')}%`;
  const start = `${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  return sql<boolean>`(person.name_key like ${inName} escape '\\' or exists (
    select 1 from identifier where identifier.contact_id = person.contact_id and lower(identifier.value) like ${start} escape '\\'))`;
}
