import { describe, expect, it } from 'vitest';
import type { ArrivedText } from '../../../../cti-bridge/interactions/index.ts';
import { demoWrittenContacts } from '../../../../cti-bridge/store/seed/written-contacts.ts';
import { minutes } from '../../../../shared/duration.ts';
import { writtenHouse } from './written-house.ts';

const [line] = demoWrittenContacts(false).smsLines;

function houseWithLine() {
  if (!line) throw new Error('The demo has no line.');
  const house = writtenHouse({ smsLines: [line] });
  const writes = (from: string, text: string, part: ArrivedText['part'] = null) =>
    house.messages.arrivals.keepText({
      ...{ sourceId: line.id, onceKey: null, receivedAt: house.clock.now(), from, to: line.number, text, part },
    });
  return { ...house, writes };
}

describe('texts that come in', () => {
  it('wait for what the same number wrote before, however the network writes it, and for nobody else', async () => {
    const { store, clock, writes } = houseWithLine();
    const look = store.findByAddress.bind(store);
    const { promise: goesOn, resolve: goOn } = Promise.withResolvers<void>();
    let isFirst = true;
    store.findByAddress = async (...asked) => {
      if (isFirst) {
        isFirst = false;
        await goesOn;
      }
      return look(...asked);
    };
    await writes('+447700900142', 'one');
    await writes('447700900142', 'two');
    await writes('+447700900171', 'Good morning.');
    await clock.run(0);
    expect(store.messages.map(({ text }) => text)).toEqual(['Good morning.']);
    goOn();
    await clock.run(0);
    await clock.run(0);
    expect(store.messages.map(({ text }) => text)).toEqual(['Good morning.', 'one', 'two']);
    expect(store.conversations.size).toBe(2);
  });

  it('of which a part does not come are given after five minutes as they are, and say so', async () => {
    const { store, clock, writes } = houseWithLine();
    await writes('+447700900142', 'three', { reference: 1, total: 3, index: 3 });
    await writes('+447700900142', 'one ', { reference: 1, total: 3, index: 1 });
    await clock.run(minutes(5) - 1);
    expect(store.messages).toEqual([]);
    await clock.run(1);
    expect(store.messages).toMatchObject([{ text: 'one  […] three', sms: { segments: 2, isIncomplete: true } }]);
    expect(store.works.size).toBe(1);
  });

  it('keep no half of a card number in their parts once these are together', async () => {
    const { store, clock, writes } = houseWithLine();
    const kept: unknown[] = [];
    const keep = store.store.bind(store);
    store.store = async (intake) => {
      kept.push(intake.partTexts);
      return keep(intake);
    };
    await writes('+447700900142', 'My card: 4111 1111', { reference: 1, total: 2, index: 1 });
    await writes('+447700900142', ' 1111 1111.', { reference: 1, total: 2, index: 2 });
    await clock.run(0);
    expect(store.messages.map(({ text }) => text)).toEqual(['My card: •••• •••• •••• 1111.']);
    expect(kept).toEqual([['My card: •••• ••••', ' •••• 1111.']]);
  });
});
