import { describe, expect, it } from 'vitest';
import { rangeOf } from '../../../cti-bridge/api/http/recordings.ts';

describe('a range of a recording of ten bytes', () => {
  it.each([
    ['bytes=0-3', { from: 0, to: 3 }],
    ['bytes=4-', { from: 4, to: 9 }],
    ['bytes=-3', { from: 7, to: 9 }],
    ['bytes=-30', { from: 0, to: 9 }],
    ['bytes=8-30', { from: 8, to: 9 }],
    ['bytes=10-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    [undefined, null],
    ['bytes=-', null],
    ['bytes=5-2', null],
    ['bytes=0-1,3-4', null],
    ['seconds=0-1', null],
    ['bytes=99999999999999999999-', null],
  ] as const)('%s is %j', (header, wanted) => {
    expect(rangeOf(header, 10)).toEqual(wanted);
  });
});
