import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promptNames } from '../../cti-bridge/channels/voice/prompt-names.ts';
import { hashPassword } from '../../cti-bridge/identity/index.ts';
import { silentLog, systemClock } from '../../cti-bridge/kernel/index.ts';
import {
  configurationLimits,
  diffConfigurations,
  orderBeforeRemoval,
  passwordNote,
  validateConfiguration,
} from '../../cti-bridge/organisation/index.ts';
import { openStore, type Store, StoreError } from '../../cti-bridge/store/index.ts';
import type { Configuration } from '../../shared/contracts/configuration.ts';
import { inProject } from '../project.ts';
import { configurationText, readConfigurationFile, writeConfigurationFile } from './configuration-file.ts';
import { exportFlows, importFlows } from './flows.ts';
import { type AdminOptions, adminUsage, readAdminOptions } from './options.ts';
import { changeLines, problemLines } from './words.ts';

/** Where it is typed, and whom it answers. */
export interface AdminConsole {
  /** What files are named from. */
  readonly folder: string;
  say(...lines: readonly string[]): void;
  complain(...lines: readonly string[]): void;
  /** A line that is not shown while it is typed. */
  readSecret(question: string): Promise<string>;
}

/** Who the history names for what came from a file. */
const byFile = { userId: 'system', name: 'System' } as const;
const shortestPassword = 8;

/** What `npm run admin` does, once. */
export class Administering {
  readonly #console: AdminConsole;

  constructor(console: AdminConsole) {
    this.#console = console;
  }

  /** Its exit code. */
  async run(args: readonly string[]): Promise<number> {
    const options = readAdminOptions(args, this.#console.folder);
    if (options.ok) return this.#perform(options.value);
    this.#console.complain(options.error, adminUsage);
    return 2;
  }

  async #perform(wanted: AdminOptions): Promise<number> {
    try {
      switch (wanted.verb) {
        case 'export':
          return await this.#exportTo(wanted);
        case 'diff':
          return await this.#takeIn({ ...wanted, isDryRun: true, note: '' });
        case 'import':
          return await this.#takeIn(wanted);
        case 'password':
          return await this.#setPassword(wanted);
        case 'exportFlows':
          if (!hasData(wanted.dataFolder)) return this.#refuseWithoutData(wanted.dataFolder);
          this.#console.say(...(await withStore(wanted.dataFolder, (store) => exportFlows(store.flows, wanted.folder))));
          return 0;
        case 'importFlows':
          return await this.#takeFlowsIn(wanted);
      }
    } catch (error) {
      this.#console.complain(wordsFor(error, wanted.dataFolder));
      return 1;
    }
  }

  async #exportTo({ file, dataFolder }: Extract<AdminOptions, { verb: 'export' | 'diff' }>): Promise<number> {
    if (!hasData(dataFolder)) return this.#refuseWithoutData(dataFolder);
    const { configuration, revision } = await withStore(dataFolder, (store) => store.configuration.read());
    const text = configurationText(configuration, file);
    writeConfigurationFile(file, text);
    this.#console.say(`Revision ${revision} is in ${file}.`);
    if (Buffer.byteLength(text) > configurationLimits.fileBytes)
      this.#console.complain(
        `It is larger than the ${configurationLimits.fileBytes / 1024 / 1024} MB that a file may have to be taken in again.`,
      );
    return 0;
  }

  async #takeIn({
    file,
    dataFolder,
    isDryRun,
    note,
  }: Pick<Extract<AdminOptions, { verb: 'import' }>, 'file' | 'dataFolder' | 'isDryRun' | 'note'>): Promise<number> {
    const read = readConfigurationFile(file);
    if (!read.ok) {
      this.#console.complain(...read.errors);
      return 1;
    }
    const judged = await judge(read.value, dataFolder);
    if (!judged.ok) {
      this.#console.complain(...problemLines(judged.problems));
      return 1;
    }
    if (isDryRun && !hasData(dataFolder)) return this.#refuseWithoutData(dataFolder);
    const isNew = !hasData(dataFolder);
    return withStore(dataFolder, async (store) => {
      const { configuration: before, revision } = await store.configuration.read();
      const after = judged.configuration;
      const changes = diffConfigurations(before, after);
      this.#console.say(...changeLines(changes));
      if (isDryRun || changes.length === 0) return 0;
      const stored = await store.configuration.save({
        basedOn: revision,
        configuration: after,
        changes,
        orderBefore: orderBeforeRemoval(before, after),
        at: systemClock.now(),
        by: byFile,
        note: `import of ${basename(file)}${note === '' ? '' : `: ${note}`}`,
      });
      if (!stored.saved) throw new Error('the configuration was changed by another program meanwhile; nothing was stored');
      this.#console.say(`Stored as revision ${stored.revision}${isNew ? ` in the new data folder ${dataFolder}` : ''}.`);
      await this.#tellOfPasswords(store, after);
      return 0;
    });
  }

  async #takeFlowsIn({ files, dataFolder, isDryRun, note }: Extract<AdminOptions, { verb: 'importFlows' }>): Promise<number> {
    if (!hasData(dataFolder)) return this.#refuseWithoutData(dataFolder);
    const shipped = await promptNames(inProject('assets', 'prompts'));
    return withStore(dataFolder, async (store) => {
      const taken = await importFlows(store, files, { shipped, isDryRun, note, at: systemClock.now(), by: byFile });
      if (taken.ok) this.#console.say(...taken.lines);
      else this.#console.complain(...taken.lines);
      return taken.ok ? 0 : 1;
    });
  }

  async #tellOfPasswords(store: Store, { users }: Configuration): Promise<void> {
    const waiting = await store.configuration.usersWithoutPassword();
    if (waiting.length === 0) return;
    const names = waiting.slice(0, 10).map(({ username }) => username);
    const more = waiting.length > names.length ? ` and ${waiting.length - names.length} more` : '';
    this.#console.say(
      `${waiting.length} of ${users.length} people cannot sign in yet, because they have no password: ${names.join(', ')}${more}.`,
      'Give each one in the desktop (Administration, People), or here: npm run admin -- password USERNAME',
    );
  }

  async #setPassword({ username, dataFolder }: Extract<AdminOptions, { verb: 'password' }>): Promise<number> {
    if (!hasData(dataFolder)) return this.#refuseWithoutData(dataFolder);
    const password = await this.#console.readSecret(`New password for ${username}: `);
    if (password.length < shortestPassword || password.length > 200) {
      this.#console.complain(`A password has ${shortestPassword} to 200 characters.`);
      return 1;
    }
    return withStore(dataFolder, async (store) => {
      const { configuration } = await store.configuration.read();
      const user = configuration.users.find((each) => each.username === username);
      const passwordHash = await hashPassword(password);
      const setting = { passwordHash, at: systemClock.now(), by: byFile };
      if (!user || !(await store.configuration.setPassword({ ...setting, userId: user.id, note: passwordNote(user.name) }))) {
        this.#console.complain(`There is no user ${username}.`);
        return 1;
      }
      this.#console.say(`${user.name} signs in as ${username} with the new password from now on.`);
      return 0;
    });
  }

  #refuseWithoutData(folder: string): number {
    this.#console.complain(
      `There is no data in ${folder}. Start the bridge once (npm start), import a file, or give another folder with --data.`,
    );
    return 1;
  }
}

/** With the prompts that were shipped and no flows; only where that is not enough, with what was made there as well. */
async function judge(found: unknown, dataFolder: string): Promise<ReturnType<typeof validateConfiguration>> {
  const shipped = await promptNames(inProject('assets', 'prompts'));
  const judged = validateConfiguration(found, { prompts: shipped, flows: [] });
  if (judged.ok) return judged;
  // The flows of a new data folder come after its queues.
  if (!hasData(dataFolder)) return validateConfiguration(found, { prompts: shipped });
  const [made, kept] = await withStore(dataFolder, (store) => Promise.all([store.prompts.readAll(), store.flows.readAll()]));
  const heard = made.filter(({ sounds }) => sounds.en !== null && sounds.zh !== null).map(({ promptId }) => promptId);
  const live = kept.flatMap(({ flowId, live }) => (live ? [flowId] : []));
  return validateConfiguration(found, { prompts: [...shipped, ...heard], flows: live });
}

function hasData(folder: string): boolean {
  return existsSync(join(folder, 'crosspoint.db'));
}

async function withStore<Value>(folder: string, work: (store: Store) => Promise<Value>): Promise<Value> {
  const store = await openStore({ path: folder, clock: systemClock, log: silentLog, seed: 'none' });
  try {
    return await work(store);
  } finally {
    await store.stop();
  }
}

function wordsFor(error: unknown, dataFolder: string): string {
  if (error instanceof StoreError && error.code === 'inUse')
    return `A bridge is running on ${dataFolder}. Use the administration screens of the desktop, or stop the bridge first.`;
  const code = (error as NodeJS.ErrnoException).code;
  if (!(error instanceof StoreError) && code !== undefined && error instanceof Error) return `That file cannot be written (${code}).`;
  return error instanceof Error ? error.message : String(error);
}
