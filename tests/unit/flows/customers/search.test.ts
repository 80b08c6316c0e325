import { describe, expect, it } from 'vitest';
import { createSearch } from '../../../../cti-bridge/flows/customers/search.ts';
import { silentLog, VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import type { SearchHit } from '../../../../shared/contracts/search.ts';

const hit = (matched: SearchHit['matched'], detail: string | null): SearchHit => ({
  ...{ kind: 'person', id: 'p-1', contactId: 'p-1', title: '陈志远', subtitle: null, tier: 'gold', isKeyAccount: false },
  ...{ matched, detail },
});

const organisation = { homeCountry: 'CN', dialling: { outsidePrefix: null, areaCode: '0574' } };

/** A store that answers with these hits and remembers what it was asked; null: it never answers. */
function searchOver(hits: readonly SearchHit[] | Error | null) {
  const asked: unknown[][] = [];
  const clock = new VirtualClock();
  const store = {
    search: {
      find: async (...question: unknown[]) => {
        asked.push(question);
        if (hits === null) return new Promise<never>(() => {});
        if (hits instanceof Error) throw hits;
        return hits;
      },
    },
  };
  const parts = {
    ...{ clock, log: silentLog, store, scopeOf: () => ({ units: ['ningbo'] }) },
    configuration: () => ({ organisation }),
  };
  const search = createSearch(parts as never)['customer:search'];
  return { asked, clock, ask: (text: string) => search({} as never, { text, limit: 8 }) };
}

describe('the search box', () => {
  it('asks for the customers of the asker’s offices, with numbers read as at home', async () => {
    const { asked, ask } = searchOver([]);
    expect(await ask('czy')).toEqual({ ok: true, value: { hits: [] } });
    expect(asked).toEqual([['czy', { units: ['ningbo'] }, 8, organisation]]);
  });

  it('shows a number as it is written here, and leaves everything else as it was found', async () => {
    const { ask } = searchOver([hit('number', '+8613900004126'), hit('number', '6012'), hit('email', 'a@b.example'), hit('name', null)]);
    expect(await ask('4126')).toMatchObject({
      value: { hits: [{ detail: '139 0000 4126' }, { detail: '6012' }, { detail: 'a@b.example' }, { detail: null }] },
    });
  });

  it('says so when the store fails or does not answer', async () => {
    expect(await searchOver(new Error('disk')).ask('x')).toMatchObject({ ok: false, error: { code: 'storage_unavailable' } });
    const { ask, clock } = searchOver(null);
    const answer = ask('x');
    await clock.run(10_000);
    expect(await answer).toMatchObject({ ok: false, error: { code: 'storage_unavailable' } });
  });
});
