import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { allTokens } from '../../renderer/app/gallery/token-names.ts';

const renderer = fileURLToPath(new URL('../../renderer', import.meta.url));
const gallery = join(renderer, 'app/gallery');
const sources = readdirSync(gallery).map((name) => readFileSync(join(gallery, name), 'utf8'));

/** What the door of the parts offers by a name with a capital: components, signs and a context, no types. */
const parts = [...readFileSync(join(renderer, 'ui/index.ts'), 'utf8').matchAll(/export \{([^}]*)\}/g)]
  .flatMap(([, list]) => (list ?? '').split(',').map((name) => name.trim()))
  .filter((name) => /^[A-Z]/.test(name));

/** Put on the screen as an element, or given to a part as its sign. */
const isShown = (name: string) => sources.some((source) => new RegExp(`<${name}[\\s/>]|\\bicon[=:]\\s?\\{?\\s?${name}\\b`).test(source));

describe('the gallery', () => {
  it('shows every part there is', () => {
    expect(parts.length).toBeGreaterThan(40);
    expect(parts.filter((name) => !isShown(name))).toEqual([]);
    expect([isShown('NoSuchPart'), isShown('Tip')]).toEqual([false, false]);
  });

  it('shows every token there is, and none that there is not', () => {
    const tokens = readFileSync(join(renderer, 'ui/tokens.css'), 'utf8');
    const names = new Set([...tokens.matchAll(/^\s*(--[\w-]+)\s*:/gm)].map(([, name]) => name ?? ''));
    expect([...allTokens()].sort()).toEqual([...names].sort());
  });
});
