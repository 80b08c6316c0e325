import { meets, parseSkillExpression, type SkillExpression } from '../../../shared/skill-expression.ts';
import type { RouterAgent, RouterEvent, WaitingItem } from '../model.ts';

/** What one item asks for beside what its queue does: the caller said in which language, or for what. */

type Asking = Pick<Extract<RouterEvent, { type: 'item:queued' | 'item:returned' }>, 'needs'>;

/** An expression that cannot be read asks for nothing: nobody waits for ever because of a slip of the pen. */
export function itemNeeds({ needs }: Asking): Pick<WaitingItem, 'needs'> {
  if (needs === undefined || needs === '') return {};
  const parsed = parseSkillExpression(needs);
  return parsed.ok && parsed.expression.kind !== 'anybody' ? { needs: parsed.expression } : {};
}

export function meetsItem({ settings }: Pick<RouterAgent, 'settings'>, { needs }: Pick<WaitingItem, 'needs'>): boolean {
  return needs === undefined || meets(needs, settings.skills);
}

/** What a queue asks for at some moment, and the item beside it. */
export function withItemNeeds(ofQueue: SkillExpression, { needs }: Pick<WaitingItem, 'needs'>): SkillExpression {
  if (needs === undefined) return ofQueue;
  return ofQueue.kind === 'anybody' ? needs : { kind: 'all', parts: [ofQueue, needs] };
}
