import { describe, expect, it } from 'vitest';
import type { CustomerParts } from '../../../../cti-bridge/flows/customers/parts.ts';
import { reachOf, reachOfSubject } from '../../../../cti-bridge/flows/customers/reach.ts';
import type { Asker } from '../../../../cti-bridge/flows/ports.ts';
import { type AgentId, asId, type UserId } from '../../../../shared/ids.ts';

const asker: Asker = { userId: asId<UserId>('u'), name: 'Owen', agentId: asId<AgentId>('agent-owen'), may: () => true };
const office = { units: ['hangzhou'] };
const everything = { units: null };

/** Somebody of one office who has one person in hand now. */
const parts = (inHand: string | null, owners: Readonly<Record<string, string>> = {}) =>
  ({
    scopeOf: () => office,
    hasInHand: (_asker: Asker, contactId: string) => contactId === inHand,
    store: {
      records: {
        ownerOf: async (_kind: string, id: string) => {
          const contactId = owners[id];
          return contactId === undefined ? null : { contactId, accountId: null };
        },
      },
    },
  }) as unknown as CustomerParts;

describe('how far somebody sees', () => {
  it('is their offices, and whom they have in hand wherever that person belongs', () => {
    expect(reachOf(parts('contact-ann'), asker, 'contact-ann')).toEqual(everything);
    expect(reachOf(parts('contact-ann'), asker, 'contact-bob')).toEqual(office);
    expect(reachOf(parts(null), asker, 'contact-ann')).toEqual(office);
  });

  it('reaches what belongs to the person in hand, and nothing else by its id', async () => {
    const owners = { 'case-ann': 'contact-ann', 'case-bob': 'contact-bob' };
    expect(await reachOfSubject(parts('contact-ann', owners), asker, 'case', 'case-ann')).toEqual(everything);
    expect(await reachOfSubject(parts('contact-ann', owners), asker, 'case', 'case-bob')).toEqual(office);
    expect(await reachOfSubject(parts('contact-ann', owners), asker, 'case', 'case-of-nobody')).toEqual(office);
  });
});
