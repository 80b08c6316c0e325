import { describe, expect, it } from 'vitest';
import { recordDeeds } from '../../../../renderer/app/deeds/record-deeds.ts';
import { createStores } from '../../../../renderer/stores/index.ts';
import { emptySnapshot, scriptedBridge } from '../../../support/ui-stage/scripted-bridge.ts';

describe('marking the line of several candidates as shared', () => {
  const open = (answer: 'ok' | 'not_found') => {
    const stores = createStores({ bridgeUrl: 'http://127.0.0.1:8600', theme: 'light', language: 'en' });
    const sent: unknown[] = [];
    const deeds = recordDeeds({
      stores,
      bridge: scriptedBridge(emptySnapshot(0)),
      perform: async (_control, name, request) => {
        sent.push([name, request]);
        return answer === 'ok' ? { ok: true, value: {} as never } : { ok: false, error: { code: answer, message: '' } };
      },
      goTo() {},
      chooseContact() {},
      saveFile() {},
    });
    return { stores, sent, deeds };
  };
  const candidates = [{ contactId: 'c-1' }, { contactId: 'c-2' }, { contactId: 'c-3' }];

  it('asks once for all of them, and says so', async () => {
    const { stores, sent, deeds } = open('ok');
    deeds.markShared('+442079460011', candidates);
    await Promise.resolve();
    expect(sent).toEqual([['contact:share-identifier', { value: '+442079460011', contactIds: ['c-1', 'c-2', 'c-3'] }]]);
    await expect.poll(() => stores.notices.getState()).toMatchObject([{ kind: 'markedShared', number: '+442079460011' }]);
  });

  it('says nothing of the kind when it was refused', async () => {
    const { stores, sent, deeds } = open('not_found');
    deeds.markShared('+442079460011', candidates);
    await Promise.resolve();
    await Promise.resolve();
    expect(sent).toHaveLength(1);
    expect(stores.notices.getState()).toEqual([]);
  });
});
