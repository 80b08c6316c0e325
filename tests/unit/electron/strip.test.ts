import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { secureWebPreferences } from '../../../electron/security/index.ts';
import { CallStrip, closingMeans, isStripShown, stripBounds, stripOptions, stripSize, withPlace } from '../../../electron/windows/index.ts';
import { outsideState } from './outside-state.ts';

const laptop = { id: 1, workArea: { x: 0, y: 25, width: 1440, height: 875 } };
const beside = { id: 2, workArea: { x: 1440, y: -200, width: 1920, height: 1080 } };

describe('the place of the strip', () => {
  test('is the middle of the upper edge until it is put elsewhere', () => {
    expect(stripBounds({}, laptop)).toEqual({ x: 460, y: 37, ...stripSize });
  });

  test('is remembered for each screen by itself', () => {
    const places = withPlace(withPlace({}, laptop, { x: 100, y: 125 }), beside, { x: 1500, y: 700 });
    expect(stripBounds(places, laptop)).toMatchObject({ x: 100, y: 125 });
    expect(stripBounds(places, beside)).toMatchObject({ x: 1500, y: 700 });
  });

  test('goes with its screen when that is arranged elsewhere', () => {
    const places = withPlace({}, beside, { x: 1500, y: 700 });
    expect(stripBounds(places, { id: 2, workArea: { ...beside.workArea, x: -1920, y: 0 } })).toMatchObject({ x: -1860, y: 900 });
  });

  test('is whole on the screen, wherever it was', () => {
    const place = fc.record({ x: fc.integer(), y: fc.integer() });
    fc.assert(
      fc.property(place, ({ x, y }) => {
        const { workArea } = laptop;
        const bounds = stripBounds({ 1: { x, y } }, laptop);
        expect(bounds.x).toBeGreaterThanOrEqual(workArea.x);
        expect(bounds.y).toBeGreaterThanOrEqual(workArea.y);
        expect(bounds.x + bounds.width).toBeLessThanOrEqual(workArea.x + workArea.width);
        expect(bounds.y + bounds.height).toBeLessThanOrEqual(workArea.y + workArea.height);
      }),
      { seed: 10 },
    );
  });

  test('is not remembered for ever more screens', () => {
    let places = {};
    for (let id = 1; id <= 40; id += 1) places = withPlace(places, { id, workArea: laptop.workArea }, { x: 10, y: 35 });
    expect(Object.keys(places)).toHaveLength(8);
  });
});

function strip() {
  const did: string[] = [];
  const listeners = new Map<string, (...args: unknown[]) => void>();
  const is = { visible: false, destroyed: false, crashed: false };
  let bounds = { x: 0, y: 0, ...stripSize };
  let options: Record<string, unknown> = {};
  // Everything by which a window could take the keyboard is here, so that a use of it would be seen.
  class FakeWindow {
    readonly webContents = {
      on: (name: string, listener: (...args: unknown[]) => void) => void listeners.set(name, listener),
      reload: () => void did.push('reload'),
      isCrashed: () => is.crashed,
      send: (channel: string) => void did.push(`send ${channel}`),
      focus: () => void did.push('FOCUS'),
    };
    constructor(given: Record<string, unknown>) {
      options = given;
    }
    on(name: string, listener: () => void) {
      listeners.set(name, listener);
    }
    isDestroyed = () => is.destroyed;
    isVisible = () => is.visible;
    getBounds = () => bounds;
    setBounds(given: typeof bounds) {
      bounds = given;
    }
    setAlwaysOnTop(isOn: boolean, level: string) {
      did.push(`on top ${isOn} ${level}`);
    }
    setVisibleOnAllWorkspaces(isOn: boolean, { visibleOnFullScreen }: { visibleOnFullScreen: boolean }) {
      did.push(`everywhere ${isOn} ${visibleOnFullScreen}`);
    }
    showInactive() {
      is.visible = true;
      did.push('showInactive');
    }
    hide() {
      is.visible = false;
    }
    show = () => void did.push('FOCUS');
    focus = () => void did.push('FOCUS');
    moveTop = () => void did.push('FOCUS');
    setFocusable = () => void did.push('FOCUS');
  }
  const settings = {
    machine: {
      desktop: { bridgeUrl: '', theme: 'system', language: 'system' },
      windowBounds: null,
      localBridge: null,
      stripPlaces: { 2: { x: 10, y: 20 } } as Record<string, { x: number; y: number }>,
    } as const,
    rememberStripPlace: (places: unknown) => void did.push(`remember ${JSON.stringify(places)}`),
  };
  const displays = [laptop, beside];
  const screen = {
    getPrimaryDisplay: () => laptop,
    getDisplayMatching: ({ x }: { x: number }) => displays.find(({ workArea }) => x >= workArea.x && x < workArea.x + workArea.width),
  };
  const made = new CallStrip(
    { BrowserWindow: FakeWindow as never, screen: screen as never },
    { preload: '/app/preload.cjs', settings, report: () => undefined, platform: 'linux' },
  );
  const fire = (name: string, ...args: unknown[]) => listeners.get(name)?.({}, ...args);
  return { made, did, is, fire, options, bounds: () => bounds };
}

describe('the strip', () => {
  test('is made hidden, secure, and unable to have the keyboard', () => {
    const { options } = strip();
    expect(options).toMatchObject({ show: false, focusable: false, frame: false, skipTaskbar: true, alwaysOnTop: true, ...stripSize });
    expect(options.webPreferences).toEqual(secureWebPreferences('/app/preload.cjs'));
  });

  test('is a panel on macOS, which alone floats over the full screen of others', () => {
    const bounds = { x: 0, y: 0, ...stripSize };
    expect(stripOptions('', bounds, 'darwin')).toMatchObject({ type: 'panel' });
    expect(stripOptions('', bounds, 'win32')).not.toHaveProperty('type');
  });

  test('lies above everything, full screens of other programs too', () => {
    expect(strip().did).toEqual(['on top true screen-saver', 'everywhere true true']);
  });

  test('is shown where it was on the screen of the window, and never takes the focus, whatever it is told', () => {
    const { made, did, bounds } = strip();
    const tones = ['ready', 'waiting', 'talking', 'finishing', 'away', 'broken'] as const;
    for (const at of [laptop, beside]) {
      for (const tone of tones) {
        made.tell(outsideState({ tone }));
        made.show({ ...at.workArea });
        made.show({ ...at.workArea });
        made.hide();
      }
    }
    expect(bounds()).toMatchObject({ x: 1450, y: -180 });
    expect(did.filter((each) => each === 'showInactive')).toHaveLength(12);
    expect(did).not.toContain('FOCUS');
  });

  test('remembers where it was put', () => {
    const { made, did, fire } = strip();
    made.show(beside.workArea);
    fire('moved');
    expect(did.at(-1)).toBe('remember {"2":{"x":10,"y":20}}');
  });

  test('comes back when its page dies, and is told nothing meanwhile', () => {
    const { made, did, fire, is } = strip();
    is.crashed = true;
    fire('render-process-gone', { reason: 'crashed' });
    expect(did.at(-1)).toBe('reload');
    expect(made.isAlive).toBe(false);
    made.tell(null);
    expect(did.at(-1)).toBe('reload');
    is.crashed = false;
    made.tell(null);
    expect(did.at(-1)).toBe('send desktop:strip:changed');
  });

  test('makes no sound while it hangs', () => {
    const { made, fire } = strip();
    fire('unresponsive');
    expect(made.isAlive).toBe(false);
    fire('responsive');
    expect(made.isAlive).toBe(true);
  });
});

test.each([
  [true, true, false, true],
  [true, true, true, false],
  [true, false, false, false],
  [false, true, false, false],
])(
  'the strip stands in for the window: wanted %s, signed in %s, window in front %s: %s',
  (isWanted, isSignedIn, isWindowInFront, shown) => {
    expect(isStripShown({ isWanted, isSignedIn, isWindowInFront })).toBe(shown);
  },
);

describe('closing the window', () => {
  const facts = { isQuitting: false, isSignedIn: true, hasCall: false, closesToTray: true, hasTray: true };
  test.each([
    ['puts it away while somebody is signed in', {}, 'putAway'],
    ['puts it away in a call, which goes on', { hasCall: true }, 'putAway'],
    ['ends the program when nobody is signed in', { isSignedIn: false }, 'end'],
    ['ends the program where it could not be found again', { hasTray: false }, 'end'],
    ['asks first where it would end a call', { hasTray: false, hasCall: true }, 'ask'],
    ['asks first where it would end a call by what was chosen', { closesToTray: false, hasCall: true }, 'ask'],
    ['does as was said when the program is to end', { isQuitting: true, hasCall: true }, 'end'],
  ] as const)('%s', (_, change, means) => {
    expect(closingMeans({ ...facts, ...change })).toBe(means);
  });
});
