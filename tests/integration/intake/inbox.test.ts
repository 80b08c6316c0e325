import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Inbox } from '../../../cti-bridge/intake/index.ts';
import { silentLog, VirtualClock } from '../../../cti-bridge/kernel/index.ts';

/** A folder that is looked into whenever the test says so. */
async function open(
  take: (resources: readonly unknown[]) => Promise<readonly { outcome: string; id: string | null }[]>,
  before = () => {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-inbox-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(folder, { recursive: true });
  const clock = new VirtualClock();
  const taken: unknown[] = [];
  const inbox = new Inbox({
    ...{ folder, clock, log: silentLog },
    take: async (resources) => {
      taken.push(...resources);
      return take(resources);
    },
  });
  before();
  return {
    folder,
    inbox,
    taken,
    clock,
    list: () =>
      readdirSync(folder)
        .filter((name) => name !== 'reports')
        .toSorted(),
  };
}
const takeAll = async (resources: readonly unknown[]) => resources.map((_, at) => ({ outcome: 'created', id: `id-${at}` }));

async function look({ clock }: Awaited<ReturnType<typeof open>>, isSo: () => boolean) {
  await vi.waitUntil(
    async () => {
      await clock.advance(2_000);
      return isSo();
    },
    { timeout: 20_000, interval: 10 },
  );
}

const reportOf = (folder: string) =>
  readdirSync(join(folder, 'reports')).flatMap((name) =>
    readFileSync(join(folder, 'reports', name), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>),
  );

describe('the folder for production data', () => {
  it('takes a file that has kept its size, removes it, and reports row numbers and ids alone', async () => {
    const house = await open(async (resources) =>
      resources.map((_, at) => (at === 1 ? { outcome: 'refused', id: null } : { outcome: 'created', id: 'b-1' })),
    );
    writeFileSync(join(house.folder, 'bills.json'), '[{"@type":"CustomerBill","billNo":"B1"},{"@type":"CustomerBill","name":"王小明"}]');
    writeFileSync(join(house.folder, 'usage.json.part'), '[{');
    writeFileSync(join(house.folder, 'readme.txt'), 'hello');
    await house.inbox.start();
    onTestFinished(() => house.inbox.stop());
    await look(house, () => !house.list().some((name) => name.startsWith('bills')));
    expect(house.taken).toEqual([
      { '@type': 'CustomerBill', billNo: 'B1' },
      { '@type': 'CustomerBill', name: '王小明' },
    ]);
    expect(house.list()).toEqual(['readme.txt', 'usage.json.part']);
    expect(reportOf(house.folder)).toEqual([
      { row: 1, outcome: 'created', id: 'b-1' },
      { row: 2, outcome: 'refused', id: null },
      { file: 'bills.json', read: 2, created: 1, refused: 1 },
    ]);
  });

  it('takes a table whose columns name the places of a resource', async () => {
    const house = await open(takeAll);
    writeFileSync(join(house.folder, 'usage.csv'), '@type;externalId;usageCharacteristic.0.value\nUsage;U1;5\nUsage;"U2"x;6\nUsage;U3;7\n');
    await house.inbox.start();
    onTestFinished(() => house.inbox.stop());
    await look(house, () => house.list().length === 0);
    expect(house.taken).toMatchObject([{ externalId: 'U1', usageCharacteristic: [{ value: 5 }] }, { externalId: 'U3' }]);
    expect(reportOf(house.folder).at(-1)).toMatchObject({ read: 3, created: 2, unreadable: 1 });
  });

  it('keeps a file that cannot be read, for whoever put it there', async () => {
    const house = await open(takeAll);
    writeFileSync(join(house.folder, 'cut.json'), '[{"a":1},');
    await house.inbox.start();
    onTestFinished(() => house.inbox.stop());
    await look(house, () => house.list()[0] === 'cut.json.refused');
    expect(reportOf(house.folder).at(-1)).toEqual({ file: 'cut.json', failure: 'damaged' });
  });

  it('takes again what was being taken when the bridge stopped, and what the store could not take', async () => {
    let isAway = true;
    const house = await open(async (resources) => {
      if (isAway) throw new Error('The disk is full.');
      return takeAll(resources);
    });
    writeFileSync(join(house.folder, 'bills.json.taking'), '[{"a":1}]');
    await house.inbox.start();
    onTestFinished(() => house.inbox.stop());
    expect(house.list()).toEqual(['bills.json']);
    await look(house, () => house.taken.length > 0 && house.list()[0] === 'bills.json');
    isAway = false;
    await look(house, () => house.list().length === 0);
    expect(house.taken.length).toBeGreaterThan(1);
  });
});
