import { describe, expect, it } from 'vitest';
import { Echo } from '../../../../cti-bridge/media/prompt/echo.ts';

const frame = (value: number) => new Int16Array(160).fill(value);

describe('an echo', () => {
  it('gives silence first, then each frame as long after it was said as it was asked to be', () => {
    let said = 0;
    const echo = new Echo('play-1', 60, () => frame(++said));
    const heard = Array.from({ length: 6 }, () => echo.next()[0]);
    expect(heard).toEqual([0, 0, 0, 1, 2, 3]);
  });

  it('keeps what was said, whatever becomes of the frame it was said in', () => {
    const buffer = frame(7);
    const echo = new Echo('play-1', 20, () => buffer);
    echo.next();
    buffer.fill(9);
    expect(echo.next()[0]).toBe(7);
  });

  it('is a frame late at least, and holds no more than its delay', () => {
    const echo = new Echo('play-1', 0, () => frame(5));
    expect([echo.next()[0], echo.next()[0]]).toEqual([0, 5]);
  });
});
