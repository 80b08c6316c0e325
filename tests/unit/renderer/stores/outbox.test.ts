import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOutbox, nothingComposed, readComposed, type SendOutcome, writeComposed } from '../../../../renderer/stores/index.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** An outbox with a bridge that answers what it is told to, and the journal of one computer. */
function outboxOnStage(kept = new Map<string, string>(), onSend: (message: unknown) => void = () => {}) {
  const sent: { readonly clientId: string; readonly text: string }[] = [];
  const answers: SendOutcome[] = [];
  let made = 0;
  const outbox = createOutbox({
    journal: {
      all: () => [...kept].map(([id, text]) => ({ id, text })),
      write: (id, text) => void kept.set(id, text),
      forget: (id) => void kept.delete(id),
    },
    readComposed,
    newId: () => `m-${(made += 1)}`,
    send: async (message) => {
      onSend(message);
      const { clientId, composed } = message;
      sent.push({ clientId, text: composed.text });
      return answers.shift() ?? { kind: 'stored' };
    },
  });
  const say = (text: string, interactionId = 'i-1') => outbox.send(interactionId, { ...nothingComposed, text });
  return { outbox, sent, answers, kept, say };
}
const settled = () => vi.advanceTimersByTimeAsync(0);

describe('what was sent off', () => {
  it('is kept on this computer until the bridge has stored it', async () => {
    const { outbox, kept, say } = outboxOnStage();
    say('hello');
    expect([kept.size, outbox.store.getState().length]).toEqual([1, 1]);
    await settled();
    expect([kept.size, outbox.store.getState().length]).toEqual([0, 0]);
  });

  it('is told again under the same name when no answer came, later and later, until it is stored', async () => {
    const { outbox, sent, answers, say } = outboxOnStage();
    answers.push({ kind: 'later' }, { kind: 'later' });
    say('hello');
    await settled();
    expect(outbox.store.getState()).toMatchObject([{ state: 'waiting' }]);
    await vi.advanceTimersByTimeAsync(999);
    expect(sent.length).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    await vi.advanceTimersByTimeAsync(1_999);
    expect(sent.length).toBe(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toEqual(Array(3).fill({ clientId: 'm-1', text: 'hello' }));
    expect(outbox.store.getState()).toEqual([]);
  });

  it('is told with nothing beside what the bridge asks for', async () => {
    const told: unknown[] = [];
    const { outbox } = outboxOnStage(new Map(), (message) => told.push(message));
    const composed = { ...nothingComposed, text: 'hello' };
    outbox.send('i-1', composed);
    await settled();
    expect(told).toEqual([{ interactionId: 'i-1', clientId: 'm-1', composed }]);
  });

  it('leaves in the order in which it was written, one at a time of each conversation', async () => {
    const { outbox, sent, answers, say } = outboxOnStage();
    answers.push({ kind: 'later' });
    say('one');
    say('two');
    await settled();
    expect(sent.map(({ text }) => text)).toEqual(['one']);
    outbox.flush();
    await settled();
    expect(sent.map(({ text }) => text)).toEqual(['one', 'one', 'two']);
  });

  it('goes on after a reload under the same name', async () => {
    const before = outboxOnStage();
    before.answers.push({ kind: 'later' });
    before.say('hello');
    await settled();
    before.outbox.stop();
    const after = outboxOnStage(before.kept);
    after.outbox.adopt();
    after.outbox.flush();
    await settled();
    expect(after.sent).toEqual([{ clientId: 'm-1', text: 'hello' }]);
    expect(before.kept.size).toBe(0);
  });

  it('forgets what another version kept and nobody can read', () => {
    const { outbox, kept } = outboxOnStage(new Map([['x', 'not json']]));
    outbox.adopt();
    expect([outbox.store.getState(), kept.size]).toEqual([[], 0]);
  });

  it('stands as refused until its writer says what is to become of it, and holds up nothing behind it', async () => {
    const { outbox, sent, answers, say } = outboxOnStage();
    answers.push({ kind: 'refused', code: 'forbidden' });
    say('one');
    say('two');
    await settled();
    expect(outbox.store.getState()).toMatchObject([{ composed: { text: 'one' }, state: 'refused', code: 'forbidden' }]);
    expect(sent.map(({ text }) => text)).toEqual(['one', 'two']);
    expect(outbox.takeBack('m-1')?.text).toBe('one');
    expect(outbox.store.getState()).toEqual([]);
  });

  it('cannot be taken back while it is on its way', () => {
    const { outbox, say } = outboxOnStage();
    say('hello');
    expect(outbox.takeBack('m-1')).toBeNull();
  });
});

describe('what is being written, as one string', () => {
  it('is the same string for the same words, and nothing for no words', () => {
    const composed = { ...nothingComposed, text: 'Hello', to: [{ address: 'a@b.example', name: null }] };
    expect(writeComposed({ ...composed })).toBe(writeComposed(readComposed(writeComposed(composed))));
    expect(writeComposed(nothingComposed)).toBe('');
    expect(readComposed('{"text":1}')).toEqual(nothingComposed);
    expect(readComposed('nonsense')).toEqual(nothingComposed);
  });
});
