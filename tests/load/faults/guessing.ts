import type { Flow, ReceivedResponse } from '../../../cti-bridge/sip/index.ts';
import { answerChallenge, headerOf, parseMessage } from '../../../cti-bridge/sip/index.ts';
import type { World } from '../../conformance/sip/scripted-peer.ts';
import { answer, createWorld, stackHost, trunkHost } from '../../conformance/sip/scripted-peer.ts';
import type { FaultRow } from './fault-row.ts';
import { Expectations, percent } from './fault-row.ts';

/** Known names are numbers; the stack knows nobody whose name begins with `nobody`. */
const knownName = (at: number): string => `1${String(at).padStart(7, '0')}`;
const unknownName = (at: number): string => `nobody${String(at % 100).padStart(2, '0')}`;

/** What a guesser sees of an answer, without what differs in every one of them. */
function shapeOf(answered: ReceivedResponse): string {
  const headers = answered.headers.map(
    ({ name, value }) => `${name}: ${name === 'WWW-Authenticate' ? value.replace(/nonce="[^"]*"/, 'nonce') : ''}`,
  );
  return `${answered.status} ${answered.reason}\n${headers.join('\n')}`;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** One guess over a connection of its own, past the network, so that only what we do is timed. */
function guessDirectly(world: World, id: string, name: string): { readonly answered: ReceivedResponse; readonly microseconds: number } {
  let last: Buffer = Buffer.alloc(0);
  const flow: Flow = {
    id,
    transport: 'TCP',
    isReliable: true,
    remote: { host: id, port: 5060 },
    isClosed: false,
    send(bytes) {
      last = bytes;
    },
    close() {},
    onClose: () => ({ dispose() {} }),
  };
  const ask = (sequence: number, extra: string) => {
    const text = [
      'REGISTER sip:example.com SIP/2.0',
      `Via: SIP/2.0/TCP phone.example.com;branch=z9hG4bK${id}${sequence}`,
      `From: <sip:${name}@example.com>;tag=f`,
      `To: <sip:${name}@example.com>`,
      `Call-ID: ${id}`,
      `CSeq: ${sequence} REGISTER`,
      'Contact: <sip:x@192.0.2.9>',
      `${extra}Content-Length: 0`,
      '\r\n',
    ];
    world.network.arriveOver(flow, Buffer.from(text.join('\r\n')), stackHost, 5060);
    const parsed = parseMessage(last);
    if (!parsed.ok || parsed.value.kind !== 'response') throw new Error('no answer');
    return parsed.value;
  };
  const challenge = headerOf(ask(1, ''), 'WWW-Authenticate') ?? '';
  const request = { method: 'REGISTER', uri: 'sip:example.com', username: name, password: 'guess', cnonce: 'c', nonceCount: 1 };
  const value = answerChallenge(challenge, request);
  const start = performance.now();
  const answered = ask(2, `Authorization: ${value}\r\n`);
  return { answered, microseconds: (performance.now() - start) * 1_000 };
}

const bruteForce: FaultRow = {
  name: 'brute-force',
  about:
    'passwords guessed: 10 for a name from an address and 100 from an address are looked at, users elsewhere are not locked out, and neither answer nor time (5 %) tells which names exist',
  count: 2_000,
  async run({ count, seed }) {
    const expectations = new Expectations();
    const world = await createWorld(() => {}, { seed });
    const guess = async (host: string, name: string, password = 'guess') => {
      const registering = world.peer(host).register(name, { password });
      await world.clock.run(10);
      return registering;
    };

    let looked = 0;
    for (let at = 0; at < 30; at++) if ((await guess('198.51.100.1', '1001')).status === 401) looked++;
    expectations.expect(looked === 10, `${looked} guesses for one name were looked at`);
    let lookedAtAddress = 0;
    for (let at = 0; at < 150; at++) {
      if ((await guess('198.51.100.2', at % 2 ? knownName(at) : unknownName(at))).status === 401) lookedAtAddress++;
      await world.clock.run(100);
    }
    expectations.expect(lookedAtAddress === 100, `${lookedAtAddress} guesses from one address were looked at`);
    expectations.expect((await guess('198.51.100.3', '1001', 'secret-of-1001')).status === 200, 'a user elsewhere is locked out');

    const shapes = { known: new Set<string>(), unknown: new Set<string>() };
    const costs = { known: [] as number[], unknown: [] as number[] };
    for (let at = 0; at < count; at++) {
      for (const kind of at % 2 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)) {
        const name = kind === 'known' ? knownName(at) : unknownName(at);
        const { answered, microseconds } = guessDirectly(world, `${kind}-${at}`, name);
        costs[kind].push(microseconds);
        shapes[kind].add(shapeOf(answered));
      }
      world.clock.advance(20);
    }
    expectations.expect([...shapes.known].join() === [...shapes.unknown].join(), 'the answers differ');
    const difference = Math.abs(percent(median(costs.known), median(costs.unknown)) - 100);
    expectations.expect(difference <= 5, `known and unknown names differ by ${difference.toFixed(1)} % in time`);
    return {
      figures: [
        { name: 'guesses', value: 2 * count, unit: '', at: `seed ${seed}` },
        { name: 'a guess at a known name', value: median(costs.known), unit: 'µs', at: 'median' },
        { name: 'a guess at an unknown name', value: median(costs.unknown), unit: 'µs', at: 'median' },
        { name: 'difference in time', value: difference, unit: '%', at: 'median of known against unknown names, goal 5' },
      ],
      failures: expectations.failures,
    };
  },
};

const registerFlood: FaultRow = {
  name: 'register-flood',
  about:
    'all phones come back in one moment: told to come again at different times, all registered within a minute, the call that talks goes on',
  count: 10_000,
  async run({ count, seed }) {
    const expectations = new Expectations();
    const world = await createWorld((leg) => void leg.answer(answer), { seed });
    const peer = world.peer(trunkHost);
    const talking = peer.call();
    await world.clock.run(20);
    let registered = 0;
    let refused = 0;
    let lastAt = 0;
    const start = world.clock.monotonic();
    for (let at = 0; at < count; at++) {
      const phone = world.peer(`10.${Math.floor(at / 62_500) + 1}.${Math.floor(at / 250) % 250}.${at % 250}`);
      const knock = (): void => {
        void phone.register(knownName(at)).then((final) => {
          if (final.status === 200) {
            registered++;
            lastAt = world.clock.monotonic() - start;
          }
          if (final.status !== 503) return;
          refused++;
          world.clock.timer(Number(headerOf(final, 'Retry-After')) * 1_000, knock);
        });
      };
      knock();
    }
    const before = process.cpuUsage();
    await world.clock.run(60_000);
    const { user, system } = process.cpuUsage(before);
    let info = 0;
    peer.ask(talking.dialog, 'INFO', (status) => {
      info = status;
    });
    await world.clock.run(20);
    expectations.expect(registered === count, `${count - registered} of ${count} phones are not registered after a minute`);
    expectations.expect(info === 200, 'the call that talks was harmed');
    expectations.expect(world.stack.counters().faults === undefined, 'something was thrown');
    return {
      figures: [
        { name: 'phones registered', value: registered, unit: '', at: `of ${count}, seed ${seed}` },
        { name: 'last of them after', value: lastAt / 1_000, unit: 's', at: 'goal 60' },
        { name: 'told to come again', value: refused, unit: 'times', at: '503 with Retry-After' },
        { name: 'processor time of both sides', value: (user + system) / 1e6, unit: 's', at: 'phones and stack in one process' },
      ],
      failures: expectations.failures,
    };
  },
};

export const guessingRows: readonly FaultRow[] = [bruteForce, registerFlood];
