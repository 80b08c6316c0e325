import { describe, expect, it } from 'vitest';
import type { CustomerStore, PrivacyRepository } from '../../../../cti-bridge/crm/index.ts';
import type { CustomerParts } from '../../../../cti-bridge/flows/customers/index.ts';
import { createPrivacy } from '../../../../cti-bridge/flows/customers/privacy.ts';
import type { Asker } from '../../../../cti-bridge/flows/ports.ts';
import { countingIds, ok, silentLog, VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import { days, seconds } from '../../../../shared/duration.ts';
import { asId } from '../../../../shared/ids.ts';
import { smallConfiguration } from '../../organisation/configurations.ts';

const asker: Asker = { userId: asId('adam'), name: 'Adam', agentId: null, may: () => true };

/** A store of so many lapsed people. `isBusy`: readers are in the way of the purge. */
function house(people: number, isBusy = () => false) {
  const clock = new VirtualClock();
  const log: string[] = [];
  let left = Array.from({ length: people }, (_, index) => `p-${String(index).padStart(3, '0')}`);
  const inContact = new Set<string>();
  const privacy: Partial<PrivacyRepository> = {
    cardsOf: async (contactId) => [contactId, `${contactId}-other-card`],
    countLapsed: async ({ silentSince }) => {
      log.push(`count since ${(clock.now() - silentSince) / days(1)} days`);
      return left.length;
    },
    lapsed: async (_rule, _scope, _at, { after, limit }) =>
      left
        .filter((contactId) => contactId > after)
        .slice(0, limit)
        .map((contactId) => ({ contactId, name: contactId, lastContactAt: null })),
    eraseLapsed: async ({ contactIds }) => {
      log.push(`erase ${contactIds.length}`);
      left = left.filter((each) => !contactIds.includes(each));
      return { deleted: contactIds.length, attachmentIds: contactIds.slice(0, 1), recordingIds: [], written: { arrivals: [], files: [] } };
    },
    erase: async ({ contactId }) => {
      left = left.filter((each) => each !== contactId);
      return ok({
        removed: [{ what: 'person', count: 1 }],
        attachmentIds: ['file-1', 'file-2'],
        recordingIds: ['recording-1'],
        written: { arrivals: ['arrival-1'], files: ['written-1'] },
      });
    },
    purge: async () => {
      log.push('purge');
      return !isBusy();
    },
    audit: async ({ kind, counts }) => void log.push(`audit ${kind} ${JSON.stringify(counts)}`),
  };
  const files: string[] = [];
  const attachmentFiles = { remove: async (attachmentId: string) => void files.push(attachmentId) };
  const lists = { isReading: () => lists.areRead, areRead: false, waiting: 0, removeAll: async () => lists.waiting };
  const stories = createPrivacy(
    {
      clock,
      ids: countingIds(),
      log: silentLog,
      recordingFiles: attachmentFiles,
      messageFiles: { remove: (kind: string, id: string) => attachmentFiles.remove(`${kind}/${id}`) },
      store: { privacy, attachmentFiles } as unknown as CustomerStore,
      configuration: smallConfiguration,
      scopeOf: () => ({ units: null }),
      hasInHand: () => false,
      isNowWith: async () => false,
      refreshPops: async () => {},
      isInContact: (contactId: string) => inContact.has(contactId),
      ...{ workChanged: () => {}, promiseKept: () => {} },
    } as unknown as CustomerParts,
    lists,
  );
  return { clock, log, files, lists, inContact, stories, left: () => left };
}

describe('deleting lapsed records', () => {
  const request = { ruleId: 'silent', expected: 45 };

  it('takes them a few at a time, and purges and tells the audit once', async () => {
    const { stories, clock, log, files, left } = house(45);
    const answer = stories['privacy:delete-lapsed'](asker, request);
    await clock.run(seconds(1));
    expect(await answer).toEqual(ok({ deleted: 45, isDone: true }));
    expect(log).toEqual(['count since 1095 days', ...Array(15).fill('erase 3'), 'audit lapsedDeleted {"deleted":45}', 'purge']);
    expect([left(), files.length]).toEqual([[], 15]);
  });

  it('deletes nobody when it would be others than were shown', async () => {
    const { stories, left } = house(44);
    expect(await stories['privacy:delete-lapsed'](asker, request)).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(left()).toHaveLength(44);
    expect(await stories['privacy:delete-lapsed'](asker, { ...request, ruleId: 'none' })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
  });

  it('leaves whoever is in contact with us now', async () => {
    const { stories, clock, inContact, left } = house(45);
    inContact.add('p-003-other-card');
    const answer = stories['privacy:delete-lapsed'](asker, request);
    await clock.run(seconds(1));
    expect(await answer).toEqual(ok({ deleted: 44, isDone: true }));
    expect(left()).toEqual(['p-003']);
  });

  it('says how far it came when it takes longer than somebody waits, goes on, and is not begun twice', async () => {
    const { stories, clock, left } = house(45, () => true);
    const answer = stories['privacy:delete-lapsed'](asker, request);
    await clock.run(seconds(7));
    expect(await answer).toEqual(ok({ deleted: 45, isDone: false }));
    expect(left()).toEqual([]);
    expect(await stories['privacy:delete-lapsed'](asker, request)).toMatchObject({ ok: false, error: { code: 'conflict' } });
    await clock.run(seconds(60));
    expect(await stories['privacy:delete-lapsed'](asker, request)).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('0 people') },
    });
  });
});

describe('erasing a person', () => {
  const request = { contactId: 'p-000', confirmName: 'p-000', reason: 'asked' };

  it('takes the files with the rows, and purges until no reader is in the way', async () => {
    let tried = 0;
    const { stories, clock, files, log } = house(1, () => ++tried < 3);
    const answer = stories['privacy:erase'](asker, request);
    await clock.run(seconds(1));
    expect(await answer).toMatchObject({
      ok: true,
      value: {
        removed: [
          { what: 'person', count: 1 },
          { what: 'file', count: 2 },
        ],
      },
    });
    expect([files, log]).toEqual([
      ['file-1', 'file-2', 'recording-1', 'arrivals/arrival-1', 'files/written-1'],
      ['purge', 'purge', 'purge'],
    ]);
  });

  it('takes the lists away that wait to be imported, and says how many', async () => {
    const { stories, clock, lists } = house(1);
    lists.waiting = 2;
    const answer = stories['privacy:erase'](asker, request);
    await clock.run(seconds(1));
    expect(await answer).toMatchObject({ ok: true, value: { removed: expect.arrayContaining([{ what: 'import_file', count: 2 }]) } });
  });

  it('waits for the list that is being imported: it may name them', async () => {
    const { stories, lists, left } = house(1);
    lists.areRead = true;
    expect(await stories['privacy:erase'](asker, request)).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(left()).toHaveLength(1);
  });

  it('is refused while they are in contact with us, on whichever card', async () => {
    const { stories, inContact, left } = house(1);
    inContact.add('p-000-other-card');
    expect(await stories['privacy:erase'](asker, request)).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(left()).toEqual(['p-000']);
  });
});
