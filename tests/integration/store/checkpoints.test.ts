import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { databaseFile, openForWriting } from '../../../cti-bridge/store/database.ts';
import { Checkpoints } from '../../../cti-bridge/store/workers/checkpoints.ts';
import { temporaryFolder } from './store-under-test.ts';

const pages = { most: 400, byWriter: 100 };
const pageBytes = 4_096 + 24;

/** A writer, and mass work that writes some two hundred pages at a time. */
function open(thread: 'alive' | 'failing') {
  const file = join(temporaryFolder(), databaseFile);
  const { sqlite } = openForWriting(file);
  sqlite.pragma('synchronous = NORMAL');
  sqlite.exec('create table heap (stuff blob not null)');
  const checkpoints = new Checkpoints(sqlite, thread === 'alive' ? file : `${file}.gone`, pages);
  onTestFinished(async () => {
    await checkpoints.stop();
    sqlite.close();
  });
  const ownPages = () => sqlite.pragma('wal_autocheckpoint', { simple: true });
  let longest = 0;
  const write = async () => {
    await checkpoints.room();
    sqlite.exec('insert into heap select randomblob(800000)');
    checkpoints.measureLog();
    longest = Math.max(longest, statSync(`${file}-wal`).size);
  };
  return { file, sqlite, checkpoints, ownPages, write, longest: () => longest };
}

describe('the log of what is written', () => {
  it('starts over again and again while mass work goes on, without the writer copying a page', async () => {
    const { checkpoints, ownPages, write, longest } = open('alive');
    checkpoints.begin();
    await expect.poll(ownPages, { timeout: 20_000 }).toBe(0);
    for (let at = 0; at < 60; at++) await write();
    expect(longest()).toBeLessThan((pages.most + 2 * 200) * pageBytes);
    await checkpoints.end();
  });

  it('is in the database when mass work has ended, and the writer is as it was', async () => {
    const { sqlite, checkpoints, ownPages, write } = open('alive');
    const before = ownPages();
    checkpoints.begin();
    await expect.poll(ownPages, { timeout: 20_000 }).toBe(0);
    await write();
    await checkpoints.end();
    expect(ownPages()).toBe(before);
    const [{ log, checkpointed } = { log: -1, checkpointed: -2 }] = sqlite.pragma('wal_checkpoint(NOOP)') as {
      log: number;
      checkpointed: number;
    }[];
    expect(checkpointed).toBe(log);
  });

  it('waits for a reader that still looks at it as it was, and goes on', async () => {
    const { file, sqlite, checkpoints, ownPages, write } = open('alive');
    checkpoints.begin();
    await expect.poll(ownPages, { timeout: 20_000 }).toBe(0);
    const reader = openForWriting(file).sqlite;
    await write();
    reader.exec('begin');
    reader.prepare('select count(*) from heap').get();
    await write();
    await write();
    let isThrough = false;
    const waiting = checkpoints.room().then(() => (isThrough = true));
    // A pass of the thread has come and gone.
    await expect.poll(() => (sqlite.pragma('wal_checkpoint(NOOP)') as { checkpointed: number }[])[0]?.checkpointed).toBeGreaterThan(100);
    expect(isThrough).toBe(false);
    reader.close();
    await waiting;
  });

  it('is brought into the database by the writer when the thread is not there', async () => {
    const { checkpoints, ownPages, write, longest } = open('failing');
    checkpoints.begin();
    for (let at = 0; at < 60; at++) await write();
    expect(longest()).toBeLessThan((pages.most + 2 * 200) * pageBytes);
    expect(ownPages()).toBe(pages.byWriter);
  });
});
