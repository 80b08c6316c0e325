import type { CommandName, CommandRequest } from '../../../shared/contracts/bridge-events.ts';
import type { Bridge } from '../../bridge/index.ts';
import type { AdminDeeds } from '../../features/admin/index.ts';
import { beginDraft, type ConfigurationReview, continueDraft, noConfiguration, notify, type Stores } from '../../stores/index.ts';

const historyPage = 50;
const emptyReview: ConfigurationReview = { phase: 'checking', problems: [], changes: [], failure: null, clashes: [] };

/** What an administrator can do with the configuration beyond typing: each deed asks the bridge and puts its answer into the store. */
export function configurationDeeds(stores: Stores, bridge: Pick<Bridge, 'command' | 'upload'>, signOut: () => Promise<void>): AdminDeeds {
  const { configuration: store } = stores;
  const changeReview = (change: Partial<ConfigurationReview>) =>
    store.setState((state) => ({ review: state.review ? { ...state.review, ...change } : null }));

  async function read<Name extends CommandName>(name: Name, request: CommandRequest<Name>) {
    const outcome = await bridge.command(name, request);
    if (!outcome.ok) notify(stores, { kind: 'commandFailed', code: outcome.error.code });
    return outcome;
  }

  async function load(): Promise<void> {
    store.setState({ phase: 'loading', failure: null });
    const outcome = await bridge.command('configuration:read', {});
    if (outcome.ok) store.setState((state) => beginDraft(state, outcome.value), true);
    else store.setState({ phase: 'failed', failure: outcome.error.code });
  }

  async function check(): Promise<void> {
    const { draft } = store.getState();
    if (!draft) return;
    const outcome = await bridge.upload('configuration:check', { configuration: draft });
    if (outcome.ok) {
      changeReview({ phase: 'ready', ...outcome.value });
      store.setState({ problems: outcome.value.problems });
    } else changeReview({ phase: 'failed', failure: outcome.error.code });
  }

  const deeds: AdminDeeds = {
    async open() {
      const { phase } = store.getState();
      if (phase === 'none' || phase === 'failed') await load();
    },
    async discard() {
      store.setState((state) => ({ ...noConfiguration, section: state.section, selected: state.selected, history: state.history }), true);
      await load();
    },
    async review() {
      store.setState({ review: emptyReview });
      await check();
    },
    async save(note) {
      const { draft, revision, review } = store.getState();
      if (!draft || review?.phase !== 'ready') return;
      changeReview({ phase: 'saving', failure: null });
      const outcome = await bridge.upload('configuration:save', { configuration: draft, basedOn: revision, note });
      if (!outcome.ok) {
        if (outcome.error.code === 'conflict') changeReview({ phase: 'conflict' });
        else changeReview({ phase: 'failed', failure: outcome.error.code });
        return;
      }
      if (!outcome.value.saved) {
        changeReview({ phase: 'ready', problems: outcome.value.problems });
        store.setState({ problems: outcome.value.problems });
        return;
      }
      notify(stores, { kind: 'configurationSaved', revision: outcome.value.revision });
      // What was saved is read back: the screen shows what the bridge holds, never what it was sent.
      await load();
      await deeds.readHistory(false);
    },
    async takeOverNewest() {
      const outcome = await read('configuration:read', {});
      if (!outcome.ok) return;
      const { state, clashes } = continueDraft(store.getState(), outcome.value);
      store.setState({ ...state, review: { ...emptyReview, clashes } }, true);
      await check();
    },
    closeReview: () => store.setState({ review: null }),
    async readHistory(isMore) {
      const { history } = store.getState();
      if (history.isLoading) return;
      store.setState({ history: { ...history, isLoading: true } });
      const before = isMore ? (history.revisions.at(-1)?.revision ?? null) : null;
      const outcome = await read('configuration:history', { before, limit: historyPage });
      const got = outcome.ok ? outcome.value.revisions : [];
      store.setState({
        history: {
          revisions: outcome.ok ? (isMore ? [...history.revisions, ...got] : got) : history.revisions,
          hasMore: outcome.ok ? got.length === historyPage : history.hasMore,
          isLoading: false,
        },
      });
    },
    async undo(revision) {
      store.setState({ undo: { revision, isBusy: true, problems: [] } });
      const outcome = await read('configuration:undo', { revision });
      if (!outcome.ok || !outcome.value.saved) {
        store.setState({
          undo: outcome.ok && !outcome.value.saved ? { revision, isBusy: false, problems: outcome.value.problems } : null,
        });
        return;
      }
      store.setState({ undo: null });
      notify(stores, { kind: 'configurationSaved', revision: outcome.value.revision });
      const newest = await read('configuration:read', {});
      // Something unsaved stays, on top of what is there now.
      if (newest.ok) store.setState((state) => continueDraft(state, newest.value).state, true);
      await deeds.readHistory(false);
    },
    async tryRules(rules, days) {
      const outcome = await bridge.command('rules:try', { rules: [...rules], days });
      return outcome.ok ? outcome.value : null;
    },
    async setPassword(userId, password) {
      const outcome = await bridge.command('user:set-password', { userId, password });
      return outcome.ok ? null : outcome.error.code;
    },
    async leave(to, isKept) {
      if (to === 'signOut') return signOut();
      store.setState({ leaving: null });
      stores.view.setState({ place: to });
      if (!isKept) await deeds.discard();
    },
  };
  return deeds;
}
