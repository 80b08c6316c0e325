import { describe, expect, it } from 'vitest';
import { Scope, VirtualClock } from '../../../cti-bridge/kernel/index.ts';

function newScope() {
  const clock = new VirtualClock();
  const errors: unknown[] = [];
  return { clock, errors, scope: new Scope('test', clock, (error) => errors.push(error)) };
}

describe('Scope', () => {
  it('disposes what it owns in reverse order, once, however often it is ended', async () => {
    const { scope } = newScope();
    const order: string[] = [];
    scope.add(() => void order.push('first'));
    scope.add(() => void order.push('second'));
    await Promise.all([scope.end('a'), scope.end('b')]);
    expect(order).toEqual(['second', 'first']);
  });

  it('goes on with the rest when one part throws, and reports the error', async () => {
    const { scope, errors } = newScope();
    const order: string[] = [];
    scope.add(() => void order.push('first'));
    scope.add(() => {
      throw new Error('broken part');
    });
    await scope.end('done');
    expect(order).toEqual(['first']);
    expect(errors).toHaveLength(1);
  });

  it('ends its children before what it owned earlier', async () => {
    const { scope } = newScope();
    const order: string[] = [];
    scope.add(() => void order.push('parent part'));
    scope.child('child').add(() => void order.push('child part'));
    await scope.end('done');
    expect(order).toEqual(['child part', 'parent part']);
  });

  it('disposes at once what is added after the end', async () => {
    const { scope, clock } = newScope();
    await scope.end('done');
    let isDisposed = false;
    scope.add(() => {
      isDisposed = true;
    });
    expect(isDisposed).toBe(true);
    expect(scope.child('late').isEnded).toBe(true);
    let hasFired = false;
    scope.timer(0, () => {
      hasFired = true;
    });
    clock.advance(1);
    expect(hasFired).toBe(false);
  });

  it('cancels its timers, so that none fires after the end', async () => {
    const { scope, clock } = newScope();
    let fired = 0;
    scope.timer(100, () => fired++);
    clock.advance(50);
    await scope.end('done');
    clock.advance(1_000);
    expect(fired).toBe(0);
    expect(clock.pending).toBe(0);
  });

  it('keeps no trace of a timer that fired or of a child that ended', async () => {
    const { scope, clock } = newScope();
    let fired = 0;
    scope.timer(100, () => fired++);
    await scope.child('short').end('done');
    clock.advance(100);
    expect(fired).toBe(1);
    await scope.end('done');
    expect(fired).toBe(1);
  });

  it('ends itself, and only itself, when its story fails', async () => {
    const { scope, errors, clock } = newScope();
    const story = scope.child('story');
    const other = scope.child('other');
    story.run(async () => {
      throw new Error('bug');
    });
    await clock.run(0);
    expect(story.isEnded).toBe(true);
    expect(other.isEnded).toBe(false);
    expect(scope.isEnded).toBe(false);
    expect(errors).toHaveLength(1);
  });
});
