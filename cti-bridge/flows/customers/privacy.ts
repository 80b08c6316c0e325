import type { RetentionRule } from '../../../shared/contracts/configuration.ts';
import { days, seconds } from '../../../shared/duration.ts';
import type { CustomerScope, ErasedFiles, LapsedRule } from '../../crm/index.ts';
import { type Clock, ok } from '../../kernel/index.ts';
import type { Asker, CustomerCommands } from '../ports.ts';
import { answered, refusal } from './answer.ts';
import { authorOf, type CustomerParts } from './parts.ts';

type PrivacyStories = Pick<
  CustomerCommands,
  'privacy:erase' | 'privacy:hold' | 'privacy:holds' | 'privacy:lapsed' | 'privacy:delete-lapsed'
>;

/** Few at a time: between two of them, calls write what they have to. */
const lapsedSlice = { people: 3, pauseMs: 20, waitMs: seconds(6) } as const;
const shownOfRule = 50;
/** Readers are in the way for as long as they turn a page. What was not purged in the end is when the bridge starts next. */
const purging = { tries: 240, everyMs: 250, waitMs: seconds(5) } as const;

/** Files with lists of customers that came in and have not been read: nobody knows whom they name. */
export interface UnreadFiles {
  /** Whether one is being read just now. */
  isReading(): boolean;
  /** Takes them away; how many. */
  removeAll(): Promise<number>;
}

/** What the law asks for: erasing somebody, keeping somebody, and deleting those who have been silent for too long. */
export function createPrivacy(parts: CustomerParts, unreadFiles: UnreadFiles): PrivacyStories {
  const { clock, ids, log, store, configuration, scopeOf, isInContact } = parts;
  const { privacy } = store;
  let isDeleting = false;

  return {
    'privacy:erase': (asker, { contactId, confirmName, reason }) => {
      const erasureId = ids.next();
      const erase = async () => {
        if ((await privacy.cardsOf(contactId)).some(isInContact))
          return refusal('conflict', 'This person is in contact with us now. Erase them when it is over.');
        if (unreadFiles.isReading())
          return refusal('conflict', 'A list is being imported that may name this person. Erase them when it is over.');
        const erasure = {
          entryId: erasureId,
          author: authorOf(asker),
          at: clock.now(),
          scope: scopeOf(asker),
          contactId,
          confirmName,
          reason,
        };
        const erased = await privacy.erase(erasure);
        if (!erased.ok) return erased;
        const files = await removeFiles(erased.value);
        const unread = await unreadFiles.removeAll();
        await within(clock, purging.waitMs, purge());
        log.info('privacy:erased', { erasureId });
        const ofFiles = [
          { what: 'file', count: files },
          { what: 'import_file', count: unread },
        ].filter(({ count }) => count > 0);
        return ok({ erasureId, removed: [...erased.value.removed, ...ofFiles] });
      };
      return answered(parts, 'erasing a person', erase());
    },

    'privacy:hold': (asker, { contactId, reason, until }) => {
      const hold = async () => {
        const made = await privacy.hold({
          entryId: ids.next(),
          author: authorOf(asker),
          at: clock.now(),
          scope: scopeOf(asker),
          contactId,
          reason,
          until,
        });
        return made.ok ? ok({}) : made;
      };
      return answered(parts, 'holding a record', hold());
    },

    'privacy:holds': (asker) =>
      answered(
        parts,
        'reading the holds',
        privacy.holds(scopeOf(asker)).then((holds) => ok({ holds: [...holds] })),
      ),

    'privacy:lapsed': (asker) => {
      const look = async () => {
        const [scope, at] = [scopeOf(asker), clock.now()];
        const rules = [];
        for (const rule of configuration().retention) {
          const since = lapsedRule(rule, at);
          const people = await privacy.countLapsed(since, scope, at);
          const first = people === 0 ? [] : await privacy.lapsed(since, scope, at, { after: '', limit: shownOfRule });
          const { id: ruleId, name, silentForDays, stages } = rule;
          rules.push({ ruleId, name, silentForDays, stages, people, first: [...first] });
        }
        return ok({ rules });
      };
      return answered(parts, 'looking for lapsed records', look());
    },

    /** Goes on after the answer when it takes longer than somebody waits. */
    'privacy:delete-lapsed': (asker, { ruleId, expected }) => {
      const remove = async () => {
        const rule = configuration().retention.find(({ id }) => id === ruleId);
        if (!rule) return refusal('not_found', 'There is no such rule of retention.');
        if (isDeleting) return refusal('conflict', 'Lapsed records are being deleted already.');
        const [scope, at] = [scopeOf(asker), clock.now()];
        const since = lapsedRule(rule, at);
        const people = await privacy.countLapsed(since, scope, at);
        if (people !== expected)
          return refusal('conflict', `By now it would be ${people} people, and not the ${expected} that were shown. Look again.`);
        const progress = { deleted: 0, isDone: false };
        await within(clock, lapsedSlice.waitMs, deleteLapsed(asker, { ruleId, since, scope, at }, progress));
        return ok({ ...progress });
      };
      return answered(parts, 'deleting lapsed records', remove());
    },
  };

  async function deleteLapsed(
    asker: Asker,
    {
      ruleId,
      since,
      scope,
      at,
    }: { readonly ruleId: string; readonly since: LapsedRule; readonly scope: CustomerScope; readonly at: number },
    progress: { deleted: number; isDone: boolean },
  ): Promise<void> {
    isDeleting = true;
    try {
      for (let after = ''; ; ) {
        const some = await privacy.lapsed(since, scope, at, { after, limit: lapsedSlice.people });
        const last = some.at(-1);
        if (!last) break;
        after = last.contactId;
        const contactIds: string[] = [];
        for (const { contactId } of some) if (!(await privacy.cardsOf(contactId)).some(isInContact)) contactIds.push(contactId);
        const gone = await privacy.eraseLapsed({ author: authorOf(asker), at, scope, rule: since, contactIds });
        await removeFiles(gone);
        progress.deleted += gone.deleted;
        await pause(clock, lapsedSlice.pauseMs);
      }
      if (progress.deleted > 0) await unreadFiles.removeAll();
      const counts = { deleted: progress.deleted };
      await privacy.audit({ entryId: ids.next(), author: authorOf(asker), at, kind: 'lapsedDeleted', subjectId: ruleId, counts });
      await purge();
      progress.isDone = true;
    } catch (error) {
      log.error('privacy:lapsedFailed', { ruleId, deleted: progress.deleted, error: String(error) });
    } finally {
      isDeleting = false;
    }
  }

  async function removeFiles({
    attachmentIds,
    recordingIds,
    written,
  }: {
    readonly attachmentIds: readonly string[];
    readonly recordingIds: readonly string[];
    readonly written: ErasedFiles;
  }): Promise<number> {
    for (const attachmentId of attachmentIds) await store.attachmentFiles.remove(attachmentId);
    for (const recordingId of recordingIds) await parts.recordingFiles.remove(recordingId);
    for (const arrivalId of written.arrivals) await parts.messageFiles.remove('arrivals', arrivalId);
    for (const fileId of written.files) await parts.messageFiles.remove('files', fileId);
    return attachmentIds.length;
  }

  /** The rows are gone already; this is about the bytes they were written in. */
  async function purge(): Promise<void> {
    for (let tried = 0; tried < purging.tries; tried += 1) {
      if (await privacy.purge()) return;
      await pause(clock, purging.everyMs);
    }
    log.warn('privacy:purgeLeftForTheStart', { tries: purging.tries });
  }
}

const pause = (clock: Clock, ms: number) => new Promise<void>((resolve) => clock.timer(ms, resolve));

/** Waits for the work, but no longer than so; the work goes on. */
async function within(clock: Clock, ms: number, work: Promise<void>): Promise<void> {
  const waited = Promise.withResolvers<void>();
  const limit = clock.timer(ms, waited.resolve);
  await Promise.race([work, waited.promise]);
  limit.cancel();
}

function lapsedRule({ silentForDays, stages }: RetentionRule, at: number): LapsedRule {
  return { silentSince: at - days(silentForDays), stages };
}
