import { currentWork, type FollowUpSubject, interactionIdOf, numbersOf, popOf, subjectOf } from '../../stores/index.ts';
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
} as const satisfies Readonly<Record<string, ActionDefinition>>;
