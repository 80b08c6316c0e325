import type { Bridge } from '../../bridge/index.ts';
import type { MergeDeeds } from '../../features/merge/index.ts';
import { notify, type Stores } from '../../stores/index.ts';
import type { Perform } from './perform.ts';

export interface MergeMeans {
  readonly stores: Stores;
  readonly bridge: Pick<Bridge, 'command'>;
  readonly perform: Perform;
  openPerson(contactId: string): void;
  reloadPerson(): void;
}

export function mergeDeeds({ stores, bridge, perform, openPerson, reloadPerson }: MergeMeans): MergeDeeds {
  const { record: store } = stores;
  const draft = () => store.getState().merge;
  const isStill = (keptId: string, absorbedId: string) => draft()?.keptId === keptId && draft()?.absorbedId === absorbedId;

  async function compare(keptId: string, absorbedId: string): Promise<void> {
    store.setState({ merge: { keptId, absorbedId, phase: 'loading', failure: null, preview: null } });
    const outcome = await bridge.command('contact:preview-merge', { keptId, absorbedId });
    if (!isStill(keptId, absorbedId)) return;
    store.setState({
      merge: outcome.ok
        ? { keptId, absorbedId, phase: 'ready', failure: null, preview: outcome.value }
        : { keptId, absorbedId, phase: 'failed', failure: outcome.error.code, preview: null },
    });
  }

  return {
    compare: (keptId, absorbedId) => void compare(keptId, absorbedId),
    swap() {
      const now = draft();
      if (now) void compare(now.absorbedId, now.keptId);
    },
    merge(reason) {
      const now = draft();
      if (now?.phase !== 'ready') return;
      const { keptId, absorbedId } = now;
      store.setState({ merge: { ...now, phase: 'merging' } });
      void bridge.command('contact:merge', { keptId, absorbedId, reason }).then((outcome) => {
        if (!outcome.ok) {
          if (isStill(keptId, absorbedId)) store.setState({ merge: { ...now, phase: 'ready', failure: outcome.error.code } });
          return;
        }
        if (isStill(keptId, absorbedId)) store.setState({ merge: null });
        notify(stores, { kind: 'merged', kept: outcome.value.kept.name, absorbed: outcome.value.absorbed.name });
        const { place } = stores.view.getState();
        // Beside a conversation the page stays shut: the record there follows by itself.
        if (place === 'customer') {
          if (store.getState().contactId === keptId) reloadPerson();
          else openPerson(keptId);
        }
      });
    },
    notTheSame() {
      const now = draft();
      if (!now) return;
      void perform('merge', 'contact:not-the-same', { oneId: now.keptId, otherId: now.absorbedId }).then((outcome) => {
        if (!outcome?.ok) return;
        store.setState((state) => ({
          merge: null,
          duplicates: state.duplicates?.filter(({ contactId }) => contactId !== now.keptId && contactId !== now.absorbedId) ?? null,
        }));
        reloadPerson();
      });
    },
    cancel: () => store.setState({ merge: null }),
    async unmerge(mergeId, reason) {
      const outcome = await perform('merge', 'contact:unmerge', { mergeId, reason });
      if (outcome?.ok) reloadPerson();
      return outcome?.ok === true;
    },
  };
}
