import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import type { CallLeg, IncomingLeg, OutgoingLeg } from '../../../cti-bridge/sip/index.ts';
import type { Bench, SippOutcome } from './bench.ts';
import { freePort, runSipp, sdp, startBench, within } from './bench.ts';

/** PRACK, UPDATE, REFER, session timers and passwords, judged by sipp: it says and expects exactly what its scenario says. */

let bench: Bench;
afterEach(() => bench.stop());

const description = `
      v=0
      o=- 1 1 IN IP4 [local_ip]
      s=-
      c=IN IP4 [local_ip]
      t=0 0
      m=audio [auto_media_port] RTP/AVP 0
  `;

/** A request of sipp's. `headers` stand between Contact and the body. */
const request = (
  method: string,
  cseq: number,
  options: {
    readonly headers?: string;
    readonly hasSdp?: boolean;
    readonly to?: string;
    readonly user?: string;
    readonly isFirst?: boolean;
    readonly attributes?: string;
  } = {},
) => `
  <send ${options.attributes ?? (method === 'ACK' ? '' : 'retrans="500"')}><![CDATA[
      ${method} sip:${options.user ?? '4001'}@[remote_ip]:[remote_port] SIP/2.0
      Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
      Max-Forwards: 70
      From: "Li Na" <sip:+8613800000001@[local_ip]:[local_port]>;tag=[pid]-[call_number]
      To: <sip:${options.user ?? '4001'}@[remote_ip]:[remote_port]>${options.isFirst ? '' : '[peer_tag_param]'}
      Call-ID: [call_id]
      CSeq: ${cseq} ${method}
      Contact: <sip:caller@[local_ip]:[local_port]>
      ${options.headers ? `${options.headers}\n      ` : ''}${options.hasSdp ? 'Content-Type: application/sdp\n      ' : ''}Content-Length: [len]

${options.hasSdp ? description : ''}
  ]]></send>`;

/** An answer of sipp's to what it received last. */
const respond = (line: string, headers = '', body = '', attributes = '') => `
  <send ${attributes}><![CDATA[
      SIP/2.0 ${line}
      [last_Via:]
      [last_From:]
      [last_To:];tag=[pid]-[call_number]
      [last_Call-ID:]
      [last_CSeq:]
      Contact: <sip:callee@[local_ip]:[local_port]>
      ${headers ? `${headers}\n      ` : ''}${body ? 'Content-Type: application/sdp\n      ' : ''}Content-Length: [len]

${body}
  ]]></send>`;
/** Within a dialog, where To has its tag already. */
const respondWithin = (line: string, headers = '') => respond(line, headers).replace('[last_To:];tag=[pid]-[call_number]', '[last_To:]');

const invite = (headers = '') => request('INVITE', 1, { headers, hasSdp: true, isFirst: true });
const trying = '<recv response="100" optional="true"></recv>';
const scenario = (...steps: string[]) =>
  `<?xml version="1.0" encoding="UTF-8" ?><scenario name="crosspoint">${steps.join('\n')}</scenario>`;
/** Takes a part of what came by a regular expression with one group; without it the call fails. */
const take = (what: string, expression: string) =>
  `<action><ereg regexp="${expression}" search_in="msg" check_it="true" assign_to="all_${what},${what}"/></action>`;
const used = (...names: string[]) => `<Reference variables="${names.map((name) => `all_${name},${name}`).join(',')}"/>`;
const ok = (outcome: SippOutcome) => expect(outcome, outcome.output).toMatchObject({ code: 0 });

test('a caller that demands reliable responses acknowledges our 183, and is answered without a second description', async () => {
  bench = await startBench((leg) => {
    leg.progress(183, sdp);
    void leg.answer(sdp);
  });
  const prack = request('PRACK', 2, { headers: 'RAck: [$rseq] 1 INVITE' });
  const answered =
    '<recv response="200"><action><ereg regexp="Content-Length: *0" search_in="msg" check_it="true" assign_to="empty"/></action></recv>';
  ok(
    await runSipp(
      bench.port,
      scenario(
        invite('Require: 100rel'),
        trying,
        `<recv response="183" rrs="true">${take('rseq', 'RSeq: *([0-9]+)')}</recv>`,
        prack,
        '<recv response="200"></recv>',
        answered,
        request('ACK', 1),
        request('BYE', 3),
        '<recv response="200"></recv>',
        used('rseq'),
        '<Reference variables="empty"/>',
      ),
      { calls: 5 },
    ),
  );
  await within('ends', Promise.all(bench.calls.map(({ leg }) => leg.ended)));
  expect(bench.calls.map(({ end }) => end?.cause)).toEqual(Array(5).fill('bye'));
});

test('an UPDATE of the caller is answered with a description, one without an offer is just taken', async () => {
  const offers: string[] = [];
  bench = await startBench((leg) => {
    leg.onOffer((offer) => {
      offers.push(offer);
      return Promise.resolve({ sdp });
    });
    void leg.answer(sdp);
  });
  ok(
    await runSipp(
      bench.port,
      scenario(
        invite('Allow: INVITE, ACK, BYE, UPDATE'),
        trying,
        '<recv response="200" rrs="true"></recv>',
        request('ACK', 1),
        request('UPDATE', 2, { hasSdp: true }),
        `<recv response="200">${take('media', '(m=audio)')}</recv>`,
        request('UPDATE', 3),
        '<recv response="200"></recv>',
        request('BYE', 4),
        '<recv response="200"></recv>',
        used('media'),
      ),
    ),
  );
  expect(offers).toHaveLength(1);
});

test('a REFER of the caller is agreed to, and told how it went', async () => {
  const targets: string[] = [];
  bench = await startBench((leg) => {
    leg.onRefer((refer) => {
      targets.push(refer.targetUser, String(refer.referredBy));
      refer.accept();
      refer.notify(200);
    });
    void leg.answer(sdp);
  });
  const notified = (expression: string, name: string) =>
    `<recv request="NOTIFY">${take(name, expression)}</recv>${respondWithin('200 OK')}`;
  ok(
    await runSipp(
      bench.port,
      scenario(
        invite(),
        trying,
        '<recv response="200" rrs="true"></recv>',
        request('ACK', 1),
        request('REFER', 2, { headers: 'Refer-To: <sip:1002@[remote_ip]>\n      Referred-By: <sip:li.na@example.com>' }),
        '<recv response="202"></recv>',
        notified('(SIP/2.0 100 Trying)', 'first'),
        notified('(SIP/2.0 200 OK)', 'last'),
        request('BYE', 3),
        '<recv response="200"></recv>',
        used('first', 'last'),
      ),
    ),
  );
  expect(targets).toEqual(['1002', '<sip:li.na@example.com>']);
});

test('a caller whom we refer calls the other one, tells us so, and is hung up by us', async () => {
  let outcome: number | undefined;
  bench = await startBench(async (leg: IncomingLeg) => {
    await leg.answer(sdp);
    outcome = await leg.refer('sip:1002@127.0.0.1');
    leg.hangUp();
  });
  const notify = (cseq: number, state: string, line: string) =>
    request('NOTIFY', cseq, {
      headers: `Event: refer\n      Subscription-State: ${state}\n      Content-Type: message/sipfrag;version=2.0`,
    }).replace('\n\n\n', `\n\n      ${line}\n`);
  ok(
    await runSipp(
      bench.port,
      scenario(
        invite('Allow: INVITE, ACK, BYE, REFER, NOTIFY'),
        trying,
        '<recv response="200" rrs="true"></recv>',
        request('ACK', 1),
        `<recv request="REFER">${take('target', 'Refer-To: *(&lt;sip:1002@127.0.0.1&gt;)')}</recv>`,
        respondWithin('202 Accepted'),
        notify(2, 'active;expires=60', 'SIP/2.0 100 Trying'),
        '<recv response="200"></recv>',
        notify(3, 'terminated;reason=noresource', 'SIP/2.0 200 OK'),
        '<recv response="200"></recv>',
        '<recv request="BYE"></recv>',
        respondWithin('200 OK'),
        used('target'),
      ),
    ),
  );
  expect(outcome).toBe(200);
});

/** sipp waits to be called. */
async function called(steps: readonly string[], onAnswered: (leg: OutgoingLeg) => void): Promise<void> {
  bench = await startBench(() => {});
  const port = await freePort();
  const judged = runSipp(bench.port, scenario(...steps), { ownPort: port });
  // It drops what comes before it listens; the INVITE is repeated.
  const leg = bench.stack.inviteCustomer({ number: '+4420', peer: `127.0.0.1:${port}`, from: '+1555', offer: sdp });
  if (!leg) throw new Error('no leg');
  const outcome = await within('answer', leg.outcome);
  expect(outcome).toMatchObject({ ok: true });
  onAnswered(leg);
  ok(await judged);
}
const farewell = ['<recv request="BYE"></recv>', respondWithin('200 OK')];

test('a callee that rings reliably gets its PRACK, and its answer of then counts', async () => {
  await called(
    [
      '<recv request="INVITE"><action><ereg regexp="Via: *[^\\r\\n]*" search_in="msg" check_it="true" assign_to="via"/><ereg regexp="From: *[^\\r\\n]*" search_in="msg" check_it="true" assign_to="from"/><ereg regexp="To: *[^\\r\\n]*" search_in="msg" check_it="true" assign_to="to"/><ereg regexp="100rel" search_in="hdr" header="Supported:" check_it="true" assign_to="rel"/></action></recv>',
      respond('183 Session Progress', 'Require: 100rel\n      RSeq: 17', description, 'retrans="500"'),
      `<recv request="PRACK">${take('rack', 'RAck: *(17 1 INVITE)')}</recv>`,
      respondWithin('200 OK'),
      answerLater('200 OK'),
      '<recv request="ACK"></recv>',
      ...farewell,
      used('rack'),
      '<Reference variables="rel"/>',
    ],
    (leg) => leg.hangUp(),
  );
});

test('a callee that leaves refreshing to us is refreshed by UPDATE at half time', async () => {
  let leg: CallLeg | undefined;
  await called(
    [
      `<recv request="INVITE">${take('expires', 'Session-Expires: *(1800)')}</recv>`,
      respond('200 OK', 'Allow: INVITE, ACK, BYE, UPDATE\n      Session-Expires: 1800;refresher=uac', description, 'retrans="500"'),
      '<recv request="ACK"></recv>',
      `<recv request="UPDATE">${take('again', 'Session-Expires: *(1800;refresher=uac)')}</recv>`,
      respondWithin('200 OK', 'Session-Expires: 1800;refresher=uac'),
      ...farewell,
      used('expires', 'again'),
    ],
    (answered) => {
      leg = answered;
      // Fifteen minutes are too long for a test: the same request, asked for by hand.
      void answered.update().then((outcome) => {
        expect(outcome).toEqual({ ok: true, sdp: null });
        answered.hangUp();
      });
    },
  );
  expect(leg?.snapshot()).toBeNull();
});

/** The final answer to the INVITE, after other messages have come: its headers were kept at the beginning. */
function answerLater(line: string): string {
  return `
  <send retrans="500"><![CDATA[
      SIP/2.0 ${line}
      [$via]
      [$from]
      [$to];tag=[pid]-[call_number]
      [last_Call-ID:]
      CSeq: 1 INVITE
      Contact: <sip:callee@[local_ip]:[local_port]>
      Content-Length: 0

  ]]></send>`;
}

test('a provider that asks for the line’s password gets it, and says itself that it is right', async () => {
  bench = await startBench(() => {});
  const port = await freePort();
  const ask = `
  <send><![CDATA[
      SIP/2.0 401 Unauthorized
      [last_Via:]
      [last_From:]
      [last_To:];tag=[pid]-[call_number]
      [last_Call-ID:]
      [last_CSeq:]
      WWW-Authenticate: Digest realm="provider", nonce="47ebe028cda119c35d4877b383027d28da013815", algorithm=MD5, qop="auth"
      Content-Length: 0

  ]]></send>`;
  const judged = runSipp(
    bench.port,
    scenario(
      '<recv request="INVITE"></recv>',
      ask,
      '<recv request="ACK"></recv>',
      '<recv request="INVITE"><action><verifyauth assign_to="right" username="line" password="word"/></action></recv>',
      '<nop test="right" next="1"></nop>',
      respond('403 Forbidden'),
      '<recv request="ACK"></recv>',
      '<nop next="2"></nop>',
      '<label id="1"/>',
      respond('200 OK', '', description, 'retrans="500"'),
      '<recv request="ACK"></recv>',
      ...farewell,
      '<label id="2"/>',
    ),
    { ownPort: port },
  );
  bench.stack.trunks.configure([
    {
      trunkId: 'line',
      host: '127.0.0.1',
      port,
      transport: 'UDP',
      credentials: { username: 'line', password: 'word' },
      register: null,
      takesCallsIn: false,
      sources: [],
      pingSeconds: null,
    },
  ]);
  // sipp must be listening before the first try: a trunk that says nothing is left after a few seconds.
  await within('a line', waitForPort(port));
  const leg = bench.stack.trunks.dial({ routes: [{ trunkId: 'line', number: '+4420', shown: '+1555', isWithheld: false, offer: sdp }] });
  if (!leg) throw new Error('no route');
  expect(await within('answer', leg.outcome)).toMatchObject({ ok: true });
  leg.hangUp();
  ok(await judged);
});

test('a phone that knows MD5 alone is let in when it tries again, with its password and not with another', async () => {
  bench = await startBench((leg) => void leg.answer(sdp));
  const dial = (cseq: number, authentication = '') =>
    request('INVITE', cseq, { user: '*12', isFirst: true, hasSdp: true, ...(authentication ? { headers: authentication } : {}) });
  const refused = (attributes = '') => `<recv response="401" ${attributes}></recv>`;
  // On the branch of its INVITE, one step before the answer.
  const ack = (cseq: number) => request('ACK', cseq, { user: '*12' }).replace('[branch]', '[branch-2]');
  const login = (password: string) =>
    scenario(
      dial(1),
      refused(),
      ack(1),
      dial(2),
      refused('auth="true"'),
      ack(2),
      dial(3, `[authentication username=1001 password=${password}]`),
      ...(password === 'secret-of-1001'
        ? [
            trying,
            '<recv response="200" rrs="true"></recv>',
            request('ACK', 3, { user: '*12' }),
            request('BYE', 4, { user: '*12' }),
            '<recv response="200"></recv>',
          ]
        : [refused(), ack(3)]),
    );
  // We insist that the password was meant for this request; sipp would sign one for the host alone.
  const args = ['-auth_uri', `*12@127.0.0.1:${bench.port}`];
  ok(await runSipp(bench.port, login('secret-of-1001'), { args }));
  expect(bench.calls.map(({ leg }) => leg.phone)).toEqual(['1001']);
  ok(await runSipp(bench.port, login('wrong'), { args }));
  expect(bench.calls).toHaveLength(1);
});

/** Until a program listens there; looked up, because trying the port would take it away from that program. */
async function waitForPort(port: number): Promise<void> {
  const name = `:${port.toString(16).toUpperCase().padStart(4, '0')} `;
  await expect.poll(() => readFileSync('/proc/net/udp', 'utf8').includes(name), { timeout: 5_000, interval: 20 }).toBe(true);
}
