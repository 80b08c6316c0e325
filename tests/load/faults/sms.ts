import { findProviderId, LongTexts, type SendOutcome } from '../../../cti-bridge/interactions/index.ts';
import { type Misbehaviour, misbehaviourNames, misbehaviours } from '../../../tools/sms/misbehaviour.ts';
import { seeded } from '../../conformance/sip/memory-network.ts';
import { SmsStage } from '../../support/sms-line.ts';
import { Expectations, type FaultRow } from './fault-row.ts';

const backLimitMs = 30_000;
/** Each message waits so long between attempts, as an outbox does. */
const attemptEveryMs = 2_000;

const telephone = (at: number): string => `+861390${String(at).padStart(7, '0')}`;

export interface SmsRound {
  readonly misbehaviour: Misbehaviour;
  /** Texts each way. */
  readonly count: number;
  readonly seed: number;
  /** An outbox as it must not be: it sends again what may have been sent. To prove that it is found. */
  readonly isCareless?: boolean;
}

export interface SmsRoundOutcome {
  readonly failures: readonly string[];
  readonly wrongs: number;
  readonly unknown: number;
  /** The longest that the line was down, ms. */
  readonly downMs: number;
}

/** Texts both ways over a network that goes wrong in one way now and then, with a store that is slow and now and then takes nothing; in virtual time. */
export async function smsRound({ misbehaviour, count, seed, isCareless = false }: SmsRound): Promise<SmsRoundOutcome> {
  const random = seeded(seed);
  const stage = await new SmsStage({ random, smsc: { misbehaviour, chance: 0.3 } }).up();
  const { clock, smsc, kept } = stage;
  kept.refuse = () => random() < 0.05;
  kept.before = () => new Promise<void>((done) => clock.timer(random() * 300, () => done()));
  const wait = (ms: number) => new Promise<void>((done) => clock.timer(ms, () => done()));
  const wordsOf = (name: string) => `${name}.`.repeat(1 + Math.floor(random() * (random() < 0.3 ? 90 : 10)));

  const outcomes: SendOutcome[] = [];
  const sendUntilKnown = async (at: number): Promise<void> => {
    const text = wordsOf(`m${at}`);
    let outcome: SendOutcome;
    do {
      outcome = await stage.send(text, { to: telephone(at) });
      if (outcome.kind === 'notNow') await wait(outcome.retryAfterMs ?? attemptEveryMs);
    } while (outcome.kind === 'notNow' || (isCareless && outcome.kind === 'unknown'));
    outcomes[at] = outcome;
  };
  // Each of somebody else: of one telephone, references of long ones are used again after 256.
  const customers: string[] = [];
  const spreadMs = count * 400;
  for (let at = 0; at < count; at++) {
    clock.timer(random() * spreadMs, () => void sendUntilKnown(at));
    customers[at] = wordsOf(`c${at}`);
    clock.timer(random() * spreadMs, () => smsc.text(telephone(at), '10690', customers[at] ?? ''));
  }
  await clock.run(spreadMs);
  smsc.behave(null);
  for (let more = 0; more < 200 && Object.keys(outcomes).length < count; more++) await clock.run(10_000);
  await clock.run(120_000);

  const { failures, expect } = expectations();
  expect(smsc.wrongs > 0, 'the network did nothing wrong');
  expect(Object.keys(outcomes).length === count, `${count - Object.keys(outcomes).length} messages without an outcome`);
  expect(stage.line.state.state === 'up', 'the line is down at the end');
  expect(smsc.undelivered === 0, `${smsc.undelivered} were not delivered to us`);

  const times = new Map<string, number>();
  for (const { to, part } of smsc.taken) {
    const key = `${Number(to.slice(-6))}/${part?.index ?? 1}`;
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  const parts = (at: number) => [...times].filter(([key]) => key.startsWith(`${at}/`)).map(([, each]) => each);
  for (const [at, outcome] of outcomes.entries()) {
    expect(Math.max(0, ...parts(at)) <= 1, `message ${at} (${outcome.kind}) was taken twice`);
    if (outcome.kind === 'taken')
      expect(parts(at).length === outcome.providerIds.length, `message ${at} was taken, and not all of it is there`);
    if (outcome.kind === 'refused') expect(parts(at).length === 0, `message ${at} was refused, and is there`);
    if (outcome.kind !== 'taken' || misbehaviour === 'receiptNever') continue;
    for (const id of outcome.providerIds)
      expect(
        kept.receipts.some(({ providerId }) => findProviderId(providerId, [id]) !== null),
        `no receipt of message ${at}`,
      );
  }
  const long = new LongTexts();
  const read = kept.texts.flatMap((text) => long.add(text)).map(({ text }) => text);
  for (const text of customers) {
    const found = read.filter((each) => each === text).length;
    expect(found === 1, `a customer's text is there ${found} times`);
  }
  expect(read.length === customers.length, `${read.length} texts of ${customers.length}`);

  let downSince: number | null = null;
  let downMs = 0;
  for (const { state, since } of stage.states) {
    if (state === 'up' && downSince !== null) downMs = Math.max(downMs, since - downSince);
    downSince = state === 'up' ? null : (downSince ?? since);
  }
  expect(downMs < backLimitMs, `the line was down for ${Math.round(downMs / 1_000)} s`);
  const unknown = outcomes.filter(({ kind }) => kind === 'unknown').length;
  return { failures, wrongs: smsc.wrongs, unknown, downMs };
}

function expectations() {
  const all = new Expectations();
  return { failures: all.failures, expect: (holds: boolean, otherwise: string) => all.expect(holds, otherwise) };
}

export const smsMisbehaviours: FaultRow = {
  name: 'sms',
  about: `a network for text messages goes wrong in ${misbehaviourNames.length} ways while texts go both ways: nothing lost, nothing doubled without a mark, receipts matched, back within ${backLimitMs / 1_000} s`,
  count: 200,
  async run({ count, seed }) {
    const failures: string[] = [];
    const figures = [];
    let slowest = 0;
    for (const [at, misbehaviour] of misbehaviourNames.entries()) {
      const round = await smsRound({ misbehaviour, count, seed: seed * 100 + at });
      failures.push(...round.failures.map((failure) => `${misbehaviour}: ${failure}`));
      figures.push({
        name: misbehaviours[misbehaviour],
        value: round.wrongs,
        unit: 'times',
        at: `${count} texts each way; ${round.unknown} marked as unknown`,
      });
      slowest = Math.max(slowest, round.downMs);
    }
    figures.push({ name: 'longest that the line was down', value: slowest / 1_000, unit: 's', at: `limit ${backLimitMs / 1_000}` });
    return { figures, failures };
  },
};
