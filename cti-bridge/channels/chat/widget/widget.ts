import type { ChatForm, ChatSiteView } from '../../../../shared/contracts/messages/chat-widget.ts';
import { siteColours } from './colours.ts';
import { Conversation, type WidgetClock } from './conversation.ts';
import { h, icon } from './elements.ts';
import type { LeftByVisitor } from './forms.ts';
import { type Kept, keptIn } from './kept.ts';
import { Panel } from './panel.ts';
import { grounds, styles } from './styles.ts';
import type { Surroundings } from './surroundings.ts';
import type { Wire, WireListener } from './wire.ts';
import { words } from './words.ts';

export interface WidgetOptions {
  readonly siteId: string;
  /** `https://bridge/chat/` */
  readonly base: string;
  readonly isLeft: boolean;
  readonly surroundings: Surroundings;
  readonly connect: (url: string, listener: WireListener) => Wire;
  readonly storage: () => Storage;
}

export interface Widget {
  readonly element: HTMLElement;
  /** Takes it off the page, and ends its line. */
  end(): void;
}

const clock: WidgetClock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  timer(delayMs, fire) {
    const handle = setTimeout(fire, delayMs);
    return { cancel: () => clearTimeout(handle) };
  },
};
/** Whether the site is open is asked anew when the panel is opened after so long. */
const siteAgeMs = 60_000;

/** Chosen by chance, also on pages without TLS, where `crypto.randomUUID` is missing. */
const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * The widget on a page: in a shadow tree, so that neither touches the other's looks; nothing is shown until the bridge says that this site has a chat.
 * Rejects when it has none.
 */
export async function startWidget(options: WidgetOptions): Promise<Widget> {
  const { siteId, base, surroundings, isLeft } = options;
  const { locale } = surroundings;
  const said = words[locale];
  const address = `${base}sites/${encodeURIComponent(siteId)}`;
  let site = await readSite(address);
  let readAt = clock.monotonic();

  const kept = keptIn(options.storage, `crosspoint-chat:${siteId}:`);
  const conversation = new Conversation({
    connect: (listener) => options.connect(`${address.replace(/^http/, 'ws')}/socket`, listener),
    clock,
    random: Math.random,
    newId,
    kept,
    locale: () => locale,
    page: () => ({ url: location.href.split('#', 1)[0]?.slice(0, 2_000) ?? null, title: document.title.slice(0, 300) || null }),
    changed: () => update(),
  });

  const host = h('div', { id: 'crosspoint-chat', lang: locale === 'zh' ? 'zh-CN' : 'en' });
  const root = host.attachShadow({ mode: 'open' });
  const badge = h('span', { class: 'badge', 'aria-hidden': 'true' });
  const launcher = h(
    'button',
    {
      type: 'button',
      class: 'launcher',
      'aria-haspopup': 'dialog',
      'aria-expanded': 'false',
      onclick: () => setOpen(panel.element.hidden !== false),
    },
    icon('chat'),
    icon('down'),
    badge,
  );
  const panel = new Panel(site, {
    conversation,
    locale,
    words: said,
    address,
    newId,
    draft: kept.read('draft') ?? '',
    keepDraft: (text) => kept.write('draft', text === '' ? null : text),
    begin: (form: ChatForm) => conversation.begin(form),
    leaveMessage: (message) => leaveMessage(address, locale, kept, message),
    minimise: () => setOpen(false),
  });
  const widget = h('div', { class: isLeft ? 'widget left' : 'widget' }, panel.element, launcher);
  root.append(widget);
  const paint = dress(root);
  const narrow = window.matchMedia?.('(max-width: 480px)');

  function update(): void {
    panel.update();
    if (panel.isReading && document.visibilityState === 'visible') conversation.markRead();
    const { unread } = conversation;
    const isOpen = !panel.element.hidden;
    badge.hidden = unread === 0 || isOpen;
    badge.textContent = unread > 9 ? '9+' : String(unread);
    launcher.setAttribute('aria-label', isOpen ? said.minimise : unread > 0 ? said.openUnread(unread) : said.open);
    launcher.setAttribute('aria-expanded', String(isOpen));
  }

  function setOpen(isOpen: boolean): void {
    if (isOpen === !panel.element.hidden) return;
    panel.element.hidden = !isOpen;
    widget.classList.toggle('open', isOpen);
    // On a phone it covers the page, and so the keyboard stays in it.
    if (isOpen && narrow?.matches) panel.element.setAttribute('aria-modal', 'true');
    else panel.element.removeAttribute('aria-modal');
    if (isOpen) {
      conversation.comeBack();
      void lookAgain();
    }
    update();
    if (isOpen) panel.focus();
    else launcher.focus();
  }

  async function lookAgain(): Promise<void> {
    if (clock.monotonic() - readAt < siteAgeMs) return;
    readAt = clock.monotonic();
    const again = await readSite(address).catch(() => null); // what we know is good enough
    if (!again) return;
    site = again;
    panel.site = again;
  }

  function dressUp(): void {
    const theme = surroundings.theme();
    host.dataset.theme = theme;
    paint(siteColours(site.colour, grounds[theme]));
  }

  widget.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !panel.element.hidden && !event.isComposing) {
      event.stopPropagation();
      setOpen(false);
    }
    if (event.key === 'Tab' && panel.element.hasAttribute('aria-modal')) keepWithin(panel.element, root, event);
  });
  // The page's own keys are not meant while somebody writes here.
  for (const kind of ['keydown', 'keyup', 'keypress'] as const)
    panel.element.addEventListener(kind, (event) => event.key !== 'Escape' && event.key !== 'Tab' && event.stopPropagation());
  const ended = new AbortController();
  const { signal } = ended;
  const seenAgain = () => {
    if (document.visibilityState !== 'visible') return;
    conversation.comeBack();
    update();
  };
  document.addEventListener('visibilitychange', seenAgain, { signal });
  window.addEventListener('online', () => conversation.comeBack(), { signal });
  window.addEventListener('offline', () => conversation.goneOffline(), { signal });
  window.addEventListener('storage', ({ key }) => key === `crosspoint-chat:${siteId}:token` && conversation.tokenChanged(), { signal });
  // A page that comes back out of the browser's memory has slept, and its line with it.
  window.addEventListener('pageshow', ({ persisted }) => persisted && conversation.comeBack(), { signal });
  surroundings.onThemeChanged(dressUp, signal);

  dressUp();
  update();
  document.body.append(host);
  conversation.resume();
  return {
    element: host,
    end() {
      ended.abort();
      conversation.end();
      host.remove();
    },
  };
}

async function readSite(address: string): Promise<ChatSiteView> {
  const answer = await fetch(address, { credentials: 'omit', signal: AbortSignal.timeout(15_000) });
  if (!answer.ok) throw new Error(`no chat here: ${answer.status}`);
  return (await answer.json()) as ChatSiteView;
}

/** The id is kept until it was taken, so that what is sent again is the same message. */
async function leaveMessage(address: string, locale: 'en' | 'zh', kept: Kept, message: LeftByVisitor): Promise<boolean> {
  const clientId = kept.read('left') ?? newId();
  kept.write('left', clientId);
  try {
    const answer = await fetch(`${address}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ clientId, locale, ...message }),
      credentials: 'omit',
      signal: AbortSignal.timeout(20_000),
    });
    if (answer.ok) kept.write('left', null);
    return answer.ok;
  } catch {
    return false; // no network: they may try again
  }
}

/** Style sheets that are made, not written into the page: no policy of a page forbids them. The answer sets the site's colours. */
function dress(root: ShadowRoot): (colours: Readonly<Record<string, string>>) => void {
  const [own, colours] = [new CSSStyleSheet(), new CSSStyleSheet()];
  own.replaceSync(styles);
  root.adoptedStyleSheets = [own, colours];
  return (values) =>
    colours.replaceSync(
      `:host{${Object.entries(values)
        .map(([name, value]) => `${name}:${value}`)
        .join(';')}}`,
    );
}

function keepWithin(panel: HTMLElement, root: ShadowRoot, event: KeyboardEvent): void {
  const all = [...panel.querySelectorAll<HTMLElement>('button,input,textarea,a[href],[tabindex="0"]')].filter(
    (element) => !element.hasAttribute('disabled') && element.tabIndex >= 0 && element.getClientRects().length > 0,
  );
  const [first, last] = [all[0], all.at(-1)];
  const now = root.activeElement;
  if (event.shiftKey && (now === first || now === panel)) {
    event.preventDefault();
    last?.focus();
  } else if (!event.shiftKey && now === last) {
    event.preventDefault();
    first?.focus();
  }
}
