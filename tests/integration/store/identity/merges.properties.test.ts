import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arrivalByPhone } from '../../../../cti-bridge/crm/index.ts';
import { contactReads } from '../../../../cti-bridge/store/repositories/contact-reads.ts';
import { contactWrites } from '../../../../cti-bridge/store/repositories/contact-writes.ts';
import { identityWrites } from '../../../../cti-bridge/store/repositories/identity-writes.ts';
import { interactionWrites } from '../../../../cti-bridge/store/repositories/interaction-writes.ts';
import { looking, readGroup } from '../../../../cti-bridge/store/repositories/record/group.ts';
import { personWrites } from '../../../../cti-bridge/store/repositories/record/person-writes.ts';
import { asId, type ContactId, type InteractionId } from '../../../../shared/ids.ts';
import { type DatabaseUnderTest, databases } from '../../../support/each-database.ts';

/**
 * People are merged, edited, called and un-merged at random. A model beside the database knows of every card by itself what it must say;
 * a person is what the cards of their group say together, and when all merges are undone every card says its own again.
 * `CROSSPOINT_MERGE_RUNS` is the number of histories on SQLite, for a long search.
 */
const runsOn = { SQLite: Number(process.env.CROSSPOINT_MERGE_RUNS ?? 75), PostgreSQL: 20 } as const;
const everybody = { units: null };
const author = { userId: 'u-1', name: 'Lena Hartmann', source: 'screen' };
const people = 5;

interface ModelCard {
  readonly id: string;
  name: string;
  title: string | null;
  updatedAt: number;
  /** When each number was last used. */
  readonly numbers: Map<string, number>;
  /** Contacts and their notes, by id of the interaction. */
  readonly contacts: Set<string>;
}

type Step =
  | { readonly do: 'merge'; readonly kept: number; readonly absorbed: number }
  | { readonly do: 'unmerge'; readonly which: number }
  | { readonly do: 'edit'; readonly card: number; readonly field: 'name' | 'title'; readonly clears: boolean }
  | { readonly do: 'choose'; readonly card: number; readonly number: number }
  | { readonly do: 'call'; readonly number: number };

const card = fc.nat({ max: people - 1 });
const number = fc.nat({ max: 3 });
const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('merge' as const), kept: card, absorbed: card }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('unmerge' as const), which: fc.nat({ max: 3 }) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('edit' as const),
        card,
        field: fc.constantFrom('name' as const, 'title' as const),
        clears: fc.boolean(),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('choose' as const), card, number }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('call' as const), number }) },
  ),
  { minLength: 2, maxLength: 10 },
);

let run = 0;

class World {
  readonly #run = ++run;
  readonly #test: DatabaseUnderTest;
  readonly cards: ModelCard[] = [];
  readonly live: { mergeId: string; kept: string; absorbed: string }[] = [];
  #at = 1_000_000;
  #made = 0;

  constructor(test: DatabaseUnderTest) {
    this.#test = test;
  }

  async begin(): Promise<void> {
    for (let index = 0; index < people; index++) {
      const id = `r${this.#run}-${index}`;
      const own: ModelCard = {
        id,
        name: `Card ${index}`,
        title: index % 2 === 0 ? null : `Title ${index}`,
        updatedAt: index,
        numbers: new Map(),
        contacts: new Set(),
      };
      this.cards.push(own);
      await this.#test.db
        .insertInto('person')
        .values({
          ...{
            contact_id: id,
            head_id: id,
            name: own.name,
            name_key: own.name.toLowerCase(),
            title: own.title,
            locale: 'en',
            tier: 'silver',
          },
          ...{ allows_recording: 1, allows_sms_offers: 1, allows_email_offers: 0, updated_at: index },
        })
        .execute();
    }
  }

  headOf(id: string): string {
    const edge = this.live.find(({ absorbed }) => absorbed === id);
    return edge ? this.headOf(edge.kept) : id;
  }

  /** Head first, then the latest changed, then the lesser id. */
  groupOf(id: string): ModelCard[] {
    const head = this.headOf(id);
    const rest = this.cards.filter((each) => each.id !== head && this.headOf(each.id) === head);
    return [...this.cards.filter((each) => each.id === head), ...rest.sort((a, b) => b.updatedAt - a.updatedAt || (a.id < b.id ? -1 : 1))];
  }

  holderIn(group: readonly ModelCard[], key: string): ModelCard | null {
    const holders = group.filter((each) => each.numbers.has(key));
    return holders.sort((a, b) => (b.numbers.get(key) ?? 0) - (a.numbers.get(key) ?? 0))[0] ?? null;
  }

  async take(step: Step): Promise<void> {
    const at = ++this.#at;
    switch (step.do) {
      case 'merge':
        return this.#merge(this.#card(step.kept).id, this.#card(step.absorbed).id, at);
      case 'unmerge': {
        const merge = this.live[step.which % Math.max(1, this.live.length)];
        if (merge) await this.unmerge(merge.mergeId);
        return;
      }
      case 'edit':
        return this.#edit(this.#card(step.card).id, step.field, step.clears, at);
      case 'choose':
        return this.#choose(this.#card(step.card).id, this.#number(step.number), at);
      case 'call':
        return this.#call(this.#number(step.number), at);
    }
  }

  #card = (index: number): ModelCard => this.cards[index] as ModelCard;
  #number = (index: number): string => `+4477${String(this.#run).padStart(6, '0')}${index.toString().padStart(2, '0')}`;

  async #merge(kept: string, absorbed: string, at: number): Promise<void> {
    const mergeId = `m${this.#run}-${++this.#made}`;
    const merging = { mergeId, kept: { contactId: kept, scope: everybody }, absorbed: { contactId: absorbed, scope: everybody } };
    const outcome = await identityWrites.mergePeople(this.#test.db, { ...merging, reason: 'same voice', author, at });
    const isOne = this.headOf(kept) === this.headOf(absorbed);
    expect(outcome).toMatchObject(isOne ? { ok: false, error: { code: 'conflict' } } : { ok: true, value: { mergeId, undone: null } });
    if (!isOne) this.live.push({ mergeId, kept: this.headOf(kept), absorbed: this.headOf(absorbed) });
  }

  async unmerge(mergeId: string): Promise<void> {
    const undoing = { mergeId, scope: everybody, reason: 'another voice', author, at: ++this.#at };
    expect(await identityWrites.unmergePeople(this.#test.db, undoing)).toMatchObject({
      ok: true,
      value: { undone: { reason: 'another voice' } },
    });
    this.live.splice(
      this.live.findIndex((merge) => merge.mergeId === mergeId),
      1,
    );
  }

  async #edit(id: string, field: 'name' | 'title', clears: boolean, at: number): Promise<void> {
    const group = this.groupOf(id);
    const owner = group.find((each) => each[field] !== null) ?? group[0];
    const value = field === 'title' && clears ? null : `${field} ${at}`;
    if (!owner || owner[field] === value) return;
    const stored = await readGroup(looking(this.#test.db), id, everybody);
    const edit = { contactId: id, basedOn: stored?.revision ?? 0, fields: { [field]: value }, changeId: `e${this.#run}-${++this.#made}` };
    expect(await personWrites.editPerson(this.#test.db, { ...edit, author, at, scope: everybody })).toMatchObject({ ok: true });
    Object.assign(owner, { [field]: value, updatedAt: at });
  }

  /** Somebody calls, and the agent says who it is. */
  async #choose(id: string, key: string, at: number): Promise<void> {
    const interactionId = await this.#arrive(key, at);
    const linked = await contactWrites.linkInteraction(this.#test.db, {
      ...{ interactionId, contactId: asId<ContactId>(id), taught: { kind: 'phone', key }, author, at },
    });
    const holder = this.holderIn(this.groupOf(id), key) ?? this.#card(this.cards.findIndex((each) => each.id === id));
    expect(linked?.cardId).toBe(holder.id);
    expect([...(linked?.cardIds ?? [])].sort()).toEqual(
      this.groupOf(id)
        .map((each) => each.id)
        .sort(),
    );
    holder.numbers.set(key, at);
    await this.#complete(interactionId, holder, key);
  }

  /** Somebody calls, and the number says who it is, or does not. */
  async #call(key: string, at: number): Promise<void> {
    const holders = this.cards.filter((each) => each.numbers.has(key));
    const heads = new Set(holders.map((each) => this.headOf(each.id)));
    const found = await contactReads.identifyArrival(this.#test.reads, arrivalByPhone({ number: key, presentedName: null }, 'GB'), at);
    expect(found.kind).toBe(heads.size === 0 ? 'unknown' : heads.size === 1 ? 'certain' : 'candidates');
    if (found.kind === 'candidates') expect(found.candidates.map((each) => each.contactId).sort()).toEqual([...heads].sort());
    if (found.kind !== 'certain') return;
    const [head = ''] = heads;
    const holder = this.holderIn(this.groupOf(head), key);
    expect(found).toMatchObject({ record: { contactId: head }, cards: { cardId: holder?.id } });
    if (holder) await this.#complete(await this.#arrive(key, at), holder, key);
  }

  async #arrive(key: string, at: number): Promise<InteractionId> {
    const interactionId = asId<InteractionId>(`i${this.#run}-${++this.#made}`);
    await interactionWrites.recordCaller(this.#test.db, interactionId, { number: key, key, presentedName: null, dialled: '1000', at });
    return interactionId;
  }

  /** The desktop knows the person by the id of the head. */
  async #complete(interactionId: InteractionId, holder: ModelCard, key: string): Promise<void> {
    const at = ++this.#at;
    await interactionWrites.complete(this.#test.db, {
      ...{ interactionId, agentId: null, agentName: 'Lena Hartmann', contactId: asId<ContactId>(this.headOf(holder.id)) },
      ...{
        title: { en: 'Call', zh: '来电' },
        dispositionCode: 'x',
        isAutomatic: false,
        note: `note of ${interactionId}`,
        handlingMs: 1,
        at,
      },
    });
    holder.numbers.set(key, at);
    holder.contacts.add(interactionId);
  }

  /** A person says what their cards say together, by any of their ids. */
  async check(id: string): Promise<void> {
    const group = this.groupOf(id);
    const record = await contactReads.readRecord(this.#test.reads, asId<ContactId>(id), this.#at, everybody);
    const used = new Map<string, number>();
    for (const each of group) for (const [key, at] of each.numbers) used.set(key, Math.max(at, used.get(key) ?? 0));
    expect({
      contactId: record?.contactId,
      name: record?.name,
      title: record?.title,
      numbers: new Map(record?.identifiers.map((each) => [each.value, each.lastUsedAt])),
      contacts: record?.timeline.items
        .filter((each) => each.kind === 'call')
        .map((each) => each.id)
        .sort(),
      notes: record?.notes.map((each) => each.noteId).sort(),
    }).toEqual({
      contactId: group[0]?.id,
      name: group[0]?.name,
      title: group.find((each) => each.title !== null)?.title ?? null,
      numbers: used,
      contacts: group.flatMap((each) => [...each.contacts]).sort(),
      notes: group.flatMap((each) => [...each.contacts]).sort(),
    });
  }

  /** Every card as its row is, when nothing is merged any more. */
  async checkCards(): Promise<void> {
    const rows = await this.#test.db
      .selectFrom('person')
      .select(['contact_id', 'head_id', 'name', 'title', 'updated_at'])
      .where(
        'contact_id',
        'in',
        this.cards.map((each) => each.id),
      )
      .orderBy('contact_id')
      .execute();
    expect(rows).toEqual(
      this.cards.map((each) => ({ contact_id: each.id, head_id: each.id, name: each.name, title: each.title, updated_at: each.updatedAt })),
    );
    for (const each of this.cards) await this.check(each.id);
  }
}

describe.each(databases)('merges, on $name', ({ name, open }) => {
  let test: DatabaseUnderTest;
  beforeAll(async () => {
    test = await open();
  });
  afterAll(() => test.close());

  it('undone in any order, with edits and contacts in between, leave every card as it is by itself', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.infiniteStream(fc.nat({ max: 9 })), async (taken, order) => {
        const world = new World(test);
        await world.begin();
        for (const step of taken) {
          await world.take(step);
          await world.check(world.cards[0]?.id ?? '');
        }
        for (const each of world.cards) await world.check(each.id);
        for (const pick of order) {
          const merge = world.live[pick % Math.max(1, world.live.length)];
          if (!merge) break;
          await world.unmerge(merge.mergeId);
        }
        await world.checkCards();
      }),
      { numRuns: runsOn[name] },
    );
  });
});
