import { plainTrunk } from '../../../shared/contracts/calling.ts';
import type { SecretReference, TrunkConfiguration } from '../../../shared/contracts/configuration.ts';
import type { Log, Result } from '../../kernel/index.ts';
import type { SipStack, TrunkLine } from '../../sip/index.ts';
import { inClear, type SrtpTerms, srtpTermsOf } from './srtp-terms.ts';
import type { TrunkCodecs } from './trunk-codecs.ts';

export interface TrunkLinesParts {
  readonly sip: Pick<SipStack, 'trunks'>;
  readonly resolveSecret: (reference: SecretReference) => Result<string, string>;
  readonly log: Log;
}

type TrunkCounter = 'trunksUp' | 'trunksDown' | 'trunksRegistered' | 'trunkCalls' | 'trunkCallsRefusedFull' | 'trunkCallsRefusedCodecs';

const { codecs: plainCodecs } = plainTrunk();
const transports = { udp: 'UDP', tcp: 'TCP', tls: 'TLS' } as const;

/**
 * The trunks as the administrator set them up, given to the stack. A password is read when the configuration is taken, so that what is wrong
 * with it is told then; a trunk without it calls and is called as far as it asks for none.
 */
export class TrunkLines {
  readonly #parts: TrunkLinesParts;
  #problems: readonly string[] = [];
  #srtp: ReadonlyMap<string, SrtpTerms> = new Map();
  #codecs: ReadonlyMap<string, TrunkConfiguration['codecs']> = new Map();
  /** By trunk, since the start. */
  readonly #refusedCodecs = new Map<string, number>();

  constructor(parts: TrunkLinesParts) {
    this.#parts = parts;
  }

  /** All trunks, in place of what was configured before. */
  configure(trunks: readonly TrunkConfiguration[]): void {
    const problems: string[] = [];
    this.#parts.sip.trunks.configure(trunks.map((trunk) => this.#lineOf(trunk, problems)));
    this.#srtp = new Map(trunks.map((trunk) => [trunk.id, srtpTermsOf(trunk.srtp, trunk.transport === 'tls')]));
    this.#codecs = new Map(trunks.map(({ id, codecs }) => [id, codecs]));
    for (const { id, srtp, transport } of trunks)
      if (srtp === 'required' && transport !== 'tls')
        problems.push(`The trunk ${id} requires SRTP but not TLS: whoever can read its signalling has the keys.`);
    this.#problems = problems;
    for (const problem of problems) this.#parts.log.warn('trunk:problem', { problem });
  }

  /** What keeps trunks from working, in plain words, for the health page. */
  get problems(): readonly string[] {
    return [...this.#problems, ...this.#parts.sip.trunks.states().flatMap(({ problem }) => problem ?? [])];
  }

  /** How packets of its calls are protected; in clear for one that is not configured. */
  readonly srtpOf = (trunkId: string): SrtpTerms => this.#srtp.get(trunkId) ?? inClear;

  /** In what its calls may talk; both laws for one that is not configured. */
  readonly codecs: TrunkCodecs = {
    of: (trunkId) => this.#codecs.get(trunkId) ?? plainCodecs,
    refused: (trunkId) => {
      this.#refusedCodecs.set(trunkId, (this.#refusedCodecs.get(trunkId) ?? 0) + 1);
      this.#parts.log.warn('trunk:callRefused', { trunkId, why: 'codecs' });
    },
  };

  /** Calls in that were refused for what their trunk may, by trunk. */
  get refused(): readonly { readonly trunkId: string; readonly full: number; readonly codecs: number }[] {
    return this.#parts.sip.trunks
      .states()
      .map(({ trunkId, refusedFull }) => ({ trunkId, full: refusedFull, codecs: this.#refusedCodecs.get(trunkId) ?? 0 }));
  }

  /** For the metrics page. */
  get counters(): Readonly<Record<TrunkCounter, number>> {
    const states = this.#parts.sip.trunks.states();
    const how = (isSo: (state: (typeof states)[number]) => boolean) => states.filter(isSo).length;
    return {
      trunksUp: how(({ isUp }) => isUp === true),
      trunksDown: how(({ isUp }) => isUp === false),
      trunksRegistered: how(({ registration }) => registration === 'registered'),
      trunkCalls: states.reduce((sum, { callsNow }) => sum + callsNow, 0),
      trunkCallsRefusedFull: this.refused.reduce((sum, { full }) => sum + full, 0),
      trunkCallsRefusedCodecs: this.refused.reduce((sum, { codecs }) => sum + codecs, 0),
    };
  }

  #lineOf(trunk: TrunkConfiguration, problems: string[]): TrunkLine {
    const { id, host, port, username, register, direction, sources, pingSeconds } = trunk;
    const password = trunk.password === null ? null : this.#parts.resolveSecret(trunk.password);
    // What only brings calls in, and never registers, needs no password: it is known by its address.
    const isNeeded = register !== null || direction !== 'in';
    if (password && !password.ok && isNeeded) problems.push(`The trunk ${id} cannot sign in: ${password.error}`);
    const credentials = username !== null && password?.ok ? { username, password: password.value } : null;
    return {
      trunkId: id,
      host,
      port,
      transport: transports[trunk.transport],
      credentials,
      register,
      takesCallsIn: direction !== 'out',
      sources,
      pingSeconds,
      trustsIdentity: trunk.trustsIdentity,
      maxChannels: trunk.maxChannels,
    };
  }
}
