import { expect, test } from 'vitest';
import { sendPowerSignals } from '../../../electron/system/index.ts';
import { boundsOnScreen, MainWindow } from '../../../electron/windows/index.ts';

const laptop = { x: 0, y: 25, width: 1440, height: 875 };
const beside = { x: 1440, y: 0, width: 1920, height: 1080 };

test.each([
  ['is kept where it was', { x: 100, y: 100, width: 1200, height: 800 }, [laptop], true],
  ['is kept on the second screen', { x: 1500, y: 50, width: 1200, height: 800 }, [laptop, beside], true],
  ['is brought back from a screen that is gone', { x: 1500, y: 50, width: 1200, height: 800 }, [laptop], false],
  ['is brought back when only its edge is left', { x: 1400, y: 100, width: 1200, height: 800 }, [laptop], false],
  ['is brought back when its title is above the screen', { x: 100, y: -400, width: 1200, height: 800 }, [laptop], false],
])('a window %s', (_, saved, screens, isKept) => {
  expect(boundsOnScreen(saved, screens)).toEqual(isKept ? saved : null);
});

function open(bounds = { x: 10, y: 30, width: 1200, height: 800 }) {
  const listeners = new Map<string, (...args: unknown[]) => void>();
  const did: unknown[] = [];
  let options: Record<string, unknown> = {};
  class FakeWindow {
    readonly webContents = {
      on: (name: string, listener: (...args: unknown[]) => void) => listeners.set(name, listener),
      reload: () => did.push('reload'),
    };
    constructor(given: Record<string, unknown>) {
      options = given;
    }
    once(name: string, listener: () => void) {
      listeners.set(name, listener);
    }
    on(name: string, listener: () => void) {
      listeners.set(name, listener);
    }
    show() {
      did.push('show');
    }
    getNormalBounds() {
      return bounds;
    }
  }
  const settings = {
    machine: { desktop: { bridgeUrl: '', theme: 'system', language: 'system' }, windowBounds: bounds, localBridge: null } as const,
    rememberBounds: (now: unknown) => void did.push(now),
  };
  new MainWindow(
    { BrowserWindow: FakeWindow as never, screen: { getAllDisplays: () => [{ workArea: laptop }] } as never },
    {
      preload: '/app/preload.cjs',
      settings,
      report: () => {},
    },
  );
  return { did, options, fire: (name: string, ...args: unknown[]) => listeners.get(name)?.({}, ...args) };
}

test('the window opens hidden at its old place and is shown when its page is ready', () => {
  const { did, options, fire } = open();
  expect(options).toMatchObject({ show: false, x: 10, y: 30, width: 1200, height: 800 });
  expect(did).toEqual([]);
  fire('ready-to-show');
  expect(did).toEqual(['show']);
});

test('the window remembers its place when it is closed', () => {
  const { did, fire } = open();
  fire('close');
  expect(did).toEqual([{ x: 10, y: 30, width: 1200, height: 800 }]);
});

test('a page whose process died is loaded again, five times in a minute and no more', () => {
  const { did, fire } = open();
  fire('render-process-gone', { reason: 'clean-exit' });
  expect(did).toEqual([]);
  for (let i = 0; i < 7; i++) fire('render-process-gone', { reason: 'crashed' });
  expect(did).toEqual(Array(5).fill('reload'));
});

test('the page is told of sleep and waking, unless it is gone', () => {
  const listeners = new Map<string, () => void>();
  const sent: string[] = [];
  let isDestroyed = false;
  sendPowerSignals(
    { on: ((name: string, listener: () => void) => void listeners.set(name, listener)) as never },
    { isDestroyed: () => isDestroyed, send: (channel) => void sent.push(channel) },
  );
  listeners.get('suspend')?.();
  listeners.get('resume')?.();
  isDestroyed = true;
  listeners.get('resume')?.();
  expect(sent).toEqual(['desktop:power:suspending', 'desktop:power:resumed']);
});
