import type { TextKey } from '../../i18n/index.ts';
import { type AnswerAtHand, answerFor, answersAtHand, currentWritten } from '../../stores/index.ts';
import { type ActionDefinition, type ActionState, isOnline, mayDo } from './action.ts';

/** Those over the place to write, while one writes to the customer there. */
function atHand({ desk, view, inbox, suggestions, dismissed }: ActionState): readonly AnswerAtHand[] {
  const work = view.place === 'work' ? currentWritten(desk, view.selectedId) : null;
  if (!work || inbox.writes[work.interactionId] === 'note' || inbox.panel?.kind === 'finish') return [];
  return answersAtHand({ suggestions, dismissed }, work);
}

function putAnswer(at: number, shortcut: string, nameKey: TextKey): ActionDefinition {
  return {
    nameKey,
    shortcut,
    isListed: true,
    isEnabled: (state) => atHand(state)[at] !== undefined,
    perform(state, { desk, focus }) {
      const answer = atHand(state)[at];
      if (!answer) return;
      desk.knowledge.putAnswer(answer);
      focus('composer');
    },
  };
}

/** What is done with the knowledge base beside the work. */
export const knowledgeActions = {
  'knowledge.open': {
    nameKey: 'action.knowledge.open',
    shortcut: 'Alt+Shift+K',
    isListed: true,
    isEnabled: (state) => mayDo(state, 'work:handle') && state.view.place !== 'wallboard' && isOnline(state),
    perform: (_state, { desk }) => desk.knowledge.openFind(),
  },
  'knowledge.putIntoAnswer': {
    nameKey: 'action.knowledge.putIntoAnswer',
    shortcut: 'Alt+Shift+I',
    isListed: true,
    isEnabled({ desk, view, article }) {
      const work = view.place === 'work' ? currentWritten(desk, view.selectedId) : null;
      if (!work || work.isGuest || work.conversation.channel === 'document' || !article) return false;
      return answerFor(article.content, work.conversation.locale) !== null;
    },
    perform(_state, { desk, focus }) {
      desk.knowledge.putIntoAnswer();
      focus('composer');
    },
  },
  'knowledge.putFirst': putAnswer(0, 'Alt+1', 'action.knowledge.putFirst'),
  'knowledge.putSecond': putAnswer(1, 'Alt+2', 'action.knowledge.putSecond'),
  'knowledge.putThird': putAnswer(2, 'Alt+3', 'action.knowledge.putThird'),
  'knowledge.dismiss': {
    nameKey: 'action.knowledge.dismiss',
    shortcut: 'Escape',
    isKeyOfPlace: true,
    isEnabled: (state) => atHand(state).length > 0,
    perform: (_state, { desk }) => desk.knowledge.dismiss(),
  },
} as const satisfies Readonly<Record<string, ActionDefinition>>;
