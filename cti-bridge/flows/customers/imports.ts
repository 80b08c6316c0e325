import { columnLetter } from '../../../shared/column-letter.ts';
import type { CommandAnswer, CommandRequest } from '../../../shared/contracts/bridge-events.ts';
import type { WireError } from '../../../shared/contracts/errors.ts';
import {
  type ImportFailure,
  type ImportMapping,
  type ImportView,
  type importCommands,
  importDelimiters,
  importEncodings,
} from '../../../shared/contracts/imports.ts';
import { days } from '../../../shared/duration.ts';
import {
  type CustomerScope,
  type FileOutcome,
  guessColumns,
  type ImportFiles,
  type RunSetting,
  type StoredImport,
} from '../../crm/index.ts';
import { ok, type Result } from '../../kernel/index.ts';
import type { Asker, CustomerCommands, ImportUploads } from '../ports.ts';
import { answered, refusal } from './answer.ts';
import type { CustomerParts } from './parts.ts';

export interface ImportParts extends CustomerParts {
  readonly files: ImportFiles & {
    receive(importId: string, content: AsyncIterable<Uint8Array>): Promise<number | 'tooLarge'>;
    /** Takes away what belongs to none of these: what a bridge that was killed left behind. Before anything is received. */
    keepOnly(importIds: readonly string[]): Promise<void>;
  };
  /** To everybody who may import. */
  readonly announce: (view: ImportView) => void;
}

type ImportCommands = Pick<CustomerCommands, keyof typeof importCommands>;

/** A file that nobody started within this time is removed at the next start. */
const unstartedKeptMs = days(7);
/** Their file is kept until somebody goes on with them. */
const waitingStates: ReadonlySet<ImportView['state']> = new Set<ImportView['state']>(['uploaded', 'interrupted']);
const noSuchImport = refusal('not_found', 'There is no such import, or it is somebody else’s.');
const wrongState = (state: ImportView['state']) => refusal('conflict', `This import is ${state}: that cannot be done with it now.`);

/**
 * The life of an import. One is read at a time; the next waits in line.
 *
 *     uploaded ──start──▶ waiting ──▶ running ──▶ done ─────┐
 *                            ▲           │ cancel, failure   │ undo
 *                            │           ▼                   ▼
 *                            │   canceled, failed ──undo──▶ undoing ──▶ undone
 *                            └─continue── interrupted (the bridge stopped)
 */
export class Imports implements ImportUploads {
  readonly #parts: ImportParts;
  /** What is read or taken back now, and what waits: one after the other. */
  #line: Promise<void> = Promise.resolve();
  readonly #waiting = new Set<string>();
  #running: { readonly importId: string; stop(): void } | null = null;

  constructor(parts: ImportParts) {
    this.#parts = parts;
  }

  /** After a start: what was under way when the bridge stopped waits for somebody to decide. */
  async recover(): Promise<void> {
    const { store, files, clock, log } = this.#parts;
    const interrupted = await store.imports.markInterrupted();
    if (interrupted.length > 0) log.info('imports:interrupted', { importIds: interrupted });
    const needed: string[] = [];
    for (const { view } of await store.imports.list()) {
      if (view.state === 'uploaded' && view.at <= clock.now() - unstartedKeptMs) await store.imports.forget(view.importId);
      else if (waitingStates.has(view.state)) needed.push(view.importId);
    }
    await files.keepOnly(needed);
  }

  /** Whether files are being read, or wait in line for it. */
  isReading(): boolean {
    return this.#waiting.size > 0 || this.#running !== null;
  }

  /**
   * Takes away every file that waits for somebody: whom it names, only an import finds out. Who uploaded it reads that it is gone. Returns how
   * many; one that is being read goes when that has ended.
   */
  async removeWaitingFiles(): Promise<number> {
    const { store, files, clock, announce } = this.#parts;
    let removed = 0;
    for (const { view } of await store.imports.list()) {
      if (!waitingStates.has(view.state) || this.#waiting.has(view.importId)) continue;
      await files.remove(view.importId);
      await store.imports.change(view.importId, { state: 'failed', failure: 'fileGone', finishedAt: clock.now() });
      const now = await store.imports.find(view.importId);
      if (now) announce(now.view);
      removed++;
    }
    return removed;
  }

  async upload(asker: Asker, { fileName, content }: { readonly fileName: string; readonly content: AsyncIterable<Uint8Array> }) {
    const { ids, files, store, clock } = this.#parts;
    const importId = ids.next();
    const bytes = await files.receive(importId, content);
    if (bytes === 'tooLarge')
      return refusal('too_large', 'The file is larger than 512 MB. Split it, and import the parts one after the other.');
    const looked = await files.look(importId, fileName, {});
    if (!looked.ok || looked.value.reading.format === 'json') {
      await files.remove(importId);
      const failure = looked.ok ? 'unknownFormat' : looked.failure;
      return refusal('bad_request', sayings[failure]);
    }
    const by = { userId: asker.userId, name: asker.name };
    const scope = this.#parts.scopeOf(asker);
    await store.imports.add({
      importId,
      fileName: fileName.slice(0, 255),
      reading: looked.value.reading,
      bytes,
      at: clock.now(),
      by,
      scope,
    });
    return ok({ importId });
  }

  commands(): ImportCommands {
    const told =
      <Name extends keyof ImportCommands>(
        name: Name,
        tell: (asker: Asker, request: CommandRequest<Name>) => Promise<Result<CommandAnswer<Name>, WireError>>,
      ) =>
      (asker: Asker, request: CommandRequest<Name>) =>
        answered(this.#parts, name, tell(asker, request));
    return {
      'import:list': told('import:list', async (asker) => {
        const all = await this.#parts.store.imports.list();
        return ok({ imports: all.filter((each) => this.#isTheirs(asker, each)).map(({ view }) => view) });
      }),
      'import:preview': told('import:preview', (asker, { importId, reading }) => this.#preview(asker, importId, reading ?? {})),
      'import:check': told('import:check', (asker, { importId, mapping }) => this.#check(asker, importId, mapping)),
      'import:start': told('import:start', (asker, { importId, mapping }) => this.#start(asker, importId, mapping)),
      'import:continue': told('import:continue', (asker, { importId }) => this.#continue(asker, importId)),
      'import:cancel': told('import:cancel', (asker, { importId }) => this.#cancel(asker, importId)),
      'import:undo': told('import:undo', (asker, { importId }) => this.#undo(asker, importId)),
      'import:forget': told('import:forget', (asker, { importId }) => this.#forget(asker, importId)),
      'import:kept': told('import:kept', async (asker, { importId }) => {
        if (!(await this.#find(asker, importId))) return noSuchImport;
        return ok({ people: [...(await this.#parts.store.imports.kept(importId, this.#parts.scopeOf(asker)))] });
      }),
      'import:problems': told('import:problems', async (asker, { importId, after, limit }) => {
        if (!(await this.#find(asker, importId))) return noSuchImport;
        const { problems, next } = await this.#parts.store.imports.problems(importId, after, limit);
        return ok({ problems: [...problems], next });
      }),
    };
  }

  /** One's own; who sees all customers sees all imports. Rows that were refused quote the file. */
  #isTheirs(asker: Asker, stored: StoredImport): boolean {
    return this.#parts.scopeOf(asker).units === null || stored.byId === asker.userId;
  }

  async #find(asker: Asker, importId: string): Promise<StoredImport | null> {
    const stored = await this.#parts.store.imports.find(importId);
    return stored && this.#isTheirs(asker, stored) ? stored : null;
  }

  async #preview(asker: Asker, importId: string, chosen: NonNullable<CommandRequest<'import:preview'>['reading']>) {
    const stored = await this.#find(asker, importId);
    if (!stored) return noSuchImport;
    if (stored.view.state !== 'uploaded') return wrongState(stored.view.state);
    const { encoding, delimiter, hasHeader: hasChosenHeader } = chosen;
    const looked = await this.#parts.files.look(importId, stored.view.fileName, {
      ...(encoding && { encoding }),
      ...(delimiter && { delimiter }),
    });
    if (!looked.ok) return refusal('bad_request', sayings[looked.failure]);
    const { reading, rows, problems } = looked.value;
    const { organisation } = this.#parts.configuration();
    const { hasHeader, header, columns } = guessColumns(rows, organisation, this.#customFields(), hasChosenHeader);
    const guess: ImportMapping = {
      reading: { ...reading, hasHeader },
      columns: [...columns],
      whenKnown: 'fillEmpty',
      orgUnitId: this.#parts.scopeOf(asker).units?.[0] ?? null,
      source: stored.view.fileName.slice(0, 100),
    };
    const sample = rows.slice(hasHeader ? 1 : 0, hasHeader ? 21 : 20).map((row) => row.map((cell) => cell.slice(0, 500)));
    return ok({ view: stored.view, header: [...header], sample, guess, problems: [...problems] });
  }

  async #check(asker: Asker, importId: string, mapping: ImportMapping) {
    const stored = await this.#find(asker, importId);
    if (!stored) return noSuchImport;
    if (stored.view.state !== 'uploaded') return wrongState(stored.view.state);
    const problem = problemOfMapping(mapping, this.#parts.scopeOf(asker));
    if (problem !== null) return refusal('bad_request', problem);
    const checked = await this.#parts.files.check(importId, this.#setting(asker, stored, mapping));
    if (!checked.ok) return refusal('bad_request', sayings[checked.failure]);
    const { looked, people, problems } = checked.value;
    const count = (what: string) => people.filter(({ outcome }) => outcome === what).length;
    return ok({
      looked,
      created: count('create'),
      updated: count('update'),
      skipped: count('skip'),
      problems: problems.slice(0, 200),
      people: people.slice(0, 50).flatMap(({ person, outcome }) => {
        if (typeof outcome !== 'string') return [];
        const { name, orgUnitId: orgUnit, ...rest } = person.fields;
        const fields = orgUnit === undefined ? rest : { ...rest, orgUnit };
        const values: Record<string, string> = Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, String(value)]));
        for (const { kind, value } of person.identifiers) values[kind] = values[kind] === undefined ? value : `${values[kind]}, ${value}`;
        if (person.company !== null) values.company = person.company;
        for (const [id, value] of Object.entries(person.custom)) values[`custom:${id}`] = String(value);
        return [{ row: person.row, what: outcome, name: name ?? person.name, values }];
      }),
    });
  }

  async #start(asker: Asker, importId: string, mapping: ImportMapping) {
    const stored = await this.#find(asker, importId);
    if (!stored) return noSuchImport;
    if (stored.view.state !== 'uploaded' || this.#waiting.has(importId)) return wrongState(stored.view.state);
    const problem = problemOfMapping(mapping, this.#parts.scopeOf(asker));
    if (problem !== null) return refusal('bad_request', problem);
    return this.#enqueue(asker, stored, mapping);
  }

  async #continue(asker: Asker, importId: string) {
    const stored = await this.#find(asker, importId);
    if (!stored) return noSuchImport;
    if (stored.view.state !== 'interrupted' || !stored.mapping || this.#waiting.has(importId)) return wrongState(stored.view.state);
    return this.#enqueue(asker, stored, stored.mapping);
  }

  async #enqueue(asker: Asker, stored: StoredImport, mapping: ImportMapping) {
    const { importId } = stored.view;
    this.#waiting.add(importId);
    await this.#parts.store.imports.change(importId, { state: 'waiting', mapping, encoding: mapping.reading.encoding, failure: null });
    this.#inLine(importId, () => this.#run(asker, stored, mapping));
    return this.#now(importId);
  }

  #inLine(importId: string, work: () => Promise<void>): void {
    this.#line = this.#line.then(work).catch((error: unknown) => {
      this.#parts.log.error('imports:failed', { importId, error: String(error) });
    });
  }

  async #run(asker: Asker, stored: StoredImport, mapping: ImportMapping): Promise<void> {
    const { importId } = stored.view;
    const { store, files, clock, announce } = this.#parts;
    if (!this.#waiting.delete(importId)) return;
    const began = clock.monotonic();
    await store.imports.change(importId, { state: 'running' });
    const before = (await store.imports.find(importId)) ?? stored;
    const setting = { ...this.#setting(asker, stored, mapping), behindRow: before.lastRow };
    const workedBefore = workedMs(before.view);
    const run = files.run(importId, setting, ({ bytesRead, ...counts }) => {
      const worked = workedBefore + clock.monotonic() - began;
      const total = { ...before.view };
      for (const key of ['read', 'created', 'updated', 'skipped', 'refused'] as const) total[key] += counts[key];
      announce({ ...total, state: 'running', bytesRead, rowsPerSecond: worked > 0 ? Math.round((total.read * 1000) / worked) : null });
    });
    this.#running = { importId, stop: () => run.stop() };
    const outcome = await run.ended;
    this.#running = null;
    await this.#ended(importId, outcome, workedBefore + clock.monotonic() - began);
  }

  async #ended(importId: string, outcome: FileOutcome<null>, worked: number): Promise<void> {
    const { store, files, clock, announce } = this.#parts;
    const now = await store.imports.find(importId);
    const isCanceled = now?.view.state === 'canceled';
    // What was stored stays, and goes on where it was, if the file is still good.
    const isInterrupted = !isCanceled && !outcome.ok && (outcome.failure === 'storeFailed' || outcome.failure === 'stopped');
    const state = isCanceled ? 'canceled' : outcome.ok ? 'done' : isInterrupted ? 'interrupted' : 'failed';
    const failure: ImportFailure | null = isCanceled || outcome.ok ? null : outcome.failure;
    await store.imports.change(importId, { state, failure, finishedAt: clock.now(), workedMs: Math.round(worked) });
    if (!isInterrupted) await files.remove(importId);
    const ended = await store.imports.find(importId);
    if (ended) announce(ended.view);
  }

  async #cancel(asker: Asker, importId: string) {
    const stored = await this.#find(asker, importId);
    if (!stored) return noSuchImport;
    if (stored.view.state !== 'waiting' && stored.view.state !== 'running') return wrongState(stored.view.state);
    const wasWaiting = this.#waiting.delete(importId);
    // First in the store: from now on the writer takes no row of it.
    await this.#parts.store.imports.change(importId, { state: 'canceled', finishedAt: this.#parts.clock.now() });
    if (this.#running?.importId === importId) this.#running.stop();
    if (wasWaiting) await this.#parts.files.remove(importId);
    return this.#now(importId);
  }

  async #undo(asker: Asker, importId: string) {
    const stored = await this.#find(asker, importId);
    if (!stored) return noSuchImport;
    if (!['done', 'canceled', 'failed', 'interrupted'].includes(stored.view.state) || this.#running?.importId === importId)
      return wrongState(stored.view.state);
    const { store, files, clock, announce } = this.#parts;
    await store.imports.change(importId, { state: 'undoing' });
    this.#inLine(importId, async () => {
      const by = { userId: asker.userId, name: asker.name };
      const undone = await files.undo({ importId, at: clock.now(), by }, () => {});
      if (undone.ok) await files.remove(importId);
      await store.imports.change(importId, {
        ...(undone.ok ? { state: 'undone', kept: undone.value.kept, failure: null } : { state: 'interrupted', failure: undone.failure }),
        finishedAt: clock.now(),
      });
      const after = await store.imports.find(importId);
      if (after) announce(after.view);
    });
    return this.#now(importId);
  }

  async #forget(asker: Asker, importId: string) {
    const stored = await this.#find(asker, importId);
    if (!stored) return noSuchImport;
    if (['waiting', 'running', 'undoing'].includes(stored.view.state)) return wrongState(stored.view.state);
    await this.#parts.files.remove(importId);
    await this.#parts.store.imports.forget(importId);
    return ok({});
  }

  /** As it stands, told to everybody who may import. */
  async #now(importId: string) {
    const stored = await this.#parts.store.imports.find(importId);
    if (!stored) return noSuchImport;
    this.#parts.announce(stored.view);
    return ok(stored.view);
  }

  #setting(asker: Asker, stored: StoredImport, mapping: ImportMapping): RunSetting {
    const { configuration, scopeOf, clock } = this.#parts;
    const { organisation, orgUnits } = configuration();
    const scope = scopeOf(asker);
    const locale = ['CN', 'HK', 'MO', 'TW'].includes(organisation.homeCountry) ? 'zh' : 'en';
    return {
      job: {
        ...{ importId: stored.view.importId, whenKnown: mapping.whenKnown, source: mapping.source, orgUnitId: mapping.orgUnitId },
        ...{ scope, at: clock.now(), by: { userId: asker.userId, name: asker.name }, locale },
      },
      mapping,
      context: {
        homeCountry: organisation.homeCountry,
        dialling: organisation.dialling,
        customFields: this.#customFields(),
        orgUnits: orgUnits.filter(({ id }) => scope.units === null || scope.units.includes(id)).map(({ id, name }) => ({ id, name })),
      },
      behindRow: 0,
    };
  }

  #customFields() {
    return this.#parts.configuration().customFields.filter(({ on }) => on === 'person');
  }
}

function problemOfMapping({ columns, orgUnitId, reading }: ImportMapping, { units }: CustomerScope): string | null {
  if (!columns.includes('name')) return 'Say which column is the name.';
  if (units !== null && (orgUnitId === null || !units.includes(orgUnitId))) return 'Say to which of your offices these customers belong.';
  if (
    reading.format === 'csv' &&
    !(importEncodings.some((each) => each === reading.encoding) && importDelimiters.some((each) => each === reading.delimiter))
  )
    return 'Say in which encoding the file is and what separates its columns.';
  for (const [at, target] of columns.entries()) {
    if (target !== 'skip' && !['mobile', 'phone', 'email', 'note'].includes(target) && columns.indexOf(target) !== at)
      return `Columns ${columnLetter(columns.indexOf(target))} and ${columnLetter(at)} cannot both be the same field.`;
  }
  return null;
}

/** While it was received it ran for as long as its rows took. */
function workedMs({ read, rowsPerSecond }: ImportView): number {
  return rowsPerSecond === null || rowsPerSecond === 0 ? 0 : (read * 1000) / rowsPerSecond;
}

const sayings: Readonly<Record<ImportFailure, string>> = {
  empty: 'The file is empty.',
  unknownFormat: 'This is no list of customers. CSV files, .xlsx workbooks and .vcf cards can be read.',
  oldExcel: 'This is an old Excel file (.xls) or a workbook with a password. Save it as .xlsx without a password, or as CSV.',
  protected: 'The workbook is protected by a password. Save it without one.',
  damaged: 'The file is damaged. Open it in the program it comes from, save it again, and try once more.',
  noSheet: 'The workbook has no visible sheet with rows.',
  tooManyParts: 'The workbook has more parts than any list needs. Save the one sheet as CSV and import that.',
  tooLargeUnpacked: 'Unpacked, the workbook is too large. Save the sheet as CSV and import that.',
  tooManyTexts: 'The texts of the workbook are too large together. Save the sheet as CSV and import that.',
  fileGone: 'The file is not here any more. Upload it again.',
  storeFailed: 'The store does not answer at the moment. Try again.',
  stopped: 'The reading of the file was stopped. Try again.',
};
