import { expect, it } from 'vitest';
import { SmsLines, sign } from '../../../../cti-bridge/channels/sms/index.ts';
import type { LineState, LookUpAnswer } from '../../../../cti-bridge/interactions/index.ts';
import { err, ok, silentLog, VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import type { SmsLineConfiguration } from '../../../../shared/contracts/messages/settings.ts';
import type { MessageId } from '../../../../shared/ids.ts';
import { KeptTexts } from '../../../support/kept-texts.ts';

const line = (id: string, secret = 'SMS_SECRET'): SmsLineConfiguration => ({
  id,
  name: { en: id, zh: id },
  number: '10690',
  queue: 'service',
  carrier: { kind: 'http', url: 'https://sms.example/send', secret: { env: secret } },
  stopped: { en: '', zh: '' },
  resumed: { en: '', zh: '' },
});

function house() {
  const clock = new VirtualClock();
  const kept = new KeptTexts();
  const states: LineState[] = [];
  const network: { answer: LookUpAnswer } = { answer: { kind: 'answered', status: 200, headers: {}, body: { id: 'p1' } } };
  const secrets = new Map([['SMS_SECRET', 'one']]);
  const lines = new SmsLines({
    clock,
    log: silentLog,
    arrivals: kept,
    lookUps: { ask: () => Promise.resolve(network.answer) },
    resolveSecret: (reference) => {
      const value = 'env' in reference ? secrets.get(reference.env) : undefined;
      return value === undefined ? err('There is no such variable.') : ok(value);
    },
  });
  lines.onChanged((state) => states.push(state));
  const send = (lineId: string) =>
    lines.send({ messageId: 'm1' as MessageId, lineId, to: '+8613900004126', text: 'hello' }, new AbortController().signal);
  const bring = (id: string, secret: string) => {
    const body = Buffer.from(JSON.stringify({ type: 'text', id: 'x', from: '139', to: '10690', text: 'hi' }));
    return lines.webhook(`/hooks/sms/${id}`, body, sign(secret, body, clock.now()));
  };
  return { lines, kept, states, network, secrets, send, bring };
}

it('brings what a provider tells to the line whose path it is', async () => {
  const { lines, kept, bring } = house();
  lines.configure([line('a'), line('b')]);
  expect(await bring('b', 'one')).toMatchObject({ status: 200 });
  expect(kept.texts).toMatchObject([{ sourceId: 'b' }]);
  expect(bring('c', 'one')).toBeNull();
  expect(lines.webhook('/hooks/sms/a/', Buffer.alloc(0), {})).toBeNull();
});

it('says when a provider does not work, once, and when it works again', async () => {
  const { lines, states, network, send } = house();
  lines.configure([line('a')]);
  expect(await send('a')).toEqual({ kind: 'taken', providerIds: ['p1'] });
  const well = network.answer;
  network.answer = { kind: 'answered', status: 403, headers: {}, body: null };
  await send('a');
  await send('a');
  expect(lines.states()).toMatchObject([{ sourceId: 'a', state: 'down', why: 'it answered 403' }]);
  network.answer = well;
  await send('a');
  expect(states.map(({ state }) => state)).toEqual(['up', 'down', 'up']);
});

it('begins a line anew when its secret is another, and rests it when it is gone', async () => {
  const { lines, secrets, send, bring } = house();
  lines.configure([line('a')]);
  secrets.set('SMS_SECRET', 'two');
  lines.configure([line('a')]);
  expect(await bring('a', 'one')).toMatchObject({ status: 401 });
  expect(await bring('a', 'two')).toMatchObject({ status: 200 });
  secrets.clear();
  lines.configure([line('a')]);
  expect(bring('a', 'two')).toBeNull();
  expect(lines.states()).toMatchObject([{ state: 'down', why: 'There is no such variable.' }]);
  expect(await send('a')).toMatchObject({ kind: 'notNow' });
});

it('has no line that is not set up, and none once it was stopped', async () => {
  const { lines, send } = house();
  lines.configure([line('a')]);
  expect(await send('b')).toMatchObject({ kind: 'refused' });
  await lines.stop();
  lines.configure([line('a')]);
  expect(lines.states()).toEqual([]);
});
