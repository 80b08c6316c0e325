import { describe, expect, test } from 'vitest';
import { factsIn, filled, writtenIn } from '../../../cti-bridge/ivr/templates.ts';

const facts = (name: string) => ({ 'customer.name': 'Ann "A" & Co', 'queue.a.waiting': '3', 'entered.tricky': '{customer.name}' })[name];
const written = (template: string) => filled(template, facts, writtenIn.text);

describe('a template', () => {
  test('has facts in the place of their names, and nothing where nobody knows', () => {
    expect(written('Hello {customer.name}, {queue.a.waiting} wait{entered.gone}.')).toBe('Hello Ann "A" & Co, 3 wait.');
  });

  test('keeps every other brace', () => {
    const json = '{"a": {"b": "{}", "c": "{Customer.name}", "d": "{customer}", "e": "{customer.name"}}';
    expect(written(json)).toBe(json);
  });

  test('is filled once: what a caller typed is no template', () => {
    expect(written('{entered.tricky}')).toBe('{customer.name}');
    expect(written('$& $1 {customer.name} $`')).toBe('$& $1 Ann "A" & Co $`');
  });

  test('tells what it asks for', () => {
    expect(factsIn('{customer.name} {x} {queue.a.waiting}')).toEqual(['customer.name', 'queue.a.waiting']);
  });

  test('is no longer than anybody reads, and takes no time however it is written', () => {
    const startedAt = performance.now();
    expect(filled('{customer.name}'.repeat(2_000), () => 'x'.repeat(500), writtenIn.url)).toHaveLength(16_000);
    for (const evil of ['{'.repeat(50_000), `{a${'.a'.repeat(50_000)}`, `{${'a'.repeat(100_000)}`])
      expect(written(evil).length).toBeGreaterThan(0);
    expect(performance.now() - startedAt).toBeLessThan(100);
  });
});
