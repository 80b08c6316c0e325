import type { Pretended } from '../../../shared/contracts/ivr/flow.ts';
import { isOfTheHouse } from '../facts.ts';
import type { HouseFacts, Moment } from '../model.ts';

/** What the house knows at a moment on its own clock, such as `2026-11-22T09:30`. */
export type HouseAt = (moment: string) => HouseFacts;

const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** The clock of a run that nobody calls. What is made up of the house comes before what it would know. */
export class PretendedClock {
  /** As if the clock of the organisation were that of Greenwich. */
  readonly #startedAt: number;
  readonly #given: Pretended;
  readonly #houseAt: HouseAt;
  #elapsedMs = 0;

  constructor(given: Pretended, houseAt: HouseAt) {
    const at = Date.parse(`${given.at}:00Z`);
    this.#startedAt = Number.isNaN(at) ? 0 : at;
    this.#given = given;
    this.#houseAt = houseAt;
  }

  get elapsedMs(): number {
    return this.#elapsedMs;
  }

  pass(ms: number): void {
    this.#elapsedMs += ms;
  }

  now(): Moment {
    const at = this.#startedAt + this.#elapsedMs;
    return { at, house: { fact: (name) => this.#fact(name, new Date(at)) } };
  }

  #fact(name: string, now: Date): string | undefined {
    const { facts } = this.#given;
    if (Object.hasOwn(facts, name)) return facts[name];
    const moment = now.toISOString();
    if (name === 'now.time') return moment.slice(11, 16);
    if (name === 'now.date') return moment.slice(0, 10);
    if (name === 'now.day') return days[now.getUTCDay()];
    return this.#houseAt(moment.slice(0, 16)).fact(name);
  }
}

/** What is known of the made-up caller when the flow begins. */
export function pretendedFacts({ number, facts }: Pretended): Readonly<Record<string, string>> {
  const ofCaller = Object.entries(facts).filter(([name]) => !isOfTheHouse(name));
  const call: readonly (readonly [string, string])[] = number === null ? [['call.anonymous', 'yes']] : [['call.number', number]];
  return Object.fromEntries([...call, ...ofCaller]);
}
