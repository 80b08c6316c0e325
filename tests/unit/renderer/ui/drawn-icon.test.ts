import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import createIcon, { pathOf, type Shape } from '../../../../renderer/ui/drawn-icon.ts';

const drawn = (...node: Shape[]) => renderToStaticMarkup(createElement(createIcon({ name: 'sign', node }), { className: 'icon' }));

describe('an icon', () => {
  it('is one path of all its strokes, each from its own beginning', () => {
    const sign = drawn(['path', { d: 'm5 8 6 6', key: 'a' }], ['line', { x1: '1', y1: '2', x2: '3', y2: '4', key: 'b' }]);
    expect(sign.match(/<path/g)).toHaveLength(1);
    expect(sign).toContain('d="M0 0m5 8 6 6M1 2L3 4"');
    expect(sign).toContain('class="icon"');
  });

  it('keeps a shape that says more than its form as it is', () => {
    const sign = drawn(['path', { d: 'M1 1h2', key: 'a' }], ['circle', { cx: 3, cy: 4, r: 1, fill: 'currentColor', key: 'b' }]);
    expect(sign).toContain('<path d="M0 0M1 1h2"></path>');
    expect(sign).toContain('<circle cx="3" cy="4" r="1" fill="currentColor"></circle>');
  });

  it('is nothing to a screen reader unless it is named', () => {
    const Icon = createIcon({ name: 'sign', node: [['path', { d: 'M1 1h2' }]] });
    expect(renderToStaticMarkup(createElement(Icon))).toContain('aria-hidden="true"');
    expect(renderToStaticMarkup(createElement(Icon, { 'aria-label': 'Complaint' }))).not.toContain('aria-hidden');
  });
});

describe('the path of', () => {
  it.each<[string, Shape, string]>([
    ['a circle', ['circle', { cx: 12, cy: '12', r: 10 }], 'M2 12a10 10 0 1 0 20 0a10 10 0 1 0 -20 0z'],
    ['an ellipse', ['ellipse', { cx: 12, cy: 5, rx: 9, ry: 3 }], 'M3 5a9 3 0 1 0 18 0a9 3 0 1 0 -18 0z'],
    ['a plain rectangle', ['rect', { x: 1, y: 2, width: 8, height: 4 }], 'M1 2h8v4h-8v-4z'],
    [
      'one with round corners, of which none is longer than half a side',
      ['rect', { x: 0, y: 0, width: 8, height: 4, rx: 3 }],
      'M3 0h2a3 2 0 0 1 3 2v0a3 2 0 0 1 -3 2h-2a3 2 0 0 1 -3 -2v0a3 2 0 0 1 3 -2z',
    ],
    ['a line of corners', ['polyline', { points: '1 2 3 4' }], 'M1 2 3 4'],
    ['a closed one', ['polygon', { points: '1,2 3,4 5,2' }], 'M1,2 3,4 5,2z'],
  ])('%s', (_name, shape, path) => expect(pathOf(shape)).toBe(path));
});
