import type { SkillNeed } from '../model.ts';

/** Says whether these skills meet every need of a queue. A queue without needs is open to everybody. */
export function meetsNeeds(skills: Readonly<Record<string, number>>, needs: readonly SkillNeed[]): boolean {
  return needs.every((need) => levelOf(skills, need.skill) >= need.minLevel);
}

/** The level of a skill; 0 for one the agent does not have. */
export function levelOf(skills: Readonly<Record<string, number>>, skill: string): number {
  return Object.hasOwn(skills, skill) ? (skills[skill] ?? 0) : 0;
}
