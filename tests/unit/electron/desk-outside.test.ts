import { describe, expect, test } from 'vitest';
import { DeskOutside } from '../../../electron/desk-outside.ts';
import type { DesktopSettings } from '../../../shared/contracts/desktop-api.ts';
import { outsideState, outsideWords } from './outside-state.ts';

function outside(settings: Partial<DesktopSettings> = {}, hasTray = true) {
  const did: string[] = [];
  const listeners = new Map<string, (...args: unknown[]) => void>();
  const is = { inFront: false };
  let answer = 0;
  const on = (name: string, listener: (...args: unknown[]) => void) => void listeners.set(name, listener);
  const browserWindow = {
    on,
    isDestroyed: () => false,
    getBounds: () => ({ x: 0, y: 0, width: 1, height: 1 }),
    webContents: {
      on,
      isDestroyed: () => false,
      send: (channel: string, content: unknown) => void did.push(`${channel} ${JSON.stringify(content)}`),
    },
  };
  const desktop: DesktopSettings = { bridgeUrl: '', theme: 'light', language: 'en', ...settings };
  const made = new DeskOutside({
    window: {
      browserWindow: browserWindow as never,
      get isInFront() {
        return is.inFront;
      },
      focus: () => void did.push('window focus'),
      putAway: () => void did.push('window away'),
    },
    strip: {
      browserWindow: {} as never,
      show: () => void did.push('strip shown'),
      hide: () => void did.push('strip hidden'),
      tell: (state) => void did.push(`strip ${state?.name ?? 'nobody'}`),
      ring: ({ deviceId, volume }) => void did.push(`ring on ${deviceId} at ${volume}`),
    },
    ringer: { isRinging: true, silence: () => void did.push('silence') },
    settings: { desktop },
    openMenu: (items) => void did.push(`menu ${items.map(({ label }) => label).join()}`),
    ask: async ({ message }) => {
      did.push(`asked ${message}`);
      return answer;
    },
    startAtLogin: (isWanted) => void did.push(`at log-in ${isWanted}`),
    quit: () => void did.push('quit'),
    offersGone: () => void did.push('offers gone'),
    report: () => undefined,
  });
  made.use(
    { isThere: hasTray, show: (state) => void did.push(`tray ${state?.name ?? 'nobody'}`) },
    { use: ({ mute }) => void did.push(`keys ${mute}`), listen: (isOn) => void did.push(`keys ${isOn ? 'on' : 'off'}`) },
  );
  did.length = 0;
  const press = (button: number) => {
    answer = button;
  };
  return { made, did, is, press, fire: (name: string, ...args: unknown[]) => listeners.get(name)?.(...args) };
}

const talking = outsideState({ tone: 'talking', name: 'On a call', hasCall: true });

describe('the desk outside its window', () => {
  test('shows the same everywhere, and has keys only while there is a call', () => {
    const { made, did } = outside();
    made.show(talking, outsideWords);
    expect(did).toEqual(['strip On a call', 'tray On a call', 'keys on', 'strip shown']);
    did.length = 0;
    made.show(outsideState({}), outsideWords);
    expect(did).toContain('keys off');
  });

  test('has the strip while the window is not in front', () => {
    const { made, did, is, fire } = outside();
    made.show(talking, outsideWords);
    is.inFront = true;
    fire('focus');
    expect(did.at(-1)).toBe('strip hidden');
    is.inFront = false;
    fire('blur');
    expect(did.at(-1)).toBe('strip shown');
  });

  test('has no strip where it was switched off', () => {
    const { made, did } = outside({ stripShown: false });
    made.show(talking, outsideWords);
    expect(did).not.toContain('strip shown');
  });

  test('hands what is pressed to the page and does nothing of it itself', () => {
    const { made, did } = outside();
    made.wish({ kind: 'action', action: 'call.end' }, 'hotKey');
    expect(did).toEqual(['desktop:outside:wish {"wish":{"kind":"action","action":"call.end"},"by":"hotKey"}']);
  });

  test('brings the window to the front when it is asked for, and for dialling, which is done there', () => {
    const { made, did } = outside();
    made.wish({ kind: 'action', action: 'window.show' }, 'strip');
    expect(did).toEqual(['window focus']);
    made.wish({ kind: 'action', action: 'app.palette' }, 'strip');
    expect(did.slice(1)).toEqual(['window focus', expect.stringContaining('app.palette')]);
  });

  test("opens the agent's states as a menu, and nothing when nobody is signed in", () => {
    const { made, did } = outside();
    made.openMenu();
    expect(did).toEqual([]);
    made.show(talking, outsideWords);
    made.openMenu();
    expect(did.at(-1)).toBe('menu Available,Break');
  });

  test('is nobody any more when its page dies or loads anew: no sound, no keys, no strip', () => {
    for (const happen of [['render-process-gone'], ['did-start-navigation', { isMainFrame: true, isSameDocument: false }]] as const) {
      const { made, did, fire } = outside();
      made.show(talking, outsideWords);
      did.length = 0;
      fire(happen[0], ...happen.slice(1));
      expect(did).toEqual(['silence', 'offers gone', 'strip nobody', 'tray nobody', 'keys off', 'strip hidden']);
    }
  });

  test('stays when only a part of its page goes elsewhere', () => {
    const { made, did, fire } = outside();
    made.show(talking, outsideWords);
    did.length = 0;
    fire('did-start-navigation', { isMainFrame: false, isSameDocument: false });
    fire('did-start-navigation', { isMainFrame: true, isSameDocument: true });
    expect(did).toEqual([]);
  });

  test('rings on the device that was chosen, as loud as was chosen for it', () => {
    const { made, did } = outside();
    expect(made.ring).toEqual({ isRinging: true, deviceId: '', volume: 1 });
    made.ringThrough({ deviceId: 'd-1', volume: 0.4 });
    expect(did).toEqual(['ring on d-1 at 0.4']);
    expect(made.ring).toEqual({ isRinging: true, deviceId: 'd-1', volume: 0.4 });
  });

  test('follows what is chosen on this computer', () => {
    const { made, did } = outside();
    made.settingsChanged({
      bridgeUrl: '',
      theme: 'light',
      language: 'en',
      startAtLogin: true,
      hotKeys: { answer: '', mute: 'Alt+M', end: '' },
    });
    expect(did).toEqual(['keys Alt+M', 'at log-in true', 'strip hidden']);
  });
});

describe('leaving', () => {
  test('puts the window away in a call, and the call goes on', () => {
    const { made, did } = outside();
    made.show(talking, outsideWords);
    expect(made.holdsOpen()).toBe(true);
    expect(did.at(-1)).toBe('window away');
  });

  test('asks before the program ends in a call, once at a time', async () => {
    const { made, did, press } = outside();
    made.show(talking, outsideWords);
    press(0);
    expect([made.holdsUp(), made.holdsUp()]).toEqual([true, true]);
    await Promise.resolve();
    expect(did.filter((each) => each.startsWith('asked'))).toEqual([`asked ${outsideWords.quitInCall}`]);
    expect(did).not.toContain('quit');
  });

  test('ends when that is the answer, and the window then closes', async () => {
    const { made, did, press } = outside({}, false);
    made.show(talking, outsideWords);
    press(1);
    expect(made.holdsOpen()).toBe(true);
    await expect.poll(() => did.at(-1)).toBe('quit');
    expect([made.holdsUp(), made.holdsOpen()]).toEqual([false, false]);
  });

  test('asks nobody when the computer goes down', () => {
    const { made } = outside();
    made.show(talking, outsideWords);
    made.letGo();
    expect([made.holdsUp(), made.holdsOpen()]).toEqual([false, false]);
  });
});
