import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { DocumentFolders } from '../../../cti-bridge/channels/document/index.ts';
import type { RawArrival } from '../../../cti-bridge/interactions/index.ts';
import { type Log, silentLog, VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import type { DocumentSourceConfiguration } from '../../../shared/contracts/messages/settings.ts';

interface Kept extends Omit<RawArrival, 'content'> {
  readonly text: string;
}

/** What a store of documents keeps, by source and key, as the real one does. */
class KeptDocuments {
  readonly all: Kept[] = [];
  /** Happens while the bytes are taken. */
  during: () => void = () => {};
  isAway = false;

  async keep({ content, ...arrival }: RawArrival): Promise<'kept' | 'known' | 'tooLarge'> {
    if (this.isAway) throw new Error('disk full');
    if (this.all.some(({ sourceId, onceKey }) => sourceId === arrival.sourceId && onceKey === arrival.onceKey)) return 'known';
    this.during();
    let text = '';
    for await (const chunk of content) text += Buffer.from(chunk).toString();
    this.all.push({ ...arrival, text });
    return 'kept';
  }

  get names(): readonly (string | null)[] {
    return this.all.map(({ envelope }) => envelope.fileName);
  }
}

function house() {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-documents-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const store = new KeptDocuments();
  const said: { event: string; fields: unknown }[] = [];
  const note = (event: string, fields: unknown = {}) => said.push({ event, fields });
  const log: Log = { ...silentLog, info: note, warn: note, error: note, child: () => log };
  const open = (source: Partial<DocumentSourceConfiguration> = {}) => {
    const clock = new VirtualClock();
    const folders = new DocumentFolders({ arrivals: store, clock, log, maxBytes: 1_000 });
    onTestFinished(() => folders.stop());
    folders.configure([{ id: 'letters', name: { en: 'Letters', zh: '信函' }, kind: 'letter', queue: 'mail', folder, ...source }]);
    const until = (isSo: () => boolean) =>
      vi.waitUntil(
        async () => {
          await clock.advance(2_000);
          return isSo();
        },
        { timeout: 20_000, interval: 5 },
      );
    return { folders, clock, until };
  };
  const list = (below = '.') => (existsSync(join(folder, below)) ? readdirSync(join(folder, below)).toSorted() : []);
  const lay = (name: string, text: string) => writeFileSync(join(folder, name), text);
  return { folder, store, said, open, list, lay };
}

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');

describe('a folder into which documents are laid', () => {
  it('gives a document that no longer grows to the store, under its digest and name, and moves it after it is stored', async () => {
    const { store, open, list, lay } = house();
    lay('Kündigung 张伟.pdf', 'we cancel');
    store.during = () => expect(list('taken')).toEqual([]);
    const { folders, until } = open();
    await until(() => list('taken').length === 1);
    expect(list()).toEqual(['taken']);
    expect(list('taken')).toEqual(['Kündigung 张伟.pdf']);
    expect(store.all).toEqual([
      expect.objectContaining({
        channel: 'document',
        sourceId: 'letters',
        onceKey: digestOf('we cancel'),
        envelope: { from: null, to: [], fileName: 'Kündigung 张伟.pdf' },
        text: 'we cancel',
      }),
    ]);
    expect(folders.states()).toEqual([expect.objectContaining({ sourceId: 'letters', state: 'up', why: null })]);
  });

  it('waits for one that still grows, also when it grows while it is taken', async () => {
    const { folder, store, open, list, lay, said } = house();
    lay('slow.tif', 'one ');
    let grew = 0;
    store.during = () => {
      if (grew++ === 0) appendFileSync(join(folder, 'slow.tif'), 'two');
    };
    const { until } = open();
    await until(() => list('taken').length === 1 && said.length > 0);
    expect(store.all).toEqual([expect.objectContaining({ text: 'one two', onceKey: digestOf('one two') })]);
    expect(said.map(({ event }) => event)).toEqual(['document:taken']);
  });

  it('takes nothing twice: stopped between storing and moving, the next start knows the document and moves it', async () => {
    const { folder, store, open, list, lay } = house();
    lay('letter.pdf', 'once');
    const first = open();
    await first.until(() => list('taken').length === 1);
    await first.folders.stop();
    // As it lay before it was moved.
    rmSync(join(folder, 'taken', 'letter.pdf'));
    lay('letter.pdf', 'once');
    const second = open();
    await second.until(() => list('taken').length === 1);
    expect(store.all).toHaveLength(1);
    expect(list()).toEqual(['taken']);
  });

  it('keeps two of one name apart', async () => {
    const { store, open, list, lay } = house();
    const { until } = open();
    lay('scan.tif', 'first');
    await until(() => list('taken').length === 1);
    lay('scan.tif', 'second');
    await until(() => list('taken').length === 2);
    expect(store.all.map(({ text }) => text)).toEqual(['first', 'second']);
    expect(list('taken')[0]).toMatch(/^\d{4}-.* scan\.tif$/);
  });

  it('leaves what is too large, hidden, half written, a link, a folder, a pipe or empty, and says so once, without names', async () => {
    const { folder, store, open, list, lay, said } = house();
    lay('large.tif', 'x'.repeat(1_001));
    lay('.hidden.tif', 'x');
    lay('~lock.tif', 'x');
    lay('scan.tif.part', 'x');
    lay('empty.tif', '');
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'sub', 'inside.tif'), 'x');
    writeFileSync(join(folder, '.elsewhere'), 'secret');
    symlinkSync(join(folder, '.elsewhere'), join(folder, 'link.tif'));
    execFileSync('mkfifo', [join(folder, 'pipe.tif')]);
    const before = [...list(), 'taken'].toSorted();
    const { until } = open();
    lay('good.tif', 'good');
    await until(() => store.all.length === 1 && existsSync(join(folder, 'taken', 'good.tif')));
    lay('good 2.tif', 'good too');
    await until(() => list('taken').length === 2);
    expect(list()).toEqual(before);
    expect(store.names).toEqual(['good.tif', 'good 2.tif']);
    const left = said.filter(({ event }) => event === 'document:left');
    expect(left.map(({ fields }) => (fields as { why: string }).why).toSorted()).toEqual(['link', 'notAFile', 'notAFile', 'tooLarge']);
    expect(JSON.stringify(said)).not.toMatch(/tif/);
  });

  it('keeps what the store does not take at the moment, says that it is down, and takes it when the store is back', async () => {
    const { store, open, list, lay } = house();
    store.isAway = true;
    lay('letter.pdf', 'patience');
    const { folders, until } = open();
    await until(() => folders.states()[0]?.state === 'down');
    expect(folders.states()[0]?.why).toMatch(/store/);
    expect(list()).toEqual(['letter.pdf', 'taken']);
    store.isAway = false;
    await until(() => list('taken').length === 1 && folders.states()[0]?.state === 'up');
    expect(store.names).toEqual(['letter.pdf']);
  });

  it('tells in plain words of a place that is no folder, and looks again', async () => {
    const { folder, store, open } = house();
    const place = join(folder, 'place');
    writeFileSync(place, 'a file');
    const { folders, until } = open({ folder: place });
    await until(() => folders.states()[0]?.state === 'down');
    expect(folders.states()[0]?.why).toBe('What stands at this place is no folder.');
    rmSync(place);
    mkdirSync(place);
    writeFileSync(join(place, 'letter.pdf'), 'here');
    await until(() => store.all.length === 1);
    await until(() => folders.states()[0]?.state === 'up');
  });

  it('is left alone when it is configured away, and a source without a folder is not watched', async () => {
    const { folder, store, open, lay } = house();
    const { folders, clock } = open();
    await vi.waitUntil(() => folders.states()[0]?.state === 'up', { timeout: 5_000, interval: 5 });
    folders.configure([{ id: 'uploads', name: { en: 'Uploads', zh: '上传' }, kind: 'form', queue: 'mail', folder: null }]);
    expect(folders.states()).toEqual([]);
    await folders.stop();
    lay('late.pdf', 'late');
    for (let look = 0; look < 5; look++) await clock.advance(2_000);
    expect(store.all).toEqual([]);
    expect(existsSync(join(folder, 'late.pdf'))).toBe(true);
  });
});
