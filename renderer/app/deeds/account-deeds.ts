import type { AccountPage } from '../../../shared/contracts/account.ts';
import type { CommandRequest } from '../../../shared/contracts/bridge-events.ts';
import type { Bridge, CommandOutcome } from '../../bridge/index.ts';
import type { AccountDeeds } from '../../features/account/index.ts';
import type { MyCustomersDeeds } from '../../features/my-customers/index.ts';
import {
  type Asked,
  continueStream,
  type MyCustomersState,
  newHandover,
  noAccount,
  noCustomers,
  noStream,
  notify,
  type Place,
  type Stores,
  showPage,
} from '../../stores/index.ts';
import type { Perform } from './perform.ts';

export interface AccountDeedsParts {
  readonly stores: Stores;
  readonly bridge: Pick<Bridge, 'command' | 'fetchFile' | 'sendFile'>;
  readonly perform: Perform;
  goTo(place: Place): void;
  /** Gives a file to the person at the screen. */
  saveFile(name: string, content: Blob): void;
}

const streamPage = 40;
const askedOf = (outcome: CommandOutcome<unknown>): Asked =>
  outcome.ok ? { phase: 'ready' } : { phase: 'failed', code: outcome.error.code };

/** The file of one company: each deed asks the bridge and puts its answer into the store. */
export function accountDeeds({ stores, bridge, perform, goTo, saveFile }: AccountDeedsParts): AccountDeeds & { clear(): void } {
  const { account: store, customers } = stores;
  const isOpen = (accountId: string) => store.getState().accountId === accountId;

  async function read(accountId: string): Promise<void> {
    store.setState({ asked: { phase: 'loading' } });
    const outcome = await bridge.command('account:page', { accountId });
    if (!isOpen(accountId)) return;
    if (outcome.ok) store.setState((state) => showPage(state, outcome.value), true);
    else store.setState({ asked: askedOf(outcome) });
  }

  /** Sends what a form holds. The form closes when it was stored, and keeps what was typed when it was not. */
  async function storeForm<Name extends 'account:set-visit' | 'account:set-anniversary' | 'account:add-gift' | 'account:set-person'>(
    name: Name,
    request: Omit<CommandRequest<Name>, 'accountId'>,
  ): Promise<void> {
    const { accountId } = store.getState();
    if (accountId === null) return;
    store.setState({ formFailure: null });
    const outcome = (await bridge.command(name, { ...request, accountId } as CommandRequest<Name>)) as CommandOutcome<AccountPage>;
    if (!isOpen(accountId)) return;
    if (outcome.ok) store.setState((state) => ({ ...showPage(state, outcome.value), form: null }), true);
    else store.setState({ formFailure: outcome.error.code });
  }

  const deeds: AccountDeeds & { clear(): void } = {
    show(accountId) {
      goTo('account');
      if (isOpen(accountId) && store.getState().page !== null) return void read(accountId);
      store.setState((state) => ({ ...noAccount, orgUnits: state.orgUnits, accountId }), true);
      void read(accountId);
    },
    async reload() {
      const { accountId } = store.getState();
      if (accountId !== null) await read(accountId);
    },
    async readMore() {
      const { accountId, stream } = store.getState();
      if (accountId === null || stream.nextBefore === null || stream.asked.phase === 'loading') return;
      store.setState({ stream: { ...stream, asked: { phase: 'loading' } } });
      const outcome = await bridge.command('account:stream', {
        accountId,
        before: stream.nextBefore,
        limit: streamPage,
        text: stream.text,
      });
      const { stream: now } = store.getState();
      // Another company, or other words, were asked for meanwhile.
      if (!isOpen(accountId) || now.text !== stream.text || now.nextBefore !== stream.nextBefore) return;
      store.setState({ stream: outcome.ok ? continueStream(now, outcome.value) : { ...now, asked: askedOf(outcome) } });
    },
    async search(text) {
      const { accountId, stream, page } = store.getState();
      if (accountId === null || !page || text === stream.text) return;
      if (text.trim() === '') {
        const { items, total, nextBefore } = page.timeline;
        store.setState({ stream: { text: '', items, total, nextBefore, asked: { phase: 'ready' } } });
        return;
      }
      store.setState({ stream: { ...stream, text, asked: { phase: 'loading' } } });
      const outcome = await bridge.command('account:stream', { accountId, before: null, limit: streamPage, text });
      const { stream: now } = store.getState();
      if (!isOpen(accountId) || now.text !== text) return;
      store.setState({ stream: outcome.ok ? continueStream({ ...noStream, text }, outcome.value) : { ...now, asked: askedOf(outcome) } });
    },
    async edit(fields) {
      const { accountId, page, edit } = store.getState();
      if (accountId === null || !page || edit?.isBusy) return false;
      store.setState({ edit: { fields, isBusy: true, failure: null } });
      const outcome = await bridge.command('account:edit', { accountId, basedOn: page.revision, fields });
      if (!isOpen(accountId)) return outcome.ok;
      if (outcome.ok) {
        store.setState((state) => ({ ...showPage(state, outcome.value), edit: null }), true);
        return true;
      }
      const { code } = outcome.error;
      // What stands there now is shown first; saving again then is a choice made knowing it.
      if (code === 'conflict') await read(accountId);
      store.setState({ edit: { fields, isBusy: false, failure: code } });
      return false;
    },
    dropEdit: () => store.setState({ edit: null }),
    showForm: (form) => store.setState({ form, formFailure: null }),
    setVisit: (visit) => storeForm('account:set-visit', visit),
    setAnniversary: (anniversary) => storeForm('account:set-anniversary', anniversary),
    addGift: (gift) => storeForm('account:add-gift', gift),
    setPerson: (person) => storeForm('account:set-person', person),
    async finishTask(taskId) {
      const outcome = await perform('task', 'contact:finish-task', { taskId });
      if (!outcome?.ok) return;
      const { page } = store.getState();
      if (page) store.setState({ page: { ...page, tasks: page.tasks.map((task) => (task.taskId === taskId ? outcome.value : task)) } });
    },
    async attach(files) {
      const { accountId } = store.getState();
      if (accountId === null) return;
      for (const file of files) {
        const outcome = await bridge.sendFile(`/api/accounts/${encodeURIComponent(accountId)}/attachments`, file);
        if (!outcome.ok) notify(stores, { kind: 'commandFailed', code: outcome.error.code });
      }
      if (isOpen(accountId)) await read(accountId);
    },
    async download({ attachmentId, name }) {
      const { accountId } = store.getState();
      if (accountId === null) return;
      const outcome = await bridge.fetchFile(
        `/api/accounts/${encodeURIComponent(accountId)}/attachments/${encodeURIComponent(attachmentId)}`,
      );
      if (outcome.ok) saveFile(outcome.value.name ?? name, outcome.value.content);
      else notify(stores, { kind: 'commandFailed', code: outcome.error.code });
    },
    async readChoices() {
      if (customers.getState().managers.length === 0) {
        const outcome = await bridge.command('account:managers', {});
        if (outcome.ok) customers.setState({ managers: outcome.value.managers });
      }
      const mayRead = stores.desk.getState().user?.rights.includes('configuration:read');
      if (store.getState().orgUnits.length > 0 || !mayRead) return;
      const outcome = await bridge.command('configuration:read', {});
      if (outcome.ok) store.setState({ orgUnits: outcome.value.configuration.orgUnits.map(({ id, name }) => ({ id, name })) });
    },
    async findCompanies(text) {
      if (text.trim() === '') return [];
      const outcome = await bridge.command('customer:search', { text, limit: 20 });
      if (!outcome.ok) return [];
      const own = store.getState().accountId;
      return outcome.value.hits.flatMap((hit) =>
        hit.kind === 'account' && hit.id !== own ? [{ accountId: hit.id, name: hit.title }] : [],
      );
    },
    clear() {
      store.setState(noAccount, true);
      customers.setState(noCustomers, true);
    },
  };
  return deeds;
}

/** The customers of an account manager, the days to remember, and the handover. */
export function myCustomersDeeds({ stores, bridge }: Pick<AccountDeedsParts, 'stores' | 'bridge'>): MyCustomersDeeds {
  const { customers: store } = stores;
  const changeHandover = (change: Partial<NonNullable<MyCustomersState['handover']>>) =>
    store.setState((state) => ({ handover: state.handover ? { ...state.handover, ...change } : null }));

  async function readList(): Promise<void> {
    const { agentId } = store.getState();
    store.setState({ asked: { phase: 'loading' } });
    const outcome = await bridge.command('account:mine', { agentId });
    if (store.getState().agentId !== agentId) return;
    store.setState((state) => {
      const list = outcome.ok ? outcome.value.accounts : state.customers;
      const listed = new Set(list.map(({ accountId }) => accountId));
      return { asked: askedOf(outcome), customers: list, chosen: state.chosen.filter((each) => listed.has(each)) };
    });
  }

  async function readManagers(): Promise<void> {
    const outcome = await bridge.command('account:managers', {});
    if (outcome.ok) store.setState({ managers: outcome.value.managers });
  }

  const deeds: MyCustomersDeeds = {
    async open() {
      await Promise.all([readList(), deeds.readCare({}), readManagers()]);
    },
    async showOf(agentId) {
      store.setState({ agentId, chosen: [] });
      await readList();
    },
    filter: (change) => store.setState(change),
    async readCare(change) {
      store.setState((state) => ({ care: { ...state.care, ...change, asked: { phase: 'loading' } } }));
      const { days, whose } = store.getState().care;
      const outcome = await bridge.command('account:care', { days, whose });
      const { care } = store.getState();
      if (care.days !== days || care.whose !== whose) return;
      store.setState({
        care: { ...care, asked: askedOf(outcome), anniversaries: outcome.ok ? outcome.value.anniversaries : care.anniversaries },
      });
    },
    choose(accountIds, isChosen) {
      store.setState((state) => {
        const others = state.chosen.filter((each) => !accountIds.includes(each));
        return { chosen: isChosen ? [...others, ...accountIds] : others };
      });
    },
    async beginHandover() {
      if (store.getState().chosen.length === 0) return;
      store.setState({ handover: newHandover });
      await readManagers();
    },
    changeHandover: (change) => changeHandover({ ...change, failure: null }),
    async handOver() {
      const { handover, chosen } = store.getState();
      if (!handover || handover.isBusy || handover.toAgentId === null || chosen.length === 0) return;
      changeHandover({ isBusy: true, failure: null });
      const outcome = await bridge.command('account:hand-over', {
        accountIds: [...chosen],
        toAgentId: handover.toAgentId,
        remark: handover.remark.trim(),
      });
      if (!outcome.ok) return changeHandover({ isBusy: false, failure: outcome.error.code });
      changeHandover({ isBusy: false, step: 'done', handedOver: outcome.value.handedOver });
      store.setState({ chosen: [] });
      await Promise.all([readList(), readManagers(), deeds.readCare({})]);
    },
    endHandover: () => store.setState({ handover: null }),
  };
  return deeds;
}
