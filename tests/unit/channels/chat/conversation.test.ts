import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptIn } from '../../../../cti-bridge/channels/chat/widget/kept.ts';
import { memoryStorage, ScriptedBridge, tabOf, textsOf } from './scripted-bridge.ts';

describe('a conversation on a good line', () => {
  it('costs no connection before somebody writes', () => {
    const bridge = new ScriptedBridge();
    const tab = tabOf(bridge);
    tab.resume();
    bridge.clock.advance(60_000);
    expect([tab.connection, tab.exists, bridge.clock.pending]).toEqual(['idle', false, 0]);
  });

  it('keeps a line in sight as not sent until the bridge has stored it', () => {
    const bridge = new ScriptedBridge();
    const tab = tabOf(bridge);
    tab.write('Hello');
    expect([tab.unsent.map(({ text }) => text), tab.lines.length]).toEqual([['Hello'], 0]);
    bridge.clock.advance(200);
    expect([tab.unsent, textsOf(tab)]).toEqual([[], ['Hello']]);
  });

  it('sends what was written before it was connected, in that order', () => {
    const bridge = new ScriptedBridge();
    const tab = tabOf(bridge);
    for (const text of ['one', 'two', 'three']) tab.write(text);
    bridge.clock.advance(500);
    expect(bridge.texts).toEqual(['one', 'two', 'three']);
    expect(textsOf(tab)).toEqual(['one', 'two', 'three']);
  });

  it('shows who is typing until they have written, or for six seconds', () => {
    const bridge = new ScriptedBridge();
    const tab = tabOf(bridge);
    tab.write('Hello');
    bridge.clock.advance(200);
    bridge.tell({ kind: 'typing', name: 'Mei Lin' });
    bridge.clock.advance(100);
    expect(tab.typing).toBe('Mei Lin');
    bridge.say('Hi');
    bridge.clock.advance(100);
    expect(tab.typing).toBeNull();
    bridge.tell({ kind: 'typing', name: 'Mei Lin' });
    bridge.clock.advance(6_100);
    expect(tab.typing).toBeNull();
  });

  it('says that somebody types at most every three seconds', () => {
    const bridge = new ScriptedBridge();
    const tab = tabOf(bridge);
    tab.write('Hello');
    bridge.clock.advance(200);
    for (let i = 0; i < 40; i++) {
      tab.typed();
      bridge.clock.advance(100);
    }
    expect(bridge.heard.filter(({ kind }) => kind === 'typing')).toHaveLength(2);
  });

  it('says at once that somebody types again after they have written', () => {
    const bridge = new ScriptedBridge();
    const tab = tabOf(bridge);
    tab.write('Hello');
    bridge.clock.advance(200);
    tab.typed();
    tab.write('Anybody?');
    tab.typed();
    bridge.clock.advance(200);
    expect(bridge.heard.filter(({ kind }) => kind === 'typing')).toHaveLength(2);
  });

  it('counts what an agent wrote and nobody has read, over a reload too', () => {
    const bridge = new ScriptedBridge();
    const kept = keptIn(memoryStorage(), '');
    const tab = tabOf(bridge, kept);
    tab.write('Hello');
    bridge.clock.advance(200);
    bridge.say('one');
    bridge.clock.advance(50);
    tab.markRead();
    bridge.say('two');
    bridge.clock.advance(50);
    expect(tab.unread).toBe(1);
    tab.end();
    const reloaded = tabOf(bridge, kept);
    reloaded.resume();
    bridge.clock.advance(200);
    expect([reloaded.unread, textsOf(reloaded)]).toEqual([1, ['Hello', 'one', 'two']]);
    expect(bridge.heard.filter((frame) => frame.kind === 'read').map(({ seq }) => seq)).toEqual([2, 2]);
  });
});

describe('a conversation on a bad line', () => {
  function talking() {
    const bridge = new ScriptedBridge();
    const kept = keptIn(memoryStorage(), '');
    const tab = tabOf(bridge, kept);
    tab.write('first');
    bridge.clock.advance(200);
    return { bridge, kept, tab };
  }

  it('comes back by itself, and gets what was said meanwhile', () => {
    const { bridge, tab } = talking();
    bridge.cut();
    expect(tab.connection).toBe('lost');
    bridge.say('while you were away');
    bridge.clock.advance(2_000);
    expect([tab.connection, textsOf(tab)]).toEqual(['open', ['first', 'while you were away']]);
  });

  it('tells a line again whose answer was lost, and it is one line', () => {
    const { bridge, tab } = talking();
    bridge.losesDown.add('written');
    tab.write('second');
    bridge.clock.advance(100);
    expect(bridge.texts).toEqual(['first', 'second']);
    bridge.losesDown.clear();
    bridge.cut();
    bridge.clock.advance(2_000);
    expect([bridge.texts, textsOf(tab), tab.unsent]).toEqual([['first', 'second'], ['first', 'second'], []]);
  });

  it('notices within 15 s that the line is dead though nobody has closed it', () => {
    const { bridge, tab } = talking();
    bridge.isDark = true;
    bridge.clock.advance(17_000);
    expect(tab.connection).not.toBe('open');
    bridge.isDark = false;
    tab.write('second');
    bridge.clock.advance(500);
    expect(textsOf(tab)).toEqual(['first', 'second']);
  });

  it('comes back at once when the browser says that the network is there again', () => {
    const { bridge, tab } = talking();
    bridge.isDark = true;
    tab.goneOffline();
    expect(tab.connection).toBe('lost');
    bridge.clock.advance(60_000);
    bridge.isDark = false;
    tab.comeBack();
    bridge.clock.advance(100);
    expect(tab.connection).toBe('open');
  });

  it('asks for a line that it has missed, and shows what came too early only then', () => {
    const { bridge, tab } = talking();
    bridge.losesDown.add('line');
    bridge.say('missed');
    bridge.clock.advance(50);
    bridge.losesDown.clear();
    bridge.say('early');
    bridge.clock.advance(30);
    expect(textsOf(tab)).toEqual(['first']);
    bridge.clock.advance(100);
    expect(textsOf(tab)).toEqual(['first', 'missed', 'early']);
  });

  it('lets nothing overtake a line that is refused for now', () => {
    const { bridge, tab } = talking();
    bridge.refuses = { why: 'notStored', times: 2 };
    tab.write('second');
    tab.write('third');
    bridge.clock.advance(1_000);
    expect(tab.unsent).toHaveLength(2);
    bridge.clock.advance(5_000);
    expect([textsOf(tab), tab.connection]).toEqual([['first', 'second', 'third'], 'open']);
  });

  it('asks less and less often while the bridge is away, and never floods it', () => {
    const { bridge, tab } = talking();
    bridge.isDark = true;
    bridge.cut();
    let tries = 0;
    const { connect } = bridge;
    bridge.connect = (listener) => {
      tries++;
      return connect.call(bridge, listener);
    };
    bridge.clock.advance(600_000);
    expect(tries).toBeGreaterThan(30);
    expect(tries).toBeLessThan(80);
    expect(tab.connection).not.toBe('open');
  });

  it('keeps lines that were not sent over a reload, and sends them once', () => {
    const { bridge, kept, tab } = talking();
    bridge.isDark = true;
    bridge.cut();
    tab.write('second');
    tab.end();
    bridge.isDark = false;
    const reloaded = tabOf(bridge, kept);
    expect(reloaded.unsent.map(({ text }) => text)).toEqual(['second']);
    reloaded.resume();
    bridge.clock.advance(500);
    expect([bridge.texts, reloaded.unsent]).toEqual([['first', 'second'], []]);
  });

  it('gives up where the site has no chat any more', () => {
    const { bridge, tab } = talking();
    bridge.cut(4404);
    bridge.clock.advance(600_000);
    expect([tab.connection, bridge.clock.pending]).toEqual(['refused', 0]);
  });

  it('begins anew when the bridge no longer knows the conversation, and loses no line that waits', () => {
    const { bridge, tab } = talking();
    bridge.say('old');
    bridge.clock.advance(50);
    bridge.isDark = true;
    bridge.cut();
    tab.write('for the new one');
    bridge.lines.length = 0;
    bridge.token = 'token-2';
    bridge.say('welcome');
    bridge.isDark = false;
    bridge.clock.advance(20_000);
    expect(textsOf(tab)).toEqual(['welcome', 'for the new one']);
  });

  it('goes on after a frame that is none', () => {
    const { bridge, tab } = talking();
    for (const text of ['', 'null', '[]', '{"kind":"line"}', '{"kind":"lines","lines":7}', '{"kind":"__proto__"}', '"x"']) {
      const { connect } = bridge;
      bridge.cut();
      bridge.connect = (listener) => {
        const wire = connect.call(bridge, listener);
        bridge.clock.timer(60, () => listener.heard(text));
        return wire;
      };
      bridge.clock.advance(1_000);
      bridge.connect = connect;
      bridge.clock.advance(20_000);
    }
    bridge.cut();
    bridge.clock.advance(20_000);
    bridge.say('still here');
    bridge.clock.advance(100);
    expect(textsOf(tab)).toEqual(['first', 'still here']);
  });
});

describe('two tabs of one visitor', () => {
  it('see the same, whoever writes', () => {
    const bridge = new ScriptedBridge();
    const kept = keptIn(memoryStorage(), '');
    const [one, other] = [tabOf(bridge, kept), tabOf(bridge, kept)];
    one.write('from the first');
    bridge.clock.advance(200);
    other.tokenChanged();
    bridge.clock.advance(200);
    other.write('from the second');
    bridge.say('to both');
    bridge.clock.advance(300);
    expect([...textsOf(one)].sort()).toEqual(['from the first', 'from the second', 'to both']);
    expect(textsOf(other)).toEqual(textsOf(one));
  });

  it('each work where the browser keeps nothing', () => {
    const denied = keptIn(() => {
      throw new DOMException('denied', 'SecurityError');
    }, '');
    const bridge = new ScriptedBridge();
    const tab = tabOf(bridge, denied);
    tab.write('Hello');
    bridge.clock.advance(200);
    bridge.cut();
    bridge.clock.advance(2_000);
    tab.write('again');
    bridge.clock.advance(200);
    expect([textsOf(tab), denied.read('token')]).toEqual([['Hello', 'again'], 'token-1']);
  });
});

it('loses no line, doubles none and keeps the order, however the network behaves', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('write' as const) }),
    fc.record({ do: fc.constant('say' as const) }),
    fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 30_000 }) }),
    fc.record({
      do: fc.constantFrom('cut' as const, 'dark' as const, 'light' as const, 'reload' as const, 'lose' as const, 'keep' as const),
    }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const bridge = new ScriptedBridge();
      const kept = keptIn(memoryStorage(), '');
      let tab = tabOf(bridge, kept);
      const written: string[] = [];
      tab.write('0');
      written.push('0');
      // A conversation that no token came back for ends with its tab.
      bridge.clock.advance(300);
      for (const each of steps) {
        if (each.do === 'write') {
          written.push(String(written.length));
          tab.write(written.at(-1) ?? '');
        } else if (each.do === 'say') bridge.say('said');
        else if (each.do === 'wait') bridge.clock.advance(each.ms);
        else if (each.do === 'cut') bridge.cut();
        else if (each.do === 'reload') {
          tab.end();
          tab = tabOf(bridge, kept);
          tab.resume();
        } else if (each.do === 'dark' || each.do === 'light') bridge.isDark = each.do === 'dark';
        else if (each.do === 'lose') for (const kind of ['line', 'written', 'lines'] as const) bridge.losesDown.add(kind);
        else bridge.losesDown.clear();
      }
      bridge.isDark = false;
      bridge.losesDown.clear();
      bridge.cut();
      bridge.clock.advance(300_000);
      expect(bridge.lines.filter(({ by }) => by === 'visitor').map(({ text }) => text)).toEqual(written);
      expect(textsOf(tab)).toEqual(bridge.texts);
      expect(tab.unsent).toEqual([]);
    }),
    { numRuns: 150 },
  );
});
