import type { ScheduledCallback } from '../../../shared/contracts/scheduled-callbacks.ts';
import type { Bridge } from '../../bridge/index.ts';
import type { FollowUpDeeds } from '../../features/follow-ups/index.ts';
import {
  canStore,
  dueOf,
  type FollowUpForm,
  type MadeFollowUp,
  newFollowUp,
  noFollowUps,
  notify,
  type Stores,
} from '../../stores/index.ts';
import type { Perform } from './perform.ts';

export interface FollowUpMeans {
  readonly stores: Stores;
  readonly bridge: Pick<Bridge, 'command'>;
  readonly perform: Perform;
  /** Of the screen: what is proposed is set down in its words. */
  language(): 'en' | 'zh';
  openPerson(contactId: string): void;
  /** What there is to know of the person whose page is open follows from what is owed to them. */
  reloadPerson(): void;
}

export interface FollowUpLife {
  /** What is owed may be another now. */
  told(): void;
  clear(): void;
}

export function followUpDeeds({
  stores,
  bridge,
  perform,
  language,
  openPerson,
  reloadPerson,
}: FollowUpMeans): FollowUpDeeds & FollowUpLife {
  const { followUps: store } = stores;
  const now = () => Date.now() + stores.connection.getState().clockOffsetMs;
  let asked = 0;

  async function read(): Promise<void> {
    if (stores.desk.getState().agent === null) return;
    asked += 1;
    const mine = asked;
    const outcome = await bridge.command('work:mine', {});
    if (mine === asked && outcome.ok) store.setState({ mine: outcome.value });
  }

  const change = (part: Partial<FollowUpForm>) => store.setState(({ form }) => ({ form: form && { ...form, ...part } }));

  function stored(form: FollowUpForm, made: MadeFollowUp): void {
    store.setState((state) => ({
      form: null,
      made:
        form.interactionId === null
          ? state.made
          : {
              ...state.made,
              [form.interactionId]: [...(state.made[form.interactionId] ?? []).filter(({ id }) => id !== made.id), made],
            },
    }));
    void read();
    if (stores.record.getState().contactId === form.contactId) reloadPerson();
  }

  async function agree(form: FollowUpForm, isSure: boolean): Promise<void> {
    if (form.at === null) return;
    const time = { at: form.at, until: form.at + form.withinMs, isSure };
    const outcome =
      form.callbackId === null
        ? await perform('followUp', 'callback:schedule', {
            ...{ contactId: form.contactId, number: form.number.trim() === '' ? null : form.number.trim() },
            ...{ interactionId: form.interactionId, text: form.text.trim(), to: form.to, ...time },
          })
        : await perform('followUp', 'callback:move', { callbackId: form.callbackId, ...time });
    if (outcome === null || store.getState().form === null) return;
    if (!outcome.ok) return change({ refused: outcome.error.code, doubts: [], standing: null });
    const answer = outcome.value;
    switch (answer.outcome) {
      case 'agreed':
        return stored(form, madeOf(answer.callback));
      case 'doubtful':
        return change({ doubts: answer.doubts, standing: null, refused: null });
      case 'standing':
        return change({ standing: answer.callback, doubts: [], refused: null });
      case 'refused':
        return change({ refused: answer.why, doubts: [], standing: null });
    }
  }

  /** A task or a promise. What could not be stored is told by a notice. */
  async function setDown(form: FollowUpForm): Promise<void> {
    const { kind, contactId, at, interactionId } = form;
    const text = form.text.trim();
    const ownerAgentId = stores.desk.getState().agent?.agentId ?? null;
    if (contactId === null || kind === 'callback') return;
    if (kind === 'task') {
      const task = { contactId, title: text.slice(0, 300), dueAt: at, ownerAgentId, caseId: null };
      const outcome = await perform('followUp', 'contact:add-task', task);
      if (outcome?.ok) stored(form, { kind, id: outcome.value.taskId, text, at });
    } else if (at !== null) {
      const promise = { contactId, text, dueAt: at, ownerAgentId, caseId: null, interactionId };
      const outcome = await perform('followUp', 'contact:make-promise', promise);
      if (outcome?.ok) stored(form, { kind, id: outcome.value.promiseId, text, at });
    }
  }

  return {
    open: (subject, kind = 'callback', part = {}) => store.setState({ form: { ...newFollowUp(subject, kind, now()), ...part } }),
    // What was said of the last try says nothing of another time.
    change: (part) => change({ doubts: [], standing: null, refused: null, ...part }),
    close: () => store.setState({ form: null }),
    async store(isSure = false) {
      const { form } = store.getState();
      if (!form || !canStore(form)) return;
      await (form.kind === 'callback' ? agree(form, isSure) : setDown(form));
    },
    addUsual(subject, usual) {
      const { kind, text } = usual;
      const form = { ...newFollowUp(subject, kind, now()), text: text[language()], at: dueOf(usual, now()) };
      if (kind === 'callback') store.setState({ form });
      else void setDown(form);
    },
    async moveStanding() {
      const { form } = store.getState();
      if (!form?.standing || form.at === null) return;
      await agree({ ...form, callbackId: form.standing.callbackId }, true);
    },
    done({ kind, id }) {
      const doing =
        kind === 'callback'
          ? perform('followUp', 'callback:cancel', { callbackId: id })
          : kind === 'promise'
            ? perform('followUp', 'contact:keep-promise', { promiseId: id })
            : perform('followUp', 'contact:finish-task', { taskId: id });
      void doing.then((outcome) => {
        if (!outcome?.ok) return;
        store.setState(({ made }) => ({
          made: Object.fromEntries(Object.entries(made).map(([at, rows]) => [at, rows.filter((row) => row.id !== id)])),
        }));
        void read();
        reloadPerson();
      });
    },
    async closeCase(caseId, interactionId) {
      const file = await bridge.command('case:read', { caseId });
      if (!file.ok) return notify(stores, { kind: 'commandFailed', code: file.error.code });
      const { number, subject, revision } = file.value;
      const outcome = await perform('followUp', 'case:step', { caseId, basedOn: revision, text: '', status: 'closed' });
      if (!outcome?.ok) return;
      const made = { kind: 'caseClosed', id: caseId, text: `${number} ${subject}`, at: null } as const;
      store.setState((state) => ({ made: { ...state.made, [interactionId]: [...(state.made[interactionId] ?? []), made] } }));
      reloadPerson();
    },
    show(owed) {
      if (owed.contactId !== null) return openPerson(owed.contactId);
      const callback = store.getState().mine?.callbacks.find(({ callbackId }) => callbackId === owed.id);
      if (callback) store.setState({ form: formOf(callback, now()) });
    },
    told: () => void read(),
    clear() {
      asked += 1;
      store.setState(noFollowUps, true);
    },
  };
}

const madeOf = ({ callbackId, text, at }: ScheduledCallback): MadeFollowUp => ({ kind: 'callback', id: callbackId, text, at });

function formOf(callback: ScheduledCallback, now: number): FollowUpForm {
  const { callbackId, contactId, name, number, text, at, until, ownerAgentId } = callback;
  const subject = { contactId, name, numbers: [number], interactionId: null };
  const to = ownerAgentId === null ? 'queue' : 'me';
  return { ...newFollowUp(subject, 'callback', now), callbackId, text, at, withinMs: until - at, number, to };
}
