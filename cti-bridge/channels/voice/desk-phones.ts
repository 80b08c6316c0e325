import type { AgentPhone, SecretReference } from '../../../shared/contracts/configuration.ts';
import type { Log, Result } from '../../kernel/index.ts';
import type { SrtpUse } from '../../media/index.ts';
import type { CredentialLookup, SipStack } from '../../sip/index.ts';
import { type SrtpTerms, srtpTermsOf } from './srtp-terms.ts';

export interface DeskPhone {
  readonly extension: string;
  readonly phone: AgentPhone;
}

export interface DeskPhonesParts {
  readonly sip: Pick<SipStack, 'setAddress' | 'unregister'>;
  readonly resolveSecret: (reference: SecretReference) => Result<string, string>;
  /** The credentials of desktops' phones. */
  readonly desktops: CredentialLookup;
  readonly log: Log;
}

/**
 * The phones of agents who need no desktop, as the administrator set them up: gives the registrar their passwords and the stack their
 * addresses. A password is read when the configuration is taken, so that what is wrong with it is told then and not to a phone at night.
 */
export class DeskPhones {
  readonly #parts: DeskPhonesParts;
  readonly #passwords = new Map<string, string>();
  readonly #addresses = new Set<string>();
  /** Who has a desk phone, whatever may be wrong with it. */
  #owners: ReadonlySet<string> = new Set();
  #problems: readonly string[] = [];
  #srtp: ReadonlyMap<string, SrtpUse> = new Map();
  #answering: ReadonlySet<string> = new Set();

  constructor(parts: DeskPhonesParts) {
    this.#parts = parts;
  }

  /** For the registrar. A desktop's phone registers under the same name, but never in the place of a desk phone. */
  readonly credentials: CredentialLookup = (username) => {
    if (!this.#owners.has(username)) {
      const desktop = this.#parts.desktops(username);
      return desktop && { password: desktop.password, isRandom: true };
    }
    const password = this.#passwords.get(username);
    return password === undefined ? null : { password };
  };

  /** How packets of a phone are protected that registered over TLS, or not. A desktop's phone has DTLS for that. */
  readonly srtpOf = (extension: string, isTls: boolean): SrtpTerms => srtpTermsOf(this.#srtp.get(extension) ?? 'never', isTls);

  /** Its owner wants it to be told to answer at once. */
  readonly answersItself = (extension: string): boolean => this.#answering.has(extension);

  /** What keeps phones from working, in plain words, for the health page. */
  get problems(): readonly string[] {
    return this.#problems;
  }

  /** Everybody's phone, in place of what was configured before. A phone whose password or kind changed must register again. */
  configure(everybody: readonly DeskPhone[]): void {
    const { sip, log } = this.#parts;
    const problems: string[] = [];
    const passwords = new Map<string, string>();
    const addresses = new Map<string, string>();
    for (const { extension, phone } of everybody) {
      if (phone.kind === 'address') addresses.set(extension, phone.uri);
      if (phone.kind !== 'registered') continue;
      const password = this.#parts.resolveSecret(phone.password);
      if (password.ok) passwords.set(extension, password.value);
      else problems.push(`The phone of extension ${extension} cannot register: ${password.error}`);
    }

    for (const [extension, password] of this.#passwords) if (passwords.get(extension) !== password) sip.unregister(extension);
    for (const extension of passwords.keys()) if (!this.#passwords.has(extension)) sip.unregister(extension);
    this.#srtp = new Map(
      everybody.flatMap(({ extension, phone }) => (phone.kind === 'desktop' ? [] : [[extension, phone.srtp ?? 'never'] as const])),
    );
    this.#answering = new Set(
      everybody.flatMap(({ extension, phone }) => (phone.kind !== 'desktop' && phone.answersItself ? [extension] : [])),
    );
    this.#owners = new Set(everybody.flatMap(({ extension, phone }) => (phone.kind === 'desktop' ? [] : [extension])));
    this.#passwords.clear();
    for (const [extension, password] of passwords) this.#passwords.set(extension, password);

    for (const extension of this.#addresses) if (!addresses.has(extension)) sip.setAddress(extension, null);
    this.#addresses.clear();
    for (const [extension, uri] of addresses) {
      if (sip.setAddress(extension, uri)) this.#addresses.add(extension);
      else problems.push(`The phone of extension ${extension} cannot be called: ${uri} names no IP address.`);
    }
    for (const problem of problems) log.warn('deskPhone:problem', { problem });
    this.#problems = problems;
  }
}
