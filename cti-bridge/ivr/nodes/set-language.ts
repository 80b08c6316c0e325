import type { NodeOf } from '../../../shared/contracts/ivr/nodes.ts';
import type { IvrState } from '../model.ts';
import { ignore, leaveBy, type NodeKind } from './node-kind.ts';

/**
 * Sets the language of every prompt from here on: that of the caller's record (the one in force, when the record has none), the one
 * named, or the other one than is in force. The path notes it with its source, unless it says what the path says already.
 *
 *   enter  leaves by `next`
 */
export const setLanguage: NodeKind<'setLanguage'> = {
  needs: 'nobody',
  enter(node, { state }) {
    const locale = localeAfter(node.to, state);
    const source = node.to !== 'caller' ? 'flow' : state.callerLocale === null ? 'default' : 'record';
    const noted = state.path.findLast((entry) => entry.code === 'language');
    const isNew = noted?.facts.locale !== locale;
    return leaveBy('next', { locale, path: isNew ? [{ code: 'language', facts: { locale, source } }] : [] });
  },
  onInput: () => ignore,
};

function localeAfter(to: NodeOf['setLanguage']['to'], state: IvrState): IvrState['locale'] {
  if (to === 'caller') return state.callerLocale ?? state.locale;
  if (to === 'other') return state.locale === 'en' ? 'zh' : 'en';
  return to;
}
