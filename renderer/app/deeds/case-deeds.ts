import type { CaseFile } from '../../../shared/contracts/record.ts';
import type { Bridge } from '../../bridge/index.ts';
import type { CaseDeeds } from '../../features/cases/index.ts';
import { byDeadline, changePage, noCaseList, put, receiveCase, type Stores } from '../../stores/index.ts';
import type { Perform } from './perform.ts';

export interface CaseMeans {
  readonly stores: Stores;
  readonly bridge: Pick<Bridge, 'command'>;
  readonly perform: Perform;
  openPerson(contactId: string, caseId?: string): void;
  /** What there is to know of the person whose page is open follows from their cases. */
  reloadPerson(): void;
}

const mostCases = 200;

export function caseDeeds({ stores, bridge, perform, openPerson, reloadPerson }: CaseMeans): CaseDeeds & { clear(): void } {
  const { cases: store, record } = stores;
  let asked = 0;

  async function read(): Promise<void> {
    const { whose, state } = store.getState();
    asked += 1;
    const mine = asked;
    store.setState({ phase: 'loading' });
    const outcome = await bridge.command('case:list', { whose, state, limit: mostCases });
    if (mine !== asked) return;
    if (outcome.ok) {
      const { cases, total } = outcome.value;
      store.setState({ phase: 'ready', failure: null, cases: [...cases].sort(byDeadline), total });
    } else store.setState({ phase: 'failed', failure: outcome.error.code });
  }

  /** Wherever the case stands, it stands there as it is now. */
  function show(file: CaseFile): void {
    store.setState((state) => receiveCase(state, file), true);
    const { contactId } = record.getState();
    if (contactId !== null)
      record.setState(
        (state) =>
          changePage(state, contactId, (page) =>
            page.cases.some((each) => each.caseId === file.caseId)
              ? { ...page, cases: put(page.cases, file, (each) => each.caseId) }
              : page,
          ),
        true,
      );
  }

  return {
    list(change) {
      store.setState({ ...change, ...(Object.keys(change).length > 0 ? { openId: null } : {}) });
      void read();
    },
    open: (openId) => store.setState({ openId }),
    async step(file, change) {
      const outcome = await perform('case', 'case:step', { ...change, caseId: file.caseId, basedOn: file.revision });
      if (outcome?.ok) {
        show(outcome.value);
        if (record.getState().page?.cases.some((each) => each.caseId === file.caseId)) reloadPerson();
        return true;
      }
      if (outcome?.error.code === 'conflict') {
        const now = await bridge.command('case:read', { caseId: file.caseId });
        if (now.ok) show(now.value);
      }
      return false;
    },
    async owners() {
      const outcome = await bridge.command('account:managers', {});
      return outcome.ok ? outcome.value.managers : [];
    },
    openCustomer: (file) => openPerson(file.contact.contactId, file.caseId),
    clear: () => store.setState(noCaseList, true),
  };
}
