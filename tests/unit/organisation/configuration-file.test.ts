import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configurationText, readConfigurationText } from '../../../tools/admin/configuration-file.ts';
import { anyConfiguration, writingConfiguration } from './configurations.ts';

describe('a configuration written as a file', () => {
  it.each(['it.yaml', 'it.json'])('is read again as it was, whatever is in it: %s', (file) => {
    fc.assert(
      fc.property(anyConfiguration, (configuration) => {
        expect(readConfigurationText(configurationText(configuration, file), file)).toEqual({ ok: true, value: configuration });
      }),
      { numRuns: 100 },
    );
  });

  it('explains every part to whoever opens it', () => {
    const text = configurationText(writingConfiguration(), 'it.yaml');
    expect(text.startsWith('# The configuration of this contact center.')).toBe(true);
    for (const part of Object.keys(writingConfiguration())) {
      if (part !== 'version') expect(text).toMatch(new RegExp(`^# .+\\n(#.*\\n)*${part}:$`, 'm'));
    }
    expect(text.split('\n').filter((line) => line.length > 160)).toEqual([]);
  });
});

describe('a file that was written by hand', () => {
  const errorsOf = (text: string, file = 'it.yaml') => {
    const read = readConfigurationText(text, file);
    return read.ok ? [] : read.errors;
  };

  it('that is no YAML or JSON is refused with the line', () => {
    expect(errorsOf('version: 1\nqueues: [\n')).toEqual([expect.stringMatching(/^it\.yaml, line \d+: /)]);
    expect(errorsOf('a: 1\na: 2\n')).toEqual([expect.stringMatching(/^it\.yaml, line 2: .*unique/)]);
    expect(errorsOf('{"version": 1,', 'it.json')).toEqual([expect.stringMatching(/^it\.json is not JSON: /)]);
  });

  it('may not fill the memory with references to references', () => {
    const levels = Array.from({ length: 9 }, (_, level) => `l${level + 1}: &l${level + 1} [${Array(10).fill(`*l${level}`).join()}]`);
    expect(errorsOf(['l0: &l0 [lol]', ...levels].join('\n'))).toEqual([expect.stringContaining('it.yaml')]);
  });

  it('reaches no object but its own through the names of fields', () => {
    const read = readConfigurationText('__proto__: {polluted: 1}\nconstructor: {prototype: {polluted: 1}}\n', 'it.yaml');
    expect(read.ok && Object.keys(read.value as object)).toEqual(['__proto__', 'constructor']);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});
