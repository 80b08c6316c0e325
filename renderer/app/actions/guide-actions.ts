import { currentWork, popOf } from '../../stores/index.ts';
import { type ActionDefinition, type ActionState, isOnline, mayDo } from './action.ts';

const workOf = ({ desk, view }: ActionState) => (view.place === 'work' ? currentWork(desk, view.selectedId) : null);
/** The guide that is in sight, and not over. */
const guideOf = (state: ActionState) => (state.view.open === 'none' && state.isGuideShown ? state.guide : null);
const isKnown = (state: ActionState) => {
  const work = workOf(state);
  return work !== null && popOf(work).match.kind === 'certain';
};

/** Going through the guide of the contact that has the agent's attention. */
export const guideActions = {
  'guide.next': {
    nameKey: 'action.guide.next',
    shortcut: 'Ctrl+Enter',
    isListed: true,
    isEnabled(state) {
      const guide = guideOf(state);
      if (!guide || guide.finished || guide.readAlong || guide.finishing === 'busy') return false;
      return guide.run.isAtEnd ? isKnown(state) && isOnline(state) : true;
    },
    perform(state, { desk }) {
      const work = workOf(state);
      if (!work || !state.guide) return;
      if (state.guide.run.isAtEnd) void desk.guides.finish(popOf(work));
      else desk.guides.step(popOf(work).interactionId, { kind: 'next' });
    },
  },
  'guide.back': {
    nameKey: 'action.guide.back',
    shortcut: 'Alt+ArrowLeft',
    isListed: true,
    isEnabled(state) {
      const guide = guideOf(state);
      return guide !== null && !guide.finished && !guide.readAlong && (guide.run.path.length > 1 || guide.run.isAtEnd);
    },
    perform(state, { desk }) {
      const work = workOf(state);
      if (work) desk.guides.step(popOf(work).interactionId, { kind: 'back' });
    },
  },
  'guide.show': {
    nameKey: 'action.guide.show',
    shortcut: 'Alt+Shift+G',
    isListed: true,
    isEnabled: (state) => workOf(state) !== null && state.guide !== null,
    perform(state, { desk }) {
      const work = workOf(state);
      if (work) desk.guides.show(work, !state.isGuideShown);
    },
  },
  'guide.choose': {
    nameKey: 'action.guide.choose',
    shortcut: 'Alt+Shift+O',
    isListed: true,
    isEnabled(state) {
      const work = workOf(state);
      return work !== null && work.kind !== 'ringing' && !state.guide?.readAlong && mayDo(state, 'work:handle') && isOnline(state);
    },
    perform(state, { desk }) {
      const work = workOf(state);
      if (work) desk.guides.startChoosing(popOf(work).interactionId);
    },
  },
  'guides.try': {
    nameKey: 'action.guides.try',
    shortcut: 'Alt+Shift+T',
    isListed: true,
    isEnabled: ({ view }) => view.place === 'guides',
    perform: (_state, { desk }) => desk.guideEditor.showDialog('trial'),
  },
} as const satisfies Readonly<Record<string, ActionDefinition>>;
