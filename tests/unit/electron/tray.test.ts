import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { DeskTray, type StateSign, stateIcon, taskBadge, trayMenu, trayTip } from '../../../electron/system/index.ts';
import { outsideState, outsideWords } from './outside-state.ts';

function tray(isThere = true) {
  const did: string[] = [];
  const clicks: (() => void)[] = [];
  class FakeTray {
    constructor() {
      if (!isThere) throw new Error('no place for it');
    }
    on(_: string, clicked: () => void) {
      clicks.push(clicked);
    }
    setImage = () => void did.push('image');
    setToolTip = (tip: string) => void did.push(tip);
    setContextMenu = () => void did.push('menu');
    destroy = () => void did.push('destroy');
  }
  const means = {
    wish: (wish: unknown) => void did.push(JSON.stringify(wish)),
    show: () => void did.push('show'),
    quit: () => void did.push('quit'),
  };
  const electron = {
    Tray: FakeTray,
    Menu: { buildFromTemplate: (items: unknown) => items },
    nativeImage: { createEmpty: () => ({ addRepresentation: () => undefined }) },
  };
  const made = new DeskTray(electron as never, means, (event) => void did.push(event));
  return { made, did, clicks, means };
}

describe('the menu of the tray', () => {
  test('has the window and the end before anybody is signed in', () => {
    const { means } = tray();
    expect(trayMenu(null, null, means).map(({ label, type }) => label ?? type)).toEqual(['Crosspoint', 'separator', 'Quit']);
    expect(trayMenu(null, outsideWords, means).map(({ label, type }) => label ?? type)).toEqual(['Open Crosspoint', 'separator', 'Quit']);
  });

  test('has the states to choose from, mute and the end', () => {
    const { means, did } = tray();
    did.length = 0;
    const items = trayMenu(outsideState({ hasCall: true, isMuted: true }), outsideWords, means);
    expect(items.map(({ label, type, checked, enabled }) => [label ?? type, checked, enabled])).toEqual([
      ['Open Crosspoint', undefined, undefined],
      ['separator', undefined, undefined],
      ['Available', true, false],
      ['Break', false, true],
      ['separator', undefined, undefined],
      ['Mute', true, true],
      ['separator', undefined, undefined],
      ['Quit', undefined, undefined],
    ]);
    for (const at of [0, 3, 5, 7]) (items[at]?.click as (() => void) | undefined)?.();
    expect(did).toEqual(['show', '{"kind":"notReady","reason":"break"}', '{"kind":"action","action":"call.mute"}', 'quit']);
  });
});

test('the tip says the state, and in a call who it is with: on one line, with an end', () => {
  expect(trayTip(null)).toBe('Crosspoint');
  expect(trayTip(outsideState({}))).toBe('Crosspoint · Available');
  const name = `Eve\r\n\r\n${'x'.repeat(180)}`;
  const tip = trayTip(outsideState({ name: 'On a call', hasCall: true, title: name }));
  expect(tip).toMatch(/^Crosspoint · On a call · Eve x+$/);
  expect(tip).toHaveLength(120);
});

describe('the tray', () => {
  test('is not made anew under the pointer while nothing of it changes', () => {
    const { made, did } = tray();
    made.show(outsideState({}), outsideWords);
    did.length = 0;
    made.show(outsideState({ clock: { at: 5, runs: 'up' } }), outsideWords);
    expect(did).toEqual([]);
    made.show(outsideState({ tone: 'waiting', name: 'Ringing' }), outsideWords);
    expect(did).toEqual(['image', 'Crosspoint · Ringing', 'menu']);
  });

  test('shows the window when it is clicked', () => {
    const { clicks, did } = tray();
    clicks[0]?.();
    expect(did.at(-1)).toBe('show');
  });

  test('is missed without harm on a computer that has no place for it', () => {
    const { made, did } = tray(false);
    made.show(outsideState({}), outsideWords);
    made.close();
    expect(made.isThere).toBe(false);
    expect(did).toEqual(['tray:none']);
  });
});

describe('the sign of a state', () => {
  const all: StateSign[] = ['ready', 'waiting', 'talking', 'finishing', 'away', 'broken', 'signedOut'];
  const read = async (sign: StateSign, size = 16) => sharp(stateIcon(sign, size)).raw().toBuffer({ resolveWithObject: true });

  test('is a picture with transparent corners, at either size', async () => {
    for (const size of [16, 32]) {
      const { data, info } = await read('ready', size);
      expect([info.width, info.height, info.channels, data[3]]).toEqual([size, size, 4, 0]);
      const middle = (size * (size / 2) + size / 2) * 4;
      expect([...data.subarray(middle, middle + 4)]).toEqual([0x15, 0x7a, 0x45, 255]);
    }
  });

  test('differs by its shape, not by its colour alone', async () => {
    // In grey, and only where something is: what is left is the shape.
    const shapes = await Promise.all(
      all.map(async (sign) => {
        const { data } = await read(sign, 32);
        const pixels = Array.from({ length: data.length / 4 }, (_, at) => data.subarray(at * 4, at * 4 + 4));
        return pixels.map(([red = 0, green = 0, blue = 0, seen = 0]) => (seen < 128 ? ' ' : red + green + blue > 700 ? 'o' : '#')).join('');
      }),
    );
    expect(new Set(shapes).size).toBe(all.length);
  });
});

test.each([
  ['darwin', ['count 2', 'count 0']],
  ['linux', ['count 2', 'count 0']],
  ['win32', ['picture, 2', 'nothing, ']],
] as const)('how many wait stands on the sign in the task bar of %s', (platform, shown) => {
  const did: string[] = [];
  const badge = taskBadge(
    platform,
    { setBadgeCount: (count) => did.push(`count ${count}`) > 0 },
    { isDestroyed: () => false, setOverlayIcon: (picture, words) => void did.push(`${picture ? 'picture' : 'nothing'}, ${words}`) },
    { nativeImage: { createFromBuffer: (bytes: Buffer) => ({ bytes }) } } as never,
  );
  badge.setBadgeCount(2);
  badge.setBadgeCount(0);
  expect(did).toEqual(shown);
});
