import type { Page } from 'playwright-core';

/**
 * Puts the keyboard on one of each kind of control of the screen, as Tab would, and tells those on which that is not seen: nothing changes, the
 * mark stands out less than 3:1 from what it is drawn on, or more than one side of it is cut off (WCAG 2.4.7, 2.4.13). In a browser,
 * because only there styles are laid over each other. `known` are the kinds looked at before; those of this screen are added.
 * `controls` is how many there are.
 */
export async function unseenFocus(
  page: Page,
  known: Set<string>,
): Promise<{ readonly controls: number; readonly unseen: readonly string[] }> {
  const { controls, kinds, unseen } = await page.evaluate(lookAtFocus, [...known]);
  for (const kind of kinds) known.add(kind);
  return { controls, unseen };
}

/** Runs in the page, where nothing from outside of it is known. */
function lookAtFocus(known: readonly string[]): {
  readonly controls: number;
  readonly kinds: readonly string[];
  readonly unseen: readonly string[];
} {
  type Color = readonly [number, number, number, number];
  interface Look {
    readonly outline: string;
    readonly outlineColor: string;
    readonly outlineOffset: number;
    readonly outlineWidth: number;
    readonly shadow: string;
    readonly border: string;
    readonly background: string;
  }
  interface Mark {
    readonly color: string;
    /** Drawn over what is around it, and so far outside; 0 where it is drawn over itself. */
    readonly reach: number;
  }

  const colorOf = (text: string): Color => {
    const [red = 0, green = 0, blue = 0, alpha = 1] = (text.match(/[\d.]+/g) ?? []).map(Number);
    return [red, green, blue, text === 'transparent' ? 0 : alpha];
  };
  const over = ([red, green, blue, alpha]: Color, below: Color): Color => [
    red * alpha + below[0] * (1 - alpha),
    green * alpha + below[1] * (1 - alpha),
    blue * alpha + below[2] * (1 - alpha),
    1,
  ];
  const groundOf = (element: Element | null): Color => {
    if (!element) return [255, 255, 255, 1];
    const own = colorOf(getComputedStyle(element).backgroundColor);
    return own[3] === 1 ? own : over(own, groundOf(element.parentElement));
  };
  const light = ([red, green, blue]: Color) => {
    const linear = (part: number) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  };
  const contrast = (one: Color, other: Color) => {
    const [dark = 0, bright = 0] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };

  const layers = ['', '::before', '::after'] as const;
  const lookOf = (element: Element): readonly Look[] =>
    layers.map((layer) => {
      const style = getComputedStyle(element, layer || null);
      const isThere = layer === '' || (style.content !== 'none' && style.content !== 'normal');
      return {
        outline: isThere ? `${style.outlineStyle} ${style.outlineWidth} ${style.outlineColor}` : '',
        outlineColor: style.outlineColor,
        outlineOffset: Number.parseFloat(style.outlineOffset),
        outlineWidth: style.outlineStyle === 'none' ? 0 : Number.parseFloat(style.outlineWidth),
        shadow: isThere ? style.boxShadow : '',
        border: isThere ? `${style.borderTopColor} ${style.borderTopWidth}` : '',
        background: isThere ? style.backgroundColor : '',
      };
    });
  const marksOf = (before: Look, after: Look): readonly Mark[] => {
    const marks: Mark[] = [];
    const reach = after.outlineOffset + after.outlineWidth;
    if (after.outline !== before.outline && after.outlineWidth >= 1.5) marks.push({ color: after.outlineColor, reach: Math.max(0, reach) });
    if (after.shadow !== before.shadow && after.shadow !== 'none')
      marks.push({ color: /rgba?\([^)]*\)/.exec(after.shadow)?.[0] ?? '', reach: after.shadow.includes('inset') ? 0 : 2 });
    if (after.border !== before.border) marks.push({ color: after.border, reach: 0 });
    if (after.background !== before.background) marks.push({ color: after.background, reach: 0 });
    return marks;
  };
  /** How many sides of it nobody sees, because what it lies in is cut off there. */
  const sidesCut = (element: Element, reach: number): number => {
    const box = element.getBoundingClientRect();
    const cut = new Set<string>();
    for (let around = element.parentElement; around; around = around.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(around);
      const place = around.getBoundingClientRect();
      const [left, top] = [place.left + around.clientLeft, place.top + around.clientTop];
      const [right, bottom] = [left + around.clientWidth, top + around.clientHeight];
      if (overflowX !== 'visible' && box.left - reach < left - 0.6) cut.add('left');
      if (overflowX !== 'visible' && box.right + reach > right + 0.6) cut.add('right');
      if (overflowY !== 'visible' && box.top - reach < top - 0.6) cut.add('top');
      if (overflowY !== 'visible' && box.bottom + reach > bottom + 0.6) cut.add('bottom');
    }
    return cut.size;
  };

  const seen = new Set(known);
  const unseen: string[] = [];
  let controls = 0;
  const focusable =
    'a[href], button, input:not([type=hidden], [tabindex="-1"]), select, textarea, [contenteditable=true], [tabindex="0"], :is(main, aside, section)[tabindex]';
  // Where a dialog turns the keyboard round, and what the gallery shows as if it had it.
  const leftOut = ':disabled, [data-base-ui-focus-guard], .as-focus';
  for (const element of document.querySelectorAll<HTMLElement>(focusable)) {
    if (element.matches(leftOut) || !element.checkVisibility({ visibilityProperty: true })) continue;
    controls += 1;
    const kind = [
      element.tagName.toLowerCase(),
      element.getAttribute('type') ?? '',
      [...element.classList].filter((name) => !/^is-/.test(name)).join('.'),
      element.parentElement?.classList[0] ?? '',
      groundOf(element.parentElement).map(Math.round).join(),
    ].join(' ');
    if (seen.has(kind)) continue;
    (document.activeElement as HTMLElement | null)?.blur();
    const near = [element, element.parentElement, element.parentElement?.parentElement, element.closest('[class*="box"]')];
    const below = [...(element.parentElement?.children ?? []), ...[...element.querySelectorAll('*')].slice(0, 12)];
    const nodes = [...new Set([...near, ...below])].filter((each) => each instanceof Element);
    const before = nodes.map(lookOf);
    element.focus({ focusVisible: true } as FocusOptions);
    // A dialog keeps the keyboard to itself.
    if (document.activeElement !== element) continue;
    seen.add(kind);
    const marks = nodes.flatMap((node, at) =>
      lookOf(node).flatMap((after, layer) =>
        marksOf((before[at] as readonly Look[])[layer] as Look, after).map((mark) => ({ node, ...mark })),
      ),
    );
    const told = marks.map(({ node, color, reach }) => {
      const ground = groundOf(reach > 0 ? node.parentElement : node);
      return { node, ratio: contrast(over(colorOf(color), ground), ground), cut: reach > 0 ? sidesCut(node, reach) : 0 };
    });
    if (told.some(({ ratio, cut }) => ratio >= 3 && cut < 2)) continue;
    const how = told.map(({ node, ratio, cut }) => `${node.className || node.tagName} ${ratio.toFixed(1)}:1, ${cut} sides cut`);
    unseen.push(`${kind}: ${how.join('; ') || 'nothing changes'} (${element.outerHTML.slice(0, 120)})`);
  }
  return { controls, kinds: [...seen].filter((kind) => !known.includes(kind)), unseen };
}
