import { VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import { seeded } from '../../conformance/sip/memory-network.ts';
import { Expectations, type FaultRow } from './fault-row.ts';
import { type Lasting, openLasting } from './written/lasting.ts';
import { Mortal } from './written/mortal.ts';
import { type Life, startLife } from './written/one-life.ts';
import { World } from './written/world.ts';

/** Kills of one house, before all of it is looked at. */
const killsEach = 20;
const mostSteps = 160;

export interface KilledHouse {
  readonly failures: readonly string[];
  readonly brought: number;
  readonly sent: number;
  readonly marked: number;
  readonly answered: number;
  readonly mayHaveBeenSent: number;
}

/** Written contacts come, are taken, answered and closed; the bridge is killed between any two steps so many times, then all of it is looked at. */
export async function killedHouse({ kills, seed }: { readonly kills: number; readonly seed: number }): Promise<KilledHouse> {
  const random = seeded(seed);
  const clock = new VirtualClock();
  const lasting = await openLasting();
  const world = new World(random, clock);
  try {
    for (let kill = 0; kill < kills; kill++) {
      const mortal = new Mortal(1 + Math.floor(random() * mostSteps), random);
      const life = await startLife(lasting, mortal, clock, world.carrier);
      for (let turn = 0; turn < 300 && !mortal.isDead; turn++) {
        await world.act(life);
        world.bringAll(life);
        await clock.run(random() < 0.3 ? 6_000 : Math.floor(random() * 300));
      }
      life.end();
      // Some stay away for a while.
      await clock.run(random() < 0.1 ? 600_000 : 1_000);
    }
    world.isMoody = false;
    const life = await startLife(lasting, new Mortal(Number.POSITIVE_INFINITY, random), clock, world.carrier);
    for (let turn = 0; turn < 50 && (turn < 5 || !world.isQuiet); turn++) {
      world.bringAll(life);
      await clock.run(60_000);
    }
    await clock.run(400_000);
    const found = await lookedAt(lasting, world, life);
    life.end();
    return found;
  } finally {
    lasting.close();
  }
}

interface MessageRow {
  readonly message_id: string;
  readonly interaction_id: string | null;
  readonly kind: string;
  readonly state: string | null;
  readonly subject: string | null;
  readonly body: string;
  readonly sms: string | null;
  readonly client_id: string | null;
}

async function lookedAt(lasting: Lasting, world: World, life: Life): Promise<KilledHouse> {
  const all = new Expectations();
  const messages = lasting.rows<MessageRow>('select * from message');
  const received = messages.filter(({ kind }) => kind === 'in');
  all.expect(world.isQuiet, 'something was never acknowledged');
  const once = (what: string, fits: (row: MessageRow) => boolean) => {
    const found = received.filter(fits);
    const unmarked = found.filter(({ sms }) => !(sms && JSON.parse(sms).mayBeRepeat));
    all.expect(unmarked.length === 1, `${what} is there ${unmarked.length} times without a mark, ${found.length} in all`);
  };
  for (const subject of world.mails) once(subject, (row) => row.subject === subject);
  for (const name of world.documents) once(name, (row) => row.subject === name);
  for (const text of [...world.texts, ...world.namedTexts, ...world.lines]) once(text, ({ body }) => body === text);
  for (const name of world.fileLines) once(name, ({ client_id }) => client_id === `visitor:${name}`);
  for (const name of world.namedTexts) all.expect(received.filter(({ body }) => body === name).length === 1, `${name} was stored twice`);
  const expected = [world.mails, world.documents, world.texts, world.namedTexts, world.lines, world.fileLines].flat().length;
  const marked = received.filter(({ sms }) => sms && JSON.parse(sms).mayBeRepeat).length;
  const known = new Set([world.mails, world.documents, world.texts, world.namedTexts, world.lines].flat());
  const isScore = ({ body }: MessageRow) => /^[1-5]$/.test(body);
  const words = new Set(lasting.rows<{ body: string }>('select body from survey_answer').map(({ body }) => body));
  const strange = received.filter(
    (row) => !known.has(row.subject ?? row.body) && !row.client_id?.startsWith('visitor:file') && !isScore(row),
  );
  all.expect(strange.length === 0, `${strange.length} messages that nobody brought: ${JSON.stringify(strange[0])}`);

  for (const [clientId, { acknowledged }] of world.written) {
    const found = messages.filter(({ client_id }) => client_id === `agent:${clientId}`).length;
    all.expect(found <= 1 && (found === 1 || !acknowledged), `${clientId} was stored ${found} times`);
  }
  for (const { message_id, kind, state, body } of messages) {
    if (kind !== 'out' || state === null) continue;
    const left = world.left.get(message_id) ?? 0;
    all.expect(left <= 1, `${body} left ${left} times`);
    all.expect(state !== 'sending' && state !== 'queued', `${body} is ${state} at the end`);
    if (left === 1) all.expect(['sent', 'delivered', 'mayHaveBeenSent', 'read'].includes(state), `${body} left, and is ${state}`);
    if (world.receipts.has(message_id)) all.expect(state !== 'sent', `${body} has a receipt, and is ${state}`);
  }

  const works = lasting.rows<{ interaction_id: string; state: string; agent_id: string | null }>('select * from written_work');
  const shown = life.messages.inboxOf('lena' as never);
  const inInbox = new Set([...shown.mine, ...shown.waiting].map(({ interactionId }) => interactionId));
  for (const { interaction_id, state } of works)
    all.expect(inInbox.has(interaction_id), `a contact that is ${state} is with nobody and in no queue`);
  const open = new Set(works.map(({ interaction_id }) => interaction_id));
  const closed = new Set(
    lasting
      .rows<{ interaction_id: string }>('select interaction_id from interaction where completed_at is not null')
      .map((row) => row.interaction_id),
  );
  for (const row of received) {
    const { interaction_id, body } = row;
    if (isScore(row) || (interaction_id === null && words.has(body))) continue;
    if (interaction_id === null) all.expect(false, `${body} is nobody's work`);
    else all.expect(open.has(interaction_id) !== closed.has(interaction_id), `the contact of ${body} is neither open nor closed, or both`);
  }
  const going = await lasting.interactions.readOpen();
  for (const { interactionId } of going) all.expect(open.has(interactionId), `a contact is going on that is nobody's: ${interactionId}`);
  const ends = lasting.rows<{ n: number }>(
    "select count(*) as n from interaction_event where type in ('interaction:ended', 'interaction:completed') group by interaction_id, type having n > 1",
  );
  all.expect(ends.length === 0, `${ends.length} contacts ended more than once`);

  const texted = lasting.rows<{ address_key: string }>(
    "select distinct address_key from conversation join message using (conversation_id) join interaction_event event using (interaction_id) where channel = 'sms' and event.type = 'interaction:completed' and json_extract(event.body, '$.agentId') is not null",
  );
  const asked = lasting.rows<{ interaction_id: string; address_key: string; state: string }>('select * from survey');
  for (const { address_key } of texted) {
    const times = asked.filter((row) => row.address_key === address_key).length;
    all.expect(times === 1, `${address_key} was to be asked how it was ${times} times`);
  }
  const answers = lasting.rows<{ interaction_id: string; score: number; told: number | null }>(
    "select a.interaction_id, a.score, (select json_extract(body, '$.score') from interaction_event e where e.interaction_id = a.interaction_id and e.type = 'survey:answered' order by sequence desc limit 1) as told from survey_answer a",
  );
  for (const { interaction_id, score, told } of answers)
    all.expect(score === told, `${interaction_id} was rated ${score}; the events say ${told}`);
  const answered = asked.filter(({ state }) => state === 'answered').length;
  all.expect(answered === world.scores.size, `${world.scores.size} answered how it was, ${answered} of it is there`);

  const loose = await lasting.loose(false);
  all.expect(loose.length === 0, `${loose.length} files belong to nobody: ${loose[0]}`);
  for (const { file_id } of lasting.rows<{ file_id: string }>('select file_id from message_file'))
    all.expect(lasting.bytes.has(`files/${file_id}`), 'a file of a message is not there');
  return {
    failures: all.failures,
    brought: expected,
    sent: [...world.left.values()].length,
    marked,
    answered,
    mayHaveBeenSent: messages.filter(({ state }) => state === 'mayHaveBeenSent').length,
  };
}

export const writtenKills: FaultRow = {
  name: 'written-killed',
  about:
    'mails, text messages, chats and documents come, are answered and closed while the bridge is killed between any two steps: nothing lost, nothing doubled or sent twice without a mark, every contact with somebody, in its queue or closed',
  count: 1_000,
  async run({ count, seed }) {
    const houses: KilledHouse[] = [];
    for (let done = 0; done < count; done += killsEach)
      houses.push(await killedHouse({ kills: Math.min(killsEach, count - done), seed: seed * 10_000 + done }));
    const sum = (of: (house: KilledHouse) => number) => houses.reduce((total, house) => total + of(house), 0);
    const at = `${count} kills, seed ${seed}`;
    return {
      figures: [
        { name: 'came in', value: sum(({ brought }) => brought), unit: 'messages', at },
        { name: 'of these marked as perhaps a repeat', value: sum(({ marked }) => marked), unit: 'text messages', at },
        { name: 'answers to surveys', value: sum(({ answered }) => answered), unit: 'answers', at },
        { name: 'sent', value: sum(({ sent }) => sent), unit: 'messages', at },
        { name: 'marked as perhaps sent', value: sum(({ mayHaveBeenSent }) => mayHaveBeenSent), unit: 'messages', at },
      ],
      failures: houses.flatMap(({ failures }) => failures),
    };
  },
};
