import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createIdSource,
  createLog,
  Emitter,
  silentLog,
  supervise,
  TimeLimitError,
  VirtualClock,
  withTimeLimit,
} from '../../../cti-bridge/kernel/index.ts';
import { linesTogether } from '../../../cti-bridge/kernel/log.ts';

describe('VirtualClock', () => {
  it('fires timers in the order of their time, then of their creation', () => {
    const clock = new VirtualClock();
    const fired: string[] = [];
    clock.timer(20, () => fired.push('late'));
    clock.timer(10, () => fired.push('early'));
    clock.timer(10, () => fired.push('early, second'));
    clock.advance(20);
    expect(fired).toEqual(['early', 'early, second', 'late']);
  });

  it('fires what a timer sets, when that is due on the way', () => {
    const clock = new VirtualClock();
    const at: number[] = [];
    const again = () => {
      at.push(clock.monotonic());
      clock.timer(10, again);
    };
    clock.timer(10, again);
    clock.advance(35);
    expect(at).toEqual([10, 20, 30]);
  });
});

describe('ids', () => {
  it('sort by the time of their making and never repeat', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 2, maxLength: 50 }), (steps) => {
        const clock = new VirtualClock();
        const ids = createIdSource(clock);
        const made = steps.map((step) => {
          clock.advance(step + 1);
          return ids.next();
        });
        expect(new Set(made).size).toBe(made.length);
        expect([...made].sort()).toEqual(made);
        for (const id of made) expect(id).toMatch(/^[0-9a-z]{26}$/);
      }),
    );
  });
});

describe('withTimeLimit', () => {
  it('gives the value in time and leaves no timer behind', async () => {
    const clock = new VirtualClock();
    await expect(withTimeLimit(clock, 100, 'work', Promise.resolve(7))).resolves.toBe(7);
    expect(clock.pending).toBe(0);
  });

  it('says what took too long, and the limit', async () => {
    const clock = new VirtualClock();
    const waiting = withTimeLimit(clock, 100, 'reading the record', new Promise(() => {}));
    clock.advance(100);
    await expect(waiting).rejects.toThrow(TimeLimitError);
    await expect(waiting).rejects.toThrow('reading the record did not finish within 100 ms');
  });
});

describe('Emitter', () => {
  it('lets every listener hear, also after one threw', () => {
    const errors: unknown[] = [];
    const emitter = new Emitter<{ rang: number }>((error) => errors.push(error));
    const heard: number[] = [];
    emitter.on('rang', () => {
      throw new Error('deaf');
    });
    const second = emitter.on('rang', (n) => heard.push(n));
    emitter.emit('rang', 1);
    void second.dispose();
    emitter.emit('rang', 2);
    expect(heard).toEqual([1]);
    expect(errors).toHaveLength(2);
  });
});

describe('supervise', () => {
  it('counts a service that cannot even be started as one that died', () => {
    const clock = new VirtualClock();
    const given: string[] = [];
    const start = () => {
      throw new Error('no more processes');
    };
    supervise({ name: 'media', start, stop: async () => {} }, clock, silentLog, (name) => given.push(name));
    clock.advance(60_000);
    expect(given).toEqual(['media']);
  });

  it('restarts a service that died, later each time, and gives up after five times a minute', () => {
    const clock = new VirtualClock();
    const startedAt: number[] = [];
    const given: string[] = [];
    const dies = (onExit: (why: string) => void) => {
      startedAt.push(clock.monotonic());
      onExit('died');
    };
    supervise({ name: 'media', start: dies, stop: async () => {} }, clock, silentLog, (name) => given.push(name));
    clock.advance(60_000);
    expect(startedAt).toEqual([0, 100, 400, 1_300, 4_000, 9_000]);
    expect(given).toEqual(['media']);
  });

  it('does not restart what was stopped', async () => {
    const clock = new VirtualClock();
    let starts = 0;
    let exit: (why: string) => void = () => {};
    const start = (onExit: (why: string) => void) => {
      starts++;
      exit = onExit;
    };
    const supervised = supervise({ name: 'x', start, stop: async () => {} }, clock, silentLog, () => {});
    await supervised.stop();
    exit('stopped');
    clock.advance(60_000);
    expect(starts).toBe(1);
  });
});

describe('log', () => {
  it('never writes a secret, wherever it is handed one', () => {
    const lines: string[] = [];
    const log = createLog('info', { write: (line) => lines.push(line) });
    log.info('login', { password: 'hunter2', phone: { password: 'hunter2' }, token: 'hunter2' });
    log.child({ secret: 'hunter2' }).warn('again', { headers: { authorization: 'hunter2' } });
    expect(lines).toHaveLength(2);
    expect(lines.join('')).not.toContain('hunter2');
    expect(lines.join('')).toContain('"msg":"login"');
  });

  it('writes what one turn says in one piece at its end, and an error at once with all that was said before', () => {
    const written: string[] = [];
    const turns: (() => void)[] = [];
    const destination = linesTogether({ write: (text) => written.push(text) }, (work) => turns.push(work));
    const log = createLog('info', destination);
    log.info('one');
    log.info('two');
    expect(written).toEqual([]);
    turns.shift()?.();
    expect(written.map((text) => text.match(/"msg":"\w+"/g))).toEqual([['"msg":"one"', '"msg":"two"']]);
    log.info('three');
    log.error('four');
    turns.shift()?.();
    expect(written.slice(1).map((text) => text.match(/"msg":"\w+"/g))).toEqual([['"msg":"three"', '"msg":"four"']]);
    expect(turns).toEqual([]);
  });
});
