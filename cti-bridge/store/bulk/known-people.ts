import type Sqlite from 'better-sqlite3';
import type { CustomerScope, FoundPerson, ImportedPerson, KnownFacts } from '../../crm/index.ts';

interface Holder {
  contact_id: string | null;
  head_id: string | null;
  name_key: string | null;
  org_unit_id: string | null;
  kind: string;
  is_shared: number;
}

/** As many holders of one number are looked at; a switchboard may have thousands, and then the name is asked for with it. */
const holdersLookedAt = 8;

/** Finds whom a row may be about, by the index of identifiers alone. */
export class KnownPeople {
  readonly #held: Sqlite.Statement<[string], string>;
  readonly #holders: Sqlite.Statement<[string], Holder>;
  readonly #namesakes: Sqlite.Statement<[string, string], Holder>;
  readonly #ownIds: Sqlite.Statement<[string], { kind: string; value: string }>;

  constructor(sqlite: Sqlite.Database) {
    this.#held = sqlite
      .prepare<[string], string>(
        'select value from json_each(?) asked where exists (select 1 from identifier where identifier.value = asked.value)',
      )
      .pluck();
    const holders = `select identifier.contact_id, person.head_id, person.name_key, head.org_unit_id, identifier.kind, identifier.is_shared
      from identifier left join person on person.contact_id = identifier.contact_id left join person head on head.contact_id = person.head_id
      where identifier.value = ?`;
    this.#holders = sqlite.prepare(`${holders} limit ${holdersLookedAt}`);
    this.#namesakes = sqlite.prepare(`${holders} and person.name_key = ? limit 3`);
    this.#ownIds = sqlite.prepare(
      `select identifier.kind, identifier.value from person card join person on person.head_id = card.head_id
        join identifier on identifier.contact_id = person.contact_id
        where card.contact_id = ? and identifier.kind in ('externalId', 'membership')`,
    );
  }

  /** Which of the numbers, addresses and ids of these people anybody has at all. One question for many rows, because most are new. */
  held(people: readonly ImportedPerson[]): Set<string> {
    const asked = people.flatMap(({ identifiers }) => identifiers.map(({ value }) => value));
    return new Set(asked.length === 0 ? [] : this.#held.all(JSON.stringify(asked)));
  }

  facts(person: ImportedPerson, scope: CustomerScope): KnownFacts {
    const byOwnId: FoundPerson[] = [];
    const byNumberAndName: (FoundPerson & { hasOtherOwnId: boolean })[] = [];
    const byNumberAlone: FoundPerson[] = [];
    for (const { kind, value } of person.identifiers) {
      const holders = this.#holders.all(value);
      if (holders.length === 0) continue;
      const isOwnId = kind === 'externalId' || kind === 'membership';
      if (isOwnId) {
        for (const holder of holders) if (holder.kind === kind) add(byOwnId, holder, scope);
        continue;
      }
      const namesakes =
        holders.length < holdersLookedAt
          ? holders.filter((each) => each.name_key === person.nameKey)
          : this.#namesakes.all(value, person.nameKey);
      for (const namesake of namesakes) {
        const found = foundPerson(namesake, scope);
        if (found) byNumberAndName.push({ ...found, hasOtherOwnId: this.#hasOtherOwnId(found.contactId, person) });
      }
      const isTheirsAlone = holders.every(
        (each) => each.is_shared === 0 && each.contact_id !== null && each.head_id === holders[0]?.head_id,
      );
      if (isTheirsAlone && kind !== 'phone') for (const holder of holders) add(byNumberAlone, holder, scope);
    }
    return { byOwnId, byNumberAndName, byNumberAlone };
  }

  #hasOtherOwnId(contactId: string, { identifiers }: ImportedPerson): boolean {
    const own = identifiers.filter(({ kind }) => kind === 'externalId' || kind === 'membership');
    if (own.length === 0) return false;
    const theirs = this.#ownIds.all(contactId);
    return own.some(({ kind, value }) => theirs.some((each) => each.kind === kind && each.value !== value));
  }
}

function add(list: FoundPerson[], holder: Holder, scope: CustomerScope): void {
  const found = foundPerson(holder, scope);
  if (found) list.push(found);
}

function foundPerson({ contact_id, head_id, org_unit_id }: Holder, { units }: CustomerScope): FoundPerson | null {
  if (contact_id === null || head_id === null) return null;
  return { contactId: contact_id, headId: head_id, isInScope: units === null || org_unit_id === null || units.includes(org_unit_id) };
}
