import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createRecordingFiles, removeUnknownRecordings } from '../../../cti-bridge/store/recording-files.ts';
import { readTimelineOf } from '../../../cti-bridge/store/repositories/contact/timeline.ts';
import { privacyWrites } from '../../../cti-bridge/store/repositories/privacy/privacy-writes.ts';
import { recordingReads } from '../../../cti-bridge/store/repositories/recording-reads.ts';
import { recordingWrites } from '../../../cti-bridge/store/repositories/recording-writes.ts';
import { type AgentId, asId, type InteractionId } from '../../../shared/ids.ts';
import { type DatabaseUnderTest, databases } from '../../support/each-database.ts';

const everybody = { units: null };
const agentId = asId<AgentId>('agent-1');

describe.each(databases)('recordings, on $name', ({ open }) => {
  let database: DatabaseUnderTest;
  beforeAll(async () => {
    database = await open();
    for (const [contact_id, org_unit_id] of [
      ['west', 'west'],
      ['gone', null],
    ] as const) {
      const consent = { allows_recording: 1, allows_sms_offers: 0, allows_email_offers: 0 };
      const row = {
        contact_id,
        head_id: contact_id,
        name: contact_id,
        name_key: contact_id,
        locale: 'en',
        tier: 'standard',
        created_at: 1,
      };
      await database.db
        .insertInto('person')
        .values({ ...row, ...consent, org_unit_id })
        .execute();
    }
    for (const [interaction_id, contact_id] of [
      ['of-west', 'west'],
      ['of-nobody', null],
      ['of-gone', 'gone'],
    ] as const) {
      await database.db.insertInto('interaction').values({ interaction_id, contact_id, dialled: '1000', received_at: 5 }).execute();
    }
  }, 60_000);
  afterAll(() => database.close());

  const begin = (recordingId: string, interactionId: string) =>
    recordingWrites.beginRecording(database.db, { recordingId, interactionId: asId<InteractionId>(interactionId), agentId, startedAt: 5 });

  it('are open until they end, also when they were begun twice, and remember that they were paused', async () => {
    await begin('r-open', 'of-west');
    await begin('r-open', 'of-west');
    await recordingWrites.setRecordingPaused(database.db, 'r-open', true, 2_000);
    expect(await recordingReads.readOpenRecordings(database.reads)).toEqual([
      { recordingId: 'r-open', interactionId: 'of-west', agentId, startedAt: 5, durationMs: null, isPaused: true },
    ]);
    await recordingWrites.endRecording(database.db, 'r-open', 9_000);
    expect(await recordingReads.readOpenRecordings(database.reads)).toEqual([]);
    expect(await recordingReads.findRecording(database.reads, 'r-open', everybody)).toMatchObject({
      recording: { durationMs: 9_000, isPaused: false },
    });
  });

  it('say whether their customer is one of those somebody sees', async () => {
    await begin('r-west', 'of-west');
    await begin('r-nobody', 'of-nobody');
    const customer = async (recordingId: string, units: string[] | null) =>
      (await recordingReads.findRecording(database.reads, recordingId, { units }))?.customer;
    expect(await customer('r-west', ['west'])).toBe('seen');
    expect(await customer('r-west', null)).toBe('seen');
    expect(await customer('r-west', ['east'])).toBe('unseen');
    expect(await customer('r-nobody', ['west'])).toBe('unknown');
    expect(await customer("r-west' or '1'='1", null)).toBeUndefined();
  });

  it('stand on the line of their call in the timeline', async () => {
    await database.db
      .insertInto('timeline_entry')
      .values({ entry_id: 'line', contact_id: 'gone', at: 7, kind: 'call', title: 'A call', interaction_id: 'of-gone' })
      .execute();
    await begin('r-gone', 'of-gone');
    for (const [isPaused, atMs] of [
      [true, 1_000],
      [true, 1_500],
      [false, 4_000],
      [false, 5_000],
      [true, 50_000],
    ] as const)
      await recordingWrites.setRecordingPaused(database.db, 'r-gone', isPaused, atMs);
    await recordingWrites.endRecording(database.db, 'r-gone', 60_000);
    const { items } = await readTimelineOf(database.reads, ['gone'], null, 10, 'all');
    const pauses = [
      { fromMs: 1_000, toMs: 4_000 },
      { fromMs: 50_000, toMs: 60_000 },
    ];
    expect(items[0]?.recordings).toEqual([{ recordingId: 'r-gone', startedAt: 5, durationMs: 60_000, pauses }]);
  });

  it('go with the person they are of, and say which sound is to be removed', async () => {
    const author = { userId: 'adam', name: 'Adam', source: 'screen' };
    const erasure = { entryId: 'e', author, at: 10, scope: everybody, contactId: 'gone', confirmName: 'gone', reason: 'asked' };
    const erased = await database.db.transaction().execute((db) => privacyWrites.erase(db, erasure));
    expect(erased).toMatchObject({ ok: true, value: { recordingIds: ['r-gone'] } });
    expect(await recordingReads.findRecording(database.reads, 'r-gone', everybody)).toBeNull();
  });
});

describe('the sound of recordings', () => {
  async function folder(): Promise<string> {
    const made = await mkdtemp(join(tmpdir(), 'crosspoint-sound-'));
    onTestFinished(() => rm(made, { recursive: true }));
    return made;
  }

  it('is read in part, measured and removed by its id, and by nothing that is none', async () => {
    const data = await folder();
    const files = createRecordingFiles(data);
    expect(await files.open('r-1')).toBeNull();
    await writeFile(join(data, 'secret.wav'), 'x');
    await mkdir(files.folder);
    await writeFile(join(files.folder, 'r-1.wav'), Buffer.alloc(58 + 16_000, 7));
    const found = await files.open('r-1');
    const parts: Uint8Array[] = [];
    for await (const part of found?.read(10, 19) ?? []) parts.push(part);
    expect([found?.bytes, Buffer.concat(parts).length, await files.durationMs('r-1')]).toEqual([16_058, 10, 1_000]);
    for (const id of ['../secret', '..', '', 'r-1.wav', 'r/1', 'r\0']) expect(await files.open(id)).toBeNull();
    await files.remove('../secret');
    expect(await readdir(data)).toContain('secret.wav');
    await files.remove('r-1');
    expect(await files.open('r-1')).toBeNull();
  });

  it('that nobody knows of is taken away at the start', async () => {
    const data = await folder();
    const files = createRecordingFiles(data);
    await mkdir(files.folder);
    for (const name of ['known.wav', 'unknown.wav', 'note.txt']) await writeFile(join(files.folder, name), 'x');
    expect(await removeUnknownRecordings(data, async () => ['known'])).toBe(1);
    expect((await readdir(files.folder)).toSorted()).toEqual(['known.wav', 'note.txt']);
  });
});
