import { describe, expect, test } from 'vitest';
import type { Header, IncomingLeg, ReceivedRequest, Refer, ReplacedDialog } from '../../../cti-bridge/sip/index.ts';
import { headerOf } from '../../../cti-bridge/sip/index.ts';
import type { PeerCall, ScriptedPeer, World } from './scripted-peer.ts';
import { answer, createWorld, offer, trunkHost } from './scripted-peer.ts';

/** REFER and its subscription (RFC 3515, RFC 6665), Referred-By (RFC 3892), Replaces (RFC 3891), in virtual time. */

interface Talk {
  readonly world: World;
  readonly peer: ScriptedPeer;
  readonly call: PeerCall;
  readonly leg: IncomingLeg;
  readonly refers: Refer[];
}

async function talking(headers: readonly Header[] = []): Promise<Talk> {
  const world = await createWorld((leg) => void leg.answer(answer));
  const peer = world.peer(trunkHost);
  const call = peer.call({ headers });
  await world.clock.run(20);
  const leg = world.calls[0]?.leg;
  if (!leg) throw new Error('no call');
  const refers: Refer[] = [];
  leg.onRefer((refer) => refers.push(refer));
  return { world, peer, call, leg, refers };
}

async function ask({ world, peer, call }: Talk, method: string, headers: readonly Header[]) {
  const got: { status: number | null; header: (name: string) => string | undefined } = { status: null, header: () => undefined };
  peer.ask(
    call.dialog,
    method,
    (status, response) => {
      got.status = status;
      got.header = (name) => response && headerOf(response, name);
    },
    undefined,
    headers,
  );
  await world.clock.run(20);
  return got;
}

const referTo = (value: string, ...more: Header[]): Header[] => [{ name: 'Refer-To', value }, ...more];
const notifies = (peer: ScriptedPeer) =>
  peer.requests
    .filter(({ request }) => request.method === 'NOTIFY')
    .map(({ request }) => [headerOf(request, 'Event'), headerOf(request, 'Subscription-State'), request.body.toString().trim()]);

describe('a REFER to us', () => {
  test('says whom to call, in whose name, and in place of which call', async () => {
    const talk = await talking();
    const named = encodeURIComponent('other@host;to-tag=t1;from-tag=f1');
    await ask(
      talk,
      'REFER',
      referTo(`"Sales" <sip:+4420@example.com;user=phone?Replaces=${named}&Require=replaces>`, { name: 'b', value: '<sip:me@x>' }),
    );
    expect(talk.refers).toMatchObject([
      {
        targetUser: '+4420',
        targetUri: 'sip:+4420@example.com;user=phone',
        replaces: { callId: 'other@host', toTag: 't1', fromTag: 'f1', isEarlyOnly: false },
        replacedLeg: null,
      },
    ]);
  });

  test('carries Referred-By verbatim', async () => {
    const talk = await talking();
    await ask(talk, 'REFER', referTo('sip:1001@example.com', { name: 'Referred-By', value: '"Ann" <sip:ann@x>;cid="1"' }));
    expect(talk.refers[0]?.referredBy).toBe('"Ann" <sip:ann@x>;cid="1"');
  });

  test('is agreed to with 202 and told at once, at each step, and to the end', async () => {
    const talk = await talking();
    talk.leg.onRefer((refer) => {
      refer.accept();
      refer.notify(180);
      refer.notify(180);
      refer.notify(200);
      refer.notify(486);
    });
    expect((await ask(talk, 'REFER', referTo('<sip:1001@example.com>'))).status).toBe(202);
    expect(notifies(talk.peer)).toEqual([
      ['refer', 'active;expires=300', 'SIP/2.0 100 Trying'],
      ['refer', 'active;expires=300', 'SIP/2.0 180 Ringing'],
      ['refer', 'terminated;reason=noresource', 'SIP/2.0 200 OK'],
    ]);
    expect(headerOf(talk.peer.requests[0]?.request ?? { headers: [] }, 'Content-Type')).toBe('message/sipfrag;version=2.0');
  });

  test('the second one of a call is told under its number', async () => {
    const talk = await talking();
    talk.leg.onRefer((refer) => refer.notify(486));
    await ask(talk, 'REFER', referTo('<sip:1@x>'));
    await ask(talk, 'REFER', referTo('<sip:2@x>'));
    expect(notifies(talk.peer).map(([event]) => event)).toEqual(['refer', 'refer', 'refer;id=3', 'refer;id=3']);
  });

  test.each([
    ['declined by its handler', '<sip:1@x>', (refer: Refer) => refer.refuse(403), 403],
    ['that makes its handler fail', '<sip:1@x>', () => raise(), 500],
    ['to nothing that can be called', '<mailto:a@b>', undefined, 400],
    ['to somebody without a name', '<sip:example.com>', undefined, 400],
    ['for another method', '<sip:1@x;method=SUBSCRIBE>', undefined, 400],
    ['with a Replaces nobody can read', '<sip:1@x?Replaces=abc>', undefined, 400],
  ] as const)('%s is refused', async (_, target, handler, status) => {
    const talk = await talking();
    if (handler) talk.leg.onRefer(handler);
    expect((await ask(talk, 'REFER', referTo(target))).status).toBe(status);
    expect(notifies(talk.peer)).toEqual([]);
    expect(talk.world.calls[0]?.end).toBeNull();
  });

  test('without a target, or with two, is no request', async () => {
    const talk = await talking();
    expect((await ask(talk, 'REFER', [])).status).toBe(400);
    expect((await ask(talk, 'REFER', [...referTo('<sip:1@x>'), ...referTo('<sip:2@x>')])).status).toBe(400);
    expect(talk.refers).toEqual([]);
  });

  test('that nobody listens for is declined; one that nobody decides about gets 500 after 10 s', async () => {
    const world = await createWorld((leg) => void leg.answer(answer));
    const peer = world.peer(trunkHost);
    const call = peer.call();
    await world.clock.run(20);
    const leg = world.calls[0]?.leg as IncomingLeg;
    const talk = { world, peer, call, leg, refers: [] };
    expect((await ask(talk, 'REFER', referTo('<sip:1@x>'))).status).toBe(603);
    leg.onRefer(() => {});
    const slow = await ask(talk, 'REFER', referTo('<sip:1@x>'));
    expect(slow.status).toBeNull();
    await world.clock.run(10_000);
    expect(slow.status).toBe(500);
  });

  test('with Refer-Sub: false is agreed to without another word (RFC 4488)', async () => {
    const talk = await talking();
    talk.leg.onRefer((refer) => refer.notify(200));
    const got = await ask(talk, 'REFER', referTo('<sip:1@x>', { name: 'Refer-Sub', value: 'false' }));
    expect([got.status, got.header('Refer-Sub')]).toEqual([202, 'false']);
    expect(notifies(talk.peer)).toEqual([]);
  });

  test('is told to the end also when the far side has hung up in between', async () => {
    const talk = await talking();
    talk.leg.onRefer((refer) => {
      refer.accept();
      talk.refers.push(refer);
    });
    await ask(talk, 'REFER', referTo('<sip:1@x>'));
    await ask(talk, 'BYE', []);
    talk.refers[0]?.notify(200);
    await talk.world.clock.run(20);
    expect(notifies(talk.peer).at(-1)?.[2]).toBe('SIP/2.0 200 OK');
  });
});

describe('who listens to how a referred call goes', () => {
  const listening = async () => {
    const talk = await talking();
    talk.leg.onRefer((refer) => {
      refer.accept();
      talk.refers.push(refer);
    });
    await ask(talk, 'REFER', referTo('<sip:1@x>'));
    return talk;
  };

  test('is told that it listened too long, after 300 s, and nothing after that', async () => {
    const talk = await listening();
    await talk.world.clock.run(300_000);
    expect(notifies(talk.peer).at(-1)).toEqual(['refer', 'terminated;reason=timeout', 'SIP/2.0 100 Trying']);
    const told = notifies(talk.peer).length;
    talk.refers[0]?.notify(200);
    await talk.world.clock.run(20);
    expect(notifies(talk.peer)).toHaveLength(told);
    expect(talk.world.calls[0]?.end).toBeNull();
  });

  test('may listen longer, or stop', async () => {
    const talk = await listening();
    await talk.world.clock.run(200_000);
    const longer = await ask(talk, 'SUBSCRIBE', [
      { name: 'Event', value: 'refer' },
      { name: 'Expires', value: '9999' },
    ]);
    expect([longer.status, longer.header('Expires')]).toEqual([200, '300']);
    await talk.world.clock.run(200_000);
    expect(notifies(talk.peer).at(-1)?.[1]).toBe('active;expires=300');
    const over = await ask(talk, 'SUBSCRIBE', [
      { name: 'Event', value: 'refer' },
      { name: 'Expires', value: '0' },
    ]);
    expect(over.status).toBe(200);
    expect(notifies(talk.peer).at(-1)?.[1]).toBe('terminated;reason=timeout');
    expect((await ask(talk, 'SUBSCRIBE', [{ name: 'Event', value: 'refer' }])).status).toBe(481);
    expect((await ask(talk, 'SUBSCRIBE', [{ name: 'Event', value: 'presence' }])).status).toBe(489);
  });

  test('and says 481 listens no more; the call goes on', async () => {
    const talk = await listening();
    talk.peer.onRequest = (transaction) => transaction.respond(481);
    talk.refers[0]?.notify(180);
    await talk.world.clock.run(20);
    const told = notifies(talk.peer).length;
    talk.refers[0]?.notify(200);
    await talk.world.clock.run(20);
    expect(notifies(talk.peer)).toHaveLength(told);
    expect(talk.world.calls[0]?.end).toBeNull();
  });
});

describe('a REFER of ours', () => {
  const notify = (state: string, body: string, event = 'refer'): Header[] => [
    { name: 'Event', value: event },
    { name: 'Subscription-State', value: state },
    { name: 'X-Body', value: body },
  ];
  /** What the peer says of the call that it was asked for. */
  const tell = (talk: Talk, headers: readonly Header[]) => {
    const statuses: number[] = [];
    const body = headers.find(({ name }) => name === 'X-Body')?.value ?? '';
    const request = talk.call.dialog?.request('NOTIFY', {
      headers: [talk.peer.contact, ...headers.filter(({ name }) => name !== 'X-Body')],
      body: { type: 'message/sipfrag;version=2.0', content: `${body}\r\n` },
    });
    if (request) talk.peer.layer.send(request, talk.peer.flow, { onResponse: ({ status }) => statuses.push(status), onFailure() {} });
    return statuses;
  };
  const target = 'sip:+4420@example.com';
  const replaces: ReplacedDialog = { callId: 'c@x', toTag: 't', fromTag: 'f', isEarlyOnly: false };

  async function refer(respond: (talk: Talk) => void, named?: ReplacedDialog) {
    const talk = await talking();
    let asked: ReceivedRequest | undefined;
    talk.peer.onRequest = (transaction) => {
      asked = transaction.request;
      if (transaction.request.method !== 'REFER') return transaction.respond(200);
      transaction.respond(202, { headers: [talk.peer.contact] });
      respond(talk);
    };
    const outcome = talk.leg.refer(target, named);
    await talk.world.clock.run(20);
    return { talk, asked, outcome };
  }

  test('names the target, ourselves, and the call to be taken over', async () => {
    const { asked } = await refer(() => {}, replaces);
    expect(asked && headerOf(asked, 'Refer-To')).toBe('<sip:+4420@example.com?Replaces=c%40x%3Bto-tag%3Dt%3Bfrom-tag%3Df>');
    expect(asked && headerOf(asked, 'Referred-By')).toMatch(/^<sip:/);
  });

  test.each([
    [
      '200',
      [
        ['active;expires=60', 'SIP/2.0 100 Trying'],
        ['terminated;reason=noresource', 'SIP/2.0 200 OK'],
      ],
      200,
    ],
    [
      'busy',
      [
        ['active', 'SIP/2.0 180 Ringing'],
        ['terminated;reason=noresource', 'SIP/2.0 486 Busy Here'],
      ],
      486,
    ],
    ['the final word while still active', [['active;expires=60', 'SIP/2.0 200 OK']], 200],
    ['an end without a word', [['terminated;reason=giveup', 'SIP/2.0 100 Trying']], 408],
  ] as const)('ends with what the far side tells: %s', async (_, words, expected) => {
    const answers: number[][] = [];
    const { talk, outcome } = await refer((made) => {
      for (const [state, body] of words) answers.push(tell(made, notify(state, body)));
    });
    await talk.world.clock.run(20);
    expect(await outcome).toBe(expected);
    expect(answers.flat()).toEqual(words.map(() => 200));
  });

  test('that is refused ends with the refusal', async () => {
    const talk = await talking();
    talk.peer.onRequest = (transaction) => transaction.respond(603);
    const outcome = talk.leg.refer(target);
    await talk.world.clock.run(20);
    expect(await outcome).toBe(603);
  });

  test('is not even sent to a far side that does not allow it, nor for a target that is no URI', async () => {
    const talk = await talking([{ name: 'Allow', value: 'INVITE, ACK, BYE' }]);
    expect(await talk.leg.refer(target)).toBe(405);
    expect(await talk.leg.refer('+4420')).toBe(400);
    expect(await talk.leg.refer('sip:a@b?Replaces=c')).toBe(400);
    expect(talk.peer.requests).toEqual([]);
  });

  test('of which nothing more is heard ends with 408', async () => {
    const { talk, outcome } = await refer(() => {});
    await talk.world.clock.run(33_000);
    expect(await outcome).toBe(408);
    expect(await Promise.resolve(tell(talk, notify('active', 'SIP/2.0 180 Ringing')))).toEqual([]);
  });

  test('after which the far side hangs up without another word ends with 202', async () => {
    const { talk, outcome } = await refer(() => {});
    talk.peer.hangUp(talk.call);
    await talk.world.clock.run(20);
    expect(await outcome).toBe(202);
  });

  test('a NOTIFY that belongs to none is 481, to another event 489', async () => {
    const talk = await talking();
    const none = tell(talk, notify('active', 'SIP/2.0 180 Ringing'));
    const other = tell(talk, notify('active', 'x', 'presence'));
    await talk.world.clock.run(20);
    expect([...none, ...other]).toEqual([481, 489]);
  });
});

describe('an INVITE with Replaces', () => {
  /** A call that stands (or rings) and a second one that wants its place. */
  async function second(
    value: (first: { readonly callId: string; readonly ours: string; readonly theirs: string }) => string | readonly string[],
    options: { readonly state?: 'talking' | 'ringing' | 'over'; readonly from?: string } = {},
  ) {
    const world = await createWorld(
      (leg) => {
        if (world.calls.length > 1) leg.progress(180);
        else if (options.state === 'ringing') leg.progress(180);
        else void leg.answer(answer);
      },
      {},
      {
        trunks: [
          { trunkId: 'trunk', sources: [trunkHost] },
          { trunkId: 'other', sources: ['192.0.2.11'] },
        ],
      },
    );
    const peer = world.peer(trunkHost);
    const call = peer.call();
    await world.clock.run(20);
    if (options.state === 'over') world.calls[0]?.leg.hangUp();
    const names = {
      callId: call.dialog?.callId ?? '',
      ours: call.dialog?.remoteTag ?? '',
      theirs: call.dialog?.localTag ?? '',
    };
    const values = [value(names)].flat();
    const from = options.from ? world.peer(options.from) : peer;
    const again = from.call({ headers: values.map((each) => ({ name: 'Replaces', value: each })) });
    await world.clock.run(options.state === 'over' ? 0 : 20);
    await world.clock.run(20);
    return { world, again };
  }
  const named =
    (more = '') =>
    (first: { callId: string; ours: string; theirs: string }) =>
      `${first.callId};to-tag=${first.ours};from-tag=${first.theirs}${more}`;

  test('names a leg of ours, which nothing happens to by itself', async () => {
    const { world, again } = await second(named());
    expect(again.statuses.at(-1)).toBe(180);
    expect(world.calls[1]?.leg.replaces?.callId).toBe(world.calls[0]?.leg.callId);
    expect(world.calls[0]?.end).toBeNull();
  });

  test.each([
    ['a call we do not know', () => 'nobody;to-tag=a;from-tag=b', {}, 481],
    [
      'the tags the wrong way round',
      (first: { callId: string; ours: string; theirs: string }) => `${first.callId};to-tag=${first.theirs};from-tag=${first.ours}`,
      {},
      481,
    ],
    ['an answered call, early only', named(';early-only'), {}, 486],
    ['a call that rings with us', named(), { state: 'ringing' }, 481],
    ['a call of another trunk', named(), { from: '192.0.2.11' }, 481],
    ['a call we are just leaving', named(), { state: 'over' }, 603],
    ['nothing that can be read', () => 'abc', {}, 400],
    ['two calls at once', (first: { callId: string; ours: string; theirs: string }) => [named()(first), named()(first)], {}, 400],
  ] as const)('%s is refused', async (_, value, options, status) => {
    const { world, again } = await second(value, options);
    expect(again.final).toBe(status);
    expect(world.calls).toHaveLength(1);
  });

  test('without one is no replacement', async () => {
    const world = await createWorld((leg) => leg.progress(180));
    world.peer(trunkHost).call({ offer });
    await world.clock.run(20);
    expect(world.calls[0]?.leg.replaces).toBeNull();
  });
});

test('the call a REFER names is found among our legs, tags as we know them', async () => {
  const talk = await talking();
  const consult = talk.peer.call();
  await talk.world.clock.run(20);
  const { callId, localTag, remoteTag } = consult.dialog ?? { callId: '', localTag: '', remoteTag: '' };
  const value = encodeURIComponent(`${callId};to-tag=${remoteTag};from-tag=${localTag}`);
  await ask(talk, 'REFER', referTo(`<sip:1@x?Replaces=${value}>`));
  expect(talk.refers[0]?.replacedLeg?.callId).toBe(talk.world.calls[1]?.leg.callId);
});

function raise(): never {
  throw new Error('bug');
}
