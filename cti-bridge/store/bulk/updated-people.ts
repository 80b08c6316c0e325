import type Sqlite from 'better-sqlite3';
import type { ImportedPerson, ImportJob } from '../../crm/index.ts';
import { createIdSource, systemClock } from '../../kernel/index.ts';
import { columnOf, customOf, type PlainField, plainFields } from '../repositories/record/person-columns.ts';
import type { Companies } from './companies.ts';

type PersonRow = Readonly<Record<string, string | number | null>>;
interface Change {
  readonly subjectKind: 'person' | 'identifier' | 'address' | 'account' | 'note';
  readonly subjectId: string;
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * Somebody who was known already. Every value that changes is kept in the history of the record with the import as its source, in the form
 * in which an edit on the screen is kept, so that it can be taken back alone or with the whole import.
 */
export class UpdatedPeople {
  readonly #sqlite: Sqlite.Database;
  readonly #companies: Companies;
  readonly #ids = createIdSource(systemClock);
  readonly #updates = new Map<string, Sqlite.Statement<unknown[]>>();
  readonly #person: Sqlite.Statement<[string], PersonRow>;
  readonly #values: Sqlite.Statement<[string], { value: string }>;
  readonly #addresses: Sqlite.Statement<[string], { lines: string; postal_code: string | null }>;
  readonly #memberships: Sqlite.Statement<[string], { account_id: string }>;
  readonly #addIdentifier: Sqlite.Statement<unknown[]>;
  readonly #addAddress: Sqlite.Statement<unknown[]>;
  readonly #addMembership: Sqlite.Statement<unknown[]>;
  readonly #addNote: Sqlite.Statement<unknown[]>;
  readonly #notes: Sqlite.Statement<[string, string], { one: number }>;
  readonly #keep: Sqlite.Statement<unknown[]>;
  readonly #touched: Sqlite.Statement<unknown[]>;
  readonly #searchDue: Sqlite.Statement<[string]>;
  readonly #scoreDue: Sqlite.Statement<unknown[]>;

  constructor(sqlite: Sqlite.Database, companies: Companies) {
    this.#sqlite = sqlite;
    this.#companies = companies;
    this.#person = sqlite.prepare('select * from person where contact_id = ?');
    const group = 'select other.contact_id from person card join person other on other.head_id = card.head_id where card.contact_id = ?';
    this.#values = sqlite.prepare(`select value from identifier where contact_id in (${group})`);
    this.#addresses = sqlite.prepare(`select lines, postal_code from address where contact_id in (${group})`);
    this.#memberships = sqlite.prepare(`select account_id from person_account where until is null and contact_id in (${group})`);
    this.#notes = sqlite.prepare(`select 1 as one from note where contact_id in (${group}) and text = ?`);
    this.#addIdentifier = sqlite.prepare(
      `insert into identifier (identifier_id, contact_id, kind, value, extension, is_verified, is_shared, source, source_at, import_id, created_at)
        values (?, ?, ?, ?, ?, 0, 0, ?, ?, ?, ?)`,
    );
    this.#addAddress = sqlite.prepare(
      `insert into address (address_id, contact_id, kind, lines, city, region, postal_code, country, source, source_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#addMembership = sqlite.prepare(
      'insert or ignore into person_account (contact_id, account_id, role, is_primary) values (?, ?, ?, ?)',
    );
    this.#addNote = sqlite.prepare('insert into note (note_id, contact_id, author_id, author, text, at) values (?, ?, ?, ?, ?, ?)');
    this.#keep = sqlite.prepare(
      `insert into record_change (change_id, subject_kind, subject_id, contact_id, field, before, after, at, author_id, author, source)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#touched = sqlite.prepare(
      'update person set revision = revision + 1, updated_at = ?, source = coalesce(source, ?), source_at = coalesce(source_at, ?) where contact_id = ?',
    );
    this.#searchDue = sqlite.prepare("insert or ignore into search_due (subject_kind, subject_id) values ('person', ?)");
    this.#scoreDue = sqlite.prepare('insert or ignore into score_due (owner_id, contact_id, since) values (?, ?, ?)');
  }

  /** Whether the row said anything new. */
  update(job: ImportJob, contactId: string, person: ImportedPerson): boolean {
    const changes = [
      ...this.#changeFields(job, contactId, person),
      ...this.#addIdentifiers(job, contactId, person),
      ...this.#joinCompany(job, contactId, person),
      ...this.#addTexts(job, contactId, person),
    ];
    if (changes.length === 0) return false;
    const changeId = this.#ids.next();
    for (const [index, { subjectKind, subjectId, field, before, after }] of changes.entries()) {
      this.#keep.run(
        index === 0 ? changeId : `${changeId}.${index}`,
        ...[subjectKind, subjectId, contactId, field, jsonOf(before), jsonOf(after)],
        ...[job.at, job.by.userId, job.by.name, `import:${job.importId}`],
      );
    }
    this.#touched.run(job.at, job.source, job.at, contactId);
    this.#searchDue.run(contactId);
    this.#scoreDue.run(contactId, contactId, job.at);
    return true;
  }

  #changeFields(job: ImportJob, contactId: string, { fields, custom }: ImportedPerson): readonly Change[] {
    const row = this.#person.get(contactId);
    if (!row) return [];
    const isTaken = (now: unknown, wanted: unknown) =>
      wanted !== undefined && wanted !== now && (job.whenKnown === 'overwrite' || now === null || now === undefined || now === '');
    const changes: Change[] = [];
    let columns: Readonly<Record<string, string | number | null>> = {};
    for (const field of plainFields) {
      const wanted = (fields as Partial<Record<PlainField, string | boolean>>)[field];
      if (wanted === undefined) continue;
      const column = columnOf(field, wanted as never);
      const stored = row[Object.keys(column)[0] ?? ''];
      const now = typeof wanted === 'boolean' ? stored === 1 : stored;
      if (!isTaken(now, wanted)) continue;
      changes.push({ subjectKind: 'person', subjectId: contactId, field, before: now, after: wanted });
      columns = { ...columns, ...column };
    }
    const values = { ...customOf(row.custom) } as Record<string, string | number | boolean>;
    for (const [id, wanted] of Object.entries(custom)) {
      if (!isTaken(values[id], wanted)) continue;
      changes.push({ subjectKind: 'person', subjectId: contactId, field: `custom.${id}`, before: values[id], after: wanted });
      values[id] = wanted;
      columns = { ...columns, custom: JSON.stringify(values) };
    }
    if (changes.length > 0) this.#set(contactId, columns);
    return changes;
  }

  #set(contactId: string, columns: Readonly<Record<string, string | number | null>>): void {
    const names = Object.keys(columns);
    const key = names.join();
    let statement = this.#updates.get(key);
    if (!statement) {
      statement = this.#sqlite.prepare(`update person set ${names.map((name) => `${name} = ?`).join(', ')} where contact_id = ?`);
      this.#updates.set(key, statement);
    }
    statement.run(...Object.values(columns), contactId);
  }

  #addIdentifiers(job: ImportJob, contactId: string, { identifiers }: ImportedPerson): readonly Change[] {
    const known = new Set(this.#values.all(contactId).map(({ value }) => value));
    return identifiers
      .filter(({ value }) => !known.has(value))
      .map(({ kind, value, extension }): Change => {
        const identifierId = this.#ids.next();
        this.#addIdentifier.run(identifierId, contactId, kind, value, extension, job.source, job.at, job.importId, job.at);
        const after = { identifierId, contactId, accountId: null, kind, value, label: null, extension, verified: false, shared: false };
        return { subjectKind: 'identifier', subjectId: identifierId, field: 'identifier', before: null, after };
      });
  }

  /** Another company than the one they are in already is one more, never in its place. */
  #joinCompany(job: ImportJob, contactId: string, person: ImportedPerson): readonly Change[] {
    const company = this.#companies.named(job, person, person.fields.orgUnitId ?? job.orgUnitId);
    if (company === null) return [];
    const { accountId } = company;
    const memberships = this.#memberships.all(contactId);
    if (memberships.some((each) => each.account_id === accountId)) return [];
    if (this.#addMembership.run(contactId, accountId, person.companyRole, Number(memberships.length === 0)).changes === 0) return [];
    this.#companies.scoreDue(accountId, job.at);
    return [{ subjectKind: 'account', subjectId: accountId, field: 'account', before: null, after: { accountId, name: person.company } }];
  }

  #addTexts(job: ImportJob, contactId: string, { address, note, company }: ImportedPerson): readonly Change[] {
    const changes: Change[] = [];
    if (
      address &&
      !this.#addresses.all(contactId).some((each) => each.lines === address.lines && each.postal_code === address.postalCode)
    ) {
      const addressId = this.#ids.next();
      const kind = company === null ? 'home' : 'work';
      const { lines, city, region, postalCode, country } = address;
      this.#addAddress.run(addressId, contactId, kind, lines, city, region, postalCode, country, job.source, job.at);
      const after = { kind, lines, city, region, postalCode, country, addressId, contactId };
      changes.push({ subjectKind: 'address', subjectId: addressId, field: 'address', before: null, after });
    }
    if (note !== null && !this.#notes.get(contactId, note)) {
      const noteId = this.#ids.next();
      this.#addNote.run(noteId, contactId, job.by.userId, job.by.name, note, job.at);
      changes.push({ subjectKind: 'note', subjectId: noteId, field: 'note', before: null, after: { noteId } });
    }
    return changes;
  }
}

const jsonOf = (value: unknown): string | null => (value === undefined || value === null ? null : JSON.stringify(value));
