import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const renderer = fileURLToPath(new URL('../../renderer', import.meta.url));

/** What would write a date, a number or a size otherwise than the other screens do. */
const ownFormats =
  /\.toLocale(?:Date|Time)?String\(|\.toFixed\(|\bIntl\.(?:DateTimeFormat|NumberFormat|RelativeTimeFormat|ListFormat)\b|\}(?: |\\u00a0)?[kMG]?B\b/g;

/** Where it is written for a machine. */
const forMachines: readonly string[] = [
  // Points of a line that is drawn.
  'features/board/meters.tsx: .toFixed(',
  // Asked whether it knows a time zone.
  'features/admin/mistakes.ts: Intl.DateTimeFormat',
];

const found = (path: string, source: string) => (source.match(ownFormats) ?? []).map((each) => `${path}: ${each}`);

describe('dates, numbers and sizes on the screen', () => {
  it('are written by the formats of the language, nowhere by hand', () => {
    const paths = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter(
      (path) => /\.tsx?$/.test(path) && !/^i18n.formats\.ts$/.test(path),
    );
    const all = paths.flatMap((path) => found(path.replaceAll('\\', '/'), readFileSync(join(renderer, path), 'utf8')));
    expect(all.filter((each) => !forMachines.includes(each))).toEqual([]);
    expect([...new Set(all)].sort()).toEqual([...forMachines].sort());
  });

  it('are found out where they are not', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a piece of source.
    expect(found('a.tsx', 'x.toLocaleString() + y.toFixed(1) + `${n} kB` + new Intl.NumberFormat()')).toHaveLength(4);
    expect(found('a.tsx', "name.toLocaleLowerCase() + formats.size(bytes) + ' kBytes'")).toEqual([]);
  });
});
