import type { LucideProps } from 'lucide-react';
import { createElement, type FunctionComponent } from 'react';

/** A shape of the icon set: its element and what that element says. */
export type Shape = readonly [element: string, says: Readonly<Record<string, string | number>>];

interface IconData {
  readonly name: string;
  readonly node: readonly Shape[];
}

/**
 * What the icon set makes its components with, in its place (see `vite.config.ts`): an icon is one element with one path, where the set has an
 * element for each stroke and asks for sizes and colours that our styles give. A screen full of them costs half, and they look the same.
 */
// biome-ignore lint/style/noDefaultExport: the icon set imports it so.
export default function createIcon(icon: IconData | string, own: readonly Shape[] = []): FunctionComponent<LucideProps> {
  const { name, node } = typeof icon === 'string' ? { name: icon, node: own } : icon;
  let drawn: ReturnType<typeof strokesOf> | undefined;
  const Icon: FunctionComponent<LucideProps> = (props) => {
    drawn ??= strokesOf(node);
    const isNamed = props['aria-label'] !== undefined || props['aria-labelledby'] !== undefined || props.role !== undefined;
    return createElement('svg', { ...frame, 'aria-hidden': isNamed ? undefined : 'true', ...props }, ...drawn);
  };
  Icon.displayName = name;
  return Icon;
}

const frame = {
  ...{ xmlns: 'http://www.w3.org/2000/svg', width: 24, height: 24, viewBox: '0 0 24 24' },
  ...{ fill: 'none', stroke: 'currentColor', strokeWidth: 2, strokeLinecap: 'round', strokeLinejoin: 'round' },
} as const;

/** What is only a stroke is one path together; what says more of itself stays what it is. */
function strokesOf(node: readonly Shape[]) {
  const path = node.flatMap((shape) => pathOf(shape) ?? []).join('');
  const others = node.filter((shape) => pathOf(shape) === null);
  return [
    ...(path === '' ? [] : [createElement('path', { key: 'strokes', d: path })]),
    ...others.map(([element, says], index) => createElement(element, { ...says, key: String(says.key ?? index) })),
  ];
}

/**
 * A shape of SVG 1.1 §9 as the path of the same stroke (§8.3), or null where it says more than its form. Each begins at the origin without a
 * stroke: a path that begins with relative numbers is drawn where it was.
 */
export function pathOf([element, { key: _key, ...says }]: Shape): string | null {
  const number = (name: string) => Number(says[name] ?? 0);
  const isOnly = (...names: readonly string[]) => Object.keys(says).every((name) => names.includes(name));
  switch (element) {
    case 'path':
      return isOnly('d') ? `M0 0${says.d}` : null;
    case 'line':
      return isOnly('x1', 'y1', 'x2', 'y2') ? `M${number('x1')} ${number('y1')}L${number('x2')} ${number('y2')}` : null;
    case 'polyline':
      return isOnly('points') ? `M${says.points}` : null;
    case 'polygon':
      return isOnly('points') ? `M${says.points}z` : null;
    case 'circle':
      return isOnly('cx', 'cy', 'r') ? oval(number('cx'), number('cy'), number('r'), number('r')) : null;
    case 'ellipse':
      return isOnly('cx', 'cy', 'rx', 'ry') ? oval(number('cx'), number('cy'), number('rx'), number('ry')) : null;
    case 'rect': {
      if (!isOnly('x', 'y', 'width', 'height', 'rx', 'ry')) return null;
      const [width, height] = [number('width'), number('height')];
      // One radius stands for both, and none is longer than half a side (SVG 1.1 §9.2).
      const rx = Math.min(Number(says.rx ?? says.ry ?? 0), width / 2);
      const ry = Math.min(Number(says.ry ?? says.rx ?? 0), height / 2);
      const corner = (toX: number, toY: number) => (rx > 0 && ry > 0 ? `a${rx} ${ry} 0 0 1 ${toX} ${toY}` : '');
      return [
        `M${number('x') + rx} ${number('y')}h${width - 2 * rx}${corner(rx, ry)}v${height - 2 * ry}${corner(-rx, ry)}`,
        `h${2 * rx - width}${corner(-rx, -ry)}v${2 * ry - height}${corner(rx, -ry)}z`,
      ].join('');
    }
    default:
      return null;
  }
}

const oval = (cx: number, cy: number, rx: number, ry: number) =>
  `M${cx - rx} ${cy}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0z`;
