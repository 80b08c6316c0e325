import { afterEach, expect, test } from 'vitest';
import type { Bench } from './bench.ts';
import { runSipp, sdp, startBench, within } from './bench.ts';

let bench: Bench;
afterEach(() => bench.stop());

const common = (method: string, cseq: number, toTag: boolean) => `
      Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
      Max-Forwards: 70
      From: "Li Na" <sip:+8613800000001@[local_ip]:[local_port]>;tag=[pid]-[call_number]
      To: <sip:4001@[remote_ip]:[remote_port]>${toTag ? '[peer_tag_param]' : ''}
      Call-ID: [call_id]
      CSeq: ${cseq} ${method}
      Contact: <sip:caller@[local_ip]:[local_port]>`;

const invite = (attributes = '') => `
  <send ${attributes}><![CDATA[
      INVITE sip:4001@[remote_ip]:[remote_port] SIP/2.0${common('INVITE', 1, false)}
      Content-Type: application/sdp
      Content-Length: [len]

      v=0
      o=- 1 1 IN IP4 [local_ip]
      s=-
      c=IN IP4 [local_ip]
      t=0 0
      m=audio [auto_media_port] RTP/AVP 0
  ]]></send>`;

const ack = `<send><![CDATA[
      ACK sip:4001@[remote_ip]:[remote_port] SIP/2.0${common('ACK', 1, true)}
      Content-Length: 0

  ]]></send>`;

/** ACK of a refusal: on the branch of the INVITE, so many steps before. */
const ackRefusal = (stepsBefore: number) => ack.replace('[branch]', `[branch-${stepsBefore}]`);

const bye = `<send retrans="500"><![CDATA[
      BYE sip:4001@[remote_ip]:[remote_port] SIP/2.0${common('BYE', 2, true)}
      Content-Length: 0

  ]]></send>
  <recv response="200"></recv>`;

const answerBye = `<recv request="BYE"></recv><send><![CDATA[
      SIP/2.0 200 OK
      [last_Via:]
      [last_From:]
      [last_To:]
      [last_Call-ID:]
      [last_CSeq:]
      Content-Length: 0

  ]]></send>`;

const scenario = (...steps: string[]) =>
  `<?xml version="1.0" encoding="UTF-8" ?><scenario name="crosspoint">${steps.join('\n')}</scenario>`;
const trying = '<recv response="100" optional="true"></recv><recv response="180" optional="true"></recv>';
const ok = '<recv response="200" rtd="true"></recv>';
const answered = (leg: { progress(status: 180): void; answer(sdp: string): Promise<unknown> }) => {
  leg.progress(180);
  return leg.answer(sdp);
};

const ends = () => bench.calls.map((call) => call.end?.cause);
const allEnded = () => within('all legs ended', Promise.all(bench.calls.map((call) => call.leg.ended)));

test('fifty calls are answered, told apart, and ended by the caller', async () => {
  bench = await startBench((leg) => void answered(leg));
  const judged = await runSipp(bench.port, scenario(invite('retrans="500"'), trying, ok, ack, '<pause milliseconds="100"/>', bye), {
    calls: 50,
    rate: 50,
  });
  expect(judged, judged.output).toMatchObject({ code: 0 });
  await allEnded();
  expect(bench.calls).toHaveLength(50);
  expect(new Set(ends())).toEqual(new Set(['bye']));
  expect(bench.calls[0]?.leg).toMatchObject({
    dialled: '4001',
    trunk: 'trunk-1',
    caller: { user: '+8613800000001', displayName: 'Li Na' },
  });
  expect(bench.stack.counters().dialogsLive).toBe(0);
});

test.each(['t1', 'tn'] as const)('fifty calls over TCP, by sipp -t %s, are answered and ended by the caller', async (transport) => {
  bench = await startBench((leg) => void answered(leg), { listeners: [{ transport: 'TCP', host: '127.0.0.1', port: 0 }] });
  const port = bench.stack.addresses[1]?.port ?? 0;
  const steps = scenario(invite(), trying, ok, ack, '<pause milliseconds="100"/>', bye.replace(' retrans="500"', ''));
  const judged = await runSipp(port, steps, { calls: 50, rate: 50, transport, args: ['-max_socket', '1000'] });
  expect(judged, judged.output).toMatchObject({ code: 0 });
  await allEnded();
  expect(bench.calls).toHaveLength(50);
  expect(new Set(ends())).toEqual(new Set(['bye']));
});

test('over TCP the bridge ends an answered call by BYE on the same connection', async () => {
  bench = await startBench(async (leg) => void (await leg.answer(sdp).then(() => leg.hangUp())), {
    listeners: [{ transport: 'TCP', host: '127.0.0.1', port: 0 }],
  });
  const steps = scenario(invite(), trying, ok, ack, answerBye);
  const judged = await runSipp(bench.stack.addresses[1]?.port ?? 0, steps, { calls: 5, transport: 't1' });
  expect(judged, judged.output).toMatchObject({ code: 0 });
  await allEnded();
});

test('the bridge ends an answered call by BYE', async () => {
  bench = await startBench(async (leg) => {
    const outcome = await leg.answer(sdp);
    expect(outcome).toEqual({ acked: true, sdp: null });
    leg.hangUp({ protocol: 'Q.850', cause: 16, text: 'Normal clearing' });
  });
  const judged = await runSipp(bench.port, scenario(invite('retrans="500"'), trying, ok, ack, answerBye), { calls: 5 });
  expect(judged, judged.output).toMatchObject({ code: 0 });
  await allEnded();
  expect(ends()).toEqual(Array(5).fill('local'));
});

test('a caller who cancels while it rings gets 200 and 487, and the leg says so', async () => {
  bench = await startBench((leg) => leg.progress(180));
  const cancel = `<send retrans="500"><![CDATA[
      CANCEL sip:4001@[remote_ip]:[remote_port] SIP/2.0${common('CANCEL', 1, false).replace('[branch]', '[branch-3]')}
      Content-Length: 0

  ]]></send>
  <recv response="200"></recv><recv response="487"></recv>`;
  const ackCancelled = ack.replace('[branch]', '[branch-6]');
  const judged = await runSipp(
    bench.port,
    scenario(invite(), '<recv response="100" optional="true"></recv><recv response="180"></recv>', cancel, ackCancelled),
    { calls: 5 },
  );
  expect(judged, judged.output).toMatchObject({ code: 0 });
  await allEnded();
  expect(ends()).toEqual(Array(5).fill('cancel'));
});

test('a number nobody has is refused by the flow and the refusal is acknowledged', async () => {
  bench = await startBench((leg) => leg.refuse(404, 'No Such Number'));
  const judged = await runSipp(bench.port, scenario(invite(), trying, '<recv response="404"></recv>', ackRefusal(4)), { calls: 5 });
  expect(judged, judged.output).toMatchObject({ code: 0 });
  await allEnded();
  expect(bench.calls.map((call) => call.end)).toEqual(Array(5).fill({ cause: 'local', by: 'local', status: 404, text: 'No Such Number' }));
});

test('an answer that is never acknowledged is repeated, then given up with a BYE', async () => {
  bench = await startBench((leg) => void answered(leg), { t1: 10 });
  const judged = await runSipp(bench.port, scenario(invite(), trying, ok, answerBye));
  expect(judged, judged.output).toMatchObject({ code: 0 });
  await allEnded();
  expect(bench.calls[0]?.end).toMatchObject({ cause: 'noAck', by: 'network' });
});

test('beyond the rate, calls get 503 and never reach the flow', async () => {
  bench = await startBench((leg) => leg.refuse(486), { inviteRateLimit: 3 });
  const refused = `<recv response="100" optional="true"></recv><recv response="486" optional="true" next="1"></recv><recv response="503"></recv><label id="1"/>`;
  await runSipp(bench.port, scenario(invite(), refused, ackRefusal(5)), { calls: 10, rate: 200 });
  expect(bench.calls.length).toBeLessThan(6);
  expect(bench.stack.counters().refusedByRate).toBeGreaterThan(3);
});

test('a caller who is no trunk of ours gets 403', async () => {
  bench = await startBench((leg) => void answered(leg), { sources: ['192.0.2.1'] });
  const judged = await runSipp(bench.port, scenario(invite(), '<recv response="403"></recv>', ackRefusal(2)), { calls: 2 });
  expect(judged, judged.output).toMatchObject({ code: 0 });
  expect(bench.calls).toHaveLength(0);
});
