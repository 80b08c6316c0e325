import { createLucideIcon } from 'lucide-react';

/** Telephone signs the icon set lacks: a handset laid down, two plain bars, the twelve-key pad. */
export const HangUp = createLucideIcon('hang-up', [
  [
    'path',
    {
      d: 'M3.2 14.6c-.5-1-.3-2.2.5-3 4.6-4.6 12-4.6 16.6 0 .8.8 1 2 .5 3l-.9 1.7a1.6 1.6 0 0 1-1.9.8l-2.700-.9a1.6 1.600 0 0 1-1.100-1.500v-1.500a9.500 9.500 0 0 0-4.400 0v1.500a1.600 1.600 0 0 1-1.100 1.500l-2.700.9a1.600 1.600 0 0 1-1.900-.8z',
      key: 'handset',
    },
  ],
]);
export const PauseBars = createLucideIcon('pause-bars', [
  ['path', { d: 'M9 5v14', key: 'left' }],
  ['path', { d: 'M15 5v14', key: 'right' }],
]);
const dots = [5, 12, 19].flatMap((cx) => [4, 9.5, 15].map((cy) => [cx, cy] as const));
export const Keys = createLucideIcon(
  'keys',
  [...dots, [12, 20.5] as const].map(([cx, cy]) => [
    'circle',
    { cx: String(cx), cy: String(cy), r: '1.5', fill: 'currentColor', stroke: 'none', key: `${cx}-${cy}` },
  ]),
);
