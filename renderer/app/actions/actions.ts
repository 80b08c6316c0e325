import { currentWork, interactionIdOf, popOf } from '../../stores/index.ts';
import { accountActions } from './account-actions.ts';
import { type ActionDefinition, type ActionState, isOnline, mayDo, place } from './action.ts';
import { callActions } from './call-actions.ts';
import { deviceActions } from './device-actions.ts';
import { figuresActions } from './figures-actions.ts';
import { flowActions } from './flow-actions.ts';
import { followUpActions } from './follow-up-actions.ts';
import { guideActions } from './guide-actions.ts';
import { helpActions } from './help-actions.ts';
import { importActions } from './import-actions.ts';
import { inboxActions } from './inbox-actions.ts';
import { knowledgeActions } from './knowledge-actions.ts';
import { lightActions } from './light-actions.ts';
import { outsideActions } from './outside-actions.ts';
import { privacyActions } from './privacy-actions.ts';
import { recordActions } from './record-actions.ts';
import { screenActions } from './screen-actions.ts';
import { superviseActions } from './supervise-actions.ts';
import { workActions } from './work-actions.ts';

/**
 * Everything the agent can do: name, key, whether it applies now, and the deed. Controls, keys and the palette all come from this table,
 * so that they cannot disagree.
 */
export const actions = {
  ...callActions,
  ...deviceActions,
  ...superviseActions,
  ...helpActions,
  ...figuresActions,
  // Before what finishes the contact by the same key.
  ...guideActions,
  ...workActions,
  'place.work': place('work', 'session:own', 'action.place.work', 'Alt+W'),
  'place.board': place('board', 'queue:watch', 'action.place.board', 'Alt+B'),
  'place.wallboard': place('wallboard', 'queue:watch', 'action.place.wallboard', 'Alt+Shift+W'),
  'place.admin': place('admin', 'configuration:read', 'action.place.admin', 'Alt+A'),
  'place.prompts': place('prompts', 'configuration:read', 'action.place.prompts', 'Alt+Shift+S'),
  'place.guides': place('guides', 'guide:write', 'action.place.guides', 'Alt+Shift+U'),
  'place.articles': place('articles', 'knowledge:write', 'action.place.articles', 'Alt+Shift+A'),
  'place.customers': place('customers', 'contact:read', 'action.place.customers', 'Alt+C'),
  'place.cases': place('cases', 'contact:read', 'action.place.cases', 'Alt+L'),
  ...followUpActions,
  ...recordActions,
  ...accountActions,
  ...privacyActions,
  ...importActions,
  ...inboxActions,
  ...knowledgeActions,
  ...flowActions,
  'admin.review': {
    nameKey: 'admin.review',
    shortcut: 'Ctrl+S',
    isListed: true,
    isEnabled: (state) => state.view.place === 'admin' && state.hasUnsaved && isOnline(state) && mayDo(state, 'configuration:write'),
    perform: (_state, { desk }) => void desk.configuration.review(),
  },
  ...lightActions,
  ...screenActions,
  ...outsideActions,
} as const satisfies Readonly<Record<string, ActionDefinition>>;

export type ActionId = keyof typeof actions;

/** Choosing among several people is bound to Alt 1 to 9 while there is something to choose. */
export function candidateAt(state: ActionState, position: number): { interactionId: string; contactId: string } | null {
  const work = currentWork(state.desk, state.view.selectedId);
  if (!work || state.view.place !== 'work' || state.view.open === 'transfer') return null;
  const { match } = popOf(work);
  const candidate = match.kind === 'candidates' ? match.candidates[position - 1] : undefined;
  return candidate ? { interactionId: interactionIdOf(work), contactId: candidate.contactId } : null;
}
