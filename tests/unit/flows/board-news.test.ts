import { describe, expect, it } from 'vitest';
import { BoardNews } from '../../../cti-bridge/flows/board-news.ts';
import type { OrgScope } from '../../../cti-bridge/flows/org-tree.ts';
import { VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import type { Board } from '../../../shared/contracts/board.ts';
import { minutes, seconds } from '../../../shared/duration.ts';

/** ms in which a change gathers what belongs to it. */
const asGoodAsAtOnce = 50;

const here: OrgScope = { key: 'here', has: () => true };
const there: OrgScope = { key: 'there', has: () => true };

function news() {
  const clock = new VirtualClock();
  const drawn: { isFirst: boolean }[] = [];
  const state = { hasNews: false };
  const board = new BoardNews(clock, (isFirst) => {
    drawn.push({ isFirst });
    const boards = new Map<string, Board>();
    const { hasNews } = state;
    state.hasNews = false;
    return {
      hasNews,
      boardFor: ({ key }) => {
        const known = boards.get(key) ?? { at: clock.now(), queues: [], agents: [], alerts: [] };
        boards.set(key, known);
        return known;
      },
    };
  });
  const watch = (name: string, scope = here) => {
    const seen: Board[] = [];
    const first = board.watch(
      name,
      () => scope,
      (next) => seen.push(next),
    );
    return { seen, first };
  };
  return { clock, board, drawn, state, watch };
}

describe('news of the board', () => {
  it('is one message a second for each who watches, whatever the number of changes', () => {
    const { clock, board, watch } = news();
    const [one, two] = [watch('one'), watch('two')];
    clock.advance(seconds(5));
    const before = board.counters;
    for (let change = 0; change < 1_000; change++) {
      board.changed();
      clock.advance(1);
    }
    expect(one.seen.length).toBeLessThanOrEqual(2);
    expect(one.seen).toEqual(two.seen);
    expect(board.counters.pushes - before.pushes).toBe(2 * one.seen.length);
    expect(board.counters.changes - before.changes).toBe(1_000);
    expect(board.counters.pictures - before.pictures).toBeLessThanOrEqual(2);
  });

  it('shows what happened whole: the changes of one moment are one message', () => {
    const { clock, board, watch } = news();
    const { seen } = watch('one');
    clock.advance(seconds(1.4));
    for (let change = 0; change < 4; change++) {
      board.changed();
      clock.advance(10);
    }
    expect(seen).toHaveLength(0);
    clock.advance(10);
    expect(seen).toHaveLength(1);
    clock.advance(seconds(3));
    expect(seen).toHaveLength(1);
  });

  it('comes as good as at once after a quiet second, and never twice within one', () => {
    const { clock, board, watch } = news();
    const { seen } = watch('one');
    clock.advance(seconds(1.4));
    board.changed();
    board.changed();
    clock.advance(asGoodAsAtOnce);
    expect(seen).toHaveLength(1);
    board.changed();
    clock.advance(999);
    expect(seen).toHaveLength(1);
    clock.advance(1);
    expect(seen).toHaveLength(2);
  });

  it('is not sent when nothing changed, but for each new minute', () => {
    const { clock, watch } = news();
    const { seen } = watch('one');
    clock.advance(seconds(59));
    expect(seen).toHaveLength(0);
    clock.advance(minutes(2));
    expect(seen).toHaveLength(2);
  });

  it('is sent when an alert is raised or taken back, though no event came', () => {
    const { clock, state, watch } = news();
    const { seen } = watch('one');
    state.hasNews = true;
    clock.advance(seconds(1));
    expect(seen).toHaveLength(1);
  });

  it('is the same object for all of one scope, and another for another', () => {
    const { clock, board, watch } = news();
    const [one, two, three] = [watch('one'), watch('two'), watch('three', there)];
    clock.advance(seconds(2));
    board.changed();
    clock.advance(asGoodAsAtOnce);
    expect(two.seen[0]).toBe(one.seen[0]);
    expect(three.seen[0]).not.toBe(one.seen[0]);
  });

  it('costs nothing while nobody watches', () => {
    const { clock, board, drawn, watch } = news();
    for (let change = 0; change < 100; change++) board.changed();
    clock.advance(minutes(5));
    expect([drawn.length, clock.pending]).toEqual([0, 0]);
    const { seen } = watch('one');
    expect(drawn).toEqual([{ isFirst: true }]);
    board.unwatch('one');
    board.changed();
    clock.advance(minutes(5));
    expect([drawn.length, seen.length, clock.pending]).toEqual([1, 0, 0]);
  });

  it('goes to the newest of two watchers with one name', () => {
    const { clock, board, watch } = news();
    const [old, again] = [watch('one'), watch('one')];
    clock.advance(seconds(2));
    board.changed();
    clock.advance(asGoodAsAtOnce);
    expect([old.seen.length, again.seen.length]).toEqual([0, 1]);
  });

  it('goes on when the clock on the wall is set', () => {
    const { clock, board, watch } = news();
    const { seen } = watch('one');
    clock.jump(-minutes(60));
    clock.advance(seconds(3));
    const before = seen.length;
    board.changed();
    clock.advance(seconds(1));
    expect(seen.length).toBe(before + 1);
  });
});
