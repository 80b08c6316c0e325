import type Sqlite from 'better-sqlite3';
import type { ImportedPerson, ImportJob } from '../../crm/index.ts';
import { createIdSource, systemClock } from '../../kernel/index.ts';
import type { Companies } from './companies.ts';

/**
 * Somebody who was not known: a card with everything the row says, its words for the search, its place among the scores to be computed. The
 * rows that hang on it are named after it, which spares an id each and keeps them side by side in the indexes.
 */
export class NewPeople {
  readonly #companies: Companies;
  readonly #ids = createIdSource(systemClock);
  readonly #person: Sqlite.Statement<unknown[]>;
  readonly #identifier: Sqlite.Statement<unknown[]>;
  readonly #membership: Sqlite.Statement<unknown[]>;
  readonly #address: Sqlite.Statement<unknown[]>;
  readonly #note: Sqlite.Statement<unknown[]>;
  readonly #searchDue: Sqlite.Statement<unknown[]>;
  readonly #scoreDue: Sqlite.Statement<unknown[]>;

  constructor(sqlite: Sqlite.Database, companies: Companies) {
    this.#companies = companies;
    this.#person = sqlite.prepare(
      `insert into person (contact_id, head_id, name, name_key, title, locale, tier, segment, stage, birthday, org_unit_id, prefers_channel,
          allows_recording, allows_sms_offers, allows_email_offers, allows_call_offers, custom, source, source_at, import_id, created_at, updated_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#identifier = sqlite.prepare(
      `insert into identifier (identifier_id, contact_id, kind, value, extension, is_verified, is_shared, source, source_at, import_id, created_at)
        values (?, ?, ?, ?, ?, 0, 0, ?, ?, ?, ?)`,
    );
    this.#membership = sqlite.prepare('insert into person_account (contact_id, account_id, role, is_primary) values (?, ?, ?, 1)');
    this.#address = sqlite.prepare(
      `insert into address (address_id, contact_id, kind, lines, city, region, postal_code, country, source, source_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#note = sqlite.prepare('insert into note (note_id, contact_id, author_id, author, text, at) values (?, ?, ?, ?, ?, ?)');
    this.#searchDue = sqlite.prepare("insert or ignore into search_due (subject_kind, subject_id) values ('person', ?)");
    this.#scoreDue = sqlite.prepare('insert or ignore into score_due (owner_id, contact_id, since) values (?, ?, ?)');
  }

  add(job: ImportJob, person: ImportedPerson): void {
    const { fields, identifiers } = person;
    const contactId = this.#ids.next();
    const orgUnitId = fields.orgUnitId ?? job.orgUnitId;
    this.#person.run(
      contactId,
      contactId,
      person.name,
      person.nameKey,
      fields.title ?? null,
      fields.locale ?? job.locale,
      fields.tier ?? 'standard',
      fields.segment ?? null,
      fields.stage ?? null,
      fields.birthday ?? null,
      orgUnitId,
      fields.prefersChannel ?? null,
      Number(fields.allowsRecording ?? true),
      // Nobody is advertised to because a list did not say otherwise.
      Number(fields.allowsSmsOffers ?? false),
      Number(fields.allowsEmailOffers ?? false),
      Number(fields.allowsCallOffers ?? false),
      JSON.stringify(person.custom),
      job.source,
      job.at,
      job.importId,
      job.at,
      job.at,
    );
    let serial = 0;
    for (const { kind, value, extension } of identifiers) {
      this.#identifier.run(`${contactId}${serial++}`, contactId, kind, value, extension, job.source, job.at, job.importId, job.at);
    }
    const company = this.#companies.named(job, person, orgUnitId);
    if (company === null) this.#scoreDue.run(contactId, contactId, job.at);
    else {
      this.#membership.run(contactId, company.accountId, person.companyRole);
      this.#companies.scoreDue(company.accountId, job.at);
    }
    const { address } = person;
    if (address) {
      const kind = person.company === null ? 'home' : 'work';
      this.#address.run(
        `${contactId}a`,
        contactId,
        kind,
        address.lines,
        address.city,
        address.region,
        address.postalCode,
        address.country,
        job.source,
        job.at,
      );
    }
    if (person.note !== null) this.#note.run(`${contactId}n`, contactId, job.by.userId, job.by.name, person.note, job.at);
    this.#searchDue.run(contactId);
  }
}
