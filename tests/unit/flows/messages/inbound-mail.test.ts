import { describe, expect, it } from 'vitest';
import { hours, minutes, seconds } from '../../../../shared/duration.ts';
import { type WrittenHouse, writtenHouse } from './written-house.ts';

const outgoing = ({ sent }: WrittenHouse) => sent.flatMap((each) => ('internetMessageId' in each ? [each] : []));

describe('a mail that arrived', () => {
  it('and cannot be read now, is read a little later, and again until it can be', async () => {
    const house = writtenHouse();
    house.readings.push({ ok: false, why: 'notNow' }, { ok: false, why: 'notNow' });
    const arrival = await house.mail({});
    expect(arrival?.state).toBe('new');
    await house.clock.run(seconds(5));
    expect(arrival?.state).toBe('new');
    await house.clock.run(minutes(1));
    expect(arrival?.state).toBe('taken');
    expect(house.store.messages.filter(({ kind }) => kind === 'in')).toHaveLength(1);
  });

  it('and can never be read, lies in quarantine, and holds up no other', async () => {
    const house = writtenHouse();
    house.readings.push({ ok: false, why: 'broken', text: 'what it began with' });
    expect((await house.mail({}))?.state).toBe('quarantined');
    expect((await house.mail({}))?.state).toBe('taken');
  });

  it('is tried again without haste while none of them can be read', async () => {
    const house = writtenHouse();
    const never = { ok: false, why: 'notNow' } as const;
    house.readings.push(...Array.from({ length: 1_000 }, () => never));
    await house.mail({});
    await house.clock.run(hours(1));
    expect(house.readings.length).toBeGreaterThan(980);
  });
});

describe('mails of one Message-ID', () => {
  const one = { internetMessageId: '<same@example.cn>', text: 'Why 39?' };
  const said = ({ store }: WrittenHouse) => store.messages.filter(({ kind }) => kind === 'in').map(({ text }) => text);

  it('are all kept where they do not say the same', async () => {
    const house = writtenHouse();
    await house.mail(one);
    await house.mail({ ...one, text: 'Pay here.', from: { address: 'zhang@example.cn', name: null } });
    expect(said(house)).toEqual(['Why 39?', 'Pay here.']);
    expect(house.store.conversations.size).toBe(2);
  });

  it('are one where they say the same, by whatever way each came; the second goes where the first goes', async () => {
    const house = writtenHouse();
    const settled: unknown[] = [];
    const { settleArrival } = house.store;
    house.store.settleArrival = async (arrivalId, as) => {
      settled.push(as);
      await settleArrival.call(house.store, arrivalId, as);
    };
    await house.mail(one);
    expect((await house.mail(one, null))?.state).toBe('discarded');
    expect(said(house)).toEqual(['Why 39?']);
    expect(settled).toEqual([{ state: 'discarded', messageId: house.store.messages[0]?.messageId }]);
  });

  it('are as many as came where they have none', async () => {
    const house = writtenHouse();
    for (let time = 0; time < 2; time++) await house.mail({ ...one, internetMessageId: null });
    expect(said(house)).toEqual(['Why 39?', 'Why 39?']);
  });
});

it('a fax says how many pages it has, a picture does not', async () => {
  const house = writtenHouse();
  const file = { bytes: 1_000, contentId: null, isInline: false };
  const fax = { ...file, fileName: '1', name: 'fax.tif', mediaType: 'image/tiff' };
  const picture = { ...file, fileName: '2', name: 'shop.png', mediaType: 'image/png' };
  const stored: (number | null)[] = [];
  house.store.onFiles = (files) => stored.push(...files.map(({ pages }) => pages));
  await house.mail({ files: [fax, picture] });
  expect(stored).toEqual([3, null]);
});

describe('somebody who writes into a conversation of others', () => {
  const events = ({ store }: WrittenHouse) => store.messages.filter(({ kind }) => kind === 'event');
  const stranger = { from: { address: 'Zhang@example.cn', name: 'Zhang' }, inReplyTo: ['<one@example.cn>'] };

  it('is told of, once', async () => {
    const house = writtenHouse();
    await house.mail({ internetMessageId: '<one@example.cn>' });
    await house.mail({ ...stranger, internetMessageId: '<two@example.cn>', text: 'And me?' });
    await house.mail({ ...stranger, internetMessageId: '<three@example.cn>', text: 'Well?' });
    expect(events(house)).toMatchObject([{ text: 'newCorrespondent', author: { kind: 'system', name: 'Zhang <Zhang@example.cn>' } }]);
    expect(house.store.works.size).toBe(1);
  });

  it('is not told of where they were among those it went to', async () => {
    const house = writtenHouse();
    await house.mail({ internetMessageId: '<one@example.cn>', cc: [{ address: 'zhang@example.cn', name: null }] });
    await house.mail({ ...stranger, internetMessageId: '<two@example.cn>', text: 'And me?' });
    expect(events(house)).toEqual([]);
  });
});

describe('the word that we have it', () => {
  const first = { internetMessageId: '<one@example.cn>' };

  it('goes once a day to whoever writes, however often they do', async () => {
    const house = writtenHouse();
    await house.messages.resume();
    await house.mail(first);
    await house.mail({ internetMessageId: '<two@example.cn>', text: 'And?' });
    expect(outgoing(house)).toMatchObject([{ to: [{ address: 'wang@example.cn' }], isAutomatic: true, inReplyTo: '<one@example.cn>' }]);
    await house.clock.run(hours(25));
    await house.mail({ internetMessageId: '<three@example.cn>', text: 'Still nothing.' });
    expect(outgoing(house)).toHaveLength(2);
  });

  it.each([
    ['a program', { automatic: 'autoReply' as const }, 'wang@example.cn'],
    ['a list', { automatic: 'list' as const }, 'wang@example.cn'],
    [
      'a bounce of nothing that we know',
      { automatic: 'bounce' as const, bounce: { of: '<x@y>', recipient: null, isPermanent: true, why: '' } },
      null,
    ],
    ['an envelope without a sender', {}, null],
    ['one of our own addresses', { from: { address: 'care@crosspoint.example', name: null } }, 'care@crosspoint.example'],
  ])('does not go to %s', async (_whom, said, envelopeFrom) => {
    const house = writtenHouse();
    await house.messages.resume();
    await house.mail({ ...first, ...said }, envelopeFrom);
    expect(house.store.messages).toHaveLength(1);
    expect(outgoing(house)).toEqual([]);
  });

  it('ends a loop at its second turn, with a program that says nothing of itself and waits for days', async () => {
    const house = writtenHouse();
    await house.messages.resume();
    await house.mail(first);
    for (let turn = 0; turn < 2; turn++) {
      const answer = outgoing(house).at(-1)?.internetMessageId ?? '';
      await house.clock.run(hours(25));
      await house.mail({ internetMessageId: `<turn-${turn}@example.cn>`, text: `We have yours ${turn}.`, inReplyTo: [answer] });
    }
    expect(outgoing(house)).toHaveLength(1);
  });
});

describe('a card number', () => {
  const card = '4111 1111 1111 1111';

  it('in a mail is hidden in its subject, its text, what it quotes and its own form, and in the name of its conversation', async () => {
    const house = writtenHouse();
    await house.mail({ subject: `Card ${card}`, text: card, quoted: `> ${card}`, html: `<p>${card}</p>` });
    const [message] = house.store.messages;
    expect(message).toMatchObject({ subject: 'Card •••• •••• •••• 1111', text: '•••• •••• •••• 1111' });
    expect(JSON.stringify([house.store.messages, [...house.store.conversations.values()]])).not.toContain(card);
  });

  it('in a mail that cannot be read is hidden in what could be read of it', async () => {
    const house = writtenHouse();
    house.readings.push({ ok: false, why: 'broken', text: `Pay with ${card}` });
    const settled: unknown[] = [];
    const { settleArrival } = house.store;
    house.store.settleArrival = async (arrivalId, as) => {
      settled.push(as);
      await settleArrival.call(house.store, arrivalId, as);
    };
    await house.mail({});
    expect(settled).toEqual([{ state: 'quarantined', why: 'broken', text: 'Pay with •••• •••• •••• 1111' }]);
  });
});
