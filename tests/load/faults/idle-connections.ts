import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { isRequest, sdp, startBench } from '../../integration/sip/bench.ts';
import { StreamPhone } from '../../integration/sip/stream-phone.ts';
import { selfSigned } from '../../support/self-signed.ts';
import type { FaultRow } from './fault-row.ts';
import { Expectations } from './fault-row.ts';

const callsWhileIdle = 50;

/**
 * Connections that say nothing, that begin a message and do not go on, and that never begin with TLS, from many addresses at once. Phones
 * register and are called meanwhile.
 */
export const idleConnections: FaultRow = {
  name: 'idle-connections',
  about: 'connections that are opened and never used: new calls are set up meanwhile, and all of them are closed within 30 s',
  count: 5_000,
  async run({ count }) {
    const expectations = new Expectations();
    const own = selfSigned();
    const bench = await startBench((leg) => leg.refuse(404), {
      sources: ['192.0.2.1'],
      certificate: { current: own, onReplaced: () => ({ dispose() {} }) },
      listeners: [
        { transport: 'TCP', host: '127.0.0.1', port: 0 },
        { transport: 'TLS', host: '127.0.0.1', port: 0 },
      ],
    });
    const [, tcp, tls] = bench.stack.addresses;
    if (!tcp || !tls) throw new Error('no listeners');
    const open = new Set<Socket>();
    const startedAt = performance.now();
    let lastClosedAt = startedAt;

    const idle = async (at: number) => {
      const { host, port } = at % 3 === 0 ? tls : tcp;
      const socket = connect({ host, port, localAddress: `127.0.1.${1 + (at % 250)}` });
      socket.on('error', () => {});
      open.add(socket);
      socket.once('close', () => {
        open.delete(socket);
        lastClosedAt = performance.now();
      });
      socket.resume();
      await new Promise((resolve) => socket.once('connect', resolve).once('close', resolve));
      if (at % 3 === 1) socket.write('INVITE sip:1@a SIP/2.0\r\nVia: SIP/2.0/TCP a');
    };
    for (let at = 0; at < count; at += 100)
      await Promise.all(Array.from({ length: Math.min(100, count - at) }, (_, more) => idle(at + more)));
    const openedMs = performance.now() - startedAt;
    let held = 0;
    // Both ends are in this process: theirs are open before ours have looked.
    for (const until = performance.now() + 2_000; held < count && performance.now() < until; ) {
      await new Promise((resolve) => setImmediate(resolve));
      held = Math.max(held, bench.stack.counters().connections ?? 0);
    }
    expectations.expect(held >= count * 0.99, `${held} of ${count} connections were let in`);

    const setUpMs: number[] = [];
    for (let call = 0; call < callsWhileIdle; call++) {
      const extension = String(2_000 + call);
      const from = performance.now();
      const phone = await StreamPhone.connect({ host: tcp.host, port: tcp.port, transport: 'TCP' });
      await phone.register(extension);
      const leg = bench.stack.invite({ extension, from: { user: '1', displayName: '' }, offer: sdp });
      phone.respond(await phone.next('INVITE', isRequest('INVITE')), '200 OK', sdp);
      const outcome = leg ? await leg.outcome : null;
      setUpMs.push(performance.now() - from);
      expectations.expect(outcome?.ok === true, `call ${call} was not set up`);
      leg?.hangUp();
      phone.respond(await phone.next('BYE', isRequest('BYE')), '200 OK');
      phone.socket.destroy();
    }
    const sorted = setUpMs.toSorted((one, other) => one - other);
    const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? 0;

    const patience = performance.now() + 40_000;
    while (open.size > 0 && performance.now() < patience) await new Promise((resolve) => setImmediate(resolve));
    expectations.expect(p95 < 1_000, `a call took ${Math.round(p95)} ms`);
    expectations.expect(lastClosedAt - startedAt < 30_000 + openedMs, 'idle connections stayed for more than 30 s');
    expectations.expect(open.size === 0, `${open.size} connections are still open`);
    for (const socket of open) socket.destroy();
    await bench.stop();
    return {
      figures: [
        { name: 'idle connections', value: held, unit: '', at: `of ${count}, opened in ${Math.round(openedMs)} ms` },
        { name: 'connect, register, call, answer', value: p95, unit: 'ms', at: `p95 of ${callsWhileIdle}` },
        {
          name: 'the last idle one closed after',
          value: (lastClosedAt - startedAt) / 1_000,
          unit: 's',
          at: 'since the first was opened, limit 30 s each',
        },
      ],
      failures: expectations.failures,
    };
  },
};
