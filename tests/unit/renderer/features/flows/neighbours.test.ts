import { describe, expect, it } from 'vitest';
import { neighbourOf } from '../../../../../renderer/features/flows/neighbours.ts';

const spots = { a: { x: 0, y: 0 }, b: { x: 288, y: 0 }, below: { x: 288, y: 96 }, far: { x: 576, y: 16 } };

describe('an arrow key on a node', () => {
  it('goes to the nearest in its direction, straight ahead first', () => {
    expect(neighbourOf(spots, 'a', 'right')).toBe('b');
    expect(neighbourOf(spots, 'b', 'right')).toBe('far');
    expect(neighbourOf(spots, 'b', 'down')).toBe('below');
    expect(neighbourOf(spots, 'far', 'left')).toBe('b');
    expect(neighbourOf(spots, 'below', 'up')).toBe('b');
  });

  it('stays where nothing lies ahead', () => {
    expect(neighbourOf(spots, 'a', 'left')).toBeNull();
    expect(neighbourOf(spots, 'gone', 'left')).toBeNull();
  });
});
