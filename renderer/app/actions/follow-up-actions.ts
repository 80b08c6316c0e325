import { currentWork, type FollowUpSubject, interactionIdOf, numbersOf, popOf, subjectOf, usualAt } from '../../stores/index.ts';
import { type ActionDefinition, type ActionState, isOnline, mayDo } from './action.ts';

/** Whom something would be set down for: the person of the contact at hand, or whose page is open. */
function subjectAtHand(state: ActionState): FollowUpSubject | null {
  const { view, desk, record } = state;
  if (view.place === 'customer') {
    const person = record.page?.record;
    if (!person) return null;
    return { contactId: person.contactId, name: person.name, numbers: numbersOf(person.identifiers), interactionId: null };
  }
  const work = view.place === 'work' ? currentWork(desk, view.selectedId) : null;
  if (!work || work.kind === 'ringing') return null;
  const pop = popOf(work);
  const name = pop.match.kind === 'certain' ? pop.match.contact.name : (pop.caller.presentedName ?? pop.caller.display);
  return subjectOf(pop, name, interactionIdOf(work));
}

/** What usually follows from the outcome that is chosen for the contact at hand, where it can be set down for whoever that is. */
function usualAtHand(state: ActionState) {
  const { view, desk } = state;
  const subject = view.place === 'work' ? subjectAtHand(state) : null;
  const interactionId = subject?.interactionId;
  const outcome = interactionId ? view.outcomes[interactionId] : undefined;
  const usual = desk.dispositions.find(({ code }) => code === outcome)?.usual;
  if (!subject || !interactionId || outcome === undefined || !usual) return null;
  const may = usual.kind === 'callback' ? mayDo(state, 'call:dial-out') : subject.contactId !== null && mayDo(state, 'contact:write');
  return may ? { subject, interactionId, outcome, usual } : null;
}

/** What is to be done for a customer after all this. */
export const followUpActions = {
  'record.followUp': {
    nameKey: 'action.record.followUp',
    shortcut: 'Alt+F',
    isListed: true,
    isEnabled: (state) =>
      subjectAtHand(state) !== null && isOnline(state) && (mayDo(state, 'contact:write') || mayDo(state, 'call:dial-out')),
    perform(state, { desk }) {
      const subject = subjectAtHand(state);
      if (!subject) return;
      const isPage = state.view.place === 'customer' && mayDo(state, 'contact:write');
      desk.followUps.open(subject, isPage || !mayDo(state, 'call:dial-out') ? 'promise' : 'callback');
    },
  },
  'followUp.callback': {
    nameKey: 'action.followUp.callback',
    shortcut: 'Ctrl+Shift+F',
    isListed: true,
    isEnabled: (state) => subjectAtHand(state) !== null && isOnline(state) && mayDo(state, 'call:dial-out'),
    perform(state, { desk }) {
      const subject = subjectAtHand(state);
      if (subject) desk.followUps.open(subject);
    },
  },
  'followUp.usual': {
    nameKey: 'action.followUp.usual',
    shortcut: 'Alt+Shift+F',
    isListed: true,
    isEnabled: (state) => usualAtHand(state) !== null && isOnline(state),
    perform(state, { desk }) {
      const found = usualAtHand(state);
      if (found && usualAt(desk.stores.followUps.getState(), state.desk.dispositions, found.outcome, found.interactionId))
        desk.followUps.addUsual(found.subject, found.usual);
    },
  },
} as const satisfies Readonly<Record<string, ActionDefinition>>;
