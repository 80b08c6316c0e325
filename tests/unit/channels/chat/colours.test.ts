import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  contrast,
  readableOn,
  readColour,
  siteColours,
  standingOut,
  writeColour,
} from '../../../../cti-bridge/channels/chat/widget/colours.ts';
import { grounds } from '../../../../cti-bridge/channels/chat/widget/styles.ts';

const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);
const between = (one: string, other: string) => contrast(readColour(one), readColour(other));

it('knows the contrast of colours as WCAG writes them', () => {
  expect(between('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(between('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  expect(between('#2f5bd3', '#ffffff')).toBeCloseTo(between('#ffffff', '#2f5bd3'), 10);
});

it('writes on every colour so that it can be read, on hover too, and in every colour on every ground of both themes', () => {
  fc.assert(
    fc.property(colour, fc.constantFrom(grounds.light, grounds.dark), (site, theme) => {
      const { '--site': fill = '', '--on-site': on = '', '--site-hover': hover = '', '--site-text': text = '' } = siteColours(site, theme);
      expect(between(fill, on)).toBeGreaterThanOrEqual(4.5);
      expect(between(hover, on)).toBeGreaterThanOrEqual(4.5);
      expect(between(text, theme.surface)).toBeGreaterThanOrEqual(4.5);
      expect(between(text, theme.sunk)).toBeGreaterThanOrEqual(4.5);
    }),
    { numRuns: 1_000 },
  );
});

it('leaves a colour as it is where it stands out already', () => {
  const blue = readColour('#2f5bd3');
  expect(standingOut(blue, readColour('#ffffff'), 4.5)).toEqual(blue);
  expect(writeColour(readableOn(blue))).toBe('#ffffff');
});

it('takes what is no colour for the usual blue', () => {
  for (const text of ['', 'red', '#fff', '#12345g', 'url(x)', '#2f5bd3;}body{']) expect(writeColour(readColour(text))).toBe('#2f5bd3');
});
