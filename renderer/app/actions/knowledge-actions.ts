import { answerFor, currentWritten } from '../../stores/index.ts';
import { type ActionDefinition, isOnline, mayDo } from './action.ts';

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
} as const satisfies Readonly<Record<string, ActionDefinition>>;
