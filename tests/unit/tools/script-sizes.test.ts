import { describe, expect, it } from 'vitest';
import {
  bytesOf,
  type ChunkSize,
  closureOf,
  firstScriptLimit,
  originOf,
  packagesOf,
  reportSizes,
  sizeOf,
} from '../../../tools/script-sizes.ts';

const chunk = (fileName: string, gzip: number, imports: readonly string[] = [], facade: string | null = null): ChunkSize => ({
  fileName,
  facade,
  imports,
  gzip,
  packages: { [fileName]: gzip },
});

const page = (first: number): readonly ChunkSize[] => [
  chunk('index.js', first, ['shared.js'], 'renderer/index.html'),
  chunk('shared.js', 10_000, ['index.js']),
  chunk('Workplace.js', 70_000, ['shared.js', 'menu.js'], 'renderer/app/Workplace.tsx'),
  chunk('menu.js', 5_000),
  chunk('zh.js', 40_000, [], 'renderer/i18n/zh.ts'),
  chunk('flows.js', 90_000, ['menu.js'], 'renderer/features/flows/index.ts'),
];

describe('the sizes of the page’s scripts', () => {
  it('count every script that must be there first, once each, and none that is fetched later', () => {
    expect(closureOf(page(50_000), 'renderer/index.html').map(({ fileName }) => fileName)).toEqual(['index.js', 'shared.js']);
    expect(bytesOf(closureOf(page(50_000), 'renderer/index.html', 'renderer/app/Workplace.tsx'))).toBe(135_000);
  });

  it('refuse a first script over its limit', () => {
    expect(reportSizes(page(firstScriptLimit - 10_000)).isGood).toBe(true);
    expect(reportSizes(page(firstScriptLimit - 9_999)).isGood).toBe(false);
  });

  it('name what each script is made of, and share its bytes among that', () => {
    const { gzip, packages } = sizeOf(
      {
        fileName: 'index.js',
        facade: null,
        imports: [],
        code: 'x'.repeat(10_000),
        modules: {
          '/desk/node_modules/@scope/part/index.js': 100,
          '/desk/node_modules/one/node_modules/two/a.js': 200,
          '/desk/renderer/main.tsx': 100,
          '/desk/renderer/features/login/Login.tsx': 300,
          '/desk/renderer/features/offer/Offer.tsx': 300,
        },
      },
      '/desk/',
    );
    expect(packages).toEqual({
      '@scope/part': gzip * 0.1,
      two: gzip * 0.2,
      renderer: gzip * 0.1,
      'renderer/features': gzip * 0.6,
    });
    expect(packagesOf([{ fileName: '', facade: null, imports: [], gzip, packages }]).map(([name]) => name)[0]).toBe('renderer/features');
    expect(originOf('\0vite/preload-helper.js', '/desk/')).toBe('bundler');
  });

  it('do not pass by a script that is no longer there', () => {
    expect(() => closureOf(page(1), 'renderer/app/Gone.tsx')).toThrow('renderer/app/Gone.tsx');
  });
});
