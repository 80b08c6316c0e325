type Attribute = string | number | boolean | null | ((event: never) => void);
type Child = Node | string | null;

/**
 * An element. Texts become text nodes, never markup; `on...` are listeners; true is an empty attribute, false and null are none. There is no
 * `style` here: a page's policy may forbid it.
 */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value as unknown as EventListener);
    else if (value !== false && value !== null) element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children) if (child !== null) element.append(child);
  return element;
}

/** Only where it differs: a screen reader would hear it again. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** 24 by 24, drawn with lines. */
const icons = {
  chat: 'M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-4.5 3.5V17H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2ZM8 10h8M8 13.2h5',
  down: 'm6 9.5 6 6 6-6',
  end: 'M14.5 4.5h4a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1h-4M4.5 12h9.5M10.5 8.2l3.8 3.8-3.8 3.8',
  send: 'M12 19V6M6 11.5 12 5.5l6 6',
  attach: 'm20 11.2-8.1 8.1a5 5 0 0 1-7.1-7.1l8.3-8.3a3.3 3.3 0 0 1 4.7 4.7l-8.3 8.3a1.7 1.7 0 0 1-2.4-2.4l7.5-7.5',
  file: 'M13.5 3.5H7a1.5 1.5 0 0 0-1.5 1.5v14A1.5 1.5 0 0 0 7 20.5h10a1.5 1.5 0 0 0 1.5-1.5V8.5l-5-5ZM13.5 3.5v5h5',
  star: 'm12 3.6 2.6 5.3 5.8.8-4.2 4.1 1 5.8-5.2-2.7-5.2 2.7 1-5.8-4.2-4.1 5.8-.8Z',
  warn: 'M12 8.5v4.5M12 16.2v.1M10.6 4.3 2.9 17.6A1.6 1.6 0 0 0 4.3 20h15.4a1.6 1.6 0 0 0 1.4-2.4L13.4 4.3a1.6 1.6 0 0 0-2.8 0Z',
  done: 'm5 12.5 4.5 4.5L19 7.5',
} as const;
export type IconName = keyof typeof icons;

export function icon(name: IconName): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  for (const [attribute, value] of Object.entries({
    viewBox: '0 0 24 24',
    'aria-hidden': 'true',
    focusable: 'false',
    class: `icon icon-${name}`,
  }))
    svg.setAttribute(attribute, value);
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', icons[name]);
  svg.append(path);
  return svg;
}

export const button = (label: string, name: IconName, onclick: () => void, kind = ''): HTMLButtonElement =>
  h('button', { type: 'button', class: `icon-button ${kind}`.trim(), 'aria-label': label, title: label, onclick }, icon(name));
