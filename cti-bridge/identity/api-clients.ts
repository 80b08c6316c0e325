import { createHash, timingSafeEqual } from 'node:crypto';
import type { Configuration, SecretReference } from '../../shared/contracts/configuration.ts';
import type { Right } from '../../shared/contracts/rights.ts';
import { asId, type UserId } from '../../shared/ids.ts';
import type { Log, Result } from '../kernel/index.ts';

/** Another system that has shown its secret. Asks for things as people do; it takes no work. */
export interface ApiClientIdentity {
  /** `api:ID`. */
  readonly userId: UserId;
  readonly name: string;
  readonly agentId: null;
  may(right: Right): boolean;
}

export interface ApiClientOptions {
  /** Reads a secret where it is kept; what could not be had is told in words. */
  readonly resolveSecret: (reference: SecretReference) => Result<string, string>;
  readonly log: Log;
}

interface Known {
  readonly digest: Buffer;
  readonly identity: ApiClientIdentity;
}

/** Below this a secret can be guessed. */
const leastLength = 16;

/** The other systems of the configuration, by their secrets. Only digests are kept, and all are compared in equal time. */
export class ApiClients {
  readonly #options: ApiClientOptions;
  #known: readonly Known[] = [];
  /** In words, for the health page. */
  #problems: readonly string[] = [];

  constructor(options: ApiClientOptions) {
    this.#options = options;
  }

  get problems(): readonly string[] {
    return this.#problems;
  }

  /** From now on these, with their secrets as they are now. */
  configure({ apiClients, roles }: Pick<Configuration, 'apiClients' | 'roles'>): void {
    const problems: string[] = [];
    this.#known = apiClients.flatMap((client): Known[] => {
      const secret = this.#options.resolveSecret(client.secret);
      const problem = !secret.ok
        ? secret.error
        : secret.value.length < leastLength
          ? `Its secret has fewer than ${leastLength} characters.`
          : null;
      if (problem !== null) problems.push(`The system ${client.id} cannot sign in. ${problem}`);
      if (!secret.ok || problem !== null) return [];
      const rights = new Set(roles.find(({ id }) => id === client.role)?.rights ?? []);
      const userId = asId<UserId>(`api:${client.id}`);
      return [
        { digest: digestOf(secret.value), identity: { userId, name: client.name.en, agentId: null, may: (right) => rights.has(right) } },
      ];
    });
    this.#problems = problems;
    for (const problem of problems) this.#options.log.warn('apiClient:unusable', { problem });
  }

  find(token: string): ApiClientIdentity | null {
    const digest = digestOf(token);
    let found: ApiClientIdentity | null = null;
    for (const each of this.#known) if (timingSafeEqual(each.digest, digest)) found = each.identity;
    return found;
  }
}

function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest();
}
