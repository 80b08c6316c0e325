import { expect, test } from 'vitest';
import { silentLog, VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import type { Authenticator, Flow, Header, ReceivedRequest, ResponseParts, ServerTransaction } from '../../../../cti-bridge/sip/index.ts';
import { parseMessage } from '../../../../cti-bridge/sip/index.ts';
import { Bindings, Registrar } from '../../../../cti-bridge/sip/registrar/index.ts';

/** The way over proxies to a phone (RFC 3327): noted, told and followed, but only on the word of a proxy of ours. */

const neighbour: Flow = {
  id: 'udp 198.51.100.1',
  transport: 'UDP',
  isReliable: false,
  remote: { host: '198.51.100.1', port: 5060 },
  isClosed: false,
  send() {},
  close() {},
  onClose: () => ({ dispose() {} }),
};
const behindEdge: Flow = { ...neighbour, id: 'behind', origin: { transport: 'TCP', host: '203.0.113.7', port: 40_000 } };
const path = '<sip:198.51.100.1;lr;received=sip:203.0.113.7:40000%3Btransport%3Dtcp>';
const outer = '<sip:192.0.2.1;lr>';

function register(flow: Flow, headers: readonly Header[], contactParams = '') {
  const clock = new VirtualClock();
  const bindings = new Bindings(clock, silentLog);
  const authenticator = { check: () => ({ kind: 'accepted', username: '2001' }) } as unknown as Authenticator;
  const registrar = new Registrar({ clock, log: silentLog, bindings, authenticator });
  const told: { status: number; headers: readonly Header[] }[] = [];
  const respond = (status: number, parts: ResponseParts = {}) => void told.push({ status, headers: parts.headers ?? [] });
  registrar.register({ request: requestWith(headers, contactParams), flow, respond } as unknown as ServerTransaction);
  const [answer] = told;
  return {
    binding: bindings.find('2001'),
    status: answer?.status,
    contact: answer?.headers.find(({ name }) => name === 'Contact')?.value,
    path: answer?.headers.filter(({ name }) => name === 'Path').map(({ value }) => value),
  };
}

function requestWith(headers: readonly Header[], contactParams: string): ReceivedRequest {
  const lines = [
    'REGISTER sip:crosspoint.invalid SIP/2.0',
    'Via: SIP/2.0/UDP 198.51.100.1;branch=z9hG4bK1',
    'From: <sip:2001@crosspoint.invalid>;tag=a',
    'To: <sip:2001@crosspoint.invalid>',
    'Call-ID: c',
    'CSeq: 1 REGISTER',
    `Contact: <sip:2001@10.0.0.7:5060>;expires=600${contactParams}`,
    'Supported: outbound, path',
    ...headers.map(({ name, value }) => `${name}: ${value}`),
    '',
    '',
  ];
  const parsed = parseMessage(Buffer.from(lines.join('\r\n')));
  if (!parsed.ok || parsed.value.kind !== 'request') throw new Error('bad test message');
  return parsed.value;
}

test('a proxy of ours says the way, in its order, and the phone is told', () => {
  const both = [
    { name: 'Path', value: path },
    { name: 'Path', value: outer },
  ];
  const registered = register(behindEdge, both);
  expect(registered).toMatchObject({ status: 200, path: [path, outer], binding: { routes: [path, outer] } });
});

test('a phone that comes by itself is not called over a way of its own choice', () => {
  const registered = register(neighbour, [{ name: 'Path', value: outer }]);
  expect(registered).toMatchObject({ status: 200, path: [], binding: { routes: [] } });
});

test('a phone behind a proxy comes again every minute, because nobody else tells it that we were away', () => {
  expect(register(behindEdge, [{ name: 'Path', value: path }]).contact).toContain(';expires=60');
  expect(register(neighbour, []).contact).toContain(';expires=600');
});

test('a way that cannot be read is refused', () => {
  expect(register(behindEdge, [{ name: 'Path', value: 'elsewhere' }])).toMatchObject({ status: 400, binding: null });
});

test('flows of one phone are told apart behind a proxy only where it knows of them', () => {
  const instance = ';+sip.instance="<urn:uuid:1>";reg-id=1';
  const knows = path.replace(';lr', ';lr;ob');
  expect(register(behindEdge, [{ name: 'Path', value: path }], instance).binding?.outbound).toBeNull();
  expect(register(behindEdge, [{ name: 'Path', value: knows }], instance).binding?.outbound).toEqual({
    instance: '<urn:uuid:1>',
    regId: 1,
  });
  expect(register(neighbour, [], instance).binding?.outbound).toEqual({ instance: '<urn:uuid:1>', regId: 1 });
});
