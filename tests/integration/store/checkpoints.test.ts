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
  const isAtWork = () => expect.poll(ownPages, { timeout: 20_000 }).toBe(2 * pages.most);
  let longest = 0;
  const write = async () => {
    await checkpoints.room();
    sqlite.exec('insert into heap select randomblob(800000)');
    checkpoints.measureLog();
    longest = Math.max(longest, statSync(`${file}-wal`).size);
  };
  return { file, sqlite, checkpoints, ownPages, isAtWork, write, longest: () => longest };
}

describe('the log of what is written', () => {
  it('starts over again and again while mass work goes on, without the writer copying a page', async () => {
    const { isAtWork, write, longest } = open('alive');
    await isAtWork();
    for (let at = 0; at < 60; at++) await write();
    expect(longest()).toBeLessThan((pages.most + 2 * 200) * pageBytes);
  });

  it('is in the database a moment after the last write, and the writer had no part in it', async () => {
    const { sqlite, write, isAtWork } = open('alive');
    await isAtWork();
    await write();
    const copied = () => (sqlite.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[])[0];
    expect(copied()?.checkpointed).toBe(0);
    await expect.poll(() => copied()?.checkpointed, { timeout: 20_000 }).toBe(copied()?.log);
  });

  it('waits for a reader that still looks at it as it was, and goes on', async () => {
    const { file, sqlite, checkpoints, isAtWork, write } = open('alive');
    await isAtWork();
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
    const { ownPages, write, longest } = open('failing');
    for (let at = 0; at < 60; at++) await write();
    expect(longest()).toBeLessThan((pages.most + 2 * 200) * pageBytes);
    expect(ownPages()).toBe(pages.byWriter);
  });
});
