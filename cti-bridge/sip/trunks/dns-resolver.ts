import { promises as dns } from 'node:dns';
import type { Resolver } from './resolve.ts';

/** No such name, or no such record of it: an answer all the same. */
const isNothing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOTFOUND' || error.code === 'ENODATA');

async function orNothing<One>(asked: Promise<readonly One[]>): Promise<readonly One[]> {
  try {
    return await asked;
  } catch (error) {
    if (isNothing(error)) return [];
    throw error;
  }
}

/** The machine's name servers. Names of its own, such as `localhost`, are known for addresses. */
export const dnsResolver: Resolver = {
  naptr: (name) => orNothing(dns.resolveNaptr(name)),
  srv: (name) => orNothing(dns.resolveSrv(name)),
  addresses: async (name) => {
    const found = await orNothing(dns.lookup(name, { all: true }));
    return found.map(({ address }) => address);
  },
};
