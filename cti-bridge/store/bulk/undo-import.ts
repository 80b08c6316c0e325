import type Sqlite from 'better-sqlite3';
import type { ImportJob } from '../../crm/index.ts';
import { createIdSource, systemClock } from '../../kernel/index.ts';
import { columnOf, customOf, type PlainField, plainFields } from '../repositories/record/person-columns.ts';
import { forgetting, markToMerge } from '../search/full-text.ts';

interface ChangeRow {
  place: number;
  change_id: string;
  subject_kind: string;
  subject_id: string;
  contact_id: string;
  field: string;
  before: string | null;
  after: string | null;
}

type Step = 'changes' | 'people' | 'accounts' | 'done';

/** Rows that somebody's work leaves on a card. One of them, and the person stays. */
const signsOfWork = [
  ...['timeline_entry', 'customer_case', 'promise', 'task', 'product', 'contract', 'bill', 'payment', 'consumption', 'offer_made'],
  'attachment',
];

/**
 * Takes back what an import did, a slice at a time: first the fields it changed, where they still have its value; then whoever it created,
 * unless somebody worked with them since; last the companies it made that have nobody left. What stays is listed in `import_kept`.
 *
 * Begun again after an interruption, it does what is left.
 */
export class UndoImport {
  readonly #sqlite: Sqlite.Database;
  readonly #undo: { readonly importId: string; readonly at: number; readonly by: ImportJob['by'] };
  readonly #ids = createIdSource(systemClock);
  readonly #changes: Sqlite.Statement<[{ source: string; importId: string; place: number }], ChangeRow>;
  readonly #people: Sqlite.Statement<[{ importId: string; place: number }], { place: number; contact_id: string; head_id: string }>;
  readonly #accounts: Sqlite.Statement<[{ importId: string; place: number }], { place: number; account_id: string }>;
  readonly #isWorkedWith: Sqlite.Statement<[{ id: string; importId: string; source: string }], { one: number }>;
  readonly #isCompanyUsed: Sqlite.Statement<[{ id: string }], { one: number }>;
  readonly #statements = new Map<string, Sqlite.Statement<unknown[], unknown>>();
  #step: Step = 'changes';
  #place = Number.MAX_SAFE_INTEGER;
  #takenBack = 0;

  constructor(sqlite: Sqlite.Database, undo: { readonly importId: string; readonly at: number; readonly by: ImportJob['by'] }) {
    this.#sqlite = sqlite;
    this.#undo = undo;
    // Newest first: of two changes of one field the later one goes first. Whoever the import created goes as a whole.
    this.#changes = sqlite.prepare(
      `select made.rowid as place, change_id, subject_kind, subject_id, made.contact_id, field, before, after
        from record_change made join person on person.contact_id = made.contact_id
        where made.source = @source and made.source like 'import:%' and made.rowid < @place and person.import_id is not @importId
          and not exists (select 1 from record_change other where other.contact_id = made.contact_id and other.undoes = made.change_id)
        order by made.rowid desc limit 200`,
    );
    this.#people = sqlite.prepare(
      'select rowid as place, contact_id, head_id from person where import_id = @importId and rowid > @place order by rowid limit 200',
    );
    this.#accounts = sqlite.prepare(
      'select rowid as place, account_id from account where import_id = @importId and rowid > @place order by rowid limit 200',
    );
    const signs = signsOfWork.map((table) => `exists (select 1 from ${table} where contact_id = @id)`);
    this.#isWorkedWith = sqlite.prepare(
      `select 1 as one where ${signs.join(' or ')}
        or exists (select 1 from record_change where contact_id = @id and source <> @source)
        or exists (select 1 from person_merge where kept_id = @id or absorbed_id = @id)
        or exists (select 1 from note where contact_id = @id and note_id <> @id || 'n')
        or exists (select 1 from identifier where contact_id = @id
          and (import_id is null or import_id <> @importId or is_verified = 1 or last_used_at is not null))`,
    );
    this.#isCompanyUsed = sqlite.prepare(
      `select 1 as one where exists (select 1 from account where account_id = @id and (revision > 1 or is_key_account = 1 or manager_agent_id is not null))
        ${[
          'person_account',
          'identifier',
          'customer_case',
          'contract',
          'product',
          'bill',
          'consumption',
          'note',
          'timeline_entry',
          'visit',
          'anniversary',
          'gift',
          'attachment',
          'task',
          'address',
        ]
          .map((table) => `or exists (select 1 from ${table} where account_id = @id)`)
          .join(' ')}`,
    );
    this.#run('delete from import_kept where import_id = ?', undo.importId);
  }

  get isDone(): boolean {
    return this.#step === 'done';
  }

  get takenBack(): number {
    return this.#takenBack;
  }

  get kept(): number {
    const row = this.#statement('select count(*) as count from import_kept where import_id = ?').get(this.#undo.importId) as {
      count: number;
    };
    return row.count;
  }

  takeBack(isOver: () => boolean): void {
    // Thousands of documents leave the search: one by one and for good, that would take hours.
    this.#run(forgetting.quickly);
    this.#run(markToMerge);
    do this.#next(isOver);
    while (!isOver() && !this.isDone);
  }

  #begin(step: Step): void {
    this.#step = step;
    this.#place = 0;
  }

  #next(isOver: () => boolean): void {
    const { importId } = this.#undo;
    const source = `import:${importId}`;
    switch (this.#step) {
      case 'changes': {
        const changes = this.#changes.all({ source, importId, place: this.#place });
        for (const change of changes) {
          if (!this.#putBack(change)) this.#keep(change.contact_id, change.field);
          this.#place = change.place;
          this.#takenBack++;
          if (isOver()) return;
        }
        if (changes.length === 0) this.#begin('people');
        return;
      }
      case 'people': {
        const people = this.#people.all({ importId, place: this.#place });
        for (const person of people) {
          this.#place = person.place;
          this.#takenBack++;
          const isWorkedWith = this.#isWorkedWith.get({ id: person.contact_id, importId, source });
          if (isWorkedWith || person.head_id !== person.contact_id) this.#keep(person.contact_id, '');
          else this.#removePerson(person.contact_id);
          if (isOver()) return;
        }
        if (people.length === 0) this.#begin('accounts');
        return;
      }
      case 'accounts': {
        const accounts = this.#accounts.all({ importId, place: this.#place });
        for (const { account_id: accountId, place } of accounts) {
          this.#place = place;
          if (!this.#isCompanyUsed.get({ id: accountId })) {
            this.#run("delete from search_due where subject_kind = 'account' and subject_id = ?", accountId);
            this.#run('delete from account where account_id = ?', accountId);
          }
          if (isOver()) return;
        }
        if (accounts.length === 0) this.#step = 'done';
        return;
      }
    }
  }

  #removePerson(contactId: string): void {
    this.#run("delete from search_due where subject_kind = 'person' and subject_id = ?", contactId);
    this.#run('delete from person where contact_id = ?', contactId);
  }

  /** False when somebody changed it since. */
  #putBack(change: ChangeRow): boolean {
    const isBack = this.#putBackOne(change);
    if (!isBack) return false;
    const { at, by, importId } = this.#undo;
    this.#run(
      `insert into record_change (change_id, subject_kind, subject_id, contact_id, field, before, after, at, author_id, author, source, undoes)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[this.#ids.next(), change.subject_kind, change.subject_id, change.contact_id, change.field, change.after, change.before],
      ...[at, by.userId, by.name, `undo of import:${importId}`, change.change_id],
    );
    this.#run('update person set revision = revision + 1, updated_at = ? where contact_id = ?', at, change.contact_id);
    this.#run("insert or ignore into search_due (subject_kind, subject_id) values ('person', ?)", change.contact_id);
    this.#run('insert or ignore into score_due (owner_id, contact_id, since) values (?, ?, ?)', change.contact_id, change.contact_id, at);
    return true;
  }

  #putBackOne({ subject_kind, subject_id, contact_id, field, before, after }: ChangeRow): boolean {
    switch (subject_kind) {
      case 'person':
        return this.#putBackField(contact_id, field, before, after);
      case 'identifier':
        return (
          this.#run(
            'delete from identifier where identifier_id = ? and is_verified = 0 and last_used_at is null and contact_id = ? and value = ?',
            ...[subject_id, contact_id, (JSON.parse(after ?? '{}') as { value?: string }).value ?? ''],
          ) > 0
        );
      case 'address': {
        const image = JSON.parse(after ?? '{}') as { lines?: string };
        return this.#run('delete from address where address_id = ? and lines = ?', subject_id, image.lines ?? '') > 0;
      }
      case 'account':
        return (
          this.#run('delete from person_account where contact_id = ? and account_id = ? and until is null', contact_id, subject_id) > 0
        );
      case 'note':
        return this.#run('delete from note where note_id = ?', subject_id) > 0;
      default:
        return false;
    }
  }

  #putBackField(contactId: string, field: string, before: string | null, after: string | null): boolean {
    const row = this.#statement('select * from person where contact_id = ?').get(contactId) as Record<string, unknown> | undefined;
    if (!row) return false;
    const was = before === null ? null : (JSON.parse(before) as string | number | boolean);
    const wanted = after === null ? null : (JSON.parse(after) as string | number | boolean);
    if (field.startsWith('custom.')) {
      const id = field.slice('custom.'.length);
      const values = { ...customOf(row.custom) } as Record<string, unknown>;
      if (values[id] !== wanted) return false;
      if (was === null) delete values[id];
      else values[id] = was;
      return this.#run('update person set custom = ? where contact_id = ?', JSON.stringify(values), contactId) > 0;
    }
    if (!plainFields.includes(field as PlainField)) return false;
    const columns = columnOf(field as PlainField, was as never);
    const [column = ''] = Object.keys(columns);
    const now = typeof wanted === 'boolean' ? row[column] === 1 : row[column];
    if (now !== wanted) return false;
    const names = Object.keys(columns);
    return (
      this.#run(
        `update person set ${names.map((name) => `${name} = ?`).join(', ')} where contact_id = ?`,
        ...Object.values(columns),
        contactId,
      ) > 0
    );
  }

  #keep(contactId: string, field: string): void {
    this.#run(
      'insert or ignore into import_kept (import_id, contact_id, field) select ?, contact_id, ? from person where contact_id = ?',
      ...[this.#undo.importId, field, contactId],
    );
  }

  #run(text: string, ...parameters: readonly unknown[]): number {
    return this.#statement(text).run(...parameters).changes;
  }

  #statement(text: string): Sqlite.Statement<unknown[], unknown> {
    let statement = this.#statements.get(text);
    if (!statement) this.#statements.set(text, (statement = this.#sqlite.prepare(text)));
    return statement;
  }
}
