/** What is shown of a control while the pointer rests on it or the keyboard has come to it. */
export interface Tip {
  readonly control: Element;
  readonly words: string;
  /** As `aria-keyshortcuts` has them: `Control+Enter`. */
  readonly keys: readonly string[];
  /** More than the name: why it is switched off, or what its figures say in full. */
  readonly note: string | null;
  readonly by: 'pointer' | 'keyboard';
}

/** Long enough not to meet a pointer that passes by; after one tip the next comes at once. */
const opensAfterMs = 500;
/** On the way from the control to its tip; and for how long after a tip the next one still comes at once. */
const leavesAfterMs = 300;

/** What has a name or a key to tell. A place to write would be covered by what it tells. */
const controls = '[data-tip], :is(button, a, summary)[aria-keyshortcuts]:not([role^="menuitem"])';
const movesFocus = /^(Tab|Arrow\w+|Home|End)$/;

/**
 * Says which tip is to be shown, of every control of the document: one listener for all, so that a control in a list of hundreds costs an
 * attribute. Shown when the pointer has rested on it or when Tab or an arrow has brought the keyboard to it, also where it is switched off;
 * not when the screen moves the keyboard by itself. Esc takes it away and does nothing else (WCAG 2.2, 1.4.13).
 * `shown` is asked for the tip on the screen, as soon as there is one. Returns what ends it.
 */
export function watchTips(page: Document, show: (tip: Tip | null) => void, shown: () => Element | null): () => void {
  const owner = page.defaultView ?? window;
  const ending = new AbortController();
  const on = <Name extends keyof DocumentEventMap>(name: Name, heard: (event: DocumentEventMap[Name]) => void) =>
    owner.addEventListener(name, heard as EventListener, { capture: true, signal: ending.signal });
  let tip: Tip | null = null;
  let opening: ReturnType<typeof setTimeout> | undefined;
  let leaving: ReturnType<typeof setTimeout> | undefined;
  /** What the pointer or the keyboard is on, shown or about to be. */
  let wanted: Element | null = null;
  /** Pressed: its tip has been read. */
  let pressed: Element | null = null;
  let closedAt = Number.NEGATIVE_INFINITY;
  let pointer = { x: -1, y: -1 };
  let isMovedByKey = false;

  const set = (next: Tip | null) => {
    clearTimeout(leaving);
    leaving = undefined;
    if (tip && !next) closedAt = owner.performance.now();
    tip = next;
    changes.disconnect();
    if (next) changes.observe(page.documentElement, { childList: true, subtree: true, attributeFilter: ['data-tip', 'aria-label'] });
    show(next);
  };
  const close = () => {
    clearTimeout(opening);
    wanted = null;
    if (tip) set(null);
  };
  const open = (control: Element, by: Tip['by'], isOnItsWay = false) => {
    if (control === wanted || control === pressed) return;
    clearTimeout(opening);
    wanted = control;
    const isNext = !isOnItsWay && (tip !== null || owner.performance.now() - closedAt < leavesAfterMs);
    opening = setTimeout(() => wanted === control && control.isConnected && set(readTip(control, by)), isNext ? 0 : opensAfterMs);
  };
  /** The control has changed its words, or has gone. */
  const changes = new MutationObserver(() => {
    if (!tip) return;
    if (!tip.control.isConnected) return close();
    const now = readTip(tip.control, tip.by);
    if (!now || now.words !== tip.words || now.note !== tip.note) set(now);
  });

  const leave = () => {
    clearTimeout(leaving);
    leaving = setTimeout(close, leavesAfterMs);
  };

  on('pointermove', (event) => {
    if (event.pointerType === 'touch' || (event.clientX === pointer.x && event.clientY === pointer.y)) return;
    pointer = { x: event.clientX, y: event.clientY };
    const at = event.target instanceof Element ? event.target : null;
    const control = at?.closest(controls) ?? null;
    if (control !== pressed) pressed = null;
    const isOnTip = at !== null && shown()?.contains(at) === true;
    if (tip?.by === 'pointer' && (isOnTip || control === tip.control)) {
      clearTimeout(leaving);
      clearTimeout(opening);
      leaving = undefined;
      wanted = tip.control;
      return;
    }
    const isOnItsWay = tip?.by === 'pointer' && isBetween(pointer, tip.control, shown());
    if (tip?.by === 'pointer' && (isOnItsWay || leaving === undefined)) leave();
    if (control) open(control, 'pointer', isOnItsWay);
    else if (tip?.by !== 'keyboard') {
      clearTimeout(opening);
      wanted = tip?.control ?? null;
    }
  });
  on('pointerdown', ({ target }) => {
    close();
    closedAt = Number.NEGATIVE_INFINITY;
    pressed = target instanceof Element ? target.closest(controls) : null;
  });
  on('keydown', (event) => {
    isMovedByKey = movesFocus.test(event.key);
    if (event.key === 'Escape' && tip && !event.isComposing) {
      pressed = tip.control;
      close();
      event.stopImmediatePropagation();
      event.preventDefault();
    } else if (event.key === 'Enter' || event.key === ' ') close();
  });
  on('focusin', ({ target }) => {
    const control = target instanceof Element ? target.closest(controls) : null;
    if (control !== pressed) pressed = null;
    if (control && isMovedByKey) open(control, 'keyboard');
  });
  on('focusout', () => {
    if (tip?.by !== 'pointer') close();
  });
  owner.addEventListener('blur', close, { signal: ending.signal });

  return () => {
    ending.abort();
    clearTimeout(opening);
    clearTimeout(leaving);
    changes.disconnect();
  };
}

/** Null where there is nothing to tell. */
function readTip(control: Element, by: Tip['by']): Tip | null {
  const words = control.getAttribute('data-tip') || control.getAttribute('aria-label') || visibleText(control);
  const keys = control.getAttribute('aria-keyshortcuts')?.split(' ') ?? [];
  const note = control.getAttribute('data-tip-note') || null;
  return words === '' && keys.length === 0 ? null : { control, words, keys, note, by };
}

/** What is read of it aloud. */
function visibleText(control: Element): string {
  const copy = control.cloneNode(true) as Element;
  for (const hidden of copy.querySelectorAll('[aria-hidden="true"]')) hidden.remove();
  return (copy.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
}

function isBetween({ x, y }: { readonly x: number; readonly y: number }, control: Element, shown: Element | null): boolean {
  if (!shown) return false;
  const [a, b] = [control.getBoundingClientRect(), shown.getBoundingClientRect()];
  const isWithin = (value: number, ...ends: readonly number[]) => value >= Math.min(...ends) && value <= Math.max(...ends);
  return isWithin(x, a.left, a.right, b.left, b.right) && isWithin(y, a.top, a.bottom, b.top, b.bottom);
}
