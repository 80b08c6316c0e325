import { describe, expect, it } from 'vitest';
import { resolveSecret } from '../../../cti-bridge/config/index.ts';

const files: Readonly<Record<string, string>> = {
  '/run/secrets/phone': 'four words of nonsense\n',
  '/run/secrets/empty': '\n',
  '/run/secrets/key': 'line one\nline two\n',
  '/home/bridge/phone': 'relative',
};
const sources = {
  env: { DESK_6012: 'swordfish', EMPTY: '', LONG: 'x'.repeat(5_000) },
  workingFolder: '/home/bridge',
  readFile: (path: string) => {
    const text = files[path];
    if (text === undefined) throw Object.assign(new Error(`cannot read ${path}`), { code: path.endsWith('locked') ? 'EACCES' : 'ENOENT' });
    return text;
  },
};

describe('a secret', () => {
  it.each([
    [{ env: 'DESK_6012' }, 'swordfish'],
    [{ file: '/run/secrets/phone' }, 'four words of nonsense'],
    [{ file: 'phone' }, 'relative'],
  ])('is read from where %j says', (reference, value) => {
    expect(resolveSecret(reference, sources)).toEqual({ ok: true, value });
  });

  it.each([
    [{ env: 'DESK_6013' }, 'The environment variable DESK_6013 is not set.'],
    [{ env: 'EMPTY' }, 'The environment variable EMPTY is empty.'],
    [{ env: 'LONG' }, 'The environment variable LONG holds more than 4096 characters, which is no secret.'],
    [{ file: '/run/secrets/none' }, 'There is no file /run/secrets/none.'],
    [{ file: '/run/secrets/locked' }, 'The file /run/secrets/locked cannot be read (EACCES).'],
    [{ file: '/run/secrets/empty' }, 'The file /run/secrets/empty is empty.'],
    [{ file: '/run/secrets/key' }, 'The file /run/secrets/key holds more than one line.'],
  ])('that %j does not lead to is told in plain words', (reference, error) => {
    expect(resolveSecret(reference, sources)).toEqual({ ok: false, error });
  });
});
