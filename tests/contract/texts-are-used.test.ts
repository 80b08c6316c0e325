import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { en } from '../../renderer/i18n/en.ts';

const renderer = fileURLToPath(new URL('../../renderer', import.meta.url));

/** Every source of the page but the texts themselves. */
function sources(): readonly string[] {
  return readdirSync(renderer, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.(en|zh)\.ts$|^i18n.(en|zh)\.ts$/.test(path))
    .map((path) => readFileSync(join(renderer, path), 'utf8'));
}

/** What a source may name: whole names in quotes, and names put together, as `quality.${trouble}`. */
function namesIn(source: string): { readonly whole: readonly string[]; readonly patterns: readonly RegExp[] } {
  const whole = [...source.matchAll(/['"`]([\w.-]+)['"`]/g)].map(([, name]) => name ?? '');
  const patterns = [...source.matchAll(/`([\w.-]*\$\{[^`]*)`/g)]
    .map(([, template]) => (template ?? '').replaceAll(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '\0'))
    // One that says nothing but a choice would fit everything.
    .filter((template) => /^[\w.\0-]+$/.test(template) && /\w\.|\.\w/.test(template))
    .map((template) => new RegExp(`^${template.replaceAll('.', '\\.').replace(/^\0/, '[^.]+').replaceAll('\0', '.+')}$`));
  return { whole, patterns };
}

describe('the texts of the screen', () => {
  it('are each used somewhere', () => {
    const named = sources().map(namesIn);
    const whole = new Set(named.flatMap((each) => each.whole));
    const patterns = named.flatMap((each) => each.patterns);
    const unused = Object.keys(en)
      .map((name) => name.replace(/_(one|other)$/, ''))
      .filter((name) => !whole.has(name) && !patterns.some((pattern) => pattern.test(name)));
    expect([...new Set(unused)]).toEqual([]);
  });

  it('are found by whole names and by names put together, and by nothing else', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a piece of source.
    const { whole, patterns } = namesIn("t('login.title') + t(`quality.${trouble}`) + t(`wait.${a}.of.${b ? 'x' : 'y'}`) + `${any}`");
    expect(whole).toContain('login.title');
    const fits = (name: string) => patterns.some((pattern) => pattern.test(name));
    expect([fits('quality.loss'), fits('wait.long.of.two'), fits('login.title'), fits('anything')]).toEqual([true, true, false, false]);
  });
});
