import type { Configuration } from '../../shared/contracts/configuration.ts';
import type { AgentId, UserId } from '../../shared/ids.ts';
import type { Asker } from './ports.ts';

/** Whose people somebody may see and direct. Two scopes with one key are the same. */
export interface OrgScope {
  readonly key: string;
  has(agentId: string): boolean;
}

/** Everybody in the organisation. */
const everybody: OrgScope = { key: 'everybody', has: () => true };

/**
 * The organisation's tree: headquarters, provinces, cities, and who belongs where. A supervisor sees the people at or below their own place,
 * an administrator everybody; somebody who is placed nowhere in the tree belongs to the organisation as a whole and sees everybody too.
 */
export class OrgTree {
  readonly #parents: ReadonlyMap<string, string | null>;
  readonly #unitOfUser: ReadonlyMap<string, string | null>;
  readonly #placeOfAgent: ReadonlyMap<string, { readonly orgUnitId: string | null; readonly teamId: string | null }>;
  readonly #scopes = new Map<string, OrgScope>();

  constructor({ orgUnits, users, apiClients }: Pick<Configuration, 'orgUnits' | 'users' | 'apiClients'>) {
    this.#parents = new Map(orgUnits.map(({ id, parent }) => [id, parent]));
    this.#unitOfUser = new Map([
      ...users.map(({ id, orgUnit }) => [id, orgUnit] as const),
      // Other systems ask like people; no user's id has a colon.
      ...apiClients.map(({ id, orgUnit }) => [`api:${id}`, orgUnit] as const),
    ]);
    this.#placeOfAgent = new Map(
      users.flatMap(({ orgUnit, agent }) => (agent ? [[agent.id, { orgUnitId: orgUnit, teamId: agent.team }]] : [])),
    );
  }

  placeOf(agentId: AgentId): { readonly orgUnitId: string | null; readonly teamId: string | null } {
    return this.#placeOfAgent.get(agentId) ?? { orgUnitId: null, teamId: null };
  }

  scopeOf({ userId, may }: Pick<Asker, 'userId' | 'may'>): OrgScope {
    return may('configuration:write') ? everybody : this.#scopeOfUser(userId);
  }

  /**
   * Whom somebody may hand a call to by name: the people of the office above their own and of all below it, and whoever sits further up the
   * line. From a city that is its province and the cities beside it; an extension one knows can be dialled all the same.
   */
  colleaguesOf({ userId, may }: Pick<Asker, 'userId' | 'may'>): OrgScope {
    const unit = this.#unitOfUser.get(userId);
    if (unit === undefined || unit === null || may('configuration:write')) return this.scopeOf({ userId, may });
    const line = this.pathOf(unit);
    const around = line.at(-2) ?? unit;
    return {
      key: `colleagues:${unit}`,
      has: (agentId) => {
        const place = this.#placeOfAgent.get(agentId);
        if (!place) return false;
        return place.orgUnitId === null || line.includes(place.orgUnitId) || this.#isWithin(place.orgUnitId, around);
      },
    };
  }

  /** The offices whose customers somebody may see: their own and those below. Null: all. */
  unitsOf({ userId, may }: Pick<Asker, 'userId' | 'may'>): readonly string[] | null {
    if (may('configuration:write')) return null;
    const unit = this.#unitOfUser.get(userId);
    if (unit === undefined) return [];
    return unit === null ? null : [...this.#parents.keys()].filter((each) => this.#isWithin(each, unit));
  }

  /** From the top down to `unit`; empty for none. */
  pathOf(unit: string | null): readonly string[] {
    const path: string[] = [];
    for (let at = unit; at !== null && !path.includes(at); at = this.#parents.get(at) ?? null) path.unshift(at);
    return path;
  }

  #scopeOfUser(userId: UserId): OrgScope {
    const unit = this.#unitOfUser.get(userId);
    // Somebody the configuration no longer has sees nobody.
    if (unit === undefined) return { key: 'nobody', has: () => false };
    if (unit === null) return everybody;
    const known = this.#scopes.get(unit);
    if (known) return known;
    const members = new Set(
      [...this.#placeOfAgent].flatMap(([agentId, { orgUnitId }]) => (this.#isWithin(orgUnitId, unit) ? [agentId] : [])),
    );
    const scope: OrgScope = { key: `unit:${unit}`, has: (agentId) => members.has(agentId) };
    this.#scopes.set(unit, scope);
    return scope;
  }

  /** Walks up; a tree that loops, which no valid configuration has, ends all the same. */
  #isWithin(unit: string | null, root: string): boolean {
    const seen = new Set<string>();
    for (let at = unit; at !== null && !seen.has(at); at = this.#parents.get(at) ?? null) {
      if (at === root) return true;
      seen.add(at);
    }
    return false;
  }
}

/** The tree of the organisation as it is now, built anew when the configuration is another one. */
export function currentTree(configuration: () => Configuration): () => OrgTree {
  let known: { readonly of: Configuration; readonly tree: OrgTree } | undefined;
  return () => {
    const of = configuration();
    if (known?.of !== of) known = { of, tree: new OrgTree(of) };
    return known.tree;
  };
}
