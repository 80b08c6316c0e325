import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeFlow } from '../../../../cti-bridge/ivr/index.ts';
import { hotline } from '../flows.ts';
import { answered, houseOf, problemsOf, queue } from './house.ts';

describe('what is read as a flow', () => {
  test('is refused whole with every mistake named, each on its node', () => {
    const broken = {
      ...answered({}),
      nodes: { one: { kind: 'teleport', exits: {} }, two: { kind: 'play', prompts: [7], exits: {} } },
      extra: 1,
    };
    expect(problemsOf(broken)).toEqual(['malformed one kind', 'malformed two prompts/0', 'malformed flow']);
  });

  test('of a newer version is refused as that, whatever else it holds', () => {
    expect(judgeFlow({ format: 2, whatever: [] }, houseOf())).toMatchObject([{ code: 'newerFormat', facts: { format: '2' } }]);
  });

  test('may not have more nodes than one drawing can hold', () => {
    const nodes = Object.fromEntries(Array.from({ length: 501 }, (_, index) => [`n${index}`, queue]));
    expect(problemsOf({ ...hotline, nodes })).toEqual(['tooManyNodes flow']);
  });

  test.each([
    ['a node', '{"nodes": {"__proto__": {"kind": "answer"}}}'],
    ['an exit', '{"nodes": {"a": {"kind": "answer", "exits": {"__proto__": "a"}}}}'],
    ['an attribute', '{"nodes": {"a": {"kind": "set", "attributes": {"__proto__": "x"}}}}'],
    ['a fact', '{"tests": [{"given": {"facts": {"__proto__": "x"}}}]}'],
  ])('never takes %s called __proto__, and says so', (_of, json) => {
    expect(problemsOf(JSON.parse(json)).filter((each) => each.includes('__proto__'))).not.toEqual([]);
    expect(({} as { readonly polluted?: unknown }).polluted).toBeUndefined();
  });

  test('may be anything: there are problems, and nothing is thrown', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          fc.json().map((text) => JSON.parse(text) as unknown),
        ),
        (json) => {
          expect(judgeFlow(json, houseOf()).length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('may have anything in the place of any of its parts', () => {
    const places = paths(hotline);
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.oneof(fc.anything(), fc.constantFrom('', -1, 1e9, null, 'nowhere')), (path, value) => {
        const changed = structuredClone(hotline) as unknown as Record<string, unknown>;
        let part = changed;
        for (const name of path.slice(0, -1)) part = part[name] as Record<string, unknown>;
        part[path.at(-1) ?? ''] = value;
        for (const { what } of judgeFlow(changed, houseOf())) expect(what).not.toBe('');
      }),
      { numRuns: 300 },
    );
  });

  test('may be nested deeper than any stack', () => {
    let deep: unknown = {};
    for (let depth = 0; depth < 100_000; depth++) deep = { nodes: deep };
    expect(problemsOf(deep).length).toBeGreaterThan(0);
  });
});

function paths(value: unknown, at: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [...(at.length > 0 ? [at] : []), ...Object.entries(value).flatMap(([name, inner]) => paths(inner, [...at, name]))];
}
