import type { CommandAnswer, SaveOutcome, UploadAnswer } from '../../shared/contracts/bridge-events.ts';
import type { Configuration, ConfigurationProblem } from '../../shared/contracts/configuration.ts';
import type { WireError } from '../../shared/contracts/errors.ts';
import type { NamedFlow } from '../../shared/contracts/ivr/flow.ts';
import { hashPassword } from '../identity/index.ts';
import { type Clock, type Disposable, err, type Log, ok, type Result } from '../kernel/index.ts';
import {
  announcementsOf,
  type ConfigurationRepository,
  diffConfigurations,
  type Judgement,
  orderBeforeRemoval,
  passwordNote,
  undoOf,
  validateConfiguration,
} from '../organisation/index.ts';
import type { FlowUses } from './flow-library.ts';
import type { Administration, Asker } from './ports.ts';

export interface AdministrationParts {
  readonly repository: ConfigurationRepository;
  /** Those that exist, in every language. */
  prompts(): readonly string[];
  /** Those that are live. */
  flows(): readonly NamedFlow[];
  /** What callers would miss in the flows that are live. */
  flowUses(): FlowUses;
  readonly clock: Clock;
  readonly log: Log;
}

/** Told after it is stored, before whoever saved is answered. */
export type SavedListener = (before: Configuration, after: Configuration) => void;

const conflict: WireError = { code: 'conflict', message: 'Somebody else has saved since you read the configuration. Read it again.' };
const noSuchUser: WireError = { code: 'not_found', message: 'There is no such user.' };
const refusal = (problems: readonly ConfigurationProblem[]) => ok({ saved: false as const, problems: [...problems] });

/**
 * What an administrator may do to the organisation. Each change is judged whole, stored whole with who made it and why, and then told to
 * those who live by it.
 */
export function createAdministration({ repository, prompts, flows, flowUses, clock, log }: AdministrationParts): Administration & {
  onSaved(listener: SavedListener): Disposable;
} {
  const listeners = new Set<SavedListener>();
  const judge = (configuration: unknown) =>
    validateConfiguration(configuration, { prompts: prompts(), flows: flows().map(({ flowId }) => flowId) });

  async function save(asker: Asker, wanted: Judgement, basedOn: number, note: string): Promise<Result<SaveOutcome, WireError>> {
    const current = await repository.read();
    if (current.revision !== basedOn) return err(conflict);
    if (!wanted.ok) return refusal(wanted.problems);
    const before = current.configuration;
    const after = wanted.configuration;
    const missed = missedByFlows(before, after, flowUses());
    if (missed.length > 0) return refusal(missed);
    const changes = diffConfigurations(before, after);
    if (changes.length === 0) return ok({ saved: true as const, revision: basedOn });
    const stored = await repository.save({
      basedOn,
      configuration: after,
      changes,
      orderBefore: orderBeforeRemoval(before, after),
      at: clock.now(),
      by: { userId: asker.userId, name: asker.name },
      note,
    });
    if (!stored.saved) return err(conflict);
    log.info('configuration:saved', { revision: stored.revision, by: asker.userId, changes: changes.length });
    for (const listener of listeners) {
      try {
        listener(before, after);
      } catch (error) {
        // It is stored: whoever saved must not be told otherwise.
        log.error('bug:configurationListener', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      }
    }
    return ok({ saved: true as const, revision: stored.revision });
  }

  /** What the store cannot do now is said as that; nothing of it has happened. */
  async function stored<Value>(work: () => Promise<Result<Value, WireError>>): Promise<Result<Value, WireError>> {
    try {
      return await work();
    } catch (error) {
      log.error('configuration:storeFailed', { error: String(error) });
      return err({ code: 'storage_unavailable', message: 'The store does not answer at the moment. Try again.' });
    }
  }

  return {
    onSaved(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    read: () => stored(async () => ok({ ...(await repository.read()), prompts: [...announcementsOf(prompts())], flows: [...flows()] })),
    check: (_asker, { configuration }) =>
      stored<UploadAnswer<'configuration:check'>>(async () => {
        const judged = judge(configuration);
        if (!judged.ok) return ok({ problems: [...judged.problems], changes: [] });
        const before = (await repository.read()).configuration;
        const problems = missedByFlows(before, judged.configuration, flowUses());
        return ok({ problems, changes: problems.length > 0 ? [] : diffConfigurations(before, judged.configuration) });
      }),
    save: (asker, { configuration, basedOn, note }) => stored(() => save(asker, judge(configuration), basedOn, note)),
    history: (_asker, { before, limit }) => stored(async () => ok({ revisions: [...(await repository.history(before, limit))] })),
    undo: (asker, { revision }) =>
      stored<CommandAnswer<'configuration:undo'>>(async () => {
        const change = await repository.readRevision(revision);
        if (!change) return err({ code: 'not_found' as const, message: `There is no revision ${revision}.` });
        if (change.changes.length === 0)
          return err({ code: 'bad_request', message: 'That was no change of the configuration: it cannot be taken back here.' });
        const current = await repository.read();
        const undone = undoOf(change, current.configuration);
        if (!undone.ok) return refusal(undone.problems);
        return save(asker, judge(undone.configuration), current.revision, `undo of ${revision}`);
      }),
    setPassword: (asker, { userId, password }) =>
      stored(async () => {
        const user = (await repository.read()).configuration.users.find(({ id }) => id === userId);
        if (!user) return err(noSuchUser);
        const by = { userId: asker.userId, name: asker.name };
        const passwordHash = await hashPassword(password);
        const isSet = await repository.setPassword({ userId, passwordHash, at: clock.now(), by, note: passwordNote(user.name) });
        if (!isSet) return err(noSuchUser);
        log.info('user:passwordSet', { userId, by: asker.userId });
        return ok({});
      }),
  };
}

/** What is about to be removed although a flow that is live needs it. */
function missedByFlows(before: Configuration, after: Configuration, uses: FlowUses): ConfigurationProblem[] {
  return (['queues', 'hours'] as const).flatMap((section) => {
    const kept = new Set(after[section].map(({ id }) => id));
    return before[section].flatMap(({ id }) => {
      const users = kept.has(id) ? undefined : uses[section].get(id);
      return users
        ? [{ path: `${section}/${id}`, found: 'nothing', expected: `to be there: call flows need it (${[...users].join(', ')})` }]
        : [];
    });
  });
}
