import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stripJsonComments } from '../../../cti-bridge/config/strip-json-comments.ts';

describe('stripping comments from JSON', () => {
  it.each([
    ['{"a":1} // end', { a: 1 }],
    ['// first\n{"a": /* here */ 1}', { a: 1 }],
    ['{"url":"http://x/*y*/"}', { url: 'http://x/*y*/' }],
    ['{"quote":"a\\"//b"}', { quote: 'a"//b' }],
    ['{"a":[1,2,],}', { a: [1, 2] }],
    ['{"a":",}"}', { a: ',}' }],
    ['{"a":[1, // last\n],}', { a: [1] }],
  ])('reads %s', (text, value) => {
    expect(JSON.parse(stripJsonComments(text))).toEqual(value);
  });

  it('leaves every JSON text as it is, and keeps length and lines of anything', () => {
    fc.assert(fc.property(fc.json(), (text) => JSON.stringify(JSON.parse(stripJsonComments(text))) === JSON.stringify(JSON.parse(text))));
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', '/', '*', '\\', ',', '}', '\n', 'a') }), (text) => {
        const stripped = stripJsonComments(text);
        return stripped.length === text.length && stripped.split('\n').length === text.split('\n').length;
      }),
    );
  });

  it('does not repair what is not JSON', () => {
    for (const text of ['{"a":1 /', '{,}]', '"open', '/* open']) expect(() => JSON.parse(stripJsonComments(text))).toThrow();
  });
});
