import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const renderer = fileURLToPath(new URL('../../renderer', import.meta.url));
const read = (path: string) => readFileSync(join(renderer, path), 'utf8');
const paths = readdirSync(renderer, { recursive: true, encoding: 'utf8' });
const styles = paths.filter((path) => path.endsWith('.css') && !path.endsWith('tokens.css'));
const screens = paths.filter((path) => path.endsWith('.tsx'));

/** The value of a field, not what a screen is painted with. */
const values: readonly string[] = ['features/admin/forms/written-forms.tsx: #ffffff'];

const names = /\b(white|black|red|green|blue|gr[ae]y|silver|orange|yellow|purple|pink|brown|navy|teal|gold|crimson|tomato)\b/gi;
const literals = /#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\([^)]*\)/gi;

/** What stands for a colour in a style sheet: only what is behind a property's colon. */
function coloursInStyle(source: string): readonly string[] {
  const bare = source.replaceAll(/\/\*[\s\S]*?\*\//g, '');
  const declared = [...bare.matchAll(/[\w-]+\s*:\s*([^;{}]+)[;}]/g)].map(([, value]) => (value ?? '').replaceAll(/var\([^)]*\)/g, ''));
  return declared.flatMap((value) => [...value.matchAll(literals), ...value.matchAll(names)].map(([found]) => found));
}

/** What stands for a colour in a screen: a literal, or a name given to a property that paints. */
function coloursInScreen(source: string): readonly string[] {
  const bare = source.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
  const painted = [...bare.matchAll(/\b(?:color|background\w*|borderColor|fill|stroke)\s*[:=]\s*\{?['"]([^'"]*)['"]/g)].map(
    ([, value]) => value ?? '',
  );
  return [...bare.matchAll(literals), ...painted.flatMap((value) => [...value.matchAll(names)])].map(([found]) => found);
}

/** Sizes of letters, times of motion: those that are not a share of something else. */
function rawMeasures(source: string): readonly string[] {
  const bare = source.replaceAll(/\/\*[\s\S]*?\*\//g, '');
  const sizes = [...bare.matchAll(/font-size\s*:\s*([\d.]+(?:px|rem|pt))/g)].map(([found]) => found);
  const times = [...bare.matchAll(/(?:transition|animation)[\w-]*\s*:[^;{}]*?\b([\d.]+m?s)\b/g)].map(([, time]) => time ?? '');
  return [...sizes, ...times];
}

const found = (files: readonly string[], look: (source: string) => readonly string[]) =>
  files.flatMap((path) => look(read(path)).map((each) => `${path}: ${each}`)).filter((each) => !values.includes(each));

/** How much two colours of six digits stand out from each other (WCAG 2.2). */
function contrast(one: string, other: string): number {
  const [dark = 0, bright = 0] = [one, other]
    .map((colour) => {
      const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
        const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    })
    .sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

describe('the look of the desktop', () => {
  it.each(['light', 'dark'])('shows where the keyboard is on every ground, %s', (theme) => {
    const tokens = read('ui/tokens.css');
    const at = tokens.indexOf(':root[data-theme="dark"]');
    const own = theme === 'dark' ? tokens.slice(at) : tokens.slice(0, at);
    const colours = new Map([...own.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6})\b/g)].map(([, name = '', colour = '']) => [name, colour]));
    const grounds = [...colours].filter(([name]) => /^--(?:bg|surface.*|raised|.*-soft)$/.test(name));
    expect(grounds.length).toBeGreaterThan(10);
    expect(grounds.filter(([, ground]) => contrast(colours.get('--focus') ?? '', ground) < 3)).toEqual([]);
  });

  it('has its colours from the tokens alone', () => {
    expect([...found(styles, coloursInStyle), ...found(screens, coloursInScreen)]).toEqual([]);
  });

  it('has its sizes of letters and its times of motion from the tokens alone', () => {
    expect(found(styles, rawMeasures)).toEqual([]);
  });

  it('names no token that there is not', () => {
    const known = new Set([...read('ui/tokens.css').matchAll(/(--[\w-]+)\s*:/g)].map(([, name]) => name));
    const own = new Set(
      [...styles, ...screens].flatMap((path) => [...read(path).matchAll(/(--[\w-]+)['"]?\s*:/g)].map(([, name]) => name)),
    );
    // Given by the library of parts to what it places.
    const given = /^--(anchor|available|transform|popup|positioner|active)-/;
    const used = styles.flatMap((path) => [...read(path).matchAll(/var\((--[\w-]+)/g)].map(([, name]) => ({ path, name: name ?? '' })));
    expect(used.filter(({ name }) => !known.has(name) && !own.has(name) && !given.test(name))).toEqual([]);
  });

  it('is found out where it has a colour or a size of its own', () => {
    expect(coloursInStyle('/* white */ .a:hover { color: #fff; margin: 0; background: rgb(0 0 0 / 0.5) } .red { top: 0 }')).toEqual([
      '#fff',
      'rgb(0 0 0 / 0.5)',
    ]);
    expect(coloursInStyle('.a { border: 1px solid gray; color: var(--white); }')).toEqual(['gray']);
    expect(coloursInScreen(`<b style={{ color: 'red' }} title="red">#12 of 3</b> // #fff`)).toEqual(['red']);
    expect(rawMeasures('.a { font-size: 17px; line-height: 20px; transition: opacity 200ms ease; } .b { font-size: 50%; }')).toEqual([
      'font-size: 17px',
      '200ms',
    ]);
  });
});
