import {
  type DesktopApi,
  type DesktopSettings,
  desktopSettingsSchema,
  type MainAnswer,
  type MainCalls,
  type MainRequest,
} from '../../shared/contracts/desktop-api.ts';

const settingsKey = 'crosspoint.settings';

/**
 * `window.desktop` in a plain browser: settings in local storage, an offer as the page's title (which also marks the tab) and, where the
 * agent allowed it, a notification. The page's own address is the bridge.
 */
export function browserDesktop(page: Window): DesktopApi {
  const plainTitle = page.document.title;
  let shownOffer: string | null = null;
  let notification: Notification | null = null;

  const read = (): DesktopSettings => {
    const fallback: DesktopSettings = { bridgeUrl: page.location.origin, theme: 'system', language: 'system' };
    try {
      const parsed = desktopSettingsSchema.safeParse({ ...fallback, ...JSON.parse(page.localStorage.getItem(settingsKey) ?? '{}') });
      return parsed.success ? { ...parsed.data, bridgeUrl: fallback.bridgeUrl } : fallback;
    } catch {
      // Blocked storage or damaged text: the defaults are always right.
      return fallback;
    }
  };

  const clear = () => {
    page.document.title = plainTitle;
    notification?.close();
    notification = null;
    shownOffer = null;
  };

  const calls: { [Name in keyof MainCalls]: (request: MainRequest<Name>) => MainAnswer<Name> } = {
    'settings:read': read,
    'settings:write': (change) => {
      const before = read();
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const settings = { ...before, ...given, bridgeUrl: before.bridgeUrl };
      const { bridgeUrl: _, ...kept } = settings;
      page.localStorage.setItem(settingsKey, JSON.stringify(kept));
      return settings;
    },
    'offer:shown': ({ reservationId, title, body }) => {
      shownOffer = reservationId;
      page.document.title = `● ${title}`;
      if (page.document.visibilityState === 'hidden' && 'Notification' in page && Notification.permission === 'granted') {
        notification = new Notification(title, { body, tag: reservationId, silent: true });
      }
      return {};
    },
    'file:download': ({ path }) => {
      const link = page.document.createElement('a');
      link.href = new URL(path, page.location.origin).href;
      link.download = '';
      link.click();
      return {};
    },
    'offer:gone': ({ reservationId }) => {
      if (shownOffer === reservationId) clear();
      return {};
    },
    // The page rings by itself, is shown nowhere else, and no other program opens links with it.
    'ring:through': () => ({}),
    'ring:stop': () => ({}),
    'outside:show': () => ({}),
    'link:take': () => ({ number: null }),
    // A browser has no key store; its own key lies in the profile (`text-key.ts`), and a log-in outlives no window.
    'secret:read': () => ({ value: null }),
    'secret:write': () => ({ isKept: false }),
    'secret:forget': () => ({}),
    'settings:fixed': () => ({ names: [] }),
    // The bridge serves the page: a new version comes with the next load.
    'update:read': () => ({ kind: 'off' }),
    'update:work': () => ({}),
    'update:install': () => ({ kind: 'off' }),
    'report:write': ({ event, facts }) => {
      // biome-ignore lint/suspicious/noConsole: the one place where a page in a browser can leave a line for whoever looks after it.
      console.warn(event, facts);
      return {};
    },
  };

  return {
    kind: 'browser',
    call: async (name, request) => calls[name](request),
    // A browser says nothing of the computer's sleep; the page notices it by its lost connection.
    on: () => () => undefined,
  };
}
