import { randomBytes } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { createIdSource, silentLog, systemClock } from '../../../cti-bridge/kernel/index.ts';
import type { DatagramTransport } from '../../../cti-bridge/sip/index.ts';
import { createSipStack, createUdpTransport } from '../../../cti-bridge/sip/index.ts';
import type { MemoryNetwork } from '../../conformance/sip/memory-network.ts';
import { answer, ScriptedPeer, stackHost } from '../../conformance/sip/scripted-peer.ts';
import type { FaultRow } from './fault-row.ts';
import { Expectations, percent } from './fault-row.ts';
import type { FloodOrder } from './flood-sender.ts';

const perSecond = 5_000;
const talkingCalls = 200;
const probeEveryMs = 20;

const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((one, other) => one - other)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

/** Real sockets in place of the network in memory; what a scripted peer sends to the stack goes to its port. */
function onLoopback(port: () => number): MemoryNetwork {
  const endpoint = (): DatagramTransport => {
    const udp = createUdpTransport({ host: '127.0.0.1', port: 0, clock: systemClock, log: silentLog });
    return {
      get address() {
        return udp.address;
      },
      start: (listener) => udp.start(listener),
      stop: () => udp.stop(),
      flowTo: (host, to) => (host === stackHost ? udp.flowTo('127.0.0.1', port()) : udp.flowTo(host, to)),
    };
  };
  return { endpoint } as unknown as MemoryNetwork;
}

const inviteFlood: FaultRow = {
  name: 'invite-flood',
  about: `INVITEs from 500 addresses, ${perSecond} a second, while ${talkingCalls} calls talk: all of them alive, their requests answered within 500 ms, new calls of the trunk set up, all as before 5 s after`,
  count: 50_000,
  async run({ count }) {
    const expectations = new Expectations();
    const stack = createSipStack({
      config: {
        domain: 'example.com',
        product: 'Crosspoint/test',
        listeners: [{ transport: 'UDP', host: '127.0.0.1', port: 0 }],
        advertised: null,
        trunks: [{ trunkId: 'trunk', sources: ['127.0.0.1'] }],
        inviteRateLimit: 1_000,
      },
      clock: systemClock,
      ids: createIdSource(systemClock),
      log: silentLog,
      random: randomBytes,
      credentials: () => null,
    });
    let ended = 0;
    stack.onCall((leg) => {
      void leg.ended.then(() => ended++);
      void leg.answer(answer);
    });
    await stack.start();
    const { port } = stack.udpAddress;
    const peer = new ScriptedPeer(
      systemClock,
      onLoopback(() => port),
      '127.0.0.1',
      1,
    );
    await pause(50);
    const calls = Array.from({ length: talkingCalls }, () => peer.call());
    await pause(500);
    const talking = calls.filter((call) => call.dialog);
    expectations.expect(talking.length === talkingCalls, `only ${talking.length} calls were set up before the flood`);

    const probe = async (forMs: number): Promise<number[]> => {
      const waits: number[] = [];
      const until = performance.now() + forMs;
      const open: Promise<void>[] = [];
      for (let at = 0; performance.now() < until; at++) {
        const call = talking[at % talking.length];
        const asked = performance.now();
        open.push(
          new Promise((resolve) =>
            peer.ask(call?.dialog ?? null, 'INFO', (status) => {
              waits.push(status === 200 ? performance.now() - asked : Number.POSITIVE_INFINITY);
              resolve();
            }),
          ),
        );
        await pause(probeEveryMs);
      }
      await Promise.all(open);
      return waits;
    };

    const before = await probe(1_000);
    const order: FloodOrder = { port, perSecond, total: count, addresses: 500 };
    const sender = new Worker(new URL('./flood-sender.ts', import.meta.url), { workerData: order });
    const flooded = new Promise<{ sent: number; seconds: number; answers: number }>((resolve, reject) => {
      sender.once('message', resolve);
      sender.once('error', reject);
    });
    const lag = monitorEventLoopDelay({ resolution: 5 });
    lag.enable();
    const cpuBefore = process.threadCpuUsage();
    const startedAt = performance.now();
    const duringProbe = probe((count / perSecond) * 1_000);
    const newCalls: ReturnType<ScriptedPeer['call']>[] = [];
    const calling = setInterval(() => newCalls.push(peer.call()), 200);
    const during = await duringProbe;
    const flood = await flooded;
    clearInterval(calling);
    lag.disable();
    const cpu = process.threadCpuUsage(cpuBefore);
    const busy = (cpu.user + cpu.system) / 1_000 / (performance.now() - startedAt);
    await pause(2_000);
    const after = await probe(2_000);
    const { droppedFlood = 0, invitesFromStrangers = 0, transactionsLive = 0, faults } = stack.counters();

    const lost = ended;
    expectations.expect(lost === 0, `${lost} calls ended in the flood`);
    const setUp = newCalls.filter((call) => call.final === 200).length;
    expectations.expect(setUp === newCalls.length, `only ${setUp} of ${newCalls.length} new calls were set up in the flood`);
    expectations.expect(percentile(during, 1) < 500, `a request waited ${percentile(during, 1).toFixed(0)} ms`);
    expectations.expect(percentile(after, 0.99) < Math.max(20, 5 * percentile(before, 0.99)), 'not as before 5 s after the flood');
    expectations.expect(faults === undefined, 'something was thrown');
    await stack.stop();
    await sender.terminate();
    const at = `${Math.round(flood.sent / flood.seconds)} INVITEs a second for ${flood.seconds.toFixed(0)} s`;
    return {
      figures: [
        { name: 'calls alive', value: percent(talkingCalls + newCalls.length - lost, talkingCalls + newCalls.length), unit: '%', at },
        { name: 'new calls set up', value: percent(setUp, newCalls.length), unit: '%', at: `${newCalls.length} in the flood` },
        { name: 'a request in a call, p50 before', value: percentile(before, 0.5), unit: 'ms', at: 'no flood' },
        { name: 'a request in a call, p50', value: percentile(during, 0.5), unit: 'ms', at },
        { name: 'a request in a call, p99', value: percentile(during, 0.99), unit: 'ms', at: 'goal 500' },
        { name: 'a request in a call, longest', value: percentile(during, 1), unit: 'ms', at },
        { name: 'lag of the event loop, p99', value: lag.percentile(99) / 1e6, unit: 'ms', at: 'goal 50; sampled every 5 ms' },
        { name: 'of one core, phones and stack', value: 100 * busy, unit: '%', at },
        {
          name: 'INVITEs that reached us',
          value: invitesFromStrangers + droppedFlood,
          unit: '',
          at: `of ${flood.sent}; the socket drops the rest`,
        },
        { name: 'of them answered', value: flood.answers, unit: '', at: 'at most 200 a second' },
        { name: 'transactions afterwards', value: transactionsLive, unit: '', at: 'of the calls that talk and the probes' },
      ],
      failures: expectations.failures,
    };
  },
};

export const floodRows: readonly FaultRow[] = [inviteFlood];
